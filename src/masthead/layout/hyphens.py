"""Hyphens at line ends: dropped where the typesetter broke a word, kept where the word has one itself.

Evidence in this order: what a hyphen cannot be at this place (an address, a number, a name, an abbreviation), the
document's own words, the words of the language where there is a list, how the language uses hyphens. What is left
was broken by the typesetter, which is by far the commonest case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from masthead.document.text import Join, Line, Table
from masthead.layout.compounds import Usage, usage_of
from masthead.layout.lexicon import words_of

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)
_DASHES = ("\u2013", "\u2014")
_OPENING = "([{“„\"'‘‚«‹¿¡"
_CLOSING = ".,;:!?)]}“”\"'‘’»›…"
# An address is never hyphenated where it is broken, so that a hyphen in it is its own.
_LONGEST_WORD = 200  # letters of both halves; what is longer is no word, and would be read in ever more ways
_ADDRESS = re.compile(r"://|www\.|@|[^\W\d_]\.[^\W\d_]{2,}/|^doi:", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûæœøåё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zà-ÿœ]+", re.IGNORECASE)
_CLAN = ("mc", "mac")  # names with a capital inside: McMahon
_LONGER_THAN_ABBREVIATIONS = 8  # letters of both parts together
_SHORTEST_PART = 3  # letters of a word that can be half of a compound; shorter ones are syllables


def join_lines(lines: list[Line], vocabulary: Set[str], language: str = "") -> list[Line]:
    """The same lines, with the joins of their last words set; `vocabulary` holds the document's words in lower case."""
    spoken = language.split("-", 1)[0].lower()
    result = list(lines)
    for index in range(len(lines) - 1):
        last, following = lines[index].words[-1], lines[index + 1].words[0]
        join = _join(last.text, following.text, vocabulary, spoken)
        if join is not last.join:
            words = (*lines[index].words[:-1], replace(last, join=join))
            result[index] = replace(lines[index], words=words)
    return result


def join_cells(lines: Sequence[Line], table: Table, vocabulary: Set[str], language: str = "") -> list[Line]:
    """A table's lines with their joins: no word goes on in another cell."""
    result: list[Line] = []
    rest = list(lines)
    for cell in table.cells:
        count, size = 0, 0
        while size < cell.end - cell.start:
            size += len(rest[count].words)
            count += 1
        result += join_lines(rest[:count], vocabulary, language)
        rest = rest[count:]
    return result


def _join(text: str, rest: str, vocabulary: Set[str], language: str) -> Join:
    if _is_cjk(text[-1:]) and _is_cjk(rest[:1]):
        return Join.NONE
    if text.endswith(_DASHES) and len(text) > 1:
        return Join.NONE
    if not text.endswith(_HYPHENS) or len(text) < 2 or not text[-2].isalnum() or not rest[:1].isalnum():
        return Join.SPACE
    if text.endswith(_SOFT_HYPHEN):
        return Join.HYPHEN
    head, tail = text[:-1].lstrip(_OPENING), rest.rstrip(_CLOSING)
    if len(head) + len(tail) > _LONGEST_WORD:
        return Join.NONE
    if _keeps_by_its_kind(head, tail):
        return Join.NONE
    return _by_words(head, tail, vocabulary, language)


def _keeps_by_its_kind(head: str, tail: str) -> bool:
    """Whether the hyphen is that of an address, a number or an abbreviation, whatever the language."""
    last = re.split(r"[-\u2010]", head)[-1]
    if _ADDRESS.search(head) or any(char.isdigit() for char in last) or tail[:1].isdigit():
        return True
    if (_LATIN.fullmatch(last) and len(last) == 1) or (len(last) > 1 and last.isupper() and not tail[:2].isupper()):
        return True
    # A typesetter breaks between syllables, and there is none without a vowel: tv-programma.
    return _LATIN.fullmatch(last) is not None and not _VOWEL.search(last) and last.lower() not in _CLAN


def _by_words(head: str, tail: str, vocabulary: Set[str], language: str) -> Join:
    """By what is a word: in the document, in the language, and by how the language forms compounds."""
    low_head, low_tail = head.lower(), tail.lower()
    last = re.split(r"[-\u2010]", low_head)[-1]
    first = re.split(r"[-\u2010]", low_tail)[0]
    usage = usage_of(language)
    if f"{low_head}-{low_tail}" in vocabulary:
        return Join.NONE
    if low_head + low_tail in vocabulary or last + first in vocabulary:
        return Join.HYPHEN
    suspended = low_tail in usage.suspended and tail[:1].islower() and not _is_known(last + first, language)
    if suspended or usage.suspends.fullmatch(f"{head}-{tail}"):
        return Join.SPACE
    in_chain = low_head != last or low_tail != first
    if in_chain and (last in usage.links or first in usage.links):
        return Join.NONE
    if first in usage.particles and len(last) > _SHORTEST_PART and _is_known(last, language):
        return Join.NONE
    if last.split("’")[-1] in _CLAN and tail[:1].isupper():
        return Join.HYPHEN
    # In a headline in capitals a capital says nothing; two abbreviations side by side are short.
    shouted = head.isupper() and tail.isupper() and len(last + first) >= _LONGER_THAN_ABBREVIATIONS
    if not tail[:1].islower() and not shouted:
        return Join.NONE
    if _is_known(last + first, language) or usage.joined.fullmatch(f"{last}-{first}"):
        return Join.HYPHEN
    return Join.NONE if _is_compound(last, first, usage, language, in_chain) else Join.HYPHEN


def _is_compound(last: str, first: str, usage: Usage, language: str, in_chain: bool) -> bool:
    """Whether two parts that make no known word together are a compound."""
    if first in usage.tails or usage.pairs.fullmatch(f"{last}-{first}"):
        return True
    if not words_of(language):
        return last in usage.heads or (in_chain and usage.has_chains)
    known_tail = len(first) >= _SHORTEST_PART and _is_known(first, language)
    return known_tail and (last in usage.heads or (len(last) >= _SHORTEST_PART and _is_known(last, language)))


def _is_known(word: str, language: str) -> bool:
    """Whether the list of the language holds the word or what it is the genitive or plural of."""
    words = words_of(language)
    return word in words or re.sub(r"['’]s?$|s['’]?$", "", word) in words


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
