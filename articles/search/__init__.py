"""Full-text search: our own thin module over one table, the same for readers whichever database holds it."""

from articles.search.finding import Found, find, older, posts
from articles.search.indexing import forget, index, out_of_step, strays
from articles.search.query import Query, parse

__all__ = ["Found", "Query", "find", "forget", "index", "older", "out_of_step", "parse", "posts", "strays"]
