"""Measures a conversion beside raw PDFium and the encoder alone, on the same cores, in one run.

Prints pages a second of both, their ratio, the time until the first page can be read, and the peak memory of the
largest process. Ratios travel between machines; seconds do not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2

from masthead.edition.build import build
from masthead.edition.options import BuildOptions
from masthead.pdf.flatness import is_flat
from masthead.pictures.encoding import PAGE_WIDTHS, READING_WIDTH, picture_from_pixels, real_width
from masthead.pictures.flat import encode_page, levels_of


def raw_pages(path: str, numbers: list[int]) -> int:
    """Render and encode pages with nothing else around: what the libraries alone can do."""
    document = pypdfium2.PdfDocument(path)
    for number in numbers:
        page = document[number]
        width, height = page.get_size()
        may_be_flat, levels = is_flat(page), None
        for nominal in PAGE_WIDTHS:
            bitmap = page.render(scale=real_width(nominal, width, height) / width, rev_byteorder=False)
            mode = {"BGR": "BGR", "BGRx": "BGRX", "BGRA": "BGRA", "L": "L"}[bitmap.mode]
            picture = picture_from_pixels(bitmap.width, bitmap.height, bitmap.stride, mode, bitmap.buffer)
            if may_be_flat and nominal >= READING_WIDTH:
                may_be_flat, levels = False, levels_of(picture)
            encode_page(picture, nominal, levels)
        page.close()
    return len(numbers)


def time_raw(path: Path, cores: int, pages: int) -> float:
    """Seconds for all pages with `cores` processes."""
    start = time.perf_counter()
    shares = [list(range(first, pages, cores)) for first in range(cores)]
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(raw_pages, [str(path)] * cores, shares))
    return time.perf_counter() - start


def time_build(path: Path, cores: int) -> tuple[float, float]:
    """Seconds for the whole build, and until the first page's picture is on disk."""
    folder = Path(tempfile.mkdtemp())
    first: list[float] = []
    stop = threading.Event()
    start = time.perf_counter()

    def watch() -> None:
        picture = folder / ".edition.building/pictures/800/1.webp"
        while not stop.is_set() and not picture.exists():
            time.sleep(0.005)
        first.append(time.perf_counter() - start)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        build(path, folder / "edition", BuildOptions(workers=cores))
        return time.perf_counter() - start, first[0] if first else float("nan")
    finally:
        stop.set()
        watcher.join()
        shutil.rmtree(folder, ignore_errors=True)


def peak_memory_mb(path: Path) -> float:
    """Peak resident memory of the largest process of a build, in MB, measured in a process of its own."""
    code = (
        "import resource,sys,tempfile;from pathlib import Path;from masthead.edition.build import build\n"
        "from masthead.pdf.zygote import end_zygotes\n"
        "with tempfile.TemporaryDirectory() as d: build(Path(sys.argv[1]), Path(d)/'e')\n"
        "end_zygotes()\n"  # only then is known what their children used
        "print(max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def main() -> None:
    """Run the comparison and print one table row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pages = len(pypdfium2.PdfDocument(options.pdf))
    ratios, firsts, build_rates, raw_rates = [], [], [], []
    for _ in range(options.runs):
        raw = time_raw(options.pdf, options.cores, pages)
        whole, first = time_build(options.pdf, options.cores)
        raw_rates.append(pages / raw)
        build_rates.append(pages / whole)
        ratios.append(raw / whole)
        firsts.append(first)
    row = {
        "file": options.pdf.name,
        "pages": pages,
        "raw_pages_per_second": round(statistics.median(raw_rates), 2),
        "build_pages_per_second": round(statistics.median(build_rates), 2),
        "ratio": round(statistics.median(ratios), 3),
        "first_page_seconds": round(statistics.median(firsts), 3),
        "peak_memory_mb": round(peak_memory_mb(options.pdf)),
    }
    print(json.dumps(row) if options.json else "\n".join(f"{key:>24}  {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
