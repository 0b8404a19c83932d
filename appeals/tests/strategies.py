"""Texts and addresses that have bent mail links before, for property tests."""

from hypothesis import strategies as st

from appeals.mailto import one_line

WORDS = "Ends, plus + and & 100 % “quotes” \"'; ä, Қазақстан, Россия, السلام, \U0001f525 ?=#\r\nnew line\nand another"
LETTER = ("Dear Minister,\n\n" + "I call on you, + & % “now”, to free the strikers of Zhanaozen. " * 60)[:3083]

texts = st.text(st.one_of(st.sampled_from("a ,+&%?=#\"'\n\r;äқسж\U0001f525"), st.characters(exclude_categories=("Cs",), exclude_characters="\0")), max_size=400)
subjects = texts.map(lambda text: one_line(text).replace("=?", "?="))  # what looks encoded is read by no two programs alike
atoms = st.text(st.sampled_from("abcxyz0189+-_%&=!#$'*/?^`{|}~"), min_size=1, max_size=9).filter(lambda atom: "=?" not in atom)
local_parts = st.lists(atoms, min_size=1, max_size=3).map(".".join)
domains = st.sampled_from(["example.org", "mail.example.com", "müller.example.org", "пример.example.org"])
emails = st.builds("{}@{}".format, local_parts, domains)


def in_ascii(emails: list[str]) -> list[str]:
    return [email.replace("müller", "xn--mller-kva").replace("пример", "xn--e1afmkfd") for email in emails]
