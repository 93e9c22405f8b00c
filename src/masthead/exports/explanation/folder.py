"""Writes the explanation of a PDF into a folder: a drawing and a picture for each page, and one page that shows all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masthead import wording
from masthead.document.errors import OutputExistsError, OutputFailedError
from masthead.edition.inspection import inspect, page_pictures
from masthead.edition.options import BuildOptions
from masthead.exports.explanation.drawing import Drawing, confidence_notes, draw
from masthead.exports.explanation.palette import ROLE_WORDS, article_colour
from masthead.exports.templates import templates_of
from masthead.wording.catalogue import Translator

_OURS = re.compile(r"index\.html|page-\d+\.(?:svg|webp)")
_PICTURE_WIDTH = 1200  # pixels
_EXCERPT = 110  # characters of a block in the list


def explain(
    pdf: Path, folder: Path, options: BuildOptions, *, pages: Sequence[int] = (), language: str = "en"
) -> dict[str, Any]:
    """Write the explanation of `pdf`, or of some of its pages, in the language of the person who asked.

    Returns what was understood of the whole PDF. An earlier explanation is replaced; a folder with anything else in
    it is left alone. Raises one of the documented errors.
    """
    if folder.exists() and (not folder.is_dir() or any(not _OURS.fullmatch(entry.name) for entry in folder.iterdir())):
        raise OutputExistsError(str(folder))
    found = inspect(pdf, options)
    chosen = [page for page in found["pages"] if not pages or page["number"] in pages]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for entry in folder.iterdir():
            entry.unlink()
        pictures = {}
        for number, data in page_pictures(pdf, options, [page["number"] for page in chosen], _PICTURE_WIDTH):
            pictures[number] = f"page-{number}.webp"
            (folder / pictures[number]).write_bytes(data)
        shown = _shown(found, chosen, pictures, wording.translator(language))
        for page in shown:
            (folder / f"page-{page['number']}.svg").write_text(page["svg"], encoding="utf-8")
        (folder / "index.html").write_text(_index(found, pdf.name, shown, language), encoding="utf-8")
    except OSError as error:
        raise OutputFailedError(str(error)) from error
    return found


def _index(found: Mapping[str, Any], file_name: str, shown: Sequence[dict[str, Any]], language: str) -> str:
    t = wording.translator(language)
    name = found["title"] or file_name
    return (
        templates_of("masthead.exports.explanation")
        .get_template("index.html")
        .render(
            t=t.text,
            language=t.language,
            direction=t.direction,
            title=t.text("How {title} is read", title=name),
            name=name,
            text_language=found["language"],
            style=Markup(templates_of("masthead.exports.explanation").get_template("style.css").render()),  # noqa: S704 - our own file
            pages=shown,
        )
    )


def _shown(
    found: Mapping[str, Any], pages: Sequence[Mapping[str, Any]], pictures: Mapping[int, str], t: Translator
) -> list[dict[str, Any]]:
    """What the templates need of each page."""
    colours = {article["id"]: article_colour(index) for index, article in enumerate(found["articles"])}
    titles = {article["id"]: article["title"] for article in found["articles"]}
    roles = {role: t.text(name) for role, name in ROLE_WORDS.items()}
    shown = []
    for page in pages:
        drawing = draw(page, colours, roles, t)
        here = dict.fromkeys(block["article"] for block in page["blocks"] if block["article"] in titles)
        label = t.text("Page {label}", label=page["label"])
        shown.append(
            {
                "number": page["number"],
                "label": page["label"],
                "confidence": page["confidence"],
                "notes": confidence_notes(page, t),
                "articles": [{"title": titles[name], "colour": colours[name]} for name in here],
                "blocks": _listed(page, drawing),
                "svg": Markup(_svg(drawing, pictures.get(page["number"], ""), label)),  # noqa: S704 - escaped there
            }
        )
    return shown


def _svg(drawing: Drawing, picture: str, label: str) -> str:
    return (
        templates_of("masthead.exports.explanation")
        .get_template("page.svg")
        .render(d=drawing, picture=picture, label=label)
    )


def _listed(page: Mapping[str, Any], drawing: Drawing) -> list[dict[str, Any]]:
    rows = []
    for block, mark in zip(page["blocks"], drawing.blocks, strict=True):
        text = f"{block.get('marker', '')} {block['text']}".strip()
        rows.append(
            {
                "id": mark.id,
                "number": mark.number,
                "colour": mark.colour,
                "role": mark.role,
                "excerpt": text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()} …",
            }
        )
    return rows
