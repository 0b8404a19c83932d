"""Markdown to safe HTML and plain text: what stays, what becomes something else, what is refused."""

import contextlib
import resource
import subprocess
import sys

import pytest

from articles.text import TextRefused, render, render_message

pytestmark = pytest.mark.once


def html(markdown: str, **how: bool) -> str:
    return render(markdown, **how).html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# One\n\n## Two\n\n# One", "<h2>One</h2>\n<h3>Two</h3>\n<h2>One</h2>"),
        ("#### Only\n\n###### Deep", "<h2>Only</h2>\n<h3>Deep</h3>"),
        ("#FreeVadim now", "<p>#FreeVadim now</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("a <b>b</b> <i>i</i>", "<p>a <strong>b</strong> <em>i</em></p>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("&amp;lt; &copy; &nbsp;x", "<p>&amp;lt; © &nbsp;x</p>"),
        ("a\x00b\r\nc\ud800", "<p>ab\nc\ufffd</p>"),
        ("<span>a</span> <span lang=ru>б</span>", '<p>a <span lang="ru">б</span></p>'),
    ],
)
def test_markdown_becomes_markup(written, shown):
    assert html(written) == shown


def test_code_is_kept_to_the_letter():
    code = "\tif a < b && c:\n   \n        print(http://example.org)  # &lt;"
    assert render(f"```\n{code}\n```").text == code


@pytest.mark.parametrize(
    ("written", "address", "around"),
    [
        ("See http://example.org/a_b?x=1&y=2.", "http://example.org/a_b?x=1&amp;y=2", ("See ", ".")),
        ("(https://example.org/a(b))", "https://example.org/a(b)", ("(", ")")),
        ("“https://example.org/”", "https://example.org/", ("“", "”")),
        ('"https://example.org/x"!', "https://example.org/x", ('"', '"!')),
        ("https://пример.рф/путь, и", "https://пример.рф/путь", ("", ", и")),
    ],
)
def test_bare_addresses_are_linked_without_punctuation(written, address, around):
    assert html(written) == f'<p>{around[0]}<a href="{address}" rel="noopener">{address}</a>{around[1]}</p>'


def test_mail_addresses_are_linked_without_punctuation():
    assert html("(info@example.org), a.") == '<p>(<a href="mailto:info@example.org">info@example.org</a>), a.</p>'


def test_nothing_is_linked_in_code_or_twice():
    assert html("`www.example.org`") == "<p><code>www.example.org</code></p>"
    assert html("[www.example.org](https://example.com)") == '<p><a href="https://example.com" rel="noopener">www.example.org</a></p>'


def test_nothing_is_linked_in_a_block_after_its_code():
    assert html("<pre><code>a</code> www.example.org</pre>") == "<pre><code>a</code> www.example.org</pre>"


def test_closed_appeal_has_no_live_contacts():
    written = "info@example.org, [the office](mailto:office@example.org?subject=x), [+7 700](tel:+7700), [web](https://example.org)"
    shown = '<p>info@example.org, the office (office@example.org), +7 700 (+7700), <a href="https://example.org" rel="noopener">web</a></p>'
    assert html(written, live=False) == shown


def test_picture_of_another_host_becomes_a_link():
    assert html("![A *picket*](https://example.com/a.jpg)") == '<p><a href="https://example.com/a.jpg" rel="noopener">A *picket*</a></p>'
    assert html("![](//example.com/a%20b.jpg?x)") == '<p><a href="//example.com/a%20b.jpg?x" rel="noopener">a b.jpg</a></p>'
    assert html("![Chart](data:image/png;base64,AAAA)") == "<p>Chart</p>"


def test_embedded_page_becomes_a_link():
    written = 'See <video src="https://example.com/a.mp4">a film</video> <iframe src="//example.com/b"></iframe>'
    links = (
        '<a href="https://example.com/a.mp4" rel="noopener">https://example.com/a.mp4</a> a film <a href="//example.com/b" rel="noopener">//example.com/b</a>'
    )
    assert html(written) == f"<p>See {links} </p>"


def test_closed_appeal_is_not_fooled_by_white_space():
    assert html('<a href=" mail\tto:a@example.org">a</a>', live=False) == "<p>a (a@example.org)</p>"


def test_picture_of_ours_stays():
    assert html("![Picket](/media/2012/a.jpg)") == '<p><img alt="Picket" src="/media/2012/a.jpg" loading="lazy"></p>'


def test_text_loses_nothing():
    written = "# Title\n\nSee [the report](https://example.org/r).\n\n- one\n- two\n    1. deep\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert render(written).text == "Title\n\nSee the report (https://example.org/r).\n\n- one\n- two\n  1. deep\n\n> said\n\na | b\n1 | 2"


REFUSED = (
    "[" * 12_000,
    "![" * 50_000,
    "- " * 750 + "a",
    ">" * 100_000,
    "<" * 100_000,
    "&" * 100_000,
    "*_" * 50_000,
    "[^1]" * 10_000 + "\n\n[^1]: x",
    "x" * 400_001,
)
"""Each of these took seconds or ran out of stack before there was a guard."""

BOUNDED = (
    "".join("`" * n + " " for n in range(440)), "a\n===\n" * 3_000, "1. " * 6_600 + "a", "<div>" * 20_000, "<b>a\n\n" * 160 + "a\n\n" * 1_000,
    "[a]: " + "x" * 9_000 + "\n\n" + "[a] " * 240, "|" * 300 + "\n" + "-|" * 300 + "\n" + "a|" * 40_000, "http://example.org/(" * 5_000, "a@" * 50_000,
    "&#" + "1" * 90_000 + ";", "<!--" * 25_000, "<a x='" * 15_000, "\\" * 100_000, "```\n" * 25_000, "\t" * 100_000, "[a](b)" * 16_000,
)  # fmt: skip


def cpu() -> float:
    """Seconds of work by this process and its children, which other work on the machine does not lengthen."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


@pytest.mark.parametrize("written", REFUSED, ids=lambda written: written[:6].strip())
def test_text_built_to_be_slow_is_refused_with_a_sentence(written):
    with pytest.raises(TextRefused, match=r"^This text .*\.$"):
        render(written)


@pytest.mark.parametrize("written", BOUNDED, ids=lambda written: repr(written[:6]))
def test_no_text_keeps_a_worker_long(written):
    began = cpu()
    with contextlib.suppress(TextRefused):
        render(written)
    assert cpu() - began < 2


def test_long_text_is_rendered_as_a_short_one():
    paragraph = "Nobody has answered the letter of 4 March.\n\n"
    assert render(paragraph * 1000).text == render(paragraph).text + f"\n\n{paragraph.strip()}" * 999


def test_patient_renders_what_a_worker_refuses():
    written = "- " * 20_000 + "a\n\n" + "word " * 80_001
    with pytest.raises(TextRefused):
        render("word " * 80_001)
    assert render("word " * 80_001, patient=True).text == "word " * 80_000 + "word"
    with pytest.raises(TextRefused):
        render(written, patient=True)


def test_child_has_no_django():
    answer = subprocess.run(
        [sys.executable, "-c", "import sys, articles.markup.rendering; print('django' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_short_text_cannot_become_a_huge_one():
    with pytest.raises(TextRefused):
        render("[a]: " + "x" * 15_000 + "\n\n" + "[a] " * 200)


def test_message_is_never_markdown():
    shown = '<p>*We* <a href="https://example.org" rel="nofollow noopener">https://example.org</a>!<br>&lt;b&gt;</p>\n\n<p># stand</p>'
    assert render_message("*We* https://example.org!\n<b>\n\n# stand") == shown
