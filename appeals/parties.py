"""Which side an owner's own name tells: a ministry, an embassy, a union. Nothing is inferred from what a text asks for."""

import re

from appeals.models import Party

WORDS = {
    Party.EMBASSY: r"embass\w+|consulate\w*|ambassador|посольств\w+|посол|консульств\w+|botschaft\w*|ambassade|embajada",
    Party.POLICE: r"police|sheriff|полици\w+|мвд|gendarm\w+",
    Party.COURT: r"court|judge|prosecutor\w*|суд\w?|судь\w|прокур\w+",
    Party.PARLIAMENT: r"parliament\w*|m\.?e?\.?p\.?s?|senat\w+|deput(?:y|ies)|majilis|парламент\w*|депутат\w*|мажилис\w*",
    Party.UNION: r"unions?|trade unions?|syndicat\w*|sindicatos?|sindacato|gewerkschaft\w*|sendika\w*"
    r"|workers' (?:federation|council|association)|профсоюз\w*|federation of workers",
    Party.STRIKERS: r"strikers?|strike committee|workers' committee|забастовщик\w*|стачком\w*|бастующ\w+|голодающ\w+",
    Party.FAMILIES: r"famil(?:y|ies)|relatives|widows|сем(?:ья|ьи|ье|ьям)|родственник\w*",
    Party.CAMPAIGN: r"campaign\w*|solidarity (?:committee|network|group)|committee (?:for|in defen[cs]e)|кампани\w",
    Party.MEDIA: r"newspaper|editor\w*|radio|television|agency|journal|газет\w+|редакци\w+",
    Party.GOVERNMENT: r"minist\w+|government\w*|president|prime|mayor|akim\w*|governor|ombudsman|commission\w*|secretariat|administration|authorit\w+"
    r"|министр\w*|министерств\w*|президент\w*|правительств\w*|аким\w*|губернатор\w*|администраци\w+",
    Party.COMPANY: r"company|companies|ltd|plc|inc|gmbh|jsc|llp|corp|corporation|management|managers?|managing director|general director|chief executive|ceo"
    r"|factory|mining|holding|employers?|empresa|compañía|gerente|entreprise|société|konzern|geschäftsführ\w*|компани\w+|ао|тоо|директор\w*|завод\w*",
}
PATTERNS = {party: re.compile(rf"(?i)\b(?:{words})\b") for party, words in WORDS.items()}


def told(owner: str) -> Party:
    return next((party for party, pattern in PATTERNS.items() if pattern.search(owner)), Party.NOT_KNOWN)
