"""The explanation of a PDF: blocks numbered in order, nothing of the PDF becomes markup, nothing foreign is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner
from tests.pdfs import story_pdf

from masthead import wording
from masthead.command.page_ranges import PageRanges
from masthead.command.terminal import main
from masthead.document.errors import OutputExistsError
from masthead.document.text import Role
from masthead.edition.options import BuildOptions
from masthead.exports.explanation.drawing import draw
from masthead.exports.explanation.folder import explain
from masthead.exports.explanation.palette import ROLE_COLOURS, ROLE_WORDS

HOSTILE = "</title></svg><script>alert(1)</script>\"'><img src=x onerror=alert(2)> &amp; {{ 7*7 }}"
ENGLISH = wording.translator("en")


def block(number: int, box: tuple[float, ...], role: str = "paragraph", **more: Any) -> dict[str, Any]:
    """A block as `inspect` tells it."""
    return {"id": f"p1-b{number}", "role": role, "bbox": list(box), "text": "Words", "article": None, **more}


def page(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A page as `inspect` tells it."""
    plain = {"number": 1, "label": "1", "width": 600, "height": 800, "confidence": None, "reasons": [], "figures": []}
    return {**plain, "blocks": list(blocks), **more}


def test_each_role_has_a_name_and_a_colour_that_carries_white_numbers() -> None:
    assert set(ROLE_WORDS) == set(ROLE_COLOURS) == set(Role)
    for colour in ROLE_COLOURS.values():
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 4.5, colour


def test_arrows_lead_from_block_to_block_and_jumps_are_told_from_steps() -> None:
    found = page(
        block(1, (50, 50, 250, 300)),
        block(2, (50, 310, 250, 700)),
        block(3, (300, 50, 500, 700)),
        block(4, (290, 770, 310, 780), role="folio"),
    )
    drawing = draw(found, {}, ROLE_WORDS, ENGLISH)
    assert [mark.number for mark in drawing.blocks] == [1, 2, 3, 4]
    assert [arrow.is_jump for arrow in drawing.arrows] == [False, True], "no arrow leads to a page number"


def test_groups_figures_cells_and_doubts_are_drawn() -> None:
    table = {
        "rows": 1,
        "columns": 2,
        "cells": [{"bbox": [60, 400, 90, 410], "text": "a"}, {"bbox": [0] * 4, "text": ""}],
    }
    found = page(
        block(1, (50, 50, 250, 100), group="p1-g1"),
        block(2, (50, 110, 250, 200), group="p1-g1"),
        block(3, (50, 380, 250, 390), role="caption", figure="p1-f1"),
        block(4, (50, 395, 250, 450), role="table", table=table),
        figures=[{"id": "p1-f1", "bbox": [50, 210, 250, 370], "caption": "p1-b3", "article": ""}],
        confidence=0.62,
        reasons=["Two orders are as likely."],
    )
    drawing = draw(found, {}, ROLE_WORDS, ENGLISH)
    assert [group.box for group in drawing.groups] == [(45, 45, 255, 205)]
    assert len(drawing.figures) == len(drawing.ties) == 1
    assert [len(mark.cells) for mark in drawing.blocks] == [0, 0, 0, 1]
    assert drawing.notes == ("Order and roles: 62 % sure", "Two orders are as likely.")
    assert {chip.name for chip in drawing.legend} == {"Paragraph", "Caption", "Table", "Picture", "Box"}


def test_a_pdf_is_explained_page_by_page(tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "story.pdf", pages=3)
    out = tmp_path / "told"
    done = CliRunner().invoke(main, ["inspect", str(pdf), "--explain", str(out), "--pages", "1,3-9"])
    assert done.exit_code == 0, done.output
    assert "ends with page 3" in done.output
    names = sorted(path.name for path in out.iterdir())
    assert names == ["index.html", "page-1.svg", "page-1.webp", "page-3.svg", "page-3.webp"]
    root = ElementTree.fromstring((out / "page-1.svg").read_text(encoding="utf-8"))
    numbers = [text.text for text in root.iterfind(".//*[@class='numbers']/*") if text.text and text.text.strip()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert numbers
    index = (out / "index.html").read_text(encoding="utf-8")
    targets, ids = re.findall(r'href="#([^"]+)"', index), re.findall(r'\bid="([^"]+)"', index)
    assert set(targets) <= set(ids)
    assert len(ids) == len(set(ids))
    again = explain(pdf, out, BuildOptions(workers=1), pages=[2], language="ar")
    assert len(again["pages"]) == 3
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "page-2.svg", "page-2.webp"]
    assert '<html lang="ar" dir="rtl">' in (out / "index.html").read_text(encoding="utf-8")


def test_what_a_pdf_says_is_never_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = page(block(1, (50, 50, 250, 300), article="a1", marker=HOSTILE), label=HOSTILE, confidence=0.5)
    found["blocks"][0]["text"] = found["reasons"] = HOSTILE
    found["reasons"] = [HOSTILE]
    told = {"title": HOSTILE, "language": HOSTILE, "pages": [found], "articles": [{"id": "a1", "title": HOSTILE}]}
    monkeypatch.setattr("masthead.exports.explanation.folder.inspect", lambda *_: told)
    monkeypatch.setattr("masthead.exports.explanation.folder.page_pictures", lambda *_: iter(()))
    explain(tmp_path / "x.pdf", tmp_path / "out", BuildOptions(), language="en")
    for name in ("index.html", "page-1.svg"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text
        assert "{{ 7*7 }}" in text, "the words are still told"
    ElementTree.parse(tmp_path / "out/page-1.svg")


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(OutputExistsError):
        explain(tmp_path / "none.pdf", tmp_path, BuildOptions())
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(("written", "pages"), [("3", (3,)), ("3,7-9", (3, 7, 8, 9)), ("2-2, 1", (1, 2))])
def test_pages_are_read_as_people_write_them(written: str, pages: tuple[int, ...]) -> None:
    assert PageRanges().convert(written, None, None) == pages


@pytest.mark.parametrize("written", ["", "x", "9-7", "0", "1-", "-3"])
def test_pages_that_make_no_sense_are_named(written: str) -> None:
    with pytest.raises(click.BadParameter, match=r"3,7-9"):
        PageRanges().convert(written, None, None)
