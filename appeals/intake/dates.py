"""Days and hours in the words of several languages, to ISO 8601."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    1: "jan(?:uary)?|январ[ья]|янв|januar|janvier|enero|gennaio|jänner|ocak|janeiro|січня|қаңтар(?:да)?",
    2: "feb(?:ruary)?|феврал[ья]|фев|februar|février|fevrier|febrero|febbraio|şubat|fevereiro|лютого|ақпан(?:да)?",
    3: "mar(?:ch)?|марта?|märz|mars|marzo|mart|março|березня|наурыз(?:да)?",
    4: "apr(?:il)?|апрел[ья]|апр|avril|abril|aprile|nisan|квітня|сәуір(?:де)?",
    5: "may|ма[йя]|mai|mayo|maggio|mayıs|maio|травня|мамыр(?:да)?",
    6: "june?|июн[ья]|juni|juin|junio|giugno|haziran|junho|червня|маусым(?:да)?",
    7: "july?|июл[ья]|juli|juillet|julio|luglio|temmuz|julho|липня|шілде(?:де)?",
    8: "aug(?:ust)?|августа?|авг|août|aout|agosto|ağustos|серпня|тамыз(?:да)?",
    9: "sept?(?:ember)?|сентябр[ья]|сен|сент|septembre|septiembre|setiembre|settembre|eylül|setembro|вересня|қыркүйек(?:те)?",
    10: "oct(?:ober)?|октябр[ья]|окт|oktober|octobre|octubre|ottobre|ekim|outubro|жовтня|қазан(?:да)?",
    11: "nov(?:ember)?|ноябр[ья]|ноя|novembre|noviembre|kasım|novembro|листопада|қараша(?:да)?",
    12: "dec(?:ember)?|декабр[ья]|дек|dezember|décembre|decembre|diciembre|dicembre|aralık|dezembro|грудня|желтоқсан(?:да)?",
}
DAYS = {
    0: "mon(?:day)?|понедельник|montag|lundi|lunes|lunedì|pazartesi|segunda(?:-feira)?|понеділ(?:ок|ка)",
    1: "tue(?:s(?:day)?)?|вторник|dienstag|mardi|martes|martedì|salı|terça(?:-feira)?|вівтор(?:ок|ка)",
    2: "wed(?:nesday)?|сред[ауы]|mittwoch|mercredi|miércoles|mercoledì|çarşamba|quarta(?:-feira)?|серед[ау]",
    3: "thu(?:rs?(?:day)?)?|четверг|donnerstag|jeudi|jueves|giovedì|perşembe|quinta(?:-feira)?|четвер(?:га)?",
    4: "fri(?:day)?|пятниц[ауы]|freitag|vendredi|viernes|venerdì|cuma|sexta(?:-feira)?|п.ятниц[яюі]",
    5: "sat(?:urday)?|суббот[ауы]|samstag|sonnabend|samedi|sábado|sabato|cumartesi|субот[ау]",
    6: "sun(?:day)?|воскресень[ея]|sonntag|dimanche|domingo|domenica|pazar|неділ[яюі]",
}
MONTH = "|".join(f"(?:{words})" for words in MONTHS.values())
DAY_NAME = "|".join(f"(?:{words})" for words in DAYS.values())
DATE = re.compile(
    rf"(?<![\w/.-])(?=\w)(?:(?P<weekday>{DAY_NAME})\.?,? ?(?:the |, |den |dem |le |el |o |il )?)?(?:"
    rf"(?P<y0>(?:19|20)\d\d)(?: жылғы|-жылғы|жыл|-ші жыл) (?P<d0>\d{{1,2}})[ -](?P<m0>{MONTH})\w{{0,3}}\b"
    rf"|(?P<iso>(?:19|20)\d\d(?:-\d\d-\d\d|/\d{{1,2}}/\d{{1,2}}))(?!\d)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th|-?го|\.)?(?: ?[-–] ?\d{{1,2}}(?:st|nd|rd|th)?)?(?: of"
    rf"| de)? (?P<m1>{MONTH})\b\.?(?:,? (?:de )?(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|(?P<m2>{MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y2>(?:19|20)\d\d)\b)?"
    rf"|(?P<d3>\d{{1,2}})[./](?P<m3>\d{{1,2}})[./](?P<y3>(?:19|20)\d\d|\d\d)(?!\d|\.\d)"
    r")",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?<![\d.:/])(?:(?P<h>\d{1,2})(?:(?:[.:]| ?h ?|-(?=(?:[03-5]0|[12]0(?! ?[ap]\.?m))\b))(?P<m>\d\d))?"
    r"(?: ?[-–] ?\d{1,2}(?:[.:]\d\d)?(?= ?[ap]\.?m))? ?(?P<half>[ap]\.?m\b\.?|noon\b|midday\b|uhr\b|hrs?\b|hours\b|часов|час[аов]?\b|ч\b"
    r"|h\b)?|(?P<noon>\bnoon\b|\bmidday\b|в полдень|\bmidi\b|\bmediodía\b|\bmittags\b)|(?P<midnight>\bmidnight\b))(?![\d%])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None

    def iso(self, around: date) -> str:
        """With the year it has, or the one that fits its weekday and comes soonest after the text was written."""
        for year in [self.year] if self.year else self.years(around):
            try:
                return date(year, self.month, self.day).isoformat()
            except ValueError:
                continue
        return ""

    def years(self, around: date) -> list[int]:
        years = [around.year, around.year + 1, around.year - 1]
        if self.weekday is not None:
            fitting = [year for year in years if self.on(year) and self.on(year).weekday() == self.weekday]
            longer_ago = [year for year in range(around.year - 2, around.year - 15, -1) if self.on(year) and self.on(year).weekday() == self.weekday]
            return fitting + longer_ago + years
        this = self.on(around.year)
        return [around.year + 1, around.year] if this and this < around - timedelta(days=60) else years

    def on(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    for found in DATE.finditer(text, start, len(text) if end is None else end):
        day = read(found)
        if day:
            yield day


def read(found: re.Match) -> Day | None:
    weekday = number_of(DAYS, found["weekday"])
    if found["iso"]:
        year, month, day = map(int, re.split("[-/]", found["iso"]))
    elif found["y0"]:
        year, month, day = int(found["y0"]), number_of(MONTHS, found["m0"]) or 0, int(found["d0"])
    elif found["d3"]:
        day, month, year = int(found["d3"]), int(found["m3"]), int(found["y3"])
        year += 2000 if year < 100 else 0
        if month > 12 >= day:
            day, month = month, day
    else:
        day = int(found["d1"] or found["d2"])
        month = number_of(MONTHS, found["m1"] or found["m2"]) or 0
        year = int(found["y1"] or found["y2"] or 0) or None
    return Day(found.start(), found.end(), day, month, year, weekday) if 1 <= month <= 12 and 1 <= day <= 31 else None


def number_of(names: dict[int, str], word: str | None) -> int | None:
    return next((n for n, pattern in names.items() if word and re.fullmatch(pattern, word, re.IGNORECASE)), None)


def clock(text: str) -> str:
    """The first time of day that a stretch of text names, as HH:MM."""
    for found in TIME.finditer(text):
        if found["noon"] or (found["half"] or "").lower() in ("noon", "midday"):
            return "12:00"
        if found["midnight"]:
            return "00:00"
        before = text[max(0, found.start() - 6) : found.start()].lower()
        if found["h"] and (found["m"] or found["half"] or re.search(r"(?:\b(?:at|в|um|from|с|о|à|às|alle|las|ore|saat|сағат)|@) ?$", before)):
            hour, minute = int(found["h"]), int(found["m"] or 0)
            half = (found["half"] or "").lower().replace(".", "")
            hour = hour % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else hour
            if hour < 24 and minute < 60 and not (half == "" and not found["m"] and hour > 23):
                return f"{hour:02}:{minute:02}"
    return ""


def written(text: str) -> date | None:
    """About when a text was written: by its first whole date, else by the year it names most."""
    for day in days(text[:20_000]):
        if day.year and (found := day.on(day.year)):
            return found
    years = re.findall(r"\b(20[0-4]\d)\b", text[:20_000])
    return date(int(max(set(years), key=years.count)), 1, 1) if years else None
