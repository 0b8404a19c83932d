from django.db import migrations

CREATE = {
    "sqlite": (
        # Words arrive folded and apart: "ascii" splits at the spaces alone. Tags ("=report", "=label17") begin with what no word holds.
        """CREATE VIRTUAL TABLE articles_search USING fts5(facets, labels, title, standfirst, byline, body, tokenize="ascii tokenchars '='")""",
        # A view of the same index, that stores nothing: which words there are.
        "CREATE VIRTUAL TABLE articles_search_words USING fts5vocab(articles_search, instance)",
    ),
    "postgresql": (
        "CREATE TABLE articles_search (search_order bigint PRIMARY KEY, kind varchar(20) NOT NULL, year smallint NOT NULL, words tsvector NOT NULL)",
        "CREATE INDEX articles_search_words ON articles_search USING gin (words)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE articles_search_words", "DROP TABLE articles_search"),
    "postgresql": ("DROP TABLE articles_search",),
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The table of full-text search, which no model can describe; Post.objects.sync() writes it."""

    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
