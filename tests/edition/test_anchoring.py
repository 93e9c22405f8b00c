"""A quote is found again after the words around and inside it were changed, and never where it is not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from masthead.edition.anchoring import Place, Quote, find_quote, quote_of

WORDS = [
    "harbour",
    "keeper",
    "light",
    "lamp",
    "evening",
    "journal",
    "nobody",
    "read",
    "hundred",
    "years",
    "the",
    "of",
    "and",
    "wrote",
    "boats",
    "came",
    "back",
    "tide",
    "rope",
    "winter",
    "storm",
    "chart",
    "north",
    "bell",
    "signal",
    "watch",
    "crew",
    "captain",
    "ledger",
    "salt",
    "anchor",
    "mast",
    "sail",
    "island",
    "gull",
    "ferry",
    "pier",
    "fog",
]


def story(seed: int, words: int = 400) -> str:
    """Sentences of one author, each time the same for a seed."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + ("." if chance.random() < 0.1 else "") for _ in range(words))


@some.composite
def quoted(draw: some.DrawFn) -> tuple[str, int, int]:
    text = story(draw(some.integers(0, 10_000)))
    start = draw(some.integers(0, len(text) - 80))
    return text, start, start + draw(some.integers(40, 80))


@given(quoted())
@settings(deadline=None, max_examples=80)
def test_in_the_same_words_it_is_where_it_was(made: tuple[str, int, int]) -> None:
    text, start, end = made
    found = find_quote(quote_of(text, start, end), text)
    assert found is not None
    assert found.likeness == 1
    assert text[found.start : found.end].strip(" ") == text[start:end].strip(" ")
    assert abs(found.start - start) <= 1


@given(quoted(), some.integers(0, 10_000), some.integers(0, 10_000))
@settings(deadline=None, max_examples=80)
def test_what_is_put_before_and_behind_does_not_matter(made: tuple[str, int, int], one: int, other: int) -> None:
    text, start, end = made
    before, behind = story(one + 20_000, 150), story(other + 40_000, 150)
    found = find_quote(quote_of(text, start, end), f"{before} {text} {behind}")
    assert found is not None
    assert abs(found.start - (start + len(before) + 1)) <= 1


@given(quoted(), some.data())
@settings(deadline=None, max_examples=80)
def test_a_word_changed_inside_leaves_it_found(made: tuple[str, int, int], data: some.DataObject) -> None:
    text, start, end = made
    at = data.draw(some.integers(start + 10, end - 10))
    changed = text[:at] + "xyzzy" + text[at + 3 :]
    found = find_quote(quote_of(text, start, end), changed)
    assert found is not None
    assert found.likeness < 1
    assert abs(found.start - start) <= 6
    assert abs(found.end - (end + 2)) <= 8


@given(quoted())
@settings(deadline=None, max_examples=60)
def test_set_anew_it_is_the_same(made: tuple[str, int, int]) -> None:
    text, start, end = made
    anew = text.replace("keeper", "kee\u00adper").replace(" ", "\n").replace("boats", "Bo-\nats")
    found = find_quote(quote_of(text, start, end), anew)
    assert found is not None
    assert found.likeness == 1


@given(some.integers(0, 1000))
@settings(deadline=None, max_examples=40)
def test_what_was_taken_out_is_not_found(seed: int) -> None:
    quote = Quote("Invoices are payable within fourteen days of receipt", "Terms: ", " net")
    assert find_quote(quote, story(seed, 1500)) is None


@given(some.text(max_size=200), some.text(max_size=60), some.text(max_size=20))
@settings(deadline=None)
def test_whatever_is_asked_it_answers(text: str, exact: str, around: str) -> None:
    found = find_quote(Quote(exact, around, around, 0.5), text)
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_of_two_places_that_with_its_surroundings_wins() -> None:
    text = "The north pier: closed. The south pier: closed. The ferry: open."
    quote = quote_of(text, text.rindex("closed"), text.rindex("closed") + 6)
    later = "News. The south pier: closed. The ferry: open. The north pier: closed."
    assert find_quote(quote, later) == Place(later.index("closed"), later.index("closed") + 6, 1.0)


def test_nothing_can_be_quoted_of_nothing() -> None:
    with pytest.raises(ValueError, match="no characters"):
        quote_of("text", 2, 2)
