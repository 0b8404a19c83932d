"""Where an event takes place: after its preposition or label, behind day and hour, or what is left of a line of a list."""

import re

from appeals.intake.dates import DATE

TIMES = r"\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|a\.m|p\.m|noon|hrs|h\b|,|on\b)"
PLACE = re.compile(
    r"(?i)(?:\b(?:venue|where|place|location|assemble|meet|ort|lieu|lugar|luogo|yer|місце)\b\s*:\s*|\b(?:место|адрес|где|місце)\b\s*:\s*|\b(?:outside"
    rf"|in front of|opposite|vor der|vor dem|devant|frente a|davanti a\w*|в\w*\bперед)\s+|(?<!\d)(?<!am)(?<!pm)(?<!m\.)\bat (?!{TIMES})"
    r"(?!noon|midday|least|the end|this|that|once|all|present|risk)"
    r"|(?<=[\d.m] )at (?=the |[A-Z])|(?-i:\b(?:al|alla|presso|en la|en el|na|no|in der|auf dem|am|beim) (?=[A-Z]))"
    r"|\b(?:у здания|перед|напротив|около|возле|біля|у)\s+)"
    r"(?P<place>[^\n;!?]{4,180}?)(?=(?<!ул)(?<!пр)(?<!пл)(?<!д)(?<!St)\.\s|\.$|;|\n|$|!| (?:on|at (?=\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m|noon|h"
    r"|o.clock|,|\.|$)|noon|midday)"
    r"|from|to demand|to protest|against|in protest|in solidarity) |,? ?\(| (?:в"
    r"|с) \d| to (?:demand|protest|call|show)|, statt\b| statt\b)",
    re.MULTILINE,
)
BUILDING = re.compile(r"(?i)embass|square|street|hall|посольств|площад|ул\.|straße|strasse|piazza|plaza|place|cimitero|palace")
MINUTES = r"(?:[.:]| ?h ?|-(?=[0-5]0\b))\d\d(?: ?(?:[ap]\.?m\b\.?|(?:horas|hs|hrs|uhr|часов)\b))?"
HOUR = rf"(?:\d{{1,2}}(?:{MINUTES}| ?(?:[ap]\.?m\b\.?|noon\b|uhr\b|hrs?\b|h\b|часов\b|час[аов]?\b|ч\b\.?))|noon\b|midday\b)"
AT = r"(?:at|from|в|um|о|с|a las|alle(?: ore)?|ore|às|à|saat)"
FROM_TO = r"(?:с|з|from) \d{1,2} (?:до|to|till|until) \d{1,2}(?: часов|:00| ?[ap]m)?"
SPAN = re.compile(
    rf"[\s,]*(?:{FROM_TO}|(?:{AT}|,|-|–|—)?\s*(?:12 noon|{HOUR})|{AT}\s+\d{{1,2}}(?![\d.:]| ?(?:[ap]\.?m|h\b)))"
    rf"(?:\s*[-–]\s*(?:{HOUR}|\d{{1,2}}(?=[, ])))?(?: uhr\b)?",
    re.IGNORECASE,
)
AFTER_TIME = re.compile(
    r"^[\s,:.\-–—]*(?P<place>(?:the |in der |in the |in )?(?:[A-ZА-ЯЁÀ-Þ0-9]|place |piazza |plaza |rue |praça |(?<=, )[a-z ]{3,20}, [A-Z])"
    r"[^\n;!?]{5,140}?)(?=,? statt\b|(?<!\b[A-ZА-Я])(?<!\bSt)(?<!\bул)(?<!\bпр)(?<!\bд)\.\s|\.$|;|\n|$|!)"
)
CITY = re.compile(r"^\W*(?P<city>[A-ZА-ЯЁ][\w'’-]+(?: [A-ZА-ЯЁ][\w'’-]+){0,2})\s*(?P<sign> [–—-]|:|,|\.(?= [A-ZА-ЯЁ]))\s*")
"""“LONDON – 5 pm, …”; in Russian the town stands first in an address too."""
REACHED = re.compile(
    r"(?i)[\s.,;(–—-]*(?:\b(?:contact|organi[sz]ed by|info(?:rmation)?|tel|phone|tickets?|контакт\w*|тел)\b.*|\S*@\S*.*|https?://.*|\+?\d[\d ()-]{8,}.*)$"
)
KIND = re.compile(
    r"(?i)\s*\([^()]{0,50}(?:!|\bonly\b|\bbring\b)[^()]{0,30}\)"
    r"|\s*\((?:picket|demo|demonstration|rally|vigil|пикет|митинг|kundgebung)\)|^\W*(?:pickets?|rally|vigil|demo(?:nstration)?|meeting|protest)\b\W*(?=at|outside|[A-Z])"
    r"|^\W*(?:пикет|митинг|собрание|акция|сбор|марш)\w*\b\s*[:,–—-]\s*"
)
LEADING = re.compile(r"(?i)^(?:the|outside|at|in front of|venue|place|where|us|from|in der|in the|vor der)\b[\s:]+")


def where(unit: str, start: int, end: int) -> str:
    """The place after its preposition or label, else what stands behind day and time."""
    best = [found["place"] for found in PLACE.finditer(unit) if re.search(r"[A-ZА-ЯЁ\d]", found["place"])]
    if best:
        return tidy(max(best[:3], key=lambda words: bool(BUILDING.search(words))))
    rest = unit[end : end + 240]
    rest = rest[len(re.match(r"\s?(?:г\.|года|р\.|року)?", rest)[0]) :]
    time = SPAN.match(rest)
    found = AFTER_TIME.match(rest[time.end() if time else 0 :])
    return tidy(found["place"]) if found else ""


SHORT_STREET = re.compile(r"\b(?:пер|ул|пр|пл|бул|наб)\.$")
BEGINS = re.compile(r"(?i)[\s.]*\b(?:сбор|начало|встречаемся|встреча|старт|beginn|start|starts|inicio|début|gathering|assemble)$")


def listed_place(line: str) -> str:
    """What is left of a line without day, hour, kind and contact; the town last."""
    ahead, hour, behind = split_at_hour(DATE.sub(" , ", line))
    words = ahead if hour and len([part for part in ahead.split(",") if re.search(r"\w{2}", part)]) > 1 else f"{ahead} , {behind}"
    words = KIND.sub("", REACHED.sub("", words))
    words = re.sub(r"\s*(?:[,;|–—-]\s*)+(?=[,;|–—])|^\W+", " ", words).strip()
    city = CITY.match(words)
    city = city if city and (city["sign"] != "," or city["city"].isascii()) else None
    rest = words[city.end() :] if city else words
    parts = [part if SHORT_STREET.search(part) else tidy(part) for part in re.split(r"\s*,\s*", LEADING.sub("", rest.strip(" ,;:.–—-")))]
    parts = [BEGINS.sub("", part) for part in parts]
    parts = [part for part in parts if re.search(r"\w{2}", part)]
    if len(parts) > 4 or not parts:
        return ""
    town = tidy(city["city"]) if city else ""
    town = town.title() if town.isupper() else town
    return ", ".join([*parts, *([town] if town and town.casefold() not in rest.casefold() else [])])


def split_at_hour(line: str) -> tuple[str, str, str]:
    found = SPAN.search(line)
    return (line[: found.start()], found[0], line[found.end() :]) if found else (line, "", "")


def tidy(words: str) -> str:
    return re.sub(r"^(?:[Tt]he |l['’])", "", " ".join(words.split()).strip(" ,;:.–—-"))
