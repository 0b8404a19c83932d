"""A post that the converter cannot read: words and addresses come all the same."""

from campaign.imports.bare import bare
from campaign.imports.entries import Entry


def test_words_and_addresses_of_a_post_that_cannot_be_converted_come_bare():
    html = (
        "<!-- x --><style>a</style><p>Coal &amp; <b>steel</b></p>\n<script>no()</script><p>4 &lt; 5 *stars* &lt;b&gt;</p>"
        "<a href='http://x.example.org/?a=1&amp;b=2'>link</a><img src=\"http://x.example.org/a.jpg\">"
    )
    made = bare(Entry("s", "5", html=html), ValueError())
    assert made.text.startswith("Coal & steel\n\n4 < 5 *stars* <b> link")
    assert made.html.count("<a href=") == 2
    assert "http://x.example.org/?a=1&amp;b=2" in made.html
    assert made.title.startswith("Coal & steel")
    assert made.remarks == ["could not be converted (ValueError): its words came without markup, and its addresses stand below them; please report this"]
    assert bare(Entry("s", "5", title="T"), ValueError()).title == "T"
