"""Where the printed pages begin in a book: one mark for each page, as far as possible in their order.

Stories lie over each other in print: one goes on three pages after another has begun. A page may thus begin in several
places of the book. The places are chosen so that as many pages as possible follow each other in reading order.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.exports.issue import Issue, Section

MARK = "page-mark"


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page begins: the section's id and the id of the element in it."""

    page: int
    section: str
    anchor: str


def place_pages(issue: Issue) -> list[PagePlace]:
    """Give each page one mark in the sections' contents, which are changed; the places in reading order."""
    candidates: list[tuple[int, Section, ET.Element]] = []
    for section in issue.sections:
        if section.pages:
            first = section.pages[0]
            start = next((mark for mark in _marks(section.content) if mark.get("data-page") == str(first)), None)
            if start is None:
                section.content.insert(0, new_mark(first, issue.label(first)))
        candidates += [(int(mark.get("data-page", "0")), section, mark) for mark in _marks(section.content)]
    chosen = _in_order([page for page, _, _ in candidates])
    taken = {candidates[index][0] for index in chosen}
    for index, (page, _, _) in enumerate(candidates):
        if page not in taken:
            taken.add(page)
            chosen.add(index)
    places: list[PagePlace] = []
    for index, (page, section, mark) in enumerate(candidates):
        if index in chosen:
            mark.attrib.pop("data-page", None)
            mark.set("id", f"page-{page}")
            mark.set("epub:type", "pagebreak")
            places.append(PagePlace(page, section.id, f"page-{page}"))
        else:
            _remove(section.content, mark)
    return places


def new_mark(page: int, label: str) -> ET.Element:
    """The mark of a page."""
    attributes = {"class": MARK, "data-page": str(page), "role": "doc-pagebreak", "aria-label": label}
    return ET.Element("span", attributes)


def _marks(content: ET.Element) -> list[ET.Element]:
    return [element for element in content.iter("span") if element.get("class") == MARK]


def _in_order(pages: Sequence[int]) -> set[int]:
    """Indexes of the longest run of pages that only goes up (patience sorting, Fredman 1975)."""
    ends: list[int] = []
    indexes: list[int] = []
    before: list[int] = []
    for index, page in enumerate(pages):
        at = bisect_left(ends, page)
        before.append(indexes[at - 1] if at else -1)
        if at == len(ends) or ends[at] != page:  # where a page begins twice, the first place will do
            ends[at : at + 1] = [page]
            indexes[at : at + 1] = [index]
    chosen: set[int] = set()
    index = indexes[-1] if indexes else -1
    while index >= 0:
        chosen.add(index)
        index = before[index]
    return chosen


def _remove(content: ET.Element, mark: ET.Element) -> None:
    """Take an element out and leave the text behind it."""
    for parent in content.iter():
        children = list(parent)
        if mark not in children:
            continue
        at = children.index(mark)
        if mark.tail:
            if at:
                children[at - 1].tail = (children[at - 1].tail or "") + mark.tail
            else:
                parent.text = (parent.text or "") + mark.tail
        parent.remove(mark)
        return
