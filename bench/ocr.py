"""Measures the recognition of characters: how much is read right, what it costs, how well rubbish is told from text.

Pages of the corpus are drawn as pictures, read by Tesseract as in a build, and compared with the text that the PDF
says: its own where it was made by a program ("born"), the hidden layer of a scan ("scan"), which has mistakes of its
own. Words: F1 of the words, wherever they stand. Order: 1 - indel distance over the whole page, words and order
together. Seconds are processor time of Tesseract and the drawing, memory is that of the largest child.

With --rubbish: over all pages of the corpus, those that the test of letters takes for rubbish, and the share of good
pages whose letters were mixed up on purpose that it notices.
"""

from __future__ import annotations

import argparse
import random
import resource
import string
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measures.corpus import corpus
from measures.strings import bare, similarity

from masthead.document.errors import MastheadError
from masthead.document.text import PageLines
from masthead.layout.lines import page_lines
from masthead.layout.reading import read
from masthead.pdf import glyphs, opening, rendering
from masthead.pictures import encoding, scanning, skew
from masthead.recognition.engine import Engine, find_engine
from masthead.recognition.letters import rubbish_in
from masthead.recognition.need import NO_TEXT, Need
from masthead.recognition.reading import Reader, with_reading
from masthead.recognition.scan import Scan, scan_of

PAGES = (  # kind, file, language, pages
    ("born", "journal/creativity-ml-1601.03642", "eng", (1, 3, 5)),
    ("born", "journal/tracemonkey", "eng", (1, 4)),
    ("born", "magazine/insight-iiser-03", "eng", (9, 34)),
    ("born", "magazine/glider-express", "eng", (2, 5)),
    ("born", "magazine/cc-leitfaden-de", "deu", (6, 12)),
    ("born", "difficult/geotopo-117p", "deu", (20, 60)),
    ("scan", "scan-ocr/tragedy-commons-1968", "eng", (1, 2, 4)),
    ("scan", "scan-ocr/zfn-1999-abbyy", "deu", (1, 2)),
    ("scan", "newspaper/deseret-news-issue", "eng", (3,)),
)


def text_of(page: PageLines, language: str) -> str:
    """The page's text in the order in which it is read."""
    blocks = read([page], language=language).blocks[page.number]
    return " ".join(block.text for block in blocks)


def scan_page(opened: opening.OpenedPdf, number: int, turn: float = 0.0) -> Scan:
    """The page as a build draws it for recognition; `turn` lays it askew by so many degrees before."""
    with opened.held_page(number) as (width, height):
        scale = scanning.scan_scale(width, height)
        raster = rendering.render(opened, number, width * scale, grey=True)
    picture = encoding.picture_from_pixels(*raster)
    if turn:
        picture = picture.rotate(-turn, fillcolor=skew.paper_of(picture))
    angle = skew.skew_of(picture)
    straight = skew.straightened(picture, angle) if angle else picture
    return scan_of(scanning.encode_scan(straight), scale, angle)


def words_found(truth: str, text: str) -> float:
    """F1 of the words as bags."""
    wanted, given = Counter(truth.split()), Counter(text.split())
    common = (wanted & given).total()
    return 2 * common / max(1, wanted.total() + given.total())


def cpu_seconds() -> float:
    """Of this process and of children that have ended."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def measure_pages(engine: Engine, turn: float) -> None:
    """One row for each file, then the means of both kinds."""
    sums: dict[str, list[tuple[float, float, float]]] = {}
    print(f"{'':6}{'file':38}{'pages':>6}{'words':>8}{'order':>8}{'s/page':>8}")
    for kind, name, language, numbers in PAGES:
        if language not in engine.languages:
            print(f"{kind:6}{name:38} skipped: tesseract-ocr-{language} is not installed")
            continue
        opened = opening.open_pdf(corpus() / f"{name}.pdf", "")
        reader = Reader(engine, (language,), seconds=600, memory_mb=2048)
        rows = []
        for number in numbers:
            own = page_lines(glyphs.page_text(opened.document[number - 1], number))
            start = cpu_seconds()
            taken = scan_page(opened, number, turn)
            bared = replace(own, lines=(), recognised=False)
            page = with_reading(bared, reader.read(taken), taken, Need(number, NO_TEXT, replaces=False))
            seconds = cpu_seconds() - start
            truth, text = text_of(own, language[:2]), text_of(page, language[:2])
            rows.append((words_found(truth, text), similarity(bare(truth), bare(text)), seconds))
        sums.setdefault(kind, []).extend(rows)
        print(f"{kind:6}{name:38}{len(rows):6}" + "".join(f"{mean(rows, place):8.3f}" for place in range(3)))
    for kind, rows in sums.items():
        print(f"{kind:6}{'mean':38}{len(rows):6}" + "".join(f"{mean(rows, place):8.3f}" for place in range(3)))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"Tesseract {engine.version}; the largest child held {peak:.0f} MB.")


def mean(rows: list[tuple[float, float, float]], place: int) -> float:
    """Of one column."""
    return sum(row[place] for row in rows) / len(rows)


def all_pages() -> Iterator[tuple[str, int, list[str]]]:
    """The words of every page of the corpus; of long documents forty pages."""
    for path in sorted(corpus().glob("*/*.pdf")):
        try:
            document = opening.open_pdf(path, "").document
        except MastheadError:
            continue
        for number in range(1, len(document) + 1, max(1, len(document) // 40)):
            try:
                page = page_lines(glyphs.page_text(document[number - 1], number))
            except Exception as error:  # a page that cannot be read is not this bench's business
                print(f"{path.stem} {number}: {type(error).__name__}", file=sys.stderr)
                continue
            yield f"{path.parent.name}/{path.stem}", number, [word.text for line in page.lines for word in line.words]


def measure_rubbish() -> None:
    """Good pages taken for rubbish, by file; and mixed up ones that are noticed."""
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    tables = {
        "moved by three letters": str.maketrans(lower + upper, lower[3:] + lower[:3] + upper[3:] + upper[:3]),
        "codes moved by 29": {code: chr(code - 29) for code in range(33, 127)},
    }
    chance = random.Random(1)
    pages, taken = 0, Counter[str]()
    noticed, judged = Counter[str](), 0
    for name, _, words in all_pages():
        pages += bool(words)
        if reason := rubbish_in(words):
            taken[f"{name}: {reason}"] += 1
            continue
        if sum(len(word) > 3 and word.isascii() and word.isalpha() for word in words) < 60:
            continue
        judged += 1
        mixed = "".join(chance.sample(lower, 26))
        tables["mixed up by chance"] = str.maketrans(lower + upper, mixed + mixed.upper())
        for kind, table in tables.items():
            noticed[kind] += bool(rubbish_in(word.translate(table) for word in words))
    print(f"{pages} pages with words; taken for rubbish:")
    for row, count in sorted(taken.items()):
        print(f"  {row} ({count} pages)")
    print(f"Of {judged} good pages in Latin letters, noticed when their letters are")
    for kind, count in noticed.items():
        print(f"  {kind}: {count / judged:.3f}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rubbish", action="store_true")
    parser.add_argument("--askew", type=float, default=0.0, metavar="DEGREES", help="lay the pages askew before")
    options = parser.parse_args()
    if options.rubbish:
        measure_rubbish()
        return
    engine = find_engine()
    if engine is None:
        raise SystemExit("Tesseract is not installed (on Debian: apt-get install tesseract-ocr).")
    measure_pages(engine, options.askew)


if __name__ == "__main__":
    main()
