"""Small tagged PDFs made in code: content with ids, and a structure tree over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from tests.pdfs import new_pdf

from masthead.document.text import PageLines
from masthead.layout.lines import page_lines
from masthead.pdf.glyphs import page_text
from masthead.pdf.opening import open_pdf
from masthead.pdf.tags import TagReader


class Tag(NamedTuple):
    """A structure element: its children are elements, or the numbers of pieces of content."""

    role: str
    children: tuple[Any, ...] = ()
    entries: Mapping[str, Any] = {}


def tag(role: str, *children: Any, **entries: Any) -> Tag:
    """An element; `entries` go into its dictionary (Alt, A, …)."""
    return Tag(role, children, entries)


def tagged_pdf(
    path: Path, pieces: Sequence[str], tree: Sequence[Tag], *, roles: Mapping[str, str] | None = None, more: str = ""
) -> Path:
    """One page; piece number n of the content is marked with the id n, and `more` is added as it is."""
    marked = [f"/P <</MCID {number}>> BDC {piece} EMC" for number, piece in enumerate(pieces)]
    with new_pdf(["\n".join([*marked, more])]) as pdf:
        page = pdf.pages[0].obj
        page.StructParents = 0
        owners: dict[int, pikepdf.Object] = {}
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([_element(pdf, entry, root, page, owners) for entry in tree])
        nothing = pdf.make_indirect(Dictionary(S=Name.NonStruct, P=root))
        parents = Array([owners.get(number, nothing) for number in range(len(pieces))])
        root.ParentTree = Dictionary(Nums=Array([0, pdf.make_indirect(parents)]))
        if roles:
            root.RoleMap = Dictionary({f"/{name}": Name(f"/{role}") for name, role in roles.items()})
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String("en")
        pdf.save(path)
    return path


def _element(
    pdf: pikepdf.Pdf, entry: Tag, parent: pikepdf.Object, page: pikepdf.Object, owners: dict[int, pikepdf.Object]
) -> pikepdf.Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{entry.role}"), P=parent, Pg=page))
    children = Array()
    for child in entry.children:
        if isinstance(child, Tag):
            children.append(_element(pdf, child, made, page, owners))
        else:
            children.append(child)
            owners[child] = made
    made.K = children
    for name, value in entry.entries.items():
        made[f"/{name}"] = String(value) if isinstance(value, str) else value
    return made


def read_lines(path: Path) -> list[PageLines]:
    """The lines of every page with their tags, as the sandboxed process reads them."""
    opened = open_pdf(path)
    try:
        reader = TagReader(opened)
        return [
            page_lines(page_text(opened.document[number], number + 1, reader)) for number in range(len(opened.document))
        ]
    finally:
        opened.close()
