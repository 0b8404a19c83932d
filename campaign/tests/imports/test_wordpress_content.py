"""What WordPress made of a post before its readers saw it: paragraphs, shortcodes, blocks."""

import re
import time

import pytest

from articles import text
from articles.from_html import to_markdown
from campaign.imports.blocks import unblock
from campaign.imports.entries import Attachment
from campaign.imports.shortcodes import resolve
from campaign.imports.wpautop import autop

pytestmark = pytest.mark.once

PICTURES = {
    "7": Attachment("s", "7", "https://x.example.org/a.jpg", title="A", alt="Pit head", caption="The <em>pit</em>"),
    "8": Attachment("s", "8", "https://x.example.org/b.jpg", title="B"),
    "9": Attachment("s", "9", "https://x.example.org/song.mp3", title="Song"),
}
FIGURE_7 = '<figure><img src="https://x.example.org/a.jpg" alt="Pit head"><figcaption>The <em>pit</em></figcaption></figure>'
FIGURE_8 = '<p><img src="https://x.example.org/b.jpg" alt="B"></p>'


class Library:
    def __init__(self) -> None:
        self.remarks: list[str] = []
        self.footnotes: list[dict[str, str]] = []

    def attachment(self, identity: str) -> Attachment | None:
        return PICTURES.get(identity)

    def attached(self) -> list[Attachment]:
        return [PICTURES["7"], PICTURES["8"]]

    def block(self, identity: str) -> str:
        return {"1": "<!-- wp:paragraph --><p>Shared</p><!-- /wp:paragraph -->", "2": '<!-- wp:block {"ref":2} /-->again'}.get(identity, "")


def joined(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\r\n\r\nTwo.\r\nThree.", "<p>One.</p><p>Two.<br>Three.</p>"),
        ("One.<br />\nTwo.", "<p>One.<br>Two.</p>"),
        ("One\n \n\xa0\nTwo", "<p>One</p><p>Two</p>"),
        ("Before<blockquote>One\n\nTwo</blockquote>After", "<p>Before</p><blockquote><p>One</p><p>Two</p></blockquote><p>After</p>"),
        ("<ul>\n<li>One</li>\n<li>Two\nthree</li>\n</ul>", "<ul><li>One</li><li>Two<br>three</li></ul>"),
        ("<h2>Head</h2>\nText", "<h2>Head</h2><p>Text</p>"),
        ("<p>One\n\nTwo</p>", "<p>One</p><p>Two</p>"),
        ("<strong>One\n\nTwo</strong> three", "<p><strong>One</strong></p><p><strong>Two</strong> three</p>"),
        ('<a href="x">One\n\nTwo</a>', '<p><a href="x">One</a></p><p><a href="x">Two</a></p>'),
        ("One<!--more-->Two", "<p>OneTwo</p>"),
        ("One\n\n<!--more Read on-->\n\nTwo", "<p>One</p><p>Two</p>"),
        ('<a href="x\ny">z</a>', '<p><a href="xy">z</a></p>'),
        ('<a href="x"><h2>One</h2>\n\n<p>Two</p></a>\n\nThree', '<h2><a href="x">One</a></h2><p><a href="x">Two</a></p><p>Three</p>'),
        ('<a href="x"></a>\n\nOne', '<p><a href="x"></a></p><p>One</p>'),
        ("<div><strong>\n<p>a</p>\n</strong></div>", "<div><p><strong>a</strong></p></div>"),
        ("<table><tr><td>a\n\nb</td><td>c</td></tr></table>", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>"),
        ("4 < 5\n\n6 > 5", "<p>4 < 5</p><p>6 > 5</p>"),
        ("", ""),
    ],
)
def test_autop_makes_paragraphs_and_breaks(content, html):
    assert joined(autop(content)) == html


@pytest.mark.parametrize("kept", ["<pre>a\n\n  b &lt;c&gt;\n</pre>", "<script>\n\nx\n</script>", "<style>\na\n\nb</style>"])
def test_autop_leaves_code_to_the_letter(kept):
    assert kept in autop(f"Before\n\n{kept}\n\nAfter")


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (
            '[caption id="a" align="left" width="300"]<img src="a.jpg" /> New <em>style</em>[/caption]',
            '<figure><img src="a.jpg" /><figcaption>New <em>style</em></figcaption></figure>',
        ),
        (
            '[caption caption="Old &quot;style&quot;"]<a href="x"><img src="a.jpg"></a>[/caption]',
            '<figure><a href="x"><img src="a.jpg"></a><figcaption>Old "style"</figcaption></figure>',
        ),
        ('[wp_caption width="3"]<img src="a.jpg">[/wp_caption]', '<p><img src="a.jpg"></p>'),
        ('[gallery ids="8,7"]', FIGURE_8 + FIGURE_7),
        ("[gallery]", FIGURE_7 + FIGURE_8),
        ('[gallery exclude="7" columns="2"]', FIGURE_8),
        ('[playlist ids="9"]', '<ul><li><a href="https://x.example.org/song.mp3">Song</a></li></ul>'),
        ("[embed]https://v.example.org/1?a=1&amp;b=2[/embed]", '<p><a href="https://v.example.org/1?a=1&amp;b=2">https://v.example.org/1?a=1&amp;b=2</a></p>'),
        ('[embed width="1"]https://v.example.org/1[/embed]', '<p><a href="https://v.example.org/1">https://v.example.org/1</a></p>'),
        ("[youtube=http://y.example.org/watch?v=1&w=2]", '<p><a href="http://y.example.org/watch?v=1&amp;w=2">http://y.example.org/watch?v=1&amp;w=2</a></p>'),
        ("[youtube abc_-1]", '<p><a href="https://www.youtube.com/watch?v=abc_-1">https://www.youtube.com/watch?v=abc_-1</a></p>'),
        ('[vimeo id="42"]', '<p><a href="https://vimeo.com/42">https://vimeo.com/42</a></p>'),
        ("[googlevideo=http://g.example.org/p.swf?docId=1]", '<p><a href="http://g.example.org/p.swf?docId=1">http://g.example.org/p.swf?docId=1</a></p>'),
        ("[audio http://x.example.org/a.mp3|loop=yes]", '<p><a href="http://x.example.org/a.mp3">http://x.example.org/a.mp3</a></p>'),
        ('[video mp4="https://x.example.org/a.mp4"][/video]', '<p><a href="https://x.example.org/a.mp4">https://x.example.org/a.mp4</a></p>'),
        ('[sourcecode language="css"]\na > b { }\n\n<i>[gallery]\n[/sourcecode]', "<pre><code>a &gt; b { }\n\n&lt;i&gt;[gallery]</code></pre>"),
        ("[[caption]]", "[caption]"),
        ("[instagram url=https://i.example.org/p/x/]", '<p><a href="https://i.example.org/p/x/">https://i.example.org/p/x/</a></p>'),
        ('[gist id="ann/9"]', '<p><a href="https://gist.github.com/ann/9">https://gist.github.com/ann/9</a></p>'),
        ("[[gallery ids=1]]", "[gallery ids=1]"),
        ("[[caption]words[/caption]]", "[caption]words[/caption]"),
        ("[[caption]]words[[/caption]]", "[caption]words[/caption]"),
        ('[vc_row][vc_column width="1/2"]Words[/vc_column][/vc_row]', "\n\n\n\nWords\n\n\n\n"),
        ("[one_half]Left[/one_half][one_half_last]Right[/one_half_last]", "\n\nLeft\n\n\n\nRight\n\n"),
        ("a[fusion_dropcap]b[/fusion_dropcap]c", "abc"),
        ('[vc_custom_heading text="Our strike"][vc_single_image image="8"]', f"<p>Our strike</p>{FIGURE_8}"),
        (
            '[et_pb_button button_url="https://x.example.org/" button_text="Join"]',
            '<p>Join</p><p><a href="https://x.example.org/">https://x.example.org/</a></p>',
        ),
    ],
)
def test_known_shortcodes_become_html(content, html):
    assert resolve(f"Before {content} after", Library()) == f"Before {html} after"


@pytest.mark.parametrize(
    "words",
    ["[sic]", "[email\xa0protected]", "[CWI Ireland]", "[1]", "[…]", "[poll]", "[video]", "[c]", "[code]", "[caption]", "[row]", "[[1]]",
     "[unknown x=1]in[/unknown]", "a[i] = b[j]", "[Gallery of the strike", "[]", "[ gallery]", "[link](https://x.example.org)", "[contact-form-7 id=3]"],
)  # fmt: skip
def test_words_in_brackets_stay_words(words):
    library = Library()
    assert resolve(words, library) == words
    assert library.remarks == []


def test_what_a_shortcode_names_and_the_export_lacks_is_said():
    library = Library()
    assert resolve('[gallery ids="7,99"] [soundcloud params="x"]', library) == f'{FIGURE_7} [soundcloud params="x"]'
    assert library.remarks == [
        "Picture 99 of a gallery is not in the export.",
        "The shortcode [soundcloud] could not be resolved; it stands in the text as it was.",
    ]


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<!-- wp:paragraph --><p>One\ntwo</p><!-- /wp:paragraph -->", "<p>One\ntwo</p>"),
        ("Classic.\n\nTwo.\n<!-- wp:separator --><hr/><!-- /wp:separator -->", "<p>Classic.</p>\n<p>Two.</p><hr/>"),
        ('<!-- wp:block {"ref":1} /-->', "<p>Shared</p>"),
        ('<!-- wp:heading {"level":3,"x":"\\u003cb\\u003e"} --><h3>H</h3><!-- /wp:heading -->', "<h3>H</h3>"),
        ('<!-- wp:social-link {"url":"https://x.example.org","service":"x"} /-->', '<p><a href="https://x.example.org">https://x.example.org</a></p>'),
        ('<!-- wp:navigation-link {"label":"Home","url":"https://x.example.org"} /-->', '<p><a href="https://x.example.org">Home</a></p>'),
        ("<!-- wp:shortcode -->[gallery ids=8]<!-- /wp:shortcode -->", FIGURE_8),
        ("<!-- wp:code --><pre><code>[gallery]</code></pre><!-- /wp:code -->", "<pre><code>[gallery]</code></pre>"),
        (
            '<!-- wp:cover {"url":"https://x.example.org/c.jpg"} --><div style="a"><p>In</p></div><!-- /wp:cover -->',
            '<p><img src="https://x.example.org/c.jpg" alt=""></p><div style="a"><p>In</p></div>',
        ),
        (
            '<!-- wp:cover-image {"url":"https://x.example.org/c.jpg"} --><div><p>In</p></div><!-- /wp:cover-image -->',
            '<p><img src="https://x.example.org/c.jpg" alt=""></p><div><p>In</p></div>',
        ),
        ('<!-- wp:latest-posts /--><!-- wp:search {"label":"Search"} /-->', ""),
        ('<!-- wp:freeform -->One.\n\nTwo.<!-- /wp:freeform -->', "<p>One.</p>\n<p>Two.</p>"),
    ],
)  # fmt: skip
def test_blocks_become_html(content, html):
    assert unblock(content, Library()) == html


def test_a_block_that_holds_nothing_is_said_and_one_that_holds_itself_ends():
    library = Library()
    assert unblock('<!-- wp:jetpack/map {"zoom":3} /--><!-- wp:block {"ref":9} /-->', library) == ""
    assert library.remarks == [
        "The block “jetpack/map” holds nothing in the export; what it showed is not there.",
        "The reusable block 9 is not in the export.",
    ]
    assert "again" in unblock('<!-- wp:block {"ref":2} /-->', Library())


def test_the_block_editor_s_footnotes_stand_below_and_are_linked():
    library, note = Library(), "0f9c2a3e-1b2d-4c5e-8f70-123456789abc"
    library.footnotes = [{"id": note, "content": 'Said by <a href="https://x.example.org">them</a>'}]
    mark = f'<sup data-fn="{note}" class="fn"><a href="#{note}" id="{note}-link">1</a></sup>'
    html = text.render(to_markdown(unblock(f"<!-- wp:paragraph --><p>Words{mark}.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->", library))).html
    assert joined(html) == (
        f'<p>Words<sup><a id="{note}-link"></a><a href="#{note}">1</a></sup>.</p><ol><li><a id="{note}"></a><a href="#{note}-link">↑</a> Said by '
        '<a href="https://x.example.org" rel="noopener">them</a></li></ol>'
    )


SLOW = ["<!-- wp:a {", "[a ", "[caption ", "[caption]", '[gallery ids="', "<a ", "<p>", "\n\n<b>", "<pre>", '<a "', "<!--"]


@pytest.mark.parametrize("piece", SLOW)
def test_no_content_takes_long(piece):
    began = time.perf_counter()
    resolve(autop(unblock(piece * 20_000, Library())), Library())
    assert time.perf_counter() - began < 5
