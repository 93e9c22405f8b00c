"""The languages in which pages are read."""

from __future__ import annotations

import pytest

from masthead.recognition.languages import engine_name, languages_of_script, with_english


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("de", "deu"),
        ("de-AT", "deu"),
        ("EN-gb", "eng"),
        ("deu", "deu"),
        ("zh-Hant-TW", "chi_tra"),
        ("zh", "chi_sim"),
        ("sr-Latn", "srp_latn"),
        ("und", ""),
        ("", ""),
        ("xx", ""),
    ],
)
def test_names(said: str, name: str) -> None:
    assert engine_name(said) == name


def test_english_stands_beside_languages_with_an_alphabet_of_their_own() -> None:
    assert with_english(["fas"], {"fas", "eng"}) == ("fas", "eng")
    assert with_english(["fas"], {"fas"}) == ("fas",)
    assert with_english(["deu"], {"deu", "eng"}) == ("deu",)
    assert with_english([], {"eng"}) == ()


def test_a_script_names_the_languages_that_are_there() -> None:
    there = {"eng", "deu", "fra", "spa", "ara", "rus"}
    assert languages_of_script("Latin", there) == ("eng", "deu", "fra")
    assert languages_of_script("Arabic", there) == ("ara", "eng")
    assert languages_of_script("", there) == ("eng", "deu", "fra")
    assert languages_of_script("Thai", there) == ("ara", "deu", "eng")
