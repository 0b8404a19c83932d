"""The words that tell what an address is for: of protest, of solidarity, a copy, a contact. English and Russian in full,
German, French, Spanish and Italian in the usual headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WRITE, DONATE, LEAVE, READ = "write", "donate", "leave", "read"
"""Roles of no address: still to be decided by the words around, money, lists of subscribers, pages to read."""

WORDS = {
    "copy": r"\bcop(?:y|ies|ied|ying)\b|(?<![\w@.])b?cc\b(?=[ :.])|\bc\.c\.|(?<![\w])копи(?:я|и|ю|ей|ям|ями|ровать|руйте)\b|\bkopien?\b"
r"|\bdurchschl[aä]g\w*|\bcopies?\b|\bcopias?\b|\bcopie\b|\bin kopie\b|\bper conoscenza\b",
    "solidarity": r"\bsolidarit(?:y|é|ät\w*|à|eit)\b|\bsolidari(?:dad|sch\w*|dade)\b|\b(?:messages?|letters?|e-?mails?|statements?|words?|notes?"
r"|greetings|calls?|cards?|resolutions?|faxes|texts?) of (?:\w+ (?:and )?)?(?:support|encouragement|sympathy|greetings?|condolences?"
r"|hope)\b"
                  r"|\bsupport(?:ive)? (?:messages?|letters?|e-?mails?|statements?|cards?|resolutions?)\b|\b(?:send|express|show|offer|pledge|convey"
r"|give)\w*(?: \w+){0,3} support\b(?! of)|\bgreetings\b|\bcondolences?\b|\bmessages? to (?:the )?(?:strikers|prisoners|workers)\b"
                  r"|солидарност\w+|(?:слова|письма|послания|сообщения|телеграммы|заявления|обращения|резолюции) (?:в )?поддержк\w+|\bподдержк[уи]\b"
r"|приветстви\w+|соболезновани\w+|\bunterst[üu]tzung(?!s-?fonds)\w*|\bsolibotschaft\w*|\bgru[ßs]+\w*adress\w*|\bmessages? de soutien\b"
r"|\bsoutien\b|\bmensajes de apoyo\b|\bapoyo\b",
    "protest": r"\bprotest(?:s|e|as|ing|ations?|er|schreiben|brief\w*|noten?|mails?|faxe|ieren|iert|er|a|are|ar)?\b|\bcomplaints?\b|\bcondemn(?:ation"
r"|ing)?\b|\bdemand(?:s|ing)?\b|\burge\b|\burging\b|\binsist\b|\bappeals(?= (?:to:?|should|can|may|in|before|by|for the attention"
r"|calling|asking|demanding)\b|\s*:)"
               r"|\bobjections?\b|\boutrage\b|\bconcerns?\b|\bpressur(?:e|ing)\b|\bpetitions?\b|протест\w*|требован\w+|требу(?:я|йте|ем)\b|требовать"
r"|возмущени\w+|осужда\w+|осуждени\w+|жалоб\w+|претензи\w+|обращени(?:я|е) (?:к|в|на)\b|\bforder\w+\b|\bréclam\w+|\bexig\w+"
r"|\bproteste\w*|\blettres? de protestation\b",
    "contact": r"\bcontacts?\b|\b(?:further|more|additional|other|any) (?:information|info|details|questions|enquir\w+|inquir\w+)\b"
r"|\bfor (?:information|details|updates|interviews)\b|\b(?:press|media) (?:office|officer|enquiries|inquiries|contacts?|queries)\b"
r"|\benquir(?:y|ies)\b|\binquir(?:y|ies)\b|\bget in touch\b|\bget involved\b|\bto (?:join|endorse|sign(?: on)?|affiliate|volunteer"
r"|register|rsvp)\b"
               r"|\brsvp\b|\breply to\b|\blet us know\b|\binform us\b|\bkeep us (?:posted|informed)\b|\btell us\b|\b(?:write|e-?mail|call|ring|phone"
r"|text|fax) (?:to )?(?:us|me)\b|\b(?:send|forward|report) (?:us|me)\b|\bto (?:us|me) (?:at|on|via)\b"
               r"|контакт\w*|связ(?:аться|ь|и|ывайтесь|ываться)\b|подробн\w+|дополнительн\w+ информаци\w+|за информацией|справк\w+|пресс-(?:служб\w+"
r"|секретар\w+|центр\w*)|сообщ(?:ите|айте|ать) нам|пишите нам|нам на\b|\bkontakt\w*|\bansprechpartner\w*|\bweitere informationen\b"
r"|\bpour plus d.informations?\b|\bcontactos?\b|\bcontatti\b|\bmás información\b|\binformaciones\b|\brenseignements\b",
    DONATE: r"\bdonat(?:e|ions?|ing)\b|\bfinancial (?:support|help|aid|solidarity|assistance)\b|\bstrike fund\b|\bsolidarity fund\b"
r"|\bhardship fund\b|\bdefen[cs]e fund\b|\bbank (?:account|details|transfer)\b|\bpaypal\b|\biban\b|\bcontributions?\b|\bcheques?\b"
r"|\bpatreon\b|пожертвован\w+|финансов\w+ (?:помощ\w+|поддержк\w+)|реквизит\w+|перечисл\w+|переводы?\b|фонд\w* (?:помощи|солидарности"
r"|поддержки)|\bspenden\w*|\bdons?\b(?= à|:)|\bdonaciones\b|\bdonativos\b",
    LEAVE: r"\bunsubscribe\b|\bto subscribe\b|\bsubscription\b|\bmailing list\b|\byou received this\b|\byou are receiving\b|\bopt[ -]out\b"
r"|\bmanage your\b|\bpost to this group\b|отписаться|рассылк\w+|\babmelden\b|\bdésabonn\w+|\bdarse de baja\b|\bunsubscri\w+",
    WRITE: r"(?:(?<=^)|(?<=[.!?:;•*■►▪] )|(?<=\n))(?:write|send|address|direct|forward|flood|bombard|e-?mail|fax|call|ring|phone|telephone"
r"|text)(?= +[^\W\d_])"
    r"|(?:(?<=please )|(?<=urgently )|(?<=immediately )|(?<=you to )|(?<=also )|(?<=and )|(?<=should )|(?<=can )|(?<=may )|(?<=must )"
r"|(?<=to be )|(?<=be )|(?<=or ))"
    r"(?:write|written|send|sent|e-?mail(?:ed)?|fax(?:ed)?|call|ring|phone|telephone|text|address(?:ed)?|direct(?:ed)?|forward(?:ed)?"
r"|flood|bombard|mail)\b(?! ?:)(?! (?:on|off|for|up|themselves|itself)\b)"
    r"|\b(?:messages?|letters?|appeals?|e-?mails|faxes|calls|statements|resolutions)\s+(?:can|should|may|must|could|to)\b(?= be| go| the)"
r"|\b(?:this|these|the following|it) to (?=the |our |your )"
    r"|\b(?:messages?|letters?|appeals?|e-?mails|statements|resolutions) to(?=:| [A-Z]|\s*\ue000)"
    r"|\b(?:письма|обращения|телеграммы|факсы|сообщения|резолюции|послания)\b|\b(?:на)?пишите\b|\bнаправ(?:ляйте|лять|ьте|ить)\b"
r"|\bотправ(?:ляйте|лять|ьте|ить)\b|\bшлите\b"
    r"|\bприсылайте\b|\bзвоните\b|\bпозвоните\b|\bпросим (?:писать|направ\w+|посла\w+|отправ\w+|звонить)"
    r"|\bschreib(?:t|en sie)\b|\bschickt\b|\bsenden sie\b|\bsendet\b|\bécrire à\b|\bécrivez\b|\benvoy(?:ez|er)\b|\bescrib(?:a|an|ir)\b"
    r"|\benv(?:íe|íen|iar|ía|ien)\b|\bscrivete\b|\binviate\b|\bto whom\b(?= to write| you can write)",
    READ: r"\bsource\b|\b(?:see|visit|found (?:on|at|in)|read|watch|background|video|photos?|pictures?|petition at|available (?:at|on|from)|from"
r"|published|posted|download|website|web ?site|site of|follow)\b|источник\w*|\bсм\.|читайте|сайт\w*|\bquelle\b|\bfuente\b",
}  # fmt: skip
PATTERN = re.compile(
    r"(?<!\w)(?=\w)(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in WORDS.items()) + ")",  # tried at the beginning of words alone, for speed
    re.IGNORECASE | re.MULTILINE,
)
POINTER = re.compile(r"\b(?:to|at|via|on|through|by|for)\b|[:–—]|\b(?:по|на|в|к|во|для)\b|\b(?:an|unter|bei|à|au|aux|a|al|en)\b", re.IGNORECASE)
NOT_A_CUE = re.compile(
    r"(?im)in solidarity\s*[,!.]?\s*$|contact (?:form|page)|solidarity (?:cent(?:er|re)|fund|network|movement|committee|campaign|union|federation"
    r"|international)\b|copyright|копирайт|no copies|hard cop|with solidarity|with greetings|"
    r"протестант|в знак солидарности|(?:socialist|comradely|revolutionary|fraternal|best|kind|warm|season.?s) greetings"
)


@dataclass(frozen=True)
class Cue:
    start: int
    end: int
    kind: str
    words: str


def cues(text: str) -> Iterator[Cue]:
    """All words of a role, in order; what only looks like one is left out."""
    for found in PATTERN.finditer(text):
        around = text[max(0, found.start() - 24) : found.end() + 18]
        if found.lastgroup and not misleading(around, found[0]):
            yield Cue(found.start(), found.end(), found.lastgroup, found[0])


def misleading(around: str, words: str) -> bool:
    return any(words.lower() in match[0].lower() for match in NOT_A_CUE.finditer(around))
