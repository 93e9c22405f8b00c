"""Writes the explanation of a PDF and says where it is."""

from __future__ import annotations

import locale
from collections.abc import Sequence
from pathlib import Path

import click

from masthead.edition.options import BuildOptions
from masthead.exports.explanation.folder import explain


def explain_pdf(pdf: Path, folder: Path, options: BuildOptions, pages: Sequence[int]) -> None:
    """Explain `pdf` in the language of the terminal."""
    language = (locale.getlocale()[0] or "en").replace("_", "-")
    found = explain(pdf, folder, options, pages=pages, language=language)
    last = len(found["pages"])
    if missing := [number for number in pages if number > last]:
        click.echo(f"Left out: the PDF ends with page {last}, and there is no page {missing[0]}.", err=True)
    click.echo(f"{folder / 'index.html'}")
