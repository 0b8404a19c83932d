"""HTML to Markdown: every word, link and picture kept, and Markdown that an editor would gladly edit."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings

from articles.from_html import to_markdown, to_text
from articles.markup.rendering import convert, tidy
from articles.tests.reading import seen
from articles.tests.strategies import archives, documents, soups
from articles.text import render

pytestmark = pytest.mark.once


def kept(original: str) -> None:
    """Words in order, links and pictures of the original stand in what becomes of it."""
    rendered = convert(tidy(to_markdown(original))).html
    assert seen(rendered).words == seen(original).words
    assert set(seen(original).links) - set(seen(rendered).links) == set()
    assert seen(rendered).pictures == seen(original).pictures


@settings(max_examples=100, deadline=None)
@given(documents)
def test_nothing_is_lost_of_whole_html(original):
    kept(original)


@settings(max_examples=100, deadline=None)
@given(soups)
def test_nothing_is_lost_of_broken_html(original):
    kept(original)


@settings(max_examples=40, deadline=None)
@given(archives)
def test_nothing_is_lost_of_what_old_sites_hold(original):
    """Pictures of other hosts add words: so each word, link and picture is looked for as often as it was there."""
    before, after = seen(tidy(original)), seen(convert(tidy(to_markdown(original))).html)
    assert Counter(before.words) - Counter(after.words) == Counter()
    assert Counter(link.strip() for link in before.links) - Counter(after.links) == Counter()
    assert Counter(before.pictures) - Counter([*after.pictures, *after.links]) == Counter()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <b> bold</b> and<i> it </i>b</p>", "a **bold** and _it_ b"),
        ("<i>em</i>phasis", "*em*phasis"),
        ("<b>one</b><b> two</b>", "**one two**"),
        ("one<br>two<br><br>three", "one  \ntwo\n\nthree"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("<h1>A</h1><h4>B #</h4>", "## A\n\n### B \\#"),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", "- a\n    1. b\n- c"),
        ("<ol start=3><li>a<p>b</p></li><li>c</ol>", "3. a\n\n    b\n\n4. c"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<p>2012. x<br>- y<br># z<br>===", "2012\\. x  \n\\- y  \n\\# z  \n&#61;=="),
        ("x_y *z* [sic] 2 * 3 a\\b", "x_y \\*z\\* [sic] 2 * 3 a\\b"),
        ("<a href=http://example.org/>http://example.org/</a>", "<http://example.org/>"),
        ("<a href='http://example.org/a (b)'>c [d]</a>", '<a href="http://example.org/a (b)">c \\[d\\]</a>'),
        ("<a href=http://example.org/a_(b)>c [d]</a>", "[c \\[d\\]](<http://example.org/a_(b)>)"),
        ("wow!<a href=/x>y</a>", "wow\\![y](/x)"),
        ("<pre><code>a\n\n\tb &lt;\n</code></pre>", "```\na\n\n\tb <\n```"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
        ("use <code>a`b</code>", "use ``a`b``"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2<br>3</table>", "| a | b |\n| --- | --- |\n| 1 | 2<br>3 |"),
        ("<table><tr><td>a</td></tr></table>", "a"),
        ("<img src=/media/a.jpg alt='A picket'>", "![A picket](/media/a.jpg)"),
    ],
)
def test_markdown_is_what_an_editor_would_write(html, markdown):
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p class="MsoNormal" style="margin:0"><span lang="EN-US">a<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>', "a"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->a<![if !supportLists]>b<![endif]>", "ab"),
        ("<style>p{}</style><script>x()</script><title>t</title>a", "a"),
        ("<span style='font-size:9pt'>a</span> <span style='x'>b</span> <span style='font-weight: 700'>c</span>", "a b **c**"),
        ("<b style='font-weight:normal' id='docs-internal-guid-1'><p>a</p><p>b</p></b>", "a\n\nb"),
        ("a<a name='more'></a>b", "ab"),
        ("&nbsp;&nbsp; a &nbsp; b 10&nbsp;000 &#8203;<br>&nbsp;", "a b 10\u00a0000 \u200b"),
        ("<div dir='ltr' style='text-align:left' trbidi='on'>a</div>", "a"),
        ("<img src=x width=1 height=1>a", "a"),
    ],
    ids=["word", "conditional", "unseen", "spans", "docs", "jump", "spaces", "direction", "tracker"],
)
def test_debris_goes(html, markdown):
    assert to_markdown(html) == markdown


def test_captioned_picture_of_a_blog_is_a_figure():
    html = (
        '<table class="tr-caption-container"><tbody><tr><td><a href="http://example.org/s1600/a.jpg" imageanchor="1"><img src="/media/a.jpg" alt="A"></a>'
        '</td></tr><tr><td class="tr-caption">The <b>gate</b></td></tr></tbody></table>'
    )
    figure = '<a href="http://example.org/s1600/a.jpg"><img src="/media/a.jpg" alt="A"></a>\n<figcaption>The <strong>gate</strong></figcaption>'
    assert to_markdown(html) == f"<figure>{figure}</figure>"


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://video.example.org/embed/1"></iframe>',
        '<object data="https://video.example.org/embed/1"><param name="movie" value="https://video.example.org/embed/1"><embed src="https://video.example.org/embed/1"></object>',
        '<video><source src="https://video.example.org/embed/1"></video>',
        '<video><track src="https://video.example.org/embed/1" kind="captions"></video>',
    ],
)
def test_embedded_page_becomes_a_link_to_it(html):
    assert to_markdown(f"a{html}b") == "a\n\n<https://video.example.org/embed/1>\n\nb"


def test_links_beside_each_other_stay_as_many_as_they_were():
    assert to_markdown("<a href='/x'>a</a> <a href='/x'>b</a><a href='/y'>c</a>") == "[a](/x) [b](/x)[c](/y)"
    assert to_markdown("<a href='/x'>a <b>b</b> c</a>") == "[a **b** c](/x)"
    assert to_markdown("<a href='ftp://example.org/x'>a</a> <a href='skype:a?call'>b</a>") == "[a](ftp://example.org/x) [b](skype:a?call)"
    assert to_markdown("<a href='#'>a</a>") == "[a](#)"


@pytest.mark.parametrize("file", ["", "file:///C:/Users/dana/a.htm"])
def test_a_footnote_s_link_keeps_its_words_and_leads_there_and_back(file):
    html = f'<p>Text<a href="{file}#_ftn1" name="_ftnref1">[1]</a> on.</p><p><a href="{file}#_ftnref1" name="_ftn1">[1]</a> Note.</p>'
    shown = render(to_markdown(html)).html
    assert shown == ('<p>Text<a id="_ftnref1"></a><a href="#_ftn1">[1]</a> on.</p>\n<p><a id="_ftn1"></a><a href="#_ftnref1">[1]</a> Note.</p>')


def test_a_picture_keeps_off_the_words_beside_it():
    assert to_markdown("one<img src='/a.png'>two <img src='/b.png'>, three") == "one ![](/a.png) two ![](/b.png) , three"
    assert to_markdown("One.<img src='/a.png'>“Two”") == "One. ![](/a.png) “Two”"
    assert to_markdown("<pre>a<img src='/a.png'>b</pre>") == '<pre>a <img src="/a.png" alt=""> b</pre>'
    assert to_markdown("<img src='/a.png'><img src='/b.png'>") == "![](/a.png) ![](/b.png)"
    assert to_markdown("one<img alt='A sign'>two<img src=''>") == "one A sign two"


def test_link_that_may_not_stay_keeps_its_address_in_words():
    assert to_markdown("<a href='file://x/y'>a</a> <a href='http://'>b</a> <a href='javascript:c()'>d</a>") == "a (file://x/y) b (http://) d"


def test_link_without_words_shows_its_address():
    assert to_markdown("<a href='http://example.org/'></a>") == "<http://example.org/>"
    assert to_markdown("a<a href='/x'>&nbsp;</a>b") == "a [/x](/x) b"
    assert to_markdown("<a href='/x'><p></p></a><a href='/x'>y</a>") == "[↗](/x) [y](/x)"
    assert to_markdown("<p><a href='/x'><div>y</div></a></p>") == "[y](/x)"
    assert to_markdown("<a href='/x'><img src=a.gif></a>", picture=lambda src, alt: "") == "[/x](/x)"


def test_lazy_picture_is_found():
    html = '<img src="data:image/gif;base64,R0lGOD" data-lazy-src="/media/a.jpg" alt="A"> <img srcset="/media/b-300.jpg 300w, /media/b.jpg 900w">'
    assert to_markdown(html) == "![A](/media/a.jpg) ![](/media/b.jpg)"
    assert to_markdown('<img src="/blank.gif" data-src="/media/a.jpg">') == "![](/media/a.jpg)"


def test_gallery_is_a_row_of_pictures():
    pictures = '<li><figure><img src="/media/a.jpg"></figure></li><li><img src="/media/b.jpg"></li>'
    html = f'<figure class="wp-block-gallery"><ul class="blocks-gallery-grid">{pictures}</ul></figure>'
    assert to_markdown(html) == "![](/media/a.jpg)\n\n![](/media/b.jpg)"


def test_footnotes_keep_their_places():
    html = '<p>a<sup><a href="#_ftn1" name="_ftnref1">[1]</a></sup></p><div id="_ftn1"><a href="#_ftnref1">[1]</a> b</div>'
    rendered = render(to_markdown(html)).html
    assert [f'id="{name}"' in rendered for name in ("_ftn1", "_ftnref1")] == [True, True]


def test_import_may_give_other_addresses():
    html = '<a href="http://old.example.org/x"><img src="a.jpg" alt="A"></a><img src="b.gif">'
    assert to_markdown(html, link=lambda href: "/new/", picture=lambda src, alt: {"a.jpg": "/media/a.jpg"}.get(src, "")) == "[![A](/media/a.jpg)](/new/)"


def test_comment_becomes_plain_text():
    html = "Well <b>said</b>!<br />See <a href='http://example.org/x' rel='nofollow'>this</a> &amp; a &lt; b<br /><br />*Bye*<script>x</script>"
    assert to_text(html) == "Well said!\nSee this (http://example.org/x) & a < b\n\n*Bye*"


@pytest.mark.parametrize("part", ["<div>", "<blockquote>x", "<table><tr><td>", "<ul><li>x", "<b><i>x", "<a href=x>", "<p>", "&", "<", "<a '", "*"])
def test_long_and_deep_html_takes_linear_time(part):
    size = 20_000 // len(part)
    began = time.process_time()
    to_markdown(part * size)
    middle = time.process_time()
    to_markdown(part * size * 8)
    assert time.process_time() - middle < 24 * (middle - began) + 1


@pytest.mark.parametrize(
    "part", ["<div>x", "<ul><li>x ", "<blockquote>x", "<table><tr><th>x<th>", "<dl><dd>x ", "<p><b>x ", "<figure>x<figcaption>", "<span><p>x ", "<object>x "]
)
def test_html_too_deep_keeps_its_words(part):
    assert to_markdown(part * 700).count("x") == 700


def test_unclosed_elements_cost_no_link():
    addresses = [f"/{number}/" for number in range(300)]
    html = "".join(f'<p><span><font><em>a <a href="{address}">b</a></p>' for address in addresses)
    assert seen(render(to_markdown(html)).html).links == addresses


def test_formats_that_never_end_fill_no_memory():
    assert len(to_markdown("".join(f"<b id=x{number}>" for number in range(50)) + "<p>x" * 30_000)) < 1_000_000


def test_seeds_are_kept(seeds):
    """The bodies of both real exports."""
    from xml.etree import ElementTree

    bodies = [element.text for element in ElementTree.parse(seeds / "blogger-classic.xml").iter("{http://www.w3.org/2005/Atom}content")]
    bodies += [element.text for element in ElementTree.parse(seeds / "wordpress.wxr.xml").iter("{http://purl.org/rss/1.0/modules/content/}encoded")]
    assert len(bodies) > 20
    for body in filter(None, bodies):
        kept(body)
