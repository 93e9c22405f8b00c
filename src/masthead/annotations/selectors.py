"""Reads what readers added: each person their own, and nobody else's, whatever rights they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from masthead.accounts.selectors import Person, User
from masthead.annotations.checking import Content
from masthead.annotations.models import Annotation, Notebook
from masthead.library.selectors import Edition

Readable = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """An annotation as its owner gets it; without content it was deleted."""

    name: str
    revision: int
    content: Content | None


def annotations_of(person: Person, edition: Edition, since: int, readable: Readable) -> tuple[tuple[Row, ...], int]:
    """What the person added to the edition and changed after a number, and the number of the latest change."""
    if person is None:
        return (), 0
    notebook = Notebook.objects.filter(owner=person, edition=edition).first()
    if notebook is None:
        return (), 0
    return tuple(rows_since(notebook, since, readable)), notebook.sequence


def notebooks_of(owner: User) -> Iterator[tuple[Edition, list[Content]]]:
    """Everything that a person added, edition by edition; raw: whoever shows it asks `access` about the words."""
    notebooks = Notebook.objects.filter(owner=owner).select_related("edition__publication", "edition__build")
    for notebook in notebooks.order_by("created_at"):
        rows = Annotation.objects.filter(notebook=notebook, is_deleted=False).order_by("sequence")
        contents = [row.content for row in rows if row.content is not None]
        if contents:
            yield notebook.edition, contents


def rows_since(notebook: Notebook, since: int, readable: Readable) -> list[Row]:
    """The annotations that changed after a number, in the order of the changes; a new device hears of no graves."""
    rows = Annotation.objects.filter(notebook=notebook, sequence__gt=since).order_by("sequence")
    if not since:
        rows = rows.filter(is_deleted=False)
    return [row_of(row, readable) for row in rows.only("name", "revision", "content")]


def row_of(row: Annotation, readable: Readable) -> Row:
    """A row as its owner gets it."""
    return Row(row.name, row.revision, as_shown(row.content, readable))


def as_shown(content: Content | None, readable: Readable) -> Content | None:
    """The content without the words of a page that may not be read now; what the person wrote themselves stays."""
    if content is None or all(readable(page) for page in pages_of(content)):
        return content
    locator: dict[str, Any] = {name: value for name, value in content["locator"].items() if name != "quote"}
    return {**content, "locator": {**locator, "withheld": True}}


def pages_of(content: Content) -> set[int]:
    """The pages that an annotation stands on."""
    locator = content["locator"]
    return {locator["page"], *(place["page"] for place in locator["places"])}
