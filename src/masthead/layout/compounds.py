"""How languages use the hyphen inside words: what stands before or after one that is not a typesetter's.

For each language: conjunctions that follow a suspended hyphen ("Vor- und Nachteile"), first and last parts of
compounds that are written with one, and words that look like such a compound but are none. Frequent ones are listed;
where there is a list of words (see `lexicon`) it settles the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NOTHING = re.compile(r"(?!)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Usage:
    """The hyphen in one language. All words in lower case."""

    suspended: frozenset[str] = frozenset()  # a conjunction after a hyphen that stands for a whole part
    heads: frozenset[str] = frozenset()  # first parts that keep their hyphen
    tails: frozenset[str] = frozenset()  # last parts that keep it
    particles: frozenset[str] = frozenset()  # last parts of nouns made of verbs: follow-up, passer-by
    links: frozenset[str] = frozenset()  # small words inside a chain: day-to-day
    suspends: re.Pattern[str] = field(default=_NOTHING)  # head-tail, capitals kept, with a suspended hyphen
    pairs: re.Pattern[str] = field(default=_NOTHING)  # head-tail as a whole that keeps it
    has_chains: bool = False  # what has a hyphen before is likelier to have another, as in c'est-à-dire
    joined: re.Pattern[str] = field(default=_NOTHING)  # head-tail that is one word though a rule above says otherwise


_OFFICES = (
    "ministre président présidente directeur directrice maire député femme mari chef roi ministro ministra presidente"
    " marito moglie allenatore sindaco direttore calciatore minister president burgemeester man vrouw premier"
    " voorzitter"
)

_ENGLISH = Usage(
    suspended=_words("and or to nor but"),
    heads=_words(
        "self ex vice all non well anti semi quasi pseudo half mid one two three four five six seven eight nine ten"
        " twenty thirty forty fifty sixty seventy eighty ninety"
    ),
    particles=_words("up by"),
    links=_words("of to the in and a an by at on for up upon super de la le"),
    tails=_words(
        "based centred centered related oriented orientated driven led free friendly like style scale sized shaped"
        " funded owned run term wide known specific dependent"
    ),
)
_GERMAN = Usage(
    suspended=_words("und oder bzw beziehungsweise sowie respektive"),
    suspends=re.compile(
        r"(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)-bis|(?!Den-)[A-ZÄÖÜ]\w+-noch"
    ),
    pairs=re.compile(
        r"\w*(?:isch|deutsch)-\w+isch(?:e|en|er|es|em)?"
        r"|(?:schwarz|weiß|rot|grün|gelb|blau)-(?:schwarz|weiß|rot|grün|gelb|blau)\w{0,2}"
    ),
)
_FRENCH = Usage(
    suspended=_words("et ou"),
    has_chains=True,
    heads=_words(
        "après avant demi peut vingt trente quarante cinquante soixante quatre grand grands week chef porte non"
        " franco anglo germano italo hispano luso sino russo afro indo gréco gallo judéo socio politico arc quasi nord"
        " sud quelques lui eux elle elles moi toi soi nous vous"
    ),
    tails=_words(
        "il elle on ils elles je tu nous vous moi toi lui leur y là même mêmes être dessus dessous delà devant"
    ),
    pairs=re.compile(
        rf"ex-(?:{_OFFICES.replace(' ', '|')})"
        r"|mi-(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|temps|chemin"
        r"|parcours|journée|saison|course|siècle|clos)"
        r"|(?:l['’])?(?:celui|celle|ceux|celles)-(?:ci|là)|\w*['’]?est-ce"
        r"|sous-(?:titre|sol|marin|préfet|préfecture|traitance|traitant|estim|ensemble|groupe|vêtement|secteur)\w*"
        r"|rendez-vous|là-(?:bas|haut|dedans|dessus|dessous)"
    ),
    joined=re.compile(
        r"porte-(?:feuille|manteau)s?|non-(?:chalan|obstant|ante|ce|ne)\w*|voi-là|avant-ag\w*|demi-urge|socio-log\w*"
        r"|quatre-ments?|(?:grand|grands)-(?:eur|ir|iose)\w*|chef-(?:s|ferie)"
    ),
)
_ROMANCE_PREFIXES = "franco hispano anglo germano italo greco luso sino ruso russo afro indo judeo austro ibero"
_SPANISH = Usage(
    suspended=_words("y e o u"),
    heads=_words(_ROMANCE_PREFIXES),
    pairs=re.compile(r"\w*[áéíóú]\w*ic[oa]-\w{5,}|(?:político|técnico|jurídico|económico)-\w{5,}"),
)
_ITALIAN = Usage(
    suspended=_words("e o"),
    heads=_words(_ROMANCE_PREFIXES + " socio"),
    pairs=re.compile(rf"ex-(?:{_OFFICES.replace(' ', '|')})|\w{{3,}}ico-\w{{4,}}(?:ico|ica|ici|iche|ale|ali)"),
    joined=re.compile(r"socio-log\w*|psico-\w+"),
)
_DUTCH = Usage(
    suspended=_words("en of tot"),
    # Two vowels that would be read as one sound stay apart by a hyphen: zee-eend, auto-ongeluk.
    pairs=re.compile(
        rf"\w*(?:a-[aeiu]|e-[eiu]|i-[ej]|o-[eiou]|u-[iu])\w+|ex-(?:{_OFFICES.replace(' ', '|')})"
        r"|(?:sociaal|politiek|economisch|christelijk)-\w+(?:isch|ische|aal|ale)"
    ),
)

_USAGES = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "nl": _DUTCH,
}
_UNKNOWN = Usage()


def usage_of(language: str) -> Usage:
    """How a language (its first subtag) uses the hyphen; of an unknown one nothing is known."""
    return _USAGES.get(language, _UNKNOWN)
