"""Finds addresses that are written as plain text: web, mail, phone, and references to other pages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from masthead.document.addresses import safe_address
from masthead.document.geometry import union_of
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Join, Role, Word

_ENDINGS = (
    "com|org|net|edu|gov|info|io|eu|uk|de|at|ch|fr|es|it|nl|be|pl|se|dk|no|fi|ie|in|au|nz|ca|us|jp|cn|br|ru|tr"
    "|biz|co|me|tv|app|dev|press|museum|coop|aero"
)
_WEB = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"“”]+|\b(?:[\w-]+\.)+(?:{_ENDINGS})(?![\w.-]*@)\b(?:/[^\s<>\"“”]*)?", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:tel|telephone|telefon|phone|fon|mobile|call|fax|t)[.:]*\s*)(\+?\(?\d[\d\s()/.–-]{5,18}\d)"
    r"|(\+\d{1,3}[\s(]\(?\d[\d\s()/.–-]{5,16}\d)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:(?:turn to|see|continued on|continues on|continued from|from|on)\s+)?"
    r"(?:pages?|pp?\.|seiten?|s\.|página|pagina)\s+(\d{1,4}|[ivxl]{1,6})\b",
    re.IGNORECASE,
)
_HINT = re.compile(r"[@\d/]|[.]\w|\bp(?:ages?|p?\.|[áa]gina)\s+[ivxl]|\bs(?:eiten?|\.)\s+[ivxl]", re.IGNORECASE)
_NUMBERED = re.compile(r"\d[\d\s()/.–-]{5}")
_TRAILING = ".,;:!?)]}’'\"”»"


def text_links(blocks: Mapping[int, Sequence[Block]], page_labels: Mapping[str, int]) -> tuple[Link, ...]:
    """Links found in the text of every page, one for each line that a link touches."""
    found: list[Link] = []
    for number in sorted(blocks):
        for block in blocks[number]:
            if block.role is not Role.FOLIO and _HINT.search(block.text):  # most text has no link: a quick look first
                found += _links_of(block, page_labels)
        found += _contents_links(blocks[number], page_labels)
    return tuple(found)


def _links_of(block: Block, page_labels: Mapping[str, int]) -> Iterator[Link]:
    text, owners = _text_with_owners(block)
    taken: list[tuple[int, int]] = []
    for start, end, kind, target in _matches(text, page_labels, block.page):
        if any(start < stop and end > begin for begin, stop in taken):
            continue
        taken.append((start, end))
        yield from _areas(block, owners, start, end, kind, target, text[start:end])


def _matches(text: str, page_labels: Mapping[str, int], page: int) -> Iterator[tuple[int, int, LinkKind, str]]:
    for match in _MAIL.finditer(text) if "@" in text else ():
        if address := safe_address(f"mailto:{match[0]}"):
            yield match.start(), match.end(), LinkKind.MAIL, address
    for match in _WEB.finditer(text):
        plain = match[0].rstrip(_TRAILING)
        if address := safe_address(plain if "://" in plain else f"https://{plain}"):
            yield match.start(), match.start() + len(plain), LinkKind.WEB, address
    for match in _PHONE.finditer(text) if _NUMBERED.search(text) else ():
        group = 1 if match[1] else 2
        if address := safe_address(f"tel:{match[group]}"):
            yield match.start(group), match.end(group), LinkKind.PHONE, address
    for match in _PAGE.finditer(text):
        target = page_labels.get(match[1]) or page_labels.get(match[1].lower())
        if target is not None and target != page:
            yield match.start(), match.end(), LinkKind.PAGE, str(target)


def _text_with_owners(block: Block) -> tuple[str, list[tuple[int, Word]]]:
    """The block's sentence, and for each character the line and word it came from."""
    text = ""
    owners: list[tuple[int, Word]] = []
    for line_number, line in enumerate(block.lines):
        for word in line.words:
            part = word.text[:-1] if word.join is Join.HYPHEN else word.text
            if _is_broken_address(text, word) and text.endswith(" "):
                text, owners = text[:-1], owners[:-1]
            part += " " if word.join is Join.SPACE else ""
            text += part
            owners += [(line_number, word)] * len(part)
    return text, owners


def _is_broken_address(text: str, word: Word) -> bool:
    """An address that was broken after a slash or before a dot goes on in the next line."""
    last = text.rstrip().rsplit(" ", 1)[-1]
    is_web = last.startswith(("http://", "https://", "www."))
    return is_web and (last.endswith(("/", "-", "=", "?", "&", "_")) or word.text.startswith(("/", ".", "?", "=")))


def _areas(
    block: Block, owners: list[tuple[int, Word]], start: int, end: int, kind: LinkKind, target: str, text: str
) -> Iterator[Link]:
    by_line: dict[int, list[Word]] = {}
    for line_number, word in owners[start:end]:
        words = by_line.setdefault(line_number, [])
        if not words or words[-1] is not word:
            words.append(word)
    for words in by_line.values():
        yield Link(block.page, union_of(word.box for word in words).rounded(), kind, target, "text", text)


def _contents_links(blocks: Sequence[Block], page_labels: Mapping[str, int]) -> Iterator[Link]:
    """On a contents page the lines begin or end with the number of a page."""
    rows = []
    for block in blocks:
        if block.role in (Role.FOLIO, Role.RUNNING_HEAD):
            continue
        for line in block.lines:
            for word in (line.words[-1], line.words[0]):
                target = page_labels.get(word.text.lstrip("0").strip("."))
                if word.text.strip(".").isdecimal() and target is not None and target > block.page:
                    rows.append((block, line, target))
                    break
    targets = [target for _, _, target in rows]
    if len(rows) >= 4 and len(set(targets)) >= 4 and _mostly_rising(targets):
        for block, line, target in rows:
            words = " ".join(word.text for word in line.words)
            yield Link(block.page, line.box.rounded(), LinkKind.PAGE, str(target), "text", words)


def _mostly_rising(numbers: Sequence[int]) -> bool:
    rising = sum(b >= a for a, b in itertools.pairwise(numbers))
    return rising >= 0.7 * (len(numbers) - 1)
