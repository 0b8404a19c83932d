"""Which country a number or an address belongs to, from the words around it."""

import re
from bisect import bisect_left
from functools import cache

PLACES = {
    "KZ": "Kazakhstan|Kazakh|Almaty|Astana|Nur-Sultan|Aktau|Zhanaozen|Karaganda|Казахстан\\w*|Алматы|Алма-Ат\\w|Астан[аеы]|Актау|Караганд\\w",
    "RU": "Russian?|Russian Federation|Moscow|St\\.? Petersburg|Росси\\w|Москв\\w|Санкт-Петербург\\w*|РФ",
    "GB": "United Kingdom|UK|U\\.K\\.|Great Britain|Britain|England|Scotland|Wales|London|Glasgow|Edinburgh|Manchester|Лондон\\w?|Великобритани\\w",
    "IE": "Ireland|Irish|Dublin|Cork|Ирланди\\w|Дублин\\w?",
    "DE": "Germany|German|Berlin|Hamburg|Deutschland|Германи\\w|Берлин\\w?|Köln|Frankfurt",
    "FR": "France|French|Paris|Франци\\w|Париж\\w?",
    "ES": "Spain|España|Madrid|Barcelona|Испани\\w",
    "IT": "Italy|Italia|Rome|Roma|Milan|Итали\\w",
    "BE": "Belgium|Brussels|Bruxelles|Бельги\\w|Брюссел\\w",
    "NL": "Netherlands|Amsterdam|The Hague|Den Haag|Нидерланд\\w*",
    "AT": "Austria|Vienna|Wien|Österreich|Австри\\w",
    "CH": "Switzerland|Geneva|Genève|Bern|Zürich|Швейцари\\w|Женев\\w",
    "SE": "Sweden|Stockholm|Sverige|Швеци\\w",
    "NO": "Norway|Oslo",
    "DK": "Denmark|Copenhagen",
    "FI": "Finland|Helsinki",
    "PL": "Poland|Warsaw|Warszawa|Польш\\w",
    "UA": "Ukraine|Ukrainian|Kiev|Kyiv|Украин\\w|Україн\\w|Киев\\w?|Київ",
    "BY": "Belarus|Minsk|Беларус\\w|Минск\\w?",
    "GE": "Georgia|Tbilisi|Грузи\\w|Тбилиси",
    "KG": "Kyrgyzstan|Bishkek|Киргизи\\w|Бишкек\\w?",
    "UZ": "Uzbekistan|Tashkent|Узбекистан\\w?|Ташкент\\w?",
    "TR": "Turkey|Türkiye|Ankara|Istanbul|İstanbul|Турци\\w",
    "US": "United States|USA|U\\.S\\.A?\\.?|America|Washington|New York|США",
    "CA": "Canada|Ottawa|Toronto",
    "MX": "Mexico|México",
    "CO": "Colombia|Bogot[aá]",
    "BR": "Brazil|Brasil|Brasília|São Paulo",
    "AR": "Argentina|Buenos Aires",
    "CL": "Chile|Santiago",
    "GT": "Guatemala",
    "HN": "Honduras|Tegucigalpa",
    "PE": "Peru|Perú|Lima",
    "PH": "Philippines|Manila|Quezon City",
    "ID": "Indonesia|Jakarta",
    "IN": "India|New Delhi|Delhi|Mumbai|Chennai",
    "PK": "Pakistan|Islamabad|Karachi|Lahore",
    "BD": "Bangladesh|Dhaka",
    "LK": "Sri Lanka|Colombo",
    "CN": "China|Beijing|Китай|Пекин",
    "HK": "Hong Kong",
    "KR": "South Korea|Korea|Seoul",
    "JP": "Japan|Tokyo",
    "KH": "Cambodia|Phnom Penh",
    "MM": "Burma|Myanmar|Yangon",
    "VN": "Vietnam|Hanoi",
    "IR": "Iran|Tehran|Иран\\w?",
    "IQ": "Iraq|Baghdad",
    "EG": "Egypt|Cairo",
    "ZW": "Zimbabwe|Harare",
    "ZA": "South Africa|Johannesburg|Pretoria|Cape Town",
    "NG": "Nigeria|Abuja|Lagos",
    "KE": "Kenya|Nairobi",
    "AU": "Australia|Sydney|Melbourne|Canberra",
    "NZ": "New Zealand|Wellington",
    "GR": "Greece|Athens|Грец\\w+",
    "PT": "Portugal|Lisbon|Lisboa",
    "IL": "Israel|Tel Aviv",
    "BH": "Bahrain|Manama",
    "TN": "Tunisia|Tunis",
    "MA": "Morocco|Rabat",
    "DZ": "Algeria|Algiers",
    "AZ": "Azerbaijan|Baku|Азербайджан\\w?",
}
BRITISH = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d ?[A-Z]{2}\b"
DOMAIN = r"@[\w.-]{1,80}\.(?P<tld>kz|ru|uk|ie|de|fr|it|es|be|nl|at|ch|se|no|dk|fi|pl|ua|by|kg|uz|tr|ca|mx|br|ph|id|in|pk|kr|jp|za|au|nz|gr)\b"


@cache
def pattern() -> re.Pattern:
    names = "|".join(f"(?P<{code}>\\b(?:{words})\\b)" for code, words in PLACES.items())
    return re.compile(rf"(?<!\w)(?=[A-ZА-ЯЁİÖ])(?:{names}|(?P<postcode>{BRITISH}))|{DOMAIN}")


class Regions:
    """Countries that a text names, and where."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[int, str]] = []
        for match in pattern().finditer(text):
            name = match.lastgroup or ""
            self.found.append((match.start(), "GB" if name == "postcode" or match["tld"] == "uk" else (match["tld"] or name).upper()))
        self.places = [place for place, _code in self.found]

    def near(self, at: int, most: int = 400) -> list[str]:
        """The countries named nearest to this place, nearest first, then all others of the text."""
        n = bisect_left(self.places, at)
        window = self.found[max(0, n - 12) : n + 12]
        ordered = [code for _distance, code in sorted((abs(place - at), code) for place, code in window)]
        return list(dict.fromkeys([*ordered, *self.everywhere()]))

    def beside(self, start: int, end: int) -> list[str]:
        """The countries named between two places, the last first."""
        return list(dict.fromkeys(code for _place, code in reversed(self.found[bisect_left(self.places, start) : bisect_left(self.places, end)])))

    def everywhere(self) -> list[str]:
        if not hasattr(self, "all"):
            self.all = list(dict.fromkeys(code for _place, code in self.found))
        return self.all
