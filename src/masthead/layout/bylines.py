"""Bylines: "By Ann Lee", "Text: X, Fotos: Y", a name with a mail address; who wrote, and how to reach them.

Text and pictures are credited with the same words all over the world; a credit for pictures or design names no author.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BY = r"by|von|par|por|di|door|przez|autor(?:en|in|ka|es|a)?|auteurs?|aut(?:ore|rice|ori)|authors?"
_TEXT = (
    r"words|text|texte|textes|texto|textos|testo|testi|tekst|tekst[ay]|story|article|reported|written|report|reportage|"
    r"contributed|compiled|edited|translated|interviewed|interview|entrevista|"
    r"intervista|bericht|ein beitrag|propos recueillis|a cura|foreword|review|essay|opinion|column"
)
_PICTURE = (
    r"photos?|photography|photographs?|photographed|fotos?|fotografie|fotografía|fotografías|foto's|fotografia|zdjęcia|"
    r"bild(?:er)?|pictures?|images?|imágenes|immagini|illustrations?|illustrated|illustrationen|ilustraciones|"
    r"illustrazioni|ilustracje|design(?:ed)?|layout|graphics?|grafik|infografik|infographics?|data visuali[sz]ation|"
    r"art|artwork|art direction|video|credits?|crédits?(?: photos?)?|cover"
)
_LINK = r"(?:\s*[&,/]\s*|\s+(?:and|und|et|y|e|en|i)\s+)"
_KIND = rf"(?:{_TEXT}|{_PICTURE})"
_LEAD = re.compile(
    rf"^[\s–—|•·(\[]*(?:(?P<kinds>{_KIND}(?:{_LINK}{_KIND})*)\s*(?:(?:{_BY})\b\s*:?|:)|"
    rf"(?P<by>{_BY})(?:\s*:|\b))\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IS_PICTURE = re.compile(rf"^(?:{_PICTURE})$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:&|and|und|et|y|e|en|i|/)\s+|\s*[|;•·]\s*", re.IGNORECASE)
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|do|dos|du|la|le|al|el|bin|ibn|ter|ten|zu|of|y)"
_NAME_PART = r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]*|[“\"'][\w-]+[”\"'])"
_NAME = re.compile(rf"^{_NAME_PART}(?:\s+(?:{_PARTICLE}\s+)*{_NAME_PART}){{1,5}}$")
_SIGNED = re.compile(r"^[-–—~]\s*(?P<name>[^\W\d_].{3,90})$")
_ROLE_WORDS = re.compile(
    r"\b(?:flight|commander|officer|editor|correspondent|reporter|writer|professor|redaktion|staff|department|"
    r"university|member|president|director|chaplain|contributor)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"^(?:(?:[A-Z]\w*/\w+|Lt|Col|Gen|Maj|Capt|Sgt|Cpl|Cmdr|Dr|Prof|Professor|Chaplain|Rev|Fr|Sir|Ing|Dipl\.-Ing|Mag)\.?\s+)+"
)
_MOST_LETTERS = 220
_MOST_WORDS = 32


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says."""

    authors: tuple[str, ...]
    mails: tuple[str, ...]
    credits_pictures: bool  # it is only about photographs, drawings or design


def byline_of(text: str) -> Byline | None:
    """The byline that the text is, or None if it is none."""
    if len(text) > _MOST_LETTERS or len(text.split()) > _MOST_WORDS:
        return None
    match = _LEAD.match(text)
    if match is None:
        return None
    rest = match["rest"]
    first = rest.lstrip("“\"'")[:1]
    if not first or first.islower() or first.isdigit():
        return None
    kinds = re.split(_LINK, match["kinds"].lower()) if match["kinds"] else []
    pictures = bool(kinds) and all(_IS_PICTURE.match(kind) for kind in kinds)
    rest, _, tail = _without_credits(rest)
    authors = () if pictures else names_of(rest) or _pen_name(rest)
    if match["by"] and not authors and _is_short_name(rest):
        authors = (rest.strip(" ."),)
    if match["by"] and not authors:
        return None
    if match["by"] and tail == "" and rest.rstrip().endswith((".", "?", "!")) and len(rest.split()) > 8:
        return None
    return Byline(authors, tuple(MAIL.findall(text)), pictures)


def byline_of_lines(lines: Sequence[str]) -> Byline | None:
    """The byline that a block of few lines is; below the name, often, stands what the author is."""
    whole = byline_of(" ".join(lines))
    if not 1 < len(lines) <= 3:
        return whole
    first = byline_of(lines[0])
    if first is None or (whole is not None and len(whole.authors) > len(first.authors) > 0):
        return whole
    return replace(first, mails=tuple(MAIL.findall(" ".join(lines))))


def signature_of(text: str) -> Byline | None:
    """The author who signs at the end of the text: "-Ann Lee, Biology"."""
    match = _SIGNED.match(text.strip())
    if match is None or len(text.split()) > 12 or text.rstrip().endswith(("?", "!", ":", ";")):
        return None
    authors = names_of(re.sub(r"^(?:by|von|par|por)\s+", "", match["name"], flags=re.IGNORECASE))
    return Byline(authors, tuple(MAIL.findall(text)), credits_pictures=False) if authors else None


def looks_like_names(text: str) -> bool:
    """Whether the text may be nothing but names, with what they are in brackets or after a comma."""
    if len(text) > _MOST_LETTERS or any(char in text for char in "?!"):
        return False
    bare = re.split(r"[(\[]", MAIL.sub("", text))[0].strip(" ,|–—-\n")
    first = _RANK.sub("", _AND.split(bare)[0].split(",")[0].strip())
    return bool(_NAME.match(first)) and len(first.split()) <= 5


def has_post(lines: Sequence[str]) -> bool:
    """Whether a rank stands before the name, or a post after it."""
    return bool(_RANK.match(lines[0])) or any(_ROLE_WORDS.search(line) for line in lines[1:])


def names_of(text: str) -> tuple[str, ...]:
    """The persons named, in order; what they are (a place, a faculty, a rank) is left out."""
    bare = re.sub(r"[(\[].*?(?:[)\]]|$)", " ", MAIL.sub(" ", text))
    bare = " ".join(re.split(r"\s[–—|]\s", bare)[0].split()).strip(" ,.|–—-")
    rows = [
        [_without_rank(piece.strip(" .")) for piece in part.split(",")]
        for part in _AND.split(bare)
        if part.strip(" ,.")
    ]
    # "A B, C D and E F" lists people; "A B, CHEMISTRY AND PHYSICS, 2020" says what A B is.
    everyone = len(rows) > 1 and all(_is_name(piece) for row in rows for piece in row)
    found: list[str] = []
    for row in rows:
        found += [piece for piece in (row if everyone else row[:1]) if _is_name(piece) and piece not in found]
        if not everyone and len(row) > 1:
            break
    return tuple(_as_name(name) for name in found[:12])


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) and len(text.split()) <= 6


def _without_rank(text: str) -> str:
    """The name before a rank or post that follows without a comma ("Chenny Zhang Bravo Flight Commander")."""
    text = _RANK.sub("", text)
    words = text.split()
    for index in range(2, len(words)):
        if _ROLE_WORDS.match(words[index]):
            return " ".join(words[: max(2, index - 1)] if index > 2 else words[:2])
    return text


def _without_credits(rest: str) -> tuple[str, str, str]:
    """The text before a second credit, as in "Text: X, Fotos: Y"."""
    match = re.search(rf"[\s,;|·•/–—]+(?:{_PICTURE})\s*(?::|\b(?:{_BY})\b)", rest, re.IGNORECASE)
    return (rest[: match.start()], match[0], rest[match.end() :]) if match else (rest, "", "")


def _pen_name(text: str) -> tuple[str, ...]:
    """A name of another make: "The Artist Formerly Known as Prince"; most words are written large."""
    words = text.strip(" .").split()
    large = sum(word[:1].isupper() for word in words)
    return (" ".join(words),) if 2 <= len(words) <= 8 and large >= 0.7 * len(words) and words[-1][:1].isupper() else ()


def _is_short_name(text: str) -> bool:
    """A pen name: one or two words that are written as names are ("Kolsrud", "The Editors")."""
    words = text.strip(" .").split()
    return 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words)


def _as_name(text: str) -> str:
    """A name set in capitals as it is written elsewhere."""
    if any(char.islower() for char in text):
        return text
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), text)
