"""Entities as the characters they stand for, before a parser sees them.

bleach reads "&amp;lt;" as "&lt;" when it cleans and links in one pass, and html5ever's time grows with the square of
their number. So those that mean markup travel as noncharacters, which no tidy text holds, and arrive as what they were.
"""

import html
import re

# With its semicolon, as Markdown and attributes read an entity; and without, as old HTML does in text.
STRICT = re.compile(r"&(?:#\d{1,12}|#[xX][0-9a-fA-F]{1,9}|[A-Za-z][A-Za-z0-9]{1,31});|&")
LOOSE = re.compile(r"&(?:#\d{1,12};?|#[xX][0-9a-fA-F]{1,9};?|[A-Za-z][A-Za-z0-9]{1,31};?)?")

TRAVELS = {"&": "\ufdd0", "<": "\ufdd1", ">": "\ufdd2", '"': "\ufdd3", "'": "\ufdd4"}
ARRIVES = {traveller: char for char, traveller in TRAVELS.items()}
TRAVELLER = re.compile(f"[{''.join(ARRIVES)}]")


def as_entities(text: str) -> str:
    return TRAVELLER.sub(lambda match: html.escape(ARRIVES[match[0]]), text)


def as_characters(text: str) -> str:
    return TRAVELLER.sub(lambda match: ARRIVES[match[0]], text)


def travel(match: re.Match[str]) -> str:
    chars = html.unescape(match[0])
    if chars.isspace() and chars.isascii():  # would end an attribute without quotes
        return match[0]
    return "".join(TRAVELS.get(char, char) for char in chars)
