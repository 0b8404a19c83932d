"""Full-text search: our own thin module over one table, the same for readers whichever database holds it."""

from articles.search.index import forget, index

__all__ = ["forget", "index"]
