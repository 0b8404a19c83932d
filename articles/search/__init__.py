"""Full-text search: our own thin module over one table, the same for readers whichever database holds it."""

from articles.search.finding import Found, find, older, posts
from articles.search.indexing import forget, index
from articles.search.query import Query, parse

__all__ = ["Found", "Query", "find", "forget", "index", "older", "parse", "posts"]
