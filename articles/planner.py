"""What SQLite's planner is told of the tables it will meet.

Without figures it takes any equality for a good find, `status = 'published'` too, and then walks a whole archive to fetch three posts by
their ids. Real figures (ANALYZE) come too late for a site that starts empty and grows. So each migrate ends by writing what a large archive
is like (https://www.sqlite.org/lang_analyze.html#sqlite_stat1: a developer may set these); PostgreSQL gathers its own all the time.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

ROWS = 100_000
PART = 100
"""Rows of an index with a condition."""
FEW = {"status": 2, "kind": 8, "state": 3, "lead": 2, "label_id": 60, "published_on": 5_000, "published_at": 50_000, "post_id": 30_000}
"""Columns of indexes by how many different values they hold; of any other, nearly every row has its own."""
TABLES = ("articles_post", "articles_labelling", "articles_message", "articles_update", "articles_event")


def inform(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After migrate (the tables a migration rebuilds lose their figures). Costs some milliseconds."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_revision")  # makes sqlite_stat1, which nobody else may create
        for table in TABLES:
            cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
            cursor.execute(f"SELECT name, partial FROM pragma_index_list('{table}')")
            rows = [(table, index, figures(columns_of(cursor, index), PART if partial else ROWS)) for index, partial in cursor.fetchall()]
            cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", rows)
        cursor.execute("ANALYZE sqlite_master")  # reads them again


def columns_of(cursor: Any, index: str) -> list[str]:
    cursor.execute(f"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")
    return [name for (name,) in cursor.fetchall()]


def figures(columns: list[str], rows: int = ROWS) -> str:
    """The number of rows, then, for each column, how many rows agree in all columns up to it."""
    agree, said = rows, [rows]
    for column in columns:
        agree = max(1, agree // FEW.get(column, ROWS))
        said.append(agree)
    return " ".join(map(str, said))
