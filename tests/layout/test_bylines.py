"""Bylines, signatures and continuation lines in the languages that the product speaks."""

from __future__ import annotations

import pytest

from masthead.layout.bylines import byline_of, byline_of_lines, looks_like_names, names_of, signature_of
from masthead.layout.jumps import Jump, jump_at_end, jump_of


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("BY ZOË O’REILLY, BIOLOGY, 2020", ("Zoë O’Reilly",)),
        ("By Ann Lee, Bob Roe and Cy Doe", ("Ann Lee", "Bob Roe", "Cy Doe")),
        ("By Ann Lee, Cell & Molecular Biology, 2020", ("Ann Lee",)),
        ("Words by Ann Lee | Photos by Bob Roe", ("Ann Lee",)),
        ("Von Hans-Peter Maier und Erika Groß", ("Hans-Peter Maier", "Erika Groß")),
        ("Text: Anna Müller, Fotos: Jan de Vries", ("Anna Müller",)),
        ("Par Jean-Luc Petit", ("Jean-Luc Petit",)),
        ("Texte et photos : Paul Durand", ("Paul Durand",)),
        ("Por María García y José López", ("María García", "José López")),
        ("Di Marco Rossi", ("Marco Rossi",)),
        ("A cura di Paola Bianchi", ("Paola Bianchi",)),
        ("Door Jan van den Berg", ("Jan van den Berg",)),
        ("Tekst: Jan Kowalski, zdjęcia: Anna Nowak", ("Jan Kowalski",)),
    ],
)
def test_who_wrote_it(text: str, authors: tuple[str, ...]) -> None:
    line = byline_of(text)
    assert line is not None
    assert line.authors == authors
    assert not line.credits_pictures


@pytest.mark.parametrize(
    "text",
    [
        "By the time we came home it was late",
        "Von der Erde bis zum Mond",
        "Di notte",
        "Por fin llegaron",
        "By 1850 the railway had come",
        "Text",
    ],
)
def test_sentences_that_begin_like_bylines_are_none(text: str) -> None:
    assert byline_of(text) is None


@pytest.mark.parametrize(
    "text", ["Photo: Ann Lee", "DESIGN BY BOB ROE, CHEMISTRY", "Fotos: Jan de Vries", "Illustration by Cy Doe"]
)
def test_credits_of_pictures_name_no_author(text: str) -> None:
    line = byline_of(text)
    assert line is not None
    assert line.credits_pictures
    assert not line.authors


def test_addresses_and_what_stands_below_the_name() -> None:
    line = byline_of_lines(["By Capt Todd Bell", "Safety Officer, tb@example.org"])
    assert line is not None
    assert line.authors == ("Todd Bell",)
    assert line.mails == ("tb@example.org",)


def test_signatures_end_stories() -> None:
    signed = signature_of("-Ann Lee, Marine Biology")
    assert signed is not None
    assert signed.authors == ("Ann Lee",)
    assert signature_of("– not a name at all") is None
    assert signature_of("- and what does the Minister say?") is None


def test_names_and_what_is_none() -> None:
    assert looks_like_names("Sayan Roy (Institute of Science, Allahabad)")
    assert not looks_like_names("To those who still marvel")
    assert names_of("ERIKA GROSS, INFORMATION SCIENCE AND JOURNALISM, 2020") == ("Erika Gross",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Continued on page 34)", Jump(True, "34", "")),
        ("Continued from Page 1……CADETS", Jump(False, "1", "CADETS")),
        ("CADETS, from page 1", Jump(False, "1", "CADETS")),
        ("Fortsetzung auf Seite 5", Jump(True, "5", "")),
        ("Fortsetzung von Seite 2", Jump(False, "2", "")),
        ("Suite page 12", Jump(True, "12", "")),
        ("Sigue en la página 8", Jump(True, "8", "")),
        ("Segue a pagina 9", Jump(True, "9", "")),
        ("Vervolg op pagina 7", Jump(True, "7", "")),
        ("Ciąg dalszy na stronie 4", Jump(True, "4", "")),
    ],
)
def test_continuation_lines(text: str, expected: Jump) -> None:
    assert jump_of(text) == expected


@pytest.mark.parametrize(
    "text", ["See page 12 for the table", "On page 31 of the last issue we gave the length", "from here"]
)
def test_sentences_about_pages_are_no_continuation_lines(text: str) -> None:
    assert jump_of(text) is None


def test_a_continuation_line_at_the_end_of_a_paragraph() -> None:
    text = "and so they went home. (Continued on page 7)"
    assert jump_at_end(text) == (Jump(True, "7", ""), text.index("(Continued"))
    assert jump_at_end("and so they went home.") is None
