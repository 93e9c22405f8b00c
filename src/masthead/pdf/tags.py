"""Reads a page's part of the structure tree of a tagged PDF; runs inside the sandboxed process.

PDFium finds the elements of a page through the file's parent tree, so that a page costs what it holds, however large
the tree is. What it does not tell is asked of pikepdf once a document: role maps over more than one step and those of
namespaces. Marked content inside a form XObject counts as that of the place where the form is drawn; a form that has
a parent tree entry of its own (/StructParents) is not followed, and its text counts as untagged.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.geometry import Box, union_of
from masthead.document.tags import ARTIFACT, UNTAGGED, Element, PageTags
from masthead.pdf.opening import OpenedPdf
from masthead.pdf.report import clean

_MAX_DEPTH = 40  # PDFium itself goes up no further than 32
_MAX_ELEMENTS = 50_000  # on one page
_MAX_LEAVES = 100_000
_MAX_OBJECTS = 20_000  # drawn objects that are looked at, on one page
_MAX_FORM_DEPTH = 8
_MAX_SPAN = 200
_MAX_ALT = 2000  # characters
_MAX_MAPPED = 2000  # entries of role maps
# ISO 32000-1, 14.8.4, and ISO 32000-2, 14.8.4 and annex L.
_STANDARD = re.compile(
    "Document(Fragment)?|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|Aside|Title|P|H([1-9][0-9]?)?"
    "|Sub|LI?|Lbl|LBody|Table|T[RHD]|THead|TBody|TFoot|Span|Quote|(FE)?Note|Reference|BibEntry|Code|Link|Annot|Ruby"
    "|R[BTP]|Warichu|W[TP]|Figure|Formula|Form|Em|Strong|Artifact"
)
_ARTIFACT = "Artifact".encode("utf-16-le")

Place = Callable[[float, float, float, float], Box]


class Marks(NamedTuple):
    """A page's tags, and where each text object stands in them."""

    tags: PageTags
    leaf_of: Callable[[int | None], int]  # from the address of a text object to its leaf, UNTAGGED or ARTIFACT


def is_standard(role: str) -> bool:
    """Whether the role is a standard structure type."""
    return _STANDARD.fullmatch(role) is not None


class TagReader:
    """Reads the tags of one document's pages."""

    def __init__(self, opened: OpenedPdf) -> None:
        self._opened = opened

    def marks(self, page: pypdfium2.PdfPage, place: Place) -> Marks | None:
        """The page's tags; None if it has none. `place` maps a rectangle of PDF user space to page space."""
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return None
        try:
            walk = _Walk(self._role)
            for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                walk.visit(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), -1, 0)
        finally:
            pdfium.FPDF_StructTree_Close(tree)
        if not walk.leaves:
            return None
        drawn = _Drawn(page, walk.leaf_of_content)
        elements = _with_figure_boxes(walk.elements, walk.leaves, drawn, place)
        return Marks(PageTags(elements, tuple(walk.leaves)), drawn.leaf_of)

    def _role(self, name: str) -> str:
        """The standard role of a structure type, over as many steps as the role maps take."""
        role = name
        for _ in range(8):
            if is_standard(role):
                return role
            following = self._mapped.get(role)
            if following is None or following == role:
                break
            role = following
        return clean(name)[:40]

    @cached_property
    def _mapped(self) -> Mapping[str, str]:
        """The role map, and after it those of the namespaces, by name."""
        found: dict[str, str] = {}
        try:
            with self._opened.structure() as pdf:
                root = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
                _add_roles(found, root.get("/RoleMap"))
                for space in list(root.get("/Namespaces", pikepdf.Array()))[:50]:
                    _add_roles(found, space.get("/RoleMapNS"))
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, RecursionError):
            return found
        return found


def _add_roles(found: dict[str, str], entries: Any) -> None:
    """Entries are names, or in a namespace's map also pairs of a name and its namespace."""
    if not isinstance(entries, pikepdf.Dictionary):
        return
    for name, value in entries.items():
        if len(found) >= _MAX_MAPPED:
            return
        target = value[0] if isinstance(value, pikepdf.Array) and len(value) else value
        if isinstance(target, pikepdf.Name):
            found.setdefault(str(name)[1:], str(target)[1:])


class _Walk:
    """Goes through the tree in logical order. Bounded in depth and number, and no element is visited twice."""

    def __init__(self, role_of: Callable[[str], str]) -> None:
        self.elements: list[Element] = []
        self.leaves: list[int] = []
        self.leaf_of_content: dict[int, int] = {}  # marked-content id → leaf
        self._role_of = role_of
        self._roles: dict[str, str] = {}
        self._seen: set[int] = set()

    def visit(self, handle: Any, parent: int, depth: int, place: int = 0) -> None:
        """Add the element and what is below it."""
        address = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if address is None or address in self._seen or depth > _MAX_DEPTH or len(self.elements) >= _MAX_ELEMENTS:
            return
        self._seen.add(address)
        number = len(self.elements)
        self.elements.append(self._element(handle, parent, place))
        for index in range(pdfium.FPDF_StructElement_CountChildren(handle)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(handle, index)
            if child:
                self.visit(child, number, depth + 1, index)
                continue
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(handle, index)
            if content >= 0 and content not in self.leaf_of_content and len(self.leaves) < _MAX_LEAVES:
                self.leaf_of_content[content] = len(self.leaves)
                self.leaves.append(number)

    def _element(self, handle: Any, parent: int, place: int) -> Element:
        raw = _string(pdfium.FPDF_StructElement_GetRawType, handle)
        role = self._roles.get(raw)
        if role is None:
            role = self._roles[raw] = self._role_of(raw)
        if role in ("Figure", "Formula"):
            text = _string(pdfium.FPDF_StructElement_GetAltText, handle)
            text = text or _string(pdfium.FPDF_StructElement_GetActualText, handle)
            return Element(role, parent, -1, " ".join(clean(text[:_MAX_ALT]).split()))
        if role in ("TD", "TH"):
            return Element(
                role, parent, min(place, _MAX_SPAN), "", _span(handle, b"RowSpan"), _span(handle, b"ColSpan")
            )
        return Element(role, parent)


def _string(ask: Callable[..., int], handle: Any) -> str:
    """A string that PDFium writes as UTF-16 with a closing zero; lengths are in bytes."""
    buffer = (ctypes.c_ushort * 64)()
    length = ask(handle, buffer, ctypes.sizeof(buffer))
    if length > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        ask(handle, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")


def _span(handle: Any, name: bytes) -> int:
    for index in range(min(pdfium.FPDF_StructElement_GetAttributeCount(handle), 20)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(handle, index)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name) if attribute else None
        number = ctypes.c_float()
        if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return max(1, min(_MAX_SPAN, int(number.value))) if number.value == number.value else 1
    return 1


class _Drawn:
    """What the page draws, and under which leaf."""

    def __init__(self, page: pypdfium2.PdfPage, leaf_of_content: Mapping[int, int]) -> None:
        self._leaf_of_content = leaf_of_content
        self._inside_forms: dict[int, int] = {}
        self.pictures: list[tuple[int, Any]] = []  # leaf and object of what is not text
        objects = _objects(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        for item in objects:
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            leaf = self._leaf(item)
            self.pictures.append((leaf, item))
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                self._enter(item, leaf, 0)

    def leaf_of(self, address: int | None) -> int:
        """The leaf of a text object, by its address; what PDFium made up itself has none."""
        if not address:
            return UNTAGGED
        inside = self._inside_forms.get(address)
        return self._leaf(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)) if inside is None else inside

    def _leaf(self, item: Any) -> int:
        content = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if content >= 0:
            return self._leaf_of_content.get(content, UNTAGGED)
        return ARTIFACT if _is_artifact(item) else UNTAGGED

    def _enter(self, form: Any, leaf: int, depth: int) -> None:
        """All that a form draws stands where the form stands."""
        for item in _objects(form, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject):
            kind = pdfium.FPDFPageObj_GetType(item)
            address = ctypes.cast(item, ctypes.c_void_p).value
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and address and len(self._inside_forms) < _MAX_OBJECTS:
                self._inside_forms[address] = ARTIFACT if leaf == UNTAGGED and _is_artifact(item) else leaf
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                self._enter(item, leaf, depth + 1)


def _objects(holder: Any, count: Callable[..., int], get: Callable[..., Any]) -> Iterator[Any]:
    for index in range(min(count(holder), _MAX_OBJECTS)):
        item = get(holder, index)
        if item:
            yield item


def _is_artifact(item: Any) -> bool:
    for index in range(min(pdfium.FPDFPageObj_CountMarks(item), 8)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        if (
            pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
            and bytes(buffer)[: max(0, length.value - 2)] == _ARTIFACT
        ):
            return True
    return False


def _with_figure_boxes(elements: list[Element], leaves: list[int], drawn: _Drawn, place: Place) -> tuple[Element, ...]:
    """Figures with the box around all that is drawn under them."""
    figure_of = _figures(elements)
    boxes: dict[int, list[Box]] = {}
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for leaf, item in drawn.pictures if figure_of else ():
        figure = figure_of.get(leaves[leaf]) if leaf >= 0 else None
        if figure is not None and pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            boxes.setdefault(figure, []).append(place(left.value, top.value, right.value, bottom.value))
    return tuple(
        element._replace(box=union_of(boxes[index])) if index in boxes else element
        for index, element in enumerate(elements)
    )


def _figures(elements: list[Element]) -> dict[int, int]:
    """For each element that is a figure or below one: the outermost figure."""
    result: dict[int, int] = {}
    for index, element in enumerate(elements):
        if element.parent in result and element.role != "Caption":
            result[index] = result[element.parent]
        elif element.role == "Figure":
            result[index] = index
    return result
