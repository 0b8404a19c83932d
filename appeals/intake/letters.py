"""Model letters: where they begin and end, so that what stands in them is taken for what it is."""

import re
from dataclasses import dataclass

from appeals.intake.languages import language
from appeals.intake.records import PROTEST, SOLIDARITY, FoundLetter

HEADING = re.compile(
    r"(?i)^[\W_]*(?:(?:the |a |our |english |russian |below is (?:a |the )?|here is (?:a |the )?)?(?:model|sample|suggested|draft|template"
    r"|proposed|example|standard|form)(?: of (?:a |the )?)?"
    r"(?: (?:protest|solidarity|support|text|of|for|a|the|appeal|short|urgent|e-?mail|english|russian))* ?(?:letters?|e-?mails?|messages?"
    r"|text|faxe?s?|statements?|resolution|wording|protest)\b"
    r"|(?:text of (?:the |a )?)?(?:protest |solidarity )?letter(?: text| of (?:protest|solidarity|support))?\s*:?\s*$|your (?:message"
    r"|letter):?\s*$|message text"
    r"|образец|(?:примерный |типовой )?текст (?:письма|обращения|протеста|телеграммы)|пример (?:письма|обращения|текста)|шаблон"
    r"|примерное письмо|типовое письмо|проект письма"
    r"|muster(?:brief|text|schreiben)|briefvorlage|vorschlag für|lettre[- ]type|mod[èe]le de (?:lettre|message)|lettre mod[èe]le"
    r"|(?:propuesta|ejemplo|texto|borrador) de (?:la )?carta|projet de (?:lettre|message)|exemple de lettre|texte de la lettre"
    r"|fac-?simile d\w* \w+|bozza di lettera"
    r"|carta (?:modelo|tipo)|modelo de (?:carta|mensaje|mensagem|e-?mail)|lettera tipo|testo della lettera|modello di lettera"
    r"|örnek (?:mektup|metin|mesaj)|mektup örneği|зразок (?:листа|звернення)|текст листа|хат үлгісі|wzór (?:listu|pisma)|voorbeeldbrief|exempelbrev"
    r"|mall för brev|πρότυπο επιστολής)"
)
ANNOUNCED = re.compile(
    r"(?i)(?<!\w)(?:(?:model|sample|suggested|draft|template|example)(?: \w+)? (?:letter|e-?mail|message|text)|following (?:letter|e-?mail|message|text)"
    r"|(?:letter|text|message) below|these words|such as (?:this|the following)|örnek mektup|образец|текст\w* (?:письма|обращения|открытки)"
    r"|(?:carta|mensaje|lettre|lettera|mensagem|message|brief|text) (?:modelo|tipo|type|siguiente|suivante?|seguente|seguinte)"
    r"|folgende[nrs]? (?:text|brief|schreiben)|siguiente (?:carta|texto|mensaje)|seguente (?:lettera|testo|messaggio)|seguinte (?:carta|texto|mensagem))"
    r"(?!\w)[^\n]{0,60}:\s*$"
)
"""A sentence whose end announces a letter: “Copy these words on a card:”."""
HEADING_ENDS = re.compile(r"(?i)[:.…\-–—_=*)\]]*\s*$")
SALUTATION = re.compile(
    r"(?i)^\s*[\"“«]?(?:dear|to whom it may concern|your excellenc(?:y|ies)|your honou?r|honou?rable|mr\.? (?:president|minister|prosecutor)|sirs?\b"
    r"|madam\b|уважаем\w+|господин\w*|ваше превосходительство|многоуважаем\w+|дорогие|дорогой|"
    r"sehr geehrte\w*|exzellenz|liebe\w*|madame|monsieur|excellence|cher\w*|estimad\w+|excelent[ií]simo|señor\w*|distinguid\w+|egregi\w+"
    r"|gentil\w+|brothers and sisters|comrades|friends|товарищи|шановн\w+|құрметті|вельмишановн\w+|паважан\w+|sayın|prezad\w+|senhor\w*"
    r"|exm[oa]s?\.?|excelentíssim\w+"
    r"|car[oiae]\b|illustrissim\w+|spettabile|querid\w+|compañer\w+|szanown\w+|geachte|beste|bästa|kära|vážen\w+|stimat[eă]\w*|poštovan\w+"
    r"|werte[rs]?|hallo|bonjour|m\. le|signor\w*|αξιότιμ\w+|κύριε)\b[^\n]{0,140}$"
)
TO_READERS = re.compile(
    r"(?i)\b(?:friends?|comrades?|colleagues?|all|brothers?|sisters?|supporters?|readers?|activists?|members?|trade unionists?|друзья"
    r"|товарищи|коллеги|соратники|freund\w*|kolleg\w*|genoss\w*|ami\w*|camarades?|amig\w+|compañer\w+|compagn\w+|editors?)\b"
)
SIGN_OFF = re.compile(
    r"(?i)^\s*(?:yours?(?: (?:very )?(?:sincerely|faithfully|truly|respectfully|in solidarity|fraternally|in anticipation))?"
    r"|(?:very )?sincerely(?: yours)?|respectfully(?: yours)?|faithfully|in solidarity|(?:with )?(?:best|kind|warm|warmest) (?:regards"
    r"|wishes)|regards|"
    r"(?:with )?(?:fraternal|comradely|socialist|solidarity) greetings|with (?:respect|solidarity)|comradely|fraternally"
    r"|thank you(?: for your attention| in advance)?|signed|с уважением|с солидарностью|с товарищеским приветом"
    r"|с (?:глубоким )?возмущением|с протестом|подпис[ьи](?:, [^\n]{0,40})?|"
    r"(?:mit )?(?:freundlichen?|solidarischen?|besten|vielen) gr[üu](?:ß|ss)e\w*|hochachtungsvoll|cordialement|(?:veuillez|je vous prie"
    r"|nous vous prions).{0,120}|salutations.{0,40}|solidairement|atentamente|(?:le|les) salud\w+.{0,40}|saludos.{0,30}|cordialmente"
    r"|(?:cordiali|distinti|fraterni) saluti|con (?:rispetto|osservanza)|in fede|з повагою|із повагою|з обуренням|құрметпен|saygılar\w+|dayanışma\w+"
    r"|(?:respeitosa|atenciosa|cordial|frater?nal|respetuosa|fraterna)mente"
    r"|com (?:os melhores )?(?:cumprimentos|respeito)|(?:sin|con) (?:más|otro particular).{0,60}"
    r"|(?:un )?(?:fuerte )?abrazo(?: solidario)?|um abraço|un abbraccio|z (?:poważaniem|wyrazami szacunku)|met (?:vriendelijke|solidaire) groet\w*|hoogachtend"
    r"|(?:med )?(?:vänliga|solidariska) hälsningar|med venlig hilsen|cu stimă|s poštovanjem|με εκτίμηση|fraternellement|bien à vous|respectueusement"
    r"|sentitamente"
    r"|(?:mes|nos|avec nos|meilleures) .{0,20}salutations.{0,30}|(?:in )?solidarität|in solidarischer verbundenheit)"
    r"\b[\s,.!:]*(?:\[[^\n]{0,60}|[^\n]{0,40}\])?$"
)
PLACEHOLDER = re.compile(
    r"(?i)^\W*(?:[\[(<_].{0,80}[\])>_]|_{3,}|\.{4,}|…{2,}|(?:your |full |print(?:ed)? )?(?:name|organi[sz]ation|union|position|address"
    r"|signature|city|country|town|place|date|title)\b.{0,80}|(?:ваше )?(?:имя|фио|организация|подпись|город|страна|должность"
    r"|фамилия)\b.{0,60}|name.{0,40}|nombre.{0,40}|nom.{0,40}|nome.{0,40}|firma.{0,40}|unterschrift.{0,40}|ім.я.{0,40}|підпис.{0,40}"
    r"|(?:ad|adınız|ad ve|isim|imza)\b.{0,40}|imię.{0,40}|naam.{0,40}|namn.{0,40})\W*$"
)
RULE = re.compile(r"(?i)^\W*(?:end(?: of (?:the )?letter)?|конец письма|fin de la lettre|ende)\W*$|^\s*(?:[-–—_=*~#.…•]\s?){4,}\s*$")
SUBJECT = re.compile(r"(?i)^\W*(?:(?:suggested |e-?mail )?subject(?: line)?|re|тема(?: письма)?|betreff|objet|asunto|oggetto)\s*:\s*(.+?)\W*$")
NEXT = re.compile(
    r"(?i)^\W*(?:please |also |you can |we ask )?(?:send|copies|copy|cc\b|addresses|where to (?:send|write)|send to|write to|contacts?"
    r"|for (?:more|further)|background|donations?|пожертвования|more information|messages? of|protests? (?:to|should)|what you can do|take action|"
    r"(?:model|sample|suggested)\b|notes?:|source|копии|направ|отправ|адрес|слова|контакт|письма|подробн|справка|источник|образец"
    r"|(?:pickets?|rall(?:y|ies)|vigils?|demonstrations?|events?|пикет\w*|митинг\w*|акци[яи])(?=\s*:))\b.{0,160}"
)
ADDRESSED = re.compile(r"(?i)@|\b(?:fax|tel|e-?mail|phone|факс|тел)\b ?[.:]|https?://|p\.? ?o\.? box")
ANNEX = re.compile(r"(?i)^\W*(?:annex|appendix|attachment|enclosure|приложение|anexo|annexe|anhang)\b.{0,60}$")
CAPTION = re.compile(
    r"^\W*[A-ZÀ-ÞА-ЯЁІЇЄ]{4,}(?: [A-ZÀ-ÞА-ЯЁІЇЄ]{2,}){0,2}\W*$|^\W*(?:English|Français|Deutsch|Español|Italiano|Português|Русский|Українська|Türkçe)\W*$"
)
"""“ENGLISH”, above the letter in that language."""
ADDRESSEE = re.compile(r"(?i)^\s*(?:to|an|à|a|al|кому):? .{3,80}$|^\s*(?:президент|министр|генеральн|директор)\w* .{3,80}$")
"""Whom a letter goes to, above its salutation: that is not of its text."""
SUPPORT = re.compile(r"(?i)solidarit|support|солидарн|поддержк|soutien|apoyo")
MOST = 400
"""Lines of one letter at most."""


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    letter: FoundLetter


def letters(text: str) -> list[Span]:
    """The letters in their order; a span covers salutation to signature, and the heading above it."""
    return list(Finder(text).spans())


class Finder:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.sign_offs = [n for n, line in enumerate(self.lines) if len(line) < 160 and SIGN_OFF.match(line)]

    def spans(self):
        n = 0
        while n < len(self.lines):
            end = self.under_heading(n) if self.is_heading(n) else self.unannounced(n)
            if end is None:
                n += 1
                continue
            span = self.span(n, end)
            if span:
                yield span
            n = end

    def is_heading(self, n: int) -> bool:
        line = self.lines[n].strip()
        if not 4 < len(line) < 110 or not HEADING.match(line):
            return False
        if (line.endswith((".", ";")) and len(line.split()) > 5) or re.search(
            r"(?i)https?://|www\.|@|\b(?:can be found|is available|attached|click|download)\b", line
        ):
            return False
        return self.following(n + 1) < len(self.lines)

    def following(self, n: int) -> int:
        """The next line that holds words."""
        while n < len(self.lines) and (not self.lines[n].strip() or RULE.match(self.lines[n])):
            n += 1
        return n

    def under_heading(self, n: int) -> int | None:
        first = self.following(n + 1)
        limit = min(len(self.lines), first + MOST)
        greeting = next((k for k in range(first, min(limit, first + 14)) if SALUTATION.match(self.lines[k])), None)
        begin = first if greeting is None else greeting
        closing = next((k for k in self.sign_offs if begin < k < limit), None)
        stop = next((k for k in range(begin + 1, limit) if RULE.match(self.lines[k]) or (k > begin + 1 and self.is_heading(k))), None)
        if closing is not None and (stop is None or closing < stop):
            return self.after_signature(closing)
        if stop is not None:
            return stop
        return next((k for k in range(begin + 1, limit) if not self.lines[k - 1].strip() and self.goes_on(k)), limit)

    def goes_on(self, n: int) -> bool:
        line = self.lines[n]
        return bool((NEXT.match(line) and (":" in line or len(line.split()) < 8)) or ADDRESSED.search(line))

    def unannounced(self, n: int) -> int | None:
        """A letter without a heading: a salutation to the other side that a signature follows."""
        line = self.lines[n]
        if (
            len(line) > 160
            or not SALUTATION.match(line)
            or (TO_READERS.search(line) and not self.is_announced(n))
            or (
                n
                and self.lines[n - 1].strip()
                and not RULE.match(self.lines[n - 1])
                and not SUBJECT.match(self.lines[n - 1])
                and not ANNEX.match(self.lines[n - 1])
                and not CAPTION.match(self.lines[n - 1])
                and not ADDRESSED.search(self.lines[n - 1])
                and not self.lines[n - 1].rstrip().endswith(":")
            )
        ):
            return None
        if not line.rstrip().rstrip('"”»').endswith((",", ":", "!", ".")) and len(line.split()) > 6:
            return None
        closing = next((k for k in self.sign_offs if n + 1 < k < n + MOST), None)
        if closing is None:
            return None
        return self.after_signature(closing)

    def is_announced(self, n: int) -> bool:
        """Whether the last line of words above says that a letter follows."""
        above = next((line for line in self.lines[max(0, n - 4) : n][::-1] if line.strip()), "")
        return bool(ANNOUNCED.search(above[-200:]))

    def after_signature(self, closing: int) -> int:
        """The line behind the signature: a few short lines, and placeholders even after a gap."""
        n = closing + 1
        for _line in range(5):
            following = self.following_blank(n)
            if following >= len(self.lines):
                return len(self.lines)
            line = self.lines[following].strip()
            gap = following > n
            if RULE.match(line) or NEXT.match(line) or len(line) > 80 or (gap and following in self.sign_offs):
                break
            if not PLACEHOLDER.match(line) and (
                (gap and following > closing + 2) or line.endswith(":") or ADDRESSED.search(line) or re.search(r"\b(?:19|20)\d\d$", line)
            ):
                break
            if gap and not PLACEHOLDER.match(line) and n > closing + 1:
                break
            n = following + 1
        return n

    def following_blank(self, n: int) -> int:
        while n < len(self.lines) and not self.lines[n].strip():
            n += 1
        return n

    def span(self, first: int, end: int) -> Span | None:
        heading = self.lines[first].strip() if self.is_heading(first) else ""
        begin = self.following(first + 1) if heading else first
        greeting = next((k for k in range(begin, min(end, begin + 14)) if SALUTATION.match(self.lines[k])), None)
        subject, begin, named = self.subject(first, begin, greeting if greeting is not None else min(end, begin + 3))
        top = min(first, named)
        if greeting is not None and any(ADDRESSED.search(line) for line in self.lines[begin:greeting]):
            top = begin = greeting  # whom it goes to stands above it
        if greeting is not None and greeting > begin and all(ADDRESSEE.match(line) or not line.strip() for line in self.lines[begin:greeting]):
            begin = greeting
        while end > begin and (RULE.match(self.lines[end - 1]) or not re.search(r"\w|[.…]{3}", self.lines[end - 1])):
            end -= 1
        body = "\n".join(self.lines[begin:end]).strip('\n "“”«»')
        if len(body) < 30:
            return None
        role = SOLIDARITY if SUPPORT.search(heading) else PROTEST
        salutation = self.lines[greeting].strip() if greeting is not None else ""
        return Span(self.starts[top], self.starts[end] - 1, FoundLetter(subject, body, language(body), role, salutation))

    def subject(self, first: int, begin: int, greeting: int) -> tuple[str, int, int]:
        """What the line in the letter's head, or just above it, calls the subject; where the letter begins below it, and that line."""
        for n in [*range(begin, min(greeting + 1, len(self.lines))), *range(max(0, first - 3), first)]:
            found = SUBJECT.match(self.lines[n])
            if found:
                return found[1].strip(' ."“”'), max(begin, n + 1), n
        return "", begin, first
