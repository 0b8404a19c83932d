"""The rules of the house that a machine can check (README: rules of the house)."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.tests.machine import BASE_DIR

pytestmark = pytest.mark.once

FLOORS = ["articles", "appeals", "campaign"]
TOP = {
    "manage.py", "campaign", "articles", "appeals", "templates", "static", "locale", "deploy", "requirements.txt", "requirements-dev.txt",
    "README.md", "SECURITY.md", "Makefile", "conftest.py", "pytest.ini", "pyproject.toml", ".ci", ".github", ".env.example", ".gitignore",
}  # fmt: skip
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(", re.IGNORECASE)
MARKER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
VARIABLE = re.compile(r"""\benv(?:iron)?\.\w+\(["']([A-Z_]+)["']""")
IN_TEMPLATES = {
    "an inline style": re.compile(r"<style|\sstyle="),
    "an inline script": re.compile(r"<script(?![^>]*(?:\ssrc=|application/ld\+json))"),
    "an inline handler": re.compile(r"\son[a-z]+="),
    "|safe on what is not rendered at save": re.compile(r"(?<!_html)\|safe\b|autoescape off"),
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := BASE_DIR / line).is_file()]


def named(path: Path) -> str:
    return str(path.relative_to(BASE_DIR))


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


PYTHON = [path for path in tracked("*.py") if "migrations" not in path.parts]
TEMPLATES = tracked("templates/*.html", "templates/**/*.html")
SHEETS = tracked("static/css/*.css", "static/css/**/*.css")
SCRIPTS = tracked("static/js/*.js", "static/js/**/*.js")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)


def test_imports_point_down():
    upward = [
        (named(path), module)
        for path in PYTHON
        if (app := path.relative_to(BASE_DIR).parts[0]) in FLOORS and not is_test(path)
        for module in imported(path)
        if module in FLOORS[FLOORS.index(app) + 1 :]
    ]
    assert upward == []


def test_functions_are_short():
    """30 lines; 50 in tests."""
    long = [
        (named(path), node.name, size)
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (size := node.end_lineno - node.lineno + 1) > (50 if is_test(path) else 30)
    ]
    assert long == []


@pytest.mark.parametrize(("files", "lines"), [([path for path in PYTHON if not is_test(path)], 300), (TEMPLATES, 80), (SHEETS, 100), (SCRIPTS, 60)])
def test_files_are_short(files, lines):
    long = [(named(path), size) for path in files if (size := path.read_text().count("\n")) > lines]
    assert long == []


@pytest.mark.parametrize("what", IN_TEMPLATES)
def test_templates_hold_nothing_that_the_policy_forbids(what):
    found = [(named(path), match.group()) for path in TEMPLATES for match in IN_TEMPLATES[what].finditer(path.read_text())]
    assert found == []


def test_colours_stand_in_tokens_alone():
    sheets = {named(path): re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in SHEETS if path.name != "tokens.css"}
    assert [(name, found.group()) for name, sheet in sheets.items() for found in COLOUR.finditer(sheet)] == []


def test_nothing_is_left_for_later():
    text = [path for path in tracked() if path.suffix in {".py", ".html", ".css", ".js", ".sh", ".md", ".conf", ".txt"}]
    assert [(named(path), found.group()) for path in text for found in MARKER.finditer(path.read_text())] == []


def test_the_top_of_the_tree_is_as_planned():
    assert {path.relative_to(BASE_DIR).parts[0] for path in tracked()} - TOP == set()


def test_the_readme_names_every_variable():
    asked = {name for path in ("settings.py", "gunicorn.py") for name in VARIABLE.findall((BASE_DIR / "campaign" / path).read_text())}
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (BASE_DIR / "README.md").read_text(), re.MULTILINE))
    example = set(re.findall(r"^(?:# )?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert told == asked
    assert example - asked == set()


def test_every_test_that_security_names_is_there():
    named_there = re.findall(r"`([\w/]+\.py)`", (BASE_DIR / "SECURITY.md").read_text())
    assert len(named_there) > 10
    assert [name for name in named_there if "def test_" not in (BASE_DIR / name).read_text()] == []
