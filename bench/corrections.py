"""How long staff wait: a conversion, the build after a correction, and the editor's look at the kept reading."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from masthead.document.corrections import BlockText
from masthead.edition.build import build
from masthead.edition.correcting.places import block_place
from masthead.edition.kept import kept_path, read_kept
from masthead.edition.options import BuildOptions
from masthead.edition.rebuild import rebuild


def measure(pdf: Path, folder: Path) -> None:
    """Print the seconds of each step for one PDF."""
    first = folder / "first"
    begin = time.perf_counter()
    made = build(pdf, first, BuildOptions(keep_reading=kept_path(first)))
    converted = time.perf_counter()
    kept = read_kept(kept_path(first))
    read = time.perf_counter()
    assert kept is not None
    text = kept.state.text
    block = next(one for row in text.blocks.values() for one in row if len(one.text) > 60 and one.table is None)
    change = BlockText(block_place(block), block.text, f"{block.text} Corrected.")
    rebuild(made, kept, folder / "second", BuildOptions(corrections=(("one", change),)))
    rebuilt = time.perf_counter()
    size = kept_path(first).stat().st_size >> 10
    print(
        f"{pdf.name}: {made.page_count} pages; conversion {converted - begin:.1f} s; kept {size} KB, "
        f"read in {read - converted:.2f} s; build after a correction {rebuilt - read:.2f} s"
    )


def main() -> None:
    """Measure the PDFs that are named."""
    for name in sys.argv[1:]:
        folder = Path(tempfile.mkdtemp(prefix="corrections-"))
        try:
            measure(Path(name), folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
