"""Understands what somebody typed: words, phrases in quotes, a last word that is still being typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from masthead.search.engine import Engine, Group
from masthead.search.words import folded, is_unspaced, terms, tokens

LONGEST = 200
"""Characters of a question that are looked at."""

_WORDS = 12  # more are not looked for
_COMPLETIONS = 24
_PHRASE = re.compile(
    '["\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]([^"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]*)'
    '["\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]?'
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, cut into phrases and words."""

    text: str
    parts: tuple[str, ...]
    is_typing: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not any(terms(part, "") for part in self.parts)


def understood(text: str, *, is_typing: bool = False) -> Question:
    """What was typed as phrases and single words."""
    text = " ".join(text[:LONGEST].split())
    return Question(text, tuple(_parts(text))[:_WORDS], is_typing and text[-1:].isalnum())


def _parts(text: str) -> Iterator[str]:
    at = 0
    for phrase in _PHRASE.finditer(text):
        yield from text[at : phrase.start()].split()
        if phrase[1].strip():
            yield phrase[1].strip()
        at = phrase.end()
    yield from text[at:].split()


def groups_of(question: Question, languages: Collection[str], engine: Engine) -> list[Group]:
    """What must be there, in the forms that the words have in these languages."""
    groups = []
    for number, part in enumerate(question.parts):
        is_last = question.is_typing and number == len(question.parts) - 1
        phrases = {_without_end(tuple(terms(part, language))) for language in languages or {""}}
        forms = tuple(sorted(form for form in phrases if form))
        if not forms:
            continue
        if is_last:
            groups.append(_begun(part, forms, engine))
        else:
            groups.append(Group(forms, begins=_is_one_character(forms)))
    return groups


def _is_one_character(forms: tuple[tuple[str, ...], ...]) -> bool:
    """Whether it is a single character of a script that is compared by pairs: it is the beginning of some."""
    return len(forms[0]) == 1 and len(forms[0][0]) == 1 and is_unspaced(forms[0][0])


def _begun(part: str, forms: tuple[tuple[str, ...], ...], engine: Engine) -> Group:
    """The last word while it is typed: what it may become, and itself."""
    if len(forms[0]) > 1 or is_unspaced(forms[0][0]):
        return Group(forms, begins=_is_one_character(forms))
    spelling = next(tokens(part, "")).spelling
    whole = [(term,) for term in engine.completions(folded(spelling), _COMPLETIONS)]
    return Group(tuple(dict.fromkeys([*forms, *whole])))


def _without_end(form: tuple[str, ...]) -> tuple[str, ...]:
    """Without the character that stands alone behind pairs of characters: in the text it may go on."""
    return form[:-1] if len(form) > 1 and len(form[-1]) == 1 and is_unspaced(form[-1]) else form
