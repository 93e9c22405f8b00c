"""Hyphens at line ends: dropped where the word is one word, kept where it is a compound.

Evidence in this order: the document's own words, then how hyphenation works: a capital or a digit after the hyphen
keeps it, a short known prefix of compounds keeps it, everything else was broken by the typesetter.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from masthead.document.text import Join, Line, Word

_HYPHENS = ("-", "\u2010", "\u00ad")
_DASHES = ("\u2013", "\u2014")
_KEEPS_HYPHEN = frozenset(
    {"self", "ex", "all", "non", "co", "well", "long", "short", "half", "high", "low", "so", "vice"}
)


def join_lines(lines: list[Line], vocabulary: Set[str]) -> list[Line]:
    """The same lines, with the joins of their last words set."""
    result = list(lines)
    for index in range(len(lines) - 1):
        last, following = lines[index].words[-1], lines[index + 1].words[0]
        join = _join(last, following, vocabulary)
        if join is not last.join:
            words = (*lines[index].words[:-1], replace(last, join=join))
            result[index] = replace(lines[index], words=words)
    return result


def _join(last: Word, following: Word, vocabulary: Set[str]) -> Join:
    text, rest = last.text, following.text
    if _is_cjk(text[-1:]) and _is_cjk(rest[:1]):
        return Join.NONE
    if text.endswith(_DASHES) and len(text) > 1:
        return Join.NONE if not text[:-1].endswith(" ") else Join.SPACE
    if not text.endswith(_HYPHENS) or len(text) < 2 or not text[-2].isalnum():
        return Join.SPACE
    if not rest[:1].isalnum():
        return Join.SPACE
    return Join.HYPHEN if _is_one_word(text[:-1], rest, vocabulary) else Join.NONE


def _is_one_word(head: str, tail: str, vocabulary: Set[str]) -> bool:
    tail = tail.rstrip(".,;:!?()[]“”\"'‘’")
    whole, compound = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
    bare = head.lower().lstrip("([“\"'‘")
    if compound in vocabulary:
        return False
    if whole in vocabulary:
        return True
    if not tail[:1].islower() or not bare[-1:].isalpha():
        return False
    return not ("-" in head or bare in _KEEPS_HYPHEN)


def _is_cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or "\u3000" <= char <= "\u303f"


def sentence(lines: list[Line]) -> str:
    """The lines' words as one sentence, joined as their joins say."""
    parts: list[str] = []
    words = [word for line in lines for word in line.words]
    for index, word in enumerate(words):
        parts.append(word.text[:-1] if word.join is Join.HYPHEN else word.text)
        if word.join is Join.SPACE and index < len(words) - 1:
            parts.append(" ")
    return "".join(parts)
