"""Bytes to text: what a file says it is, else what reads best."""

import codecs
import re

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL = re.compile("[оеаинтсрвлкмдпуяыьОЕАИНТСРВЛ ]")


def decoded(content: bytes) -> str:
    """UTF-8 where it is that; else line by line, because a chain of forwarded mails mixes encodings."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if content.count(b"\x00") > len(content) // 4 and len(content) % 2 == 0:
        return content.decode("utf-16-le" if content[1::2].count(b"\x00") > content[::2].count(b"\x00") else "utf-16-be", "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return mixed(content)


def mixed(content: bytes) -> str:
    old = old_encoding(content)
    lines = []
    for line in content.split(b"\n"):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode(old, "replace"))
    return "\n".join(lines)


def old_encoding(content: bytes) -> str:
    """Of the encodings that mail in these languages came in, the one whose letters are the usual ones."""
    high = [byte for byte in content[:100_000] if byte > 127]
    if len(high) < len(content[:100_000]) / 10:
        return "cp1252"
    sample = bytes(high)
    return max(("cp1251", "koi8-r", "cp1252"), key=lambda name: len(USUAL.findall(sample.decode(name, "replace"))))
