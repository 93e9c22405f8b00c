"""Where the corpus lies, and the truth about its tagged files."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from measures.strings import bare

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "bench"  # what is made once: shuffled twins, other tools' answers
VISUAL_ORDER = ("rtl-01-ar-tagged", "rtl-03-fa-form-tagged")  # their truth holds characters as drawn, not as read


def corpus() -> Path:
    """The folder of the corpus: MASTHEAD_CORPUS, else `shared/corpus` beside the checkout."""
    folder = Path(os.environ.get("MASTHEAD_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not (folder / "bench").is_dir():
        raise SystemExit(f"There is no corpus with truth in {folder}; say where it is with MASTHEAD_CORPUS.")
    return folder


@dataclass(frozen=True)
class Tagged:
    """A file whose own structure tree says how it is read."""

    name: str
    pdf: Path
    quality: str  # "gold", "silver" or "tables"
    many_columns: bool
    truth: Path

    @cached_property
    def blocks(self) -> dict[int, list[dict[str, Any]]]:
        """Blocks of each page in logical order: tag, box (points, origin top left), text."""
        pages: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for block in json.loads(self.truth.read_text(encoding="utf-8"))["blocks"]:
            if block["page"]:
                pages[block["page"]].append(block)
        return dict(sorted(pages.items()))

    def texts(self) -> dict[int, list[str]]:
        """The bare text of each block, by page; pages without any are left out."""
        found = {page: [bare(block["text"]) for block in blocks] for page, blocks in self.blocks.items()}
        return {page: texts for page, texts in found.items() if any(texts)}


def tagged_files(part: str = "") -> list[Tagged]:
    """The tagged files whose name holds `part`, without those that hold visual order."""
    folder = corpus()
    with (folder / "bench/tagged/QUALITY.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return [
        Tagged(
            row["name"],
            folder / row["file"],
            row["quality"],
            row["multicolumn"] == "yes",
            folder / "bench/tagged" / f"{row['name']}.order.json",
        )
        for row in rows
        if part in row["name"] and row["name"] not in VISUAL_ORDER
    ]
