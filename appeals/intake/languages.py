"""Which language a text is in, by its letters and its smallest words."""

import re
from collections import Counter

SMALL = {
    "en": "the and of to in is that for with are by we have not i you am this was be your it has",
    "de": "der die das und ist nicht mit für auf wir sie den dem ein eine von",
    "fr": "le la les et des est pas pour dans que nous une sur vous du de en au aux à ce qui avec par leur",
    "es": "el los las y del que en por para una con se de la no le su sus mi señor",
    "it": "il gli alle degli nel con che di per non una sono della del con gli dei alla",
    "pt": "o os as ao à que do da em para não uma com dos das pelos",
    "pl": "w z na się nie że jest dla oraz przez od jak żądamy pana panie ich",
    "nl": "het een en van de op te dat niet zijn met voor wij uw aan deze hun",
    "sv": "och att det som en på är av för med den till inte vi om har ett",
    "tr": "ve bir bu için ile da de olarak işçi işçiler gönderin mesajları faks destek değil sayın bakan ediyorum ediyoruz talep derhal saygılarımla",
}
OF = {word: [language for language, words in SMALL.items() if word in words.split()] for words in SMALL.values() for word in words.split()}
SAMPLE = 6000


def language(text: str) -> str:
    sample = text[:SAMPLE]
    letters = Counter(script(character) for character in sample if character.isalpha())
    if not letters:
        return ""
    most = letters.most_common(1)[0][0]
    if most == "cyrillic":
        return by_letters(sample.lower())
    if most != "latin":
        return most
    votes = Counter(name for word in re.findall(r"[^\W\d_]+", sample.lower()) for name in OF.get(word, ()))
    return votes.most_common(1)[0][0] if votes else "en"


def script(character: str) -> str:
    code = ord(character)
    for first, last, name in (
        (0x0400, 0x052F, "cyrillic"),
        (0x0600, 0x06FF, "ar"),
        (0x0590, 0x05FF, "he"),
        (0x0370, 0x03FF, "el"),
        (0x4E00, 0x9FFF, "zh"),
        (0xAC00, 0xD7A3, "ko"),
        (0x3040, 0x30FF, "ja"),
    ):
        if first <= code <= last:
            return name
    return "latin"


def by_letters(sample: str) -> str:
    """By the letters that Russian has not, where they are more than a name's."""
    if often("[әғқңөұүһ]", sample):
        return "kk"
    if often("[іїєґ]", sample):
        return "be" if "ў" in sample else "uk"
    return "be" if "ў" in sample else "ru"


def often(letters: str, sample: str) -> bool:
    return len(re.findall(letters, sample)) > max(1, len(sample) / 200)
