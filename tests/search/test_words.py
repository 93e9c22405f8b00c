"""Words are compared without case, accents and endings; scripts without spaces by pairs of characters."""

from __future__ import annotations

import pytest

from masthead.search.spelling import distance
from masthead.search.words import terms, tokens


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Lighthouses", "lighthouse"),
        ("de-AT", "Häuser", "Haus"),
        ("de", "STRASSE", "Straße"),
        ("fr", "l'électricité", "Electricite"),
        ("fr", "chevaux", "CHEVAUX"),
        ("und", "Ångström", "angstrom"),
        ("en", "ﬁsh", "fish"),
    ],
)
def test_forms_of_a_word_are_alike(language: str, first: str, second: str) -> None:
    assert terms(first, language) == terms(second, language)


def test_other_words_stay_apart() -> None:
    assert terms("light", "en") != terms("night", "en")
    assert terms("Haus", "de") != terms("Maus", "de")


def test_scripts_without_spaces_are_pairs_and_words_of_others_stand_among_them() -> None:
    assert terms("東京都", "ja") == ["東京", "京都", "都"]
    assert terms("東京Tokyo", "ja") == ["東京", "京", "tokyo"]


def test_a_word_knows_where_it_stands() -> None:
    text = "The keeper’s old lamps"
    assert [text[token.start : token.end] for token in tokens(text, "en")] == ["The", "keeper", "s", "old", "lamps"]


def test_marks_belong_to_their_letter() -> None:
    assert len(terms("हिन्दी", "hi")) == 1
    assert terms("كِتَاب", "ar") == terms("كتاب", "ar")


@pytest.mark.parametrize(("first", "second", "far"), [("lamp", "lamp", 0), ("lapm", "lamp", 1), ("lmp", "lamps", 2)])
def test_the_distance_of_spellings(first: str, second: str, far: int) -> None:
    assert distance(first, second, 2) == far
    assert distance("harbour", "lighthouse", 2) == 3
