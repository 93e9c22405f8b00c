"""A tagged PDF on its whole way: out of the sandboxed process, into what is understood, into the edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.pdfs import text_at
from tests.tagged_pdfs import tag, tagged_pdf

from masthead.edition.build import build
from masthead.edition.inspection import inspect
from masthead.edition.options import BuildOptions


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pieces = [
        text_at(40, 60, "A light on the rock", 20),
        text_at(40, 100, "The keeper wrote every evening.", 10),
        "0.2 0.4 0.6 rg 40 200 200 150 re f",
        text_at(40, 320, "The tower at dusk", 10),
    ]
    tree = [tag("H1", 0), tag("P", 1), tag("Figure", 2, tag("Caption", 3), Alt="A tall <white> tower")]
    return tagged_pdf(tmp_path_factory.mktemp("tagged") / "a.pdf", pieces, tree)


def test_inspect_tells_what_is_believed_of_the_tags(pdf: Path) -> None:
    (page,) = inspect(pdf)["pages"]
    assert page["tags"]["order"] == "whole"
    assert page["tags"]["roles"] is True
    assert page["tags"]["coverage"] == 1
    assert page["tags"]["reason"].endswith(".")
    assert [figure["alt"] for figure in page["figures"]] == ["A tall <white> tower"]
    assert page["figures"][0]["caption"] == page["blocks"][-1]["id"]


def test_tags_can_be_left_unread(pdf: Path) -> None:
    (page,) = inspect(pdf, BuildOptions(tags=False))["pages"]
    assert page["tags"] is None
    assert page["figures"] == []


def test_alternative_texts_are_in_the_edition(pdf: Path, tmp_path: Path) -> None:
    build(pdf, tmp_path / "edition", BuildOptions(widths=(240,), keep_source=False))
    page = json.loads((tmp_path / "edition/pages/1.json").read_text())
    assert [figure["alt"] for figure in page["figures"]] == ["A tall <white> tower"]
    assert any(block.get("figure") == page["figures"][0]["id"] for block in page["blocks"])
