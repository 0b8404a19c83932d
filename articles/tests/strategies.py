"""HTML as people and programs have written it, for property tests: words that look like Markdown, in elements whole and broken."""

import html

from hypothesis import strategies as st

WORDS = (
    "word", "Қазақстан", "سلام", "*", "_", "__", "**", "[", "]", "(", ")", "[x]:", "[^1]:", "[a](b)", "![a](b)", "1.", "12.", "2012.", "#", "##",
    "#tag", "-", "--", "---", "+", ">", "<", "&", "&amp;", "&lt;b&gt;", "&#9;", "&copy", "&copy;", "`", "``", "```", "```js", "~~~", "===", "=", "|",
    "|-|-|", ":-|-:", "a|b", "\\", "\\*", "\\\\", "!", "![", "x!", "http://example.org/a_b*c", "http://example.org/_y_", "www.example.org",
    "a@example.org", "e-mail:", "snake_case_x", "_x_", "x_", "_y", "*y*", "a*b", "2*3*4", "<b>", "</p>", "<div>", "<!--", "-->", '<a href="',
    "<http://example.org>", "<3", "a<b", "10\u00a0000", "é", "{", "}", "C:\\foo", "a\\", "'", '"', ":", "::", "[sic]", "- - -", "* * *", "C#", "1)",
    "    indented", "\ttab", "…", "foo\u200bbar", "\u200b", "hy\u00adphen", "\u3000", "~~a~~", "$x$", "%", "//", "``x``", "`a`",
)  # fmt: skip
ADDRESSES = (
    "http://example.org/a_b", "http://example.org/a?b=1&c=2", "http://example.org/?a&copy;=1", "http://example.org/a_(b)", "http://example.org/it's",
    "http://example.org/a b", "http://example.org/[x]", "http://example.org/*a*_b_", "http://example.org/é", "http://example.org/a\\b",
    "http://example.org/`x`", 'http://example.org/"q"', "http://example.org/<b>", "//example.org/x", "/2012/x/", "x.html", "#_ftn1",
    "mailto:a@example.org", "tel:+7 700",
)  # fmt: skip
PICTURES = ("/media/a.jpg", "/media/b_c*.png", "/media/a(b).jpg")
SPANS = ("b", "i", "em", "strong", "span", "font", "code", "tt", "kbd", "sub", "sup", "del", "ins", "s", "u", "q", "cite", "small", "mark", "abbr")
TAGS = (*SPANS[:8], "p", "div", "center", "h2", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "blockquote", "pre", "br")
OPENED = (*map("<{}>".format, TAGS), '<a href="/x">w ', '<a href="/y">w ')
CLOSED = (*map("</{}>".format, TAGS), "</a>", "</a>")

gaps = st.sampled_from((" ", " ", " ", "", "\n", "  "))
texts = st.lists(st.tuples(st.sampled_from(WORDS), gaps), min_size=1, max_size=4).map(lambda parts: html.escape("".join(map("".join, parts)), quote=False))
links = st.builds('<a href="{}">w{}</a>'.format, st.sampled_from(ADDRESSES).map(html.escape), texts)
pictures = st.builds('<img src="{}" alt="{}">'.format, st.sampled_from(PICTURES), texts.map(html.escape))


def element(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


def several(strategy: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(strategy, min_size=1, max_size=most).map("".join)


inlines = several(
    st.recursive(texts | links | pictures | st.just("<br>"), lambda inner: st.builds(element, st.sampled_from(SPANS), several(inner)), max_leaves=5),
)
letters = st.builds(element, st.just("pre"), st.lists(st.tuples(st.sampled_from(("", "  ", "\t")), texts).map("".join), max_size=3).map("\n".join))
leaves = st.one_of(inlines, st.builds(element, st.sampled_from(("p", "p", "h1", "h2", "h3")), inlines), letters, st.just("<hr>"))


def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = several(inner)
    items = several(st.builds(element, st.just("li"), inlines | inside))
    rows = st.builds(
        lambda head, *cells: element("tr", "".join(element(head, cell) for cell in cells)), st.sampled_from(("th", "td")), inlines, inlines | inside
    )
    terms = st.builds(lambda term, told: element("dt", term) + element("dd", told), inlines, inside)
    return st.one_of(
        st.builds(element, st.sampled_from(("div", "center", "blockquote", "b")), inside),
        st.builds(element, st.sampled_from(("ul", "ol")), items),
        st.builds(element, st.just("table"), several(rows)),
        st.builds(element, st.just("dl"), several(terms)),
        st.builds(lambda body, caption: element("figure", body + element("figcaption", caption)), inside, inlines),
        st.builds(lambda summary, body: element("details", element("summary", summary) + body), inlines, inside),
    )


documents = several(st.recursive(leaves, containers, max_leaves=6), 4)

# What old sites hold besides: pictures of other hosts, frames, links that nobody sees, rubies, old tags, white space and signs of all kinds.
OTHER_WORDS = (
    "👩\u200d👩\u200d👧", "e\u0301", "नमस्ते", "שלום", "\u202bx\u202c", "日本語", "❤\ufe0f", "&nbsp;", "&amp;nbsp;", "&#x27;", "&hellip;", "2) x",
    "[TOC]", "[ ] x", "[^x]", "{: .x}", "{#x}", "*[x]: y", "x^2", "__init__", "a/*.py", "-----", "x\\-y", "\u2028", "\u2009", "Term\n:   told", "~~~ x",
    "| --- |",
)  # fmt: skip
OTHER_ADDRESSES = (
    "https://example.org/a-b/%D0%B0?x=%20y#z(1)", "http://example.org/a|b", "http://example.org/{x}^~", "HTTP://EXAMPLE.ORG/X", "http://пример.рф/путь",
    "http://example.org/?b[]=1&b[]=2", "?p=5", "../x/", "mailto:a@example.org?subject=x y&body=z", "http:/example.org", "www.example.org/x",
    "  http://example.org/pad ", "http://example.org/#/a?b", "http://example.org/%", "skype:a?call", "http://example.org/&amp;", "#a-b",
)  # fmt: skip
ELSEWHERE = ("http://p.example.org/a b.jpg", "https://p.example.org/x_y.jpg?w=1&h=2", "//p.example.org/[1].png", "z.gif")
OTHER_SPANS = ("big", "strike", "acronym", "nobr", "dfn", "label", "samp", "var", "time", "bdi")
OTHER_BLOCKS = ("section", "article", "address", "fieldset", "header", "h6", "main", "form")

addresses = st.sampled_from((*ADDRESSES, *OTHER_ADDRESSES)).map(html.escape)
other_texts = st.lists(st.sampled_from((*OTHER_WORDS, *WORDS[:30])), min_size=1, max_size=3).map(" ".join).map(lambda words: words.replace("<", "&lt;"))
other_inlines = several(
    st.one_of(
        other_texts,
        st.builds('<a href="{}">{}</a>'.format, addresses, other_texts),
        st.builds(' <a href="{}">{}</a> '.format, addresses, st.sampled_from(("", "<br>", "&nbsp;", "<b></b>"))),
        st.builds('<img src="{}" alt="x">'.format, st.sampled_from((*PICTURES, *ELSEWHERE)).map(html.escape)),
        st.builds('<a href="{}"><img src="{}"></a>'.format, addresses, st.sampled_from((*PICTURES, *ELSEWHERE)).map(html.escape)),
        st.builds("<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>".format, other_texts, other_texts),
        st.builds(element, st.sampled_from(OTHER_SPANS), other_texts),
        st.sampled_from(("<br>", "<br><br>", "<wbr>", "<!-- x -->", '<a name="x"></a>')),
    )
)
frames = st.sampled_from(("iframe", "embed", "video", "audio")).flatmap(lambda tag: addresses.map(lambda src: f'<{tag} src="{src}"></{tag}>'))
other_leaves = st.one_of(other_inlines, st.builds(element, st.sampled_from(("p", "h2", "pre", *OTHER_BLOCKS)), other_inlines), frames)
archives = several(st.recursive(other_leaves, containers, max_leaves=6), 4)
soups = several(st.one_of(texts, st.sampled_from(OPENED), st.sampled_from(CLOSED)), 14)

HALVES = (
    "<", ">", "/", "!", "?", "-", "=", "'", '"', "`", "&", ";", "#", "[", "]", "(", ")", "*", "_", "~", "|", "\\", ":", "{", "}", "^", "+", ".", "1",
    " ", "\n", "\t", "\x00", "\x02", "\x03", "a", "\ufdd0", "\ufdd1", "\u2028", "<a href=", "<img src=", "<svg>", "<math>", "</", "<!--", "-->",
    "<![CDATA[", "]]>", "&#", "&lt;", "javascript:", "<style>", "</style>", "<script>", "</script>", "<title>", "<textarea>", "<template>",
    " onerror=", "www.a.b", "a@b.cc", "[x]: ", "[^1]", "\n\n", "    ", "- ", "> ", "```\n", "|\n-|-|\n", "<iframe src=", "<mglyph>",
    "<annotation-xml>", "<desc>", "<select>", "<form>", "<plaintext>", "<noscript>",
)  # fmt: skip
fragments = several(st.sampled_from((*HALVES, *OPENED, *CLOSED)), 30)
