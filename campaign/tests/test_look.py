"""The look's own rules: contrast, layers, sizes, and nothing drawn that no page uses."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from articles import pieces
from campaign.staticfiles import IMPORT, join
from campaign.tests.machine import BASE_DIR

CSS = BASE_DIR / "static" / "css"
TEMPLATES = BASE_DIR / "templates"
SHEETS = sorted(path for path in CSS.glob("*.css") if path.name != "site.css" and not path.name.startswith("desk"))
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "print"]
HEX = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b")
# Foreground, background, and the least contrast in the light and in the dark theme (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11).
CONTRASTS = [
    ("ink", "paper", 7),
    ("ink", "tint", 7),
    ("ink-2", "paper", 7),
    ("ink-2", "tint", 7),
    ("red-ink", "paper", 7),
    ("red-ink", "tint", 4.5),
    ("red-ink", "red-tint", 4.5),
    ("ink", "red-tint", 7),
    ("on-red", "red", 4.5),
    ("petrol-ink", "paper", 7),
    ("petrol-ink", "tint", 4.5),
    ("petrol-ink", "petrol-tint", 4.5),
    ("ink", "petrol-tint", 7),
    ("on-petrol", "petrol", 7),
    ("on-gold", "gold", 7),
    ("on-bar", "bar", 7),
    ("on-bar-2", "bar", 7),
    ("gold", "bar", 4.5),
    ("edge", "paper", 3),
    ("edge", "tint", 3),
    ("mark", "paper", 3),
]


def roles() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    return {"light": dict(HEX.findall(light)), "dark": {**dict(HEX.findall(light)), **dict(HEX.findall(dark))}}


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme):
    colours = roles()[theme]
    pale = [(ink, paper, round(found, 2)) for ink, paper, least in CONTRASTS if (found := contrast(colours[ink], colours[paper])) < least]
    assert pale == []


def test_every_sheet_is_joined_once_and_in_the_order_of_the_layers():
    parts = IMPORT.findall((CSS / "site.css").read_text())
    assert sorted(parts) == [path.name for path in SHEETS]
    assert parts[0] == "layers.css"
    layers = [found[1] for part in parts if (found := re.search(r"@layer (\w+) \{", (CSS / part).read_text()))]
    assert layers == sorted(layers, key=LAYERS.index)


def test_every_sheet_stands_in_a_layer():
    loose = {"layers.css", "fallback.css"}
    assert [path.name for path in SHEETS if path.name not in loose and not re.match(r"(/\*[^*]*\*/\s*)?@layer \w+ \{", path.read_text())] == []


def test_every_class_of_a_sheet_is_used():
    drawn = {name for path in SHEETS for name in re.findall(r"(?<=\.)[a-z][a-z0-9-]*(?=[^{}]*\{)", without_values(path))}
    written = "".join(path.read_text() for path in [*TEMPLATES.rglob("*.html"), *(BASE_DIR / "static" / "js").glob("*.js"), *BASE_DIR.glob("a*/*.py")])
    used = {name for names in re.findall(r"class(?:Name)?\s*=\s*\"([^\"]*)\"", written) for name in re.findall(r"[a-z][a-z0-9-]*", names)}
    assert drawn - used == set()


def without_values(path: Path) -> str:
    """The sheet's selectors: comments, declarations and at-rules' conditions taken out."""
    sheet = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"@[^{;]*[{;]|[a-z-]+\s*:\s[^;{}]*;", "", sheet)


def test_logical_properties_alone():
    sided = re.compile(
        r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b"
        r"|[\s;{](?:left|right|top|bottom|width|height)\s*:|text-align:\s*(?:left|right)"
    )
    assert [(path.name, found.group()) for path in SHEETS for found in sided.finditer(path.read_text())] == []


def test_every_include_is_used_and_there():
    pages = {path: path.read_text() for path in TEMPLATES.rglob("*.html")}
    there = {path.relative_to(TEMPLATES).as_posix() for path in pages if path.parent.name == "includes"}
    used = {name for text in pages.values() for name in re.findall(r"{% include \"(includes/[^\"]+)\"", text)}
    used |= {pieces.CARD, pieces.HEADLINE, pieces.LINK, pieces.OLDER, pieces.NEWER, pieces.FOUND}
    assert used == there


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.conf import settings
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "campaign.staticfiles.JoinedStaticFilesStorage"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)  # a second run finds its own work there
    return root


def test_readers_get_one_sheet_under_a_hashed_name(collected):
    (sheet,) = (collected / "css").glob("site.????????????.css")
    text = sheet.read_text()
    assert "@import" not in text
    assert text.startswith(f"@layer {', '.join(LAYERS)};")
    assert text.count("@layer") == 1 + sum(path.read_text().count("@layer") for path in SHEETS if path.name != "layers.css")


def test_the_sheet_and_the_scripts_are_small(collected):
    (sheet,) = (collected / "css").glob("site.????????????.css")
    scripts = b"".join(path.read_bytes() for path in (BASE_DIR / "static" / "js").glob("*.js"))
    assert len(gzip.compress(sheet.read_bytes())) <= 10 * 1024
    assert len(gzip.compress(scripts)) <= 5 * 1024


def test_joining_leaves_strings_and_rules_alone():
    sheets = {"a.css": '/* why */\n@layer base {\n  a { content: "/"; }\n}\n', "b.css": "b { color: red; }\n"}
    assert join('@import url("a.css");\n@import url("b.css");\n', sheets.__getitem__) == '@layer base {\na { content: "/"; }\n}\nb { color: red; }\n'
