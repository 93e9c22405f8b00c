"""All measures of one tool as a row of the table, ours and the others' alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measures import facts, order, roles, table_cells, whole_text
from measures.corpus import Tagged
from measures.faulty_truth import FAULTS, without_faults
from measures.shuffling import twin_of, unreadable_pages, untagged_of
from measures.understood import Found, by_tool, by_us

COLUMNS = (
    ("order", "as they are: order of gold files"),
    ("cols", "as they are: order of gold files with several columns"),
    ("gold", "as they are: shingles found in gold files"),
    ("silver", "as they are: shingles found in silver files"),
    ("order+", "as they are, paragraphs that go on overleaf counted where they begin: the same four"),
    ("cols+", ""),
    ("gold+", ""),
    ("silver+", ""),
    ("order~", "shuffled: the same four"),
    ("cols~", ""),
    ("gold~", ""),
    ("silver~", ""),
    ("heads", "F of headings"),
    ("items", "F of list items"),
    ("tab P", "cells of tables: precision of relations between neighbours"),
    ("tab R", "cells of tables: recall"),
    ("tab F", "cells of tables: F, mean over documents"),
    ("whole", "Levenshtein ratio of two whole documents"),
    ("facts", "share of checkable facts that hold"),
    ("p/s", "pages a second of the processor, one core, tagged files as they are"),
)
_DECIMALS = {"p/s": 1}


@dataclass
class Row:
    """Figures of one tool, by column; a column that it cannot fill stays away."""

    label: str
    figures: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        cells = [
            f"{self.figures[name]:7.{_DECIMALS.get(name, 3)}f}" if name in self.figures else f"{'–':>7}"
            for name, _ in COLUMNS
        ]
        return f"{self.label:26}{''.join(cells)}"


def head() -> str:
    """The first line of the table."""
    return " " * 26 + "".join(f"{name:>7}" for name, _ in COLUMNS)


def legend() -> str:
    """What the columns say."""
    return "\n".join(f"{name:>8}  {meaning}" for name, meaning in COLUMNS if meaning)


def row_of_us(label: str, files: Sequence[Tagged], *, tags: bool = False) -> Row:
    """Our row; with `tags` those of the PDFs help, which the truth about order is made of."""
    return _row(label, files, lambda pdfs: [by_us(pdf, tags=tags) for pdf in pdfs], shuffled=not tags)


def row_of_tool(label: str, tool: str, files: Sequence[Tagged], *, fresh: bool, shuffled: bool = True) -> Row:
    """Another tool's row."""
    return _row(label, files, lambda pdfs: by_tool(tool, pdfs, fresh=fresh), shuffled=shuffled, copy_of=untagged_of)


def _row(
    label: str,
    files: Sequence[Tagged],
    read: Callable[[Sequence[Path]], list[Found]],
    *,
    shuffled: bool = True,
    copy_of: Callable[[Path], Path] = lambda pdf: pdf,
) -> Row:
    row = Row(label)
    plain = read([copy_of(file.pdf) for file in files])
    row.notes += [f"{label}: {file.name}: {one.error}" for file, one in zip(files, plain, strict=True) if one.error]
    _put_order(row, files, [one.texts() for one in plain], "")
    _put_order(row, files, [one.whole for one in plain], "+")
    row.figures["p/s"] = sum(len(one.pages) for one in plain) / sum(one.seconds for one in plain)
    if shuffled:
        lost = [unreadable_pages(file.pdf) for file in files]
        _put_order(row, files, [one.texts() for one in read([twin_of(file.pdf) for file in files])], "~", lost)
    tables = table_cells.table_pdfs()
    found = read(tables)
    if found[0].has_roles:
        row.figures["heads"] = roles.headings_score(files, plain)
        row.figures["items"] = roles.items_score(files, plain)
        score = table_cells.tables_score(tables, found)
        row.figures.update({"tab P": score.precision, "tab R": score.recall, "tab F": score.f})
    row.figures["whole"] = whole_text.whole_text_score(read(whole_text.whole_text_pdfs()))
    pdfs = facts.facts_pdfs()
    held, all_of_them = facts.facts_score(pdfs, read(pdfs))
    row.figures["facts"] = held / all_of_them
    print(".", end="", file=sys.stderr, flush=True)
    return row


def _put_order(
    row: Row,
    files: Sequence[Tagged],
    texts: Sequence[Sequence[str]],
    mark: str,
    without: Sequence[frozenset[int]] = (),
) -> None:
    left_out = without or [frozenset[int]()] * len(files)
    scores = [
        score
        for file, pages, numbers in zip(files, texts, left_out, strict=True)
        for score in order.score_file(file, pages, numbers)
    ]
    summary = order.summarise(scores)
    row.figures.update(
        {
            f"order{mark}": summary.order,
            f"cols{mark}": summary.order_columns,
            f"gold{mark}": summary.shingles_gold,
            f"silver{mark}": summary.shingles_silver,
        }
    )
    sound = order.summarise(without_faults(scores))
    row.notes.append(
        f"{row.label}, without {len(FAULTS)} pages whose truth is wrong: order{mark} {sound.order:.3f},"
        f" cols{mark} {sound.order_columns:.3f}, gold{mark} {sound.shingles_gold:.3f}"
    )
