"""Markdown, HTML and plain text, each from the others. Nothing here knows Django: a child process of `articles.text` loads it."""
