"""How long questions to the archive take: an index of pages made up of the corpus' own words, asked on this machine.

Pages have 350 words, drawn as often as they occur in the corpus' PDFs (which is Zipf's law, with a real vocabulary),
a headline of six, and belong to issues of a hundred pages of twenty publications over twenty years. Times are those of
the whole answer: understanding the question, the index, ranking.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import pypdfium2

from masthead.search.asking import understood
from masthead.search.embedded import EmbeddedEngine
from masthead.search.engine import Engine, Indexed, Kind, Order, Row, Scope
from masthead.search.selectors import ask
from masthead.search.words import folded, term_of

ROOT = Path(__file__).parents[1]
WORDS, ISSUE, PUBLICATIONS = 350, 100, 20
LANGUAGES = ("en", "en", "de", "fr")
WORD = re.compile(r"[^\W\d_]{1,30}")


def vocabulary(corpus: Path) -> Counter[str]:
    """How often each word occurs in the corpus' magazines, newspapers and reports."""
    found: Counter[str] = Counter()
    for folder in ("magazine", "newspaper", "report", "journal"):
        for path in sorted((corpus / folder).glob("*.pdf")):
            try:
                with pypdfium2.PdfDocument(path) as pdf:
                    for number in range(min(len(pdf), 60)):
                        found.update(WORD.findall(pdf[number].get_textpage().get_text_bounded().lower()))
            except pypdfium2.PdfiumError:
                continue
    return found


class Pages:
    """Made-up issues."""

    def __init__(self, words: Counter[str], seed: int = 1) -> None:
        self.spellings = list(words)
        self.weights = list(accumulate(words.values()))
        self.random = random.Random(seed)
        self.terms = {code: [term_of(word, code) for word in self.spellings] for code in set(LANGUAGES)}
        self.samples: list[list[int]] = []

    def issue(self, number: int) -> tuple[Indexed, list[Row], Counter[tuple[str, str]]]:
        """An issue with its rows and the words as they are spelled."""
        publication = number % PUBLICATIONS
        language = LANGUAGES[publication % len(LANGUAGES)]
        terms, places = self.terms[language], range(len(self.spellings))
        day = date(2006, 1, 1) + timedelta(days=number // PUBLICATIONS * 14 % 7300)
        rows, seen = [], Counter[tuple[str, str]]()
        for page in range(1, ISSUE + 1):
            drawn = self.random.choices(places, cum_weights=self.weights, k=WORDS)
            rows.append(Row(page, " ".join(terms[at] for at in drawn[:6]), " ".join(terms[at] for at in drawn)))
            seen.update((self.spellings[at], terms[at]) for at in set(drawn))
            if page == 50 and len(self.samples) < 500:
                self.samples.append(drawn)
        return Indexed(f"e{number}", "b", f"p{publication}", language, day), rows, seen


def fill(engine: Engine, pages: Pages, count: int) -> float:
    """Index so many pages; the seconds it took without making them up."""
    seconds = 0.0
    for number in range(count // ISSUE):
        entry, rows, seen = pages.issue(number)
        begin = time.perf_counter()
        engine.index_edition(entry, rows, [], seen)
        seconds += time.perf_counter() - begin
        if number % 500 == 0:
            print(f"  {number * ISSUE} pages", flush=True)
    begin = time.perf_counter()
    engine.compact()
    return seconds + time.perf_counter() - begin


def on_server(address: str) -> Engine:
    """An empty index in a database server."""
    os.environ.update(MASTHEAD_DATABASE=address, DJANGO_SETTINGS_MODULE="masthead.config.house_settings")
    import django  # noqa: PLC0415 - only here is the house wanted

    django.setup()
    from masthead.search.server import ServerEngine  # noqa: PLC0415

    engine = ServerEngine("masthead_bench")
    engine.create()
    return engine


def size_on_server() -> float:
    """Megabytes of the index and its tables there."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE n.nspname = 'masthead_bench' AND relkind = 'r'"
        )
        return float(cursor.fetchone()[0]) / 1e6


Asked = tuple[str, Scope, bool, Order]


def questions(words: Counter[str], pages: Pages) -> dict[str, Callable[[random.Random], Asked]]:
    """Kinds of questions, each a way to make one up."""
    ranked = [word for word, _ in words.most_common() if len(word) > 2 and word == folded(word)]
    common, middle, rare = ranked[:200], ranked[200:3000], ranked[8000:]
    anywhere = Scope()

    def pair(source: random.Random) -> str:
        drawn, at = source.choice(pages.samples), source.randrange(WORDS - 2)
        return f'"{pages.spellings[drawn[at]]} {pages.spellings[drawn[at + 1]]}"'

    def some(kind: list[str], number: int = 1) -> Callable[[random.Random], Asked]:
        return lambda source: (" ".join(source.sample(kind, number)), anywhere, False, "relevance")

    def scoped(kind: list[str], make: Callable[[random.Random], Scope]) -> Callable[[random.Random], Asked]:
        return lambda source: (source.choice(kind), make(source), False, "relevance")

    def typed(make: Callable[[random.Random], str]) -> Callable[[random.Random], Asked]:
        return lambda source: (make(source), anywhere, True, "relevance")

    def year(publication: str = "") -> Scope:
        return Scope(publication=publication, first=date(2012, 1, 1), last=date(2012, 12, 31))

    return {
        "rare": some(rare),
        "middle": some(middle),
        "common": some(common),
        "common, by date": lambda source: (source.choice(common), anywhere, False, "date"),
        "two common": some(common, 2),
        "two middle": some(middle, 2),
        "three middle": some(middle, 3),
        "common and rare": lambda source: (
            f"{source.choice(common)} {source.choice(rare)}",
            anywhere,
            False,
            "relevance",
        ),
        "phrase": lambda source: (pair(source), anywhere, False, "relevance"),
        "while typing": typed(lambda source: source.choice(middle)[:4]),
        "two, typing": typed(lambda source: f"{source.choice(middle)} {source.choice(middle)[:3]}"),
        "one publication": scoped(middle, lambda source: Scope(publication=f"p{source.randrange(PUBLICATIONS)}")),
        "one year": scoped(middle, lambda _: year()),
        "publication, year": scoped(common, lambda _: year("p3")),
        "nothing": lambda source: (source.choice(middle)[::-1] + "qx", anywhere, False, "relevance"),
    }


def measured(engine: Engine, make: Callable[[random.Random], Asked], number: int) -> Iterator[tuple[float, float]]:
    """Milliseconds of each of so many questions, by the clock and of the processor."""
    source = random.Random(7)
    kind: Kind = "page"
    for _ in range(number):
        text, scope, is_typing, order = make(source)
        begin, busy = time.perf_counter(), time.process_time()
        ask(engine, understood(text, is_typing=is_typing), scope, kind=kind, order=order)
        yield (time.perf_counter() - begin) * 1000, (time.process_time() - busy) * 1000


def _row(name: str, times: list[tuple[float, float]]) -> str:
    cells = []
    for kind in (0, 1):
        row = sorted(time[kind] for time in times)
        cells += [f"{statistics.median(row):.1f}", f"{row[int(len(row) * 0.95)]:.1f}"]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Fill an index and ask it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200, help="of each kind")
    parser.add_argument("--index", type=Path, help="keep the index in this file, or ask the one that is there")
    parser.add_argument("--server", default="", help="postgresql://…: the index lies there, anew, not in a file")
    given = parser.parse_args()
    corpus = Path(os.environ.get("MASTHEAD_CORPUS", ROOT.parent / "shared/corpus"))
    words = vocabulary(corpus)
    print(f"{len(words)} different words of the corpus, {sum(words.values())} in all")
    pages = Pages(words)
    with tempfile.TemporaryDirectory() as folder:
        file = given.index or Path(folder) / "archive.sqlite3"
        is_new = bool(given.server) or not file.exists()
        engine: Engine = EmbeddedEngine(file) if not given.server else on_server(given.server)
        if is_new:
            seconds = fill(engine, pages, given.pages)
            size = size_on_server() if given.server else file.stat().st_size / 1e6
            print(f"{given.pages} pages: {seconds:.0f} s to index, {size:.0f} MB")
        else:
            for number in range(200):
                pages.issue(number)
        print("\n| question | median ms | p95 ms | processor: median | p95 |\n|---|---|---|---|---|")
        everything: list[tuple[float, float]] = []
        for name, make in questions(words, pages).items():
            times = list(measured(engine, make, given.questions))
            everything += times
            print(_row(name, times), flush=True)
        print(_row("all", everything))
        engine.close()


if __name__ == "__main__":
    main()
