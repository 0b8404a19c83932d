"""Path converters: an address that is no date, or no row's number, is a 404 before any view runs."""

from datetime import date

from django.urls import register_converter


class Year:
    regex = "(?!0000)[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class Month:
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class Day:
    """A whole date, "2012/08/29"; the 30th of February is nowhere."""

    regex = "[0-9]{4}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date(*map(int, value.split("/")))

    def to_url(self, value: date) -> str:
        return f"{value:%Y/%m/%d}" if value.year > 999 else f"{value.year:04}/{value:%m/%d}"


class Number:
    """A row's number, as large as databases count; Django's own `int` takes any, and SQLite fails on it."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")
register_converter(Year, "year")
register_converter(Month, "month")
register_converter(Day, "day")
