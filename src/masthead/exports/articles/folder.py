"""The folder that an export makes: one file for each part of the issue, an index, the pictures beside."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.document.errors import ExportExistsError, OutputFailedError
from masthead.exports.issue import Issue, Section
from masthead.wording import Translator

_PICTURES = "figures"
_UNFIT = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A section with the name of its file and its title for people."""

    section: Section
    stem: str  # "03-the-keeper"
    title: str
    label: str  # what stands above a part that has no title of its own: its page, or that it is advertisements


def named_sections(issue: Issue, words: Translator) -> list[Named]:
    """Files are numbered in reading order."""
    digits = len(str(len(issue.sections)))
    named = []
    for number, section in enumerate(issue.sections, start=1):
        slug = unicodedata.normalize("NFC", str(section.article.get("slug", section.id)))
        stem = f"{number:0{digits}}-{_UNFIT.sub('-', slug)[:60]}".rstrip("-")
        label = label_of(issue, section, words)
        named.append(Named(section, stem, section.title or label, label))
    return named


def label_of(issue: Issue, section: Section, words: Translator) -> str:
    """What a section is called if not by a title of its own."""
    if section.kind == "advertisements":
        return words.text("Advertisements")
    return words.text("Page {label}", label=issue.label(section.pages[0])) if section.pages else section.id


def header_of(issue: Issue, named: Named) -> dict[str, Any]:
    """What stands above an article's text: who, where, how long; what is not known is left out."""
    article = named.section.article
    header: dict[str, Any] = {"title": named.title, "issue": issue.manifest["title"]}
    if article.get("standfirst"):
        header["description"] = article["standfirst"]
    authors = article.get("authors") or ([article["byline"]] if article.get("byline") else [])
    if authors:
        header["authors"] = authors
    if article.get("section"):
        header["section"] = article["section"]
    header["pages"] = [issue.label(page) for page in named.section.pages]
    header["language"] = issue.manifest["language"]
    if article:
        header["words"] = article["words"]
    return header


def sources(content: ET.Element) -> list[str]:
    """The pictures that a section shows, as its elements name them."""
    return [element.get("src", "") for element in content.iter("img")]


def picture_name(issue: Issue, source: str) -> str:
    """Where a picture lies in an export, by the name in a fragment (`figure:p12-f1`, `picture:12`)."""
    path = Path(issue.picture(source))
    kind, _, name = source.partition(":")
    return f"{_PICTURES}/{name if kind == 'figure' else f'page-{name}'}{path.suffix}"


def copy_pictures(issue: Issue, named: list[Named], folder: Path) -> None:
    """Put the pictures of all sections into the folder."""
    for source in dict.fromkeys(source for part in named for source in sources(part.section.content)):
        target = folder / picture_name(issue, source)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(issue.edition.path / issue.picture(source), target)


def links_of(named: list[Named], ending: str) -> Callable[[str], str]:
    """Where links inside the issue lead: from `page:12` or `article:a3` to a file; other addresses stay."""
    by_name = {f"article:{part.section.id}": part.stem + ending for part in named}
    for part in reversed(named):  # where a page is in several files, the first has it
        for page in part.section.pages:
            by_name[f"page:{page}"] = part.stem + ending

    def link(address: str) -> str:
        inside = address.startswith(("page:", "article:"))
        return by_name.get(address, "") if inside else address

    return link


def write_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder and give it its name when it is whole; raises ExportExistsError if one with files is there."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExportExistsError(str(target))
    growing = target.parent / f".{target.name}.part-{os.getpid()}"
    try:
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(parents=True)
        fill(growing)
        if target.exists():
            target.rmdir()
        growing.rename(target)
    except OSError as error:
        raise OutputFailedError(str(error)) from error
    finally:
        shutil.rmtree(growing, ignore_errors=True)
