"""The embedded engine: SQLite's full-text index (FTS5) in a file of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from masthead.search import keys
from masthead.search.engine import CAP, HEADLINES, Found, Group, Hit, Indexed, Kind, Order, Row, Scope
from masthead.search.ranking import ranked_number, rarity, score
from masthead.search.words import folded

VERSION = 1
"""Of the tables below: an index of another version is made anew."""

# Words come folded and cut; the tokenizer has only to part them at spaces. Without `columnsize`, which only the
# ranking of FTS5 needs, the index is smaller.
_FULL_TEXT = """fts5(scope, headline, body, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")"""
_TABLES = f"""
CREATE TABLE edition (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, build TEXT NOT NULL, publication TEXT NOT NULL,
    language TEXT NOT NULL, day TEXT NOT NULL, pages INTEGER NOT NULL, articles TEXT NOT NULL, sections TEXT NOT NULL);
CREATE INDEX edition_publication ON edition (publication);
CREATE TABLE word (
    folded TEXT, spelling TEXT, term TEXT, pages INTEGER NOT NULL,
    PRIMARY KEY (folded, spelling, term)) WITHOUT ROWID;
CREATE INDEX word_term ON word (term);
CREATE VIRTUAL TABLE page USING {_FULL_TEXT};
CREATE VIRTUAL TABLE article USING {_FULL_TEXT};
"""
_SETTINGS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=1073741824;"
_WAIT_SECONDS = 20.0


class EmbeddedEngine:
    """An index in a file. Each thread opens its own; one at a time writes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        is_new = not file.exists()
        self._db = sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        self._db.executescript(_SETTINGS)
        if is_new:
            self._db.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")

    def index_edition(
        self, entry: Indexed, pages: Iterable[Row], articles: Iterable[Row], spellings: Mapping[tuple[str, str], int]
    ) -> None:
        """Take an edition in; see `Engine`."""
        page_rows, article_rows = list(pages), list(articles)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._forget(entry.edition)
            number = self._db.execute(
                "INSERT INTO edition (id, build, publication, language, day, pages, articles, sections)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(entry.edition, entry.build, entry.publication, entry.language, entry.day.isoformat()),
                    len(page_rows),
                    json.dumps({row.number: [row.article, row.page] for row in article_rows}),
                    json.dumps(dict(entry.sections), ensure_ascii=False),
                ),
            ).lastrowid
            assert number is not None
            for table, rows in (("page", page_rows), ("article", article_rows)):
                self._db.executemany(
                    f"INSERT INTO {table} (rowid, scope, headline, body) VALUES (?, ?, ?, ?)",
                    (
                        (
                            keys.key(entry.day, number, row.number),
                            " ".join(keys.marks(entry, row)),
                            row.headline,
                            row.text,
                        )
                        for row in rows
                    ),
                )
            self._add_spellings(spellings)

    def delete_edition(self, edition: str) -> None:
        """Forget an edition."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._forget(edition)

    def indexed(self) -> dict[str, Indexed]:
        """What is in the index."""
        rows = self._db.execute("SELECT id, build, publication, language, day, sections FROM edition")
        return {
            name: Indexed(name, build, publication, language, date.fromisoformat(day), json.loads(sections))
            for name, build, publication, language, day, sections in rows
        }

    def query(self, kind: Kind, groups: Sequence[Group], scope: Scope, order: Order) -> Found:
        """The newest hits, and of those the best first if wanted."""
        if not groups:
            return Found()
        body = _expression("body", groups, scope)
        newest = self._matching(kind, body, scope, CAP + 1)
        is_more = len(newest) > CAP
        newest = newest[:CAP]
        scores: dict[int, float] = {}
        if order == "relevance" and newest:
            if is_more:
                headline = _expression("headline", groups, scope)
                newest = list(dict.fromkeys([*self._matching(kind, headline, scope, HEADLINES), *newest]))
            scores = self._scores(kind, groups, newest[: ranked_number(groups)])
        newest.sort(key=lambda row: (-scores.get(row, 0.0), keys.reading_order(row)))
        return Found(self._hits(kind, newest[:CAP], scores), is_more)

    def languages(self) -> set[str]:
        """The languages of the editions."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT language FROM edition")}

    def sections(self, publication: str) -> dict[str, str]:
        """The sections of a publication, as its latest issues write them."""
        found: dict[str, str] = {}
        rows = self._db.execute("SELECT sections FROM edition WHERE publication = ? ORDER BY day", [publication])
        for (sections,) in rows:
            found.update(json.loads(sections))
        return found

    def completions(self, beginning: str, limit: int) -> list[str]:
        """Frequent words whose spelling begins so."""
        rows = self._db.execute(
            "SELECT term FROM word WHERE folded >= ? AND folded < ? GROUP BY term ORDER BY SUM(pages) DESC LIMIT ?",
            (beginning, beginning + "\U0010ffff", limit),
        )
        return [row[0] for row in rows]

    def spelled(self, candidates: Sequence[str]) -> list[tuple[str, int]]:
        """Those of the spellings that occur."""
        rows = self._db.execute(
            "SELECT spelling, SUM(pages) FROM word WHERE folded IN (SELECT value FROM json_each(?)) GROUP BY spelling",
            [json.dumps(candidates)],
        )
        return list(rows)

    def neighbours(self, beginning: str, shortest: int, longest: int) -> list[tuple[str, int]]:
        """Frequent spellings that begin so."""
        rows = self._db.execute(
            "SELECT spelling, SUM(pages) AS often FROM word WHERE folded >= ? AND folded < ?"
            " AND LENGTH(folded) BETWEEN ? AND ? GROUP BY spelling ORDER BY often DESC LIMIT 2000",
            (beginning, beginning + "\U0010ffff", shortest, longest),
        )
        return list(rows)

    def faults(self, pages: Mapping[str, int]) -> list[str]:
        """Damage to the file, and editions of which pages are missing."""
        found = [row[0] for row in self._db.execute("PRAGMA quick_check") if row[0] != "ok"]
        for table in ("page", "article"):
            try:
                self._db.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
            except sqlite3.DatabaseError as error:
                found.append(f"{table}: {error}")
        for number, name, day in self._db.execute("SELECT number, id, day FROM edition").fetchall():
            first, last = keys.span(date.fromisoformat(day), number)
            rows = self._db.execute("SELECT COUNT(*) FROM page WHERE rowid BETWEEN ? AND ?", (first, last)).fetchone()
            if rows[0] != pages.get(name, rows[0]):
                found.append(f"{name}: {rows[0]} of {pages[name]} pages")
        return found

    def compact(self) -> None:
        """Merge the parts of the index, which makes it quicker to search; for an index that was just made."""
        for table in ("page", "article"):
            self._db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def _forget(self, edition: str) -> None:
        row = self._db.execute("SELECT number, day FROM edition WHERE id = ?", [edition]).fetchone()
        if row is None:
            return
        for table in ("page", "article"):
            self._db.execute(
                f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?",
                keys.span(date.fromisoformat(row[1]), row[0]),
            )
        self._db.execute("DELETE FROM edition WHERE number = ?", [row[0]])

    def _add_spellings(self, spellings: Mapping[tuple[str, str], int]) -> None:
        self._db.executemany(
            "INSERT INTO word (folded, spelling, term, pages) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET pages = pages + excluded.pages",
            ((folded(spelling), spelling, term, often) for (spelling, term), often in sorted(spellings.items())),
        )

    def _matching(self, kind: Kind, expression: str, scope: Scope, limit: int) -> list[int]:
        """The numbers of matching rows, newest first."""
        with closing(
            self._db.execute(
                f"SELECT rowid FROM {kind} WHERE {kind} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
                (expression, *keys.days(scope), limit),
            )
        ) as rows:
            return [row[0] for row in rows]

    def _scores(self, kind: Kind, groups: Sequence[Group], rows: Sequence[int]) -> dict[int, float]:
        total = self._db.execute("SELECT SUM(pages) FROM edition").fetchone()[0] or 1
        weights = [rarity(self._pages_with(group), total) for group in groups]
        found = self._db.execute(
            f"SELECT rowid, headline, body FROM {kind} WHERE rowid IN (SELECT value FROM json_each(?))",
            [json.dumps(rows)],
        )
        return {row: score(groups, weights, headline, body) for row, headline, body in found}

    def _pages_with(self, group: Group) -> int:
        """How many pages have the rarest word of each form, together: about those that have the group."""
        often = 0
        for phrase in group.phrases:
            counts = [
                self._db.execute("SELECT SUM(pages) FROM word WHERE term = ?", [term]).fetchone()[0] or 0
                for term in phrase
            ]
            often += min(counts)
        return often

    def _hits(self, kind: Kind, rows: Sequence[int], scores: Mapping[int, float]) -> list[Hit]:
        wanted = sorted({keys.parts(row)[0] for row in rows})
        known = self._db.execute(
            "SELECT number, id, CASE WHEN ? THEN articles END FROM edition"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (kind == "article", json.dumps(wanted)),
        )
        editions = {number: (name, json.loads(articles) if articles else {}) for number, name, articles in known}
        hits = []
        for row in rows:
            edition, number = keys.parts(row)
            name, articles = editions[edition]
            article, page = articles.get(str(number), ("", number))
            hits.append(Hit(name, number, page, article, scores.get(row, 0.0)))
        return hits


def _expression(column: str, groups: Sequence[Group], scope: Scope) -> str:
    """The question in the language of FTS5; all words in it are letters and digits, and quoted."""
    asked = [f"({' OR '.join(_phrase(phrase, group.begins) for phrase in group.phrases)})" for group in groups]
    marks = [f'scope : "{mark}"' for mark in keys.wanted_marks(scope)]
    return " AND ".join([*marks, f"{column} : ({' AND '.join(asked)})"])


def _phrase(phrase: Sequence[str], begins: bool) -> str:
    quoted = " ".join(phrase).replace('"', "")
    return f'"{quoted}"{" *" if begins else ""}'
