"""In which languages a page is read: the names that Tesseract has for them, and what is taken where nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterable

# BCP 47 (the primary subtag, or more where it matters) to the names of Tesseract's models, which are ISO 639-2/T.
_NAMES: dict[str, str] = dict(
    re.findall(
        r"(\S+):(\S+)",
        "af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat cs:ces cy:cym da:dan "
        "de:deu dv:div el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra fy:fry ga:gle gd:gla "
        "gl:glg gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita iu:iku ja:jpn jv:jav ka:kat "
        "kk:kaz km:khm kn:kan ko:kor ky:kir la:lat lb:ltz lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar "
        "ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld nn:nor no:nor oc:oci or:ori pa:pan pl:pol ps:pus pt:por qu:que "
        "ro:ron ru:rus sa:san sd:snd si:sin sk:slk sl:slv sq:sqi sr:srp sr-latn:srp_latn su:sun sv:swe sw:swa "
        "ta:tam te:tel tg:tgk th:tha ti:tir tl:tgl to:ton tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yi:yid "
        "yo:yor zh:chi_sim zh-hans:chi_sim zh-cn:chi_sim zh-hant:chi_tra zh-tw:chi_tra zh-hk:chi_tra",
    )
)
# What Tesseract calls a script, and languages written in it, those of most publications first.
_BY_SCRIPT = {
    "Latin": "eng deu fra spa ita por nld pol swe dan nor fin ces hun ron tur vie cat hrv slk slv lat",
    "Cyrillic": "rus ukr bul srp bel mkd kaz",
    "Arabic": "ara fas urd pus uig",
    "Hebrew": "heb yid",
    "Greek": "ell",
    "Han": "chi_sim chi_tra",
    "Japanese": "jpn",
    "Hiragana": "jpn",
    "Katakana": "jpn",
    "Korean": "kor",
    "Hangul": "kor",
    "Devanagari": "hin mar nep san",
    "Bengali": "ben asm",
    "Thai": "tha",
    "Georgian": "kat",
    "Armenian": "hye",
    "Tamil": "tam",
}
_OWN_ALPHABET = frozenset(name for script, names in _BY_SCRIPT.items() if script != "Latin" for name in names.split())
_MOST_AT_ONCE = 3  # each language costs as much again
ENGLISH = "eng"


def engine_name(language: str) -> str:
    """Tesseract's name for a language given as BCP 47 ("de-AT") or by that name already; "" if it has none."""
    folded = language.strip().lower()
    subtags = folded.split("-")
    for length in range(len(subtags), 0, -1):
        if name := _NAMES.get("-".join(subtags[:length])):
            return name
    return folded if folded in _NAMES.values() else ""


def with_english(names: Iterable[str], installed: Iterable[str]) -> tuple[str, ...]:
    """The languages, and English beside those with an alphabet of their own: names and units are in Latin letters."""
    found = list(dict.fromkeys(names))
    if found and all(name in _OWN_ALPHABET for name in found) and ENGLISH in installed:
        found.append(ENGLISH)
    return tuple(found)


def languages_of_script(script: str, installed: Iterable[str]) -> tuple[str, ...]:
    """The installed languages that a page in this script may be in; where it is unknown, of all those installed."""
    there = frozenset(installed)
    wanted = _BY_SCRIPT.get(script, " ".join(_BY_SCRIPT.values())).split()
    found = [name for name in dict.fromkeys(wanted) if name in there]
    return with_english((found or sorted(there))[:_MOST_AT_ONCE], there)
