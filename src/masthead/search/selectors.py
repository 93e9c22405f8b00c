"""Puts questions to the index. It answers with places; whether somebody may see what stands there, `access` says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product

from masthead.search.asking import Question, groups_of
from masthead.search.engine import Engine, Found, Kind, Order, Scope
from masthead.search.places import current
from masthead.search.spelling import near
from masthead.search.words import folded, is_unspaced, tokens

_TRIED = 4  # other spellings of a whole question that are looked up


def find(question: Question, scope: Scope, *, kind: Kind = "page", order: Order = "relevance") -> Found:
    """The pages or articles with all words of the question, in live editions; nothing where no index is yet."""
    index = current()
    return ask(index, question, scope, kind=kind, order=order) if index else Found()


def ask(engine: Engine, question: Question, scope: Scope, *, kind: Kind, order: Order) -> Found:
    """The same of this engine."""
    return engine.query(kind, groups_of(question, languages_of(engine, scope), engine), scope, order)


def languages_of(engine: Engine, scope: Scope) -> Collection[str]:
    """The languages by whose rules endings are cut."""
    return {scope.language} if scope.language else engine.languages()


def known_languages() -> list[str]:
    """The languages of what can be found."""
    index = current()
    return sorted(index.languages()) if index else []


def known_sections(publication: str) -> list[tuple[str, str]]:
    """Keys and names of the sections of a publication, by name."""
    index = current()
    return sorted(index.sections(publication).items(), key=lambda entry: folded(entry[1])) if index else []


def nearest(
    question: Question, scope: Scope, *, kind: Kind, keep: Callable[[Found], Found] = lambda found: found
) -> str:
    """A question that is spelled nearly so and does find something in the same scope; "" where there is none.

    It is asked before it is offered: a word that only withdrawn issues had must not come back as an offer, nor one
    that stands only in what `keep` leaves out.
    """
    index = current()
    if index is None:
        return ""
    choices = []
    for part in question.parts:
        words = [token.spelling for token in tokens(part, "") if not is_unspaced(token.spelling)]
        if len(words) != 1:
            choices.append([part])  # a phrase stays as it was typed
            continue
        is_known = bool(index.spelled([folded(words[0])]))
        choices.append([part] if is_known else near(words[0], index) or [part])
    for parts in list(product(*choices))[:_TRIED]:
        if parts == question.parts:
            continue
        text = " ".join(f'"{part}"' if " " in part else part for part in parts)
        if keep(ask(index, Question(text, parts), scope, kind=kind, order="date")).hits:
            return text
    return ""
