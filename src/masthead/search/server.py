"""The server's engine: PostgreSQL's text vectors under a GIN index, in a schema of the house's database.

The vectors are made of words that are ready-made (the `simple` configuration, so to say), so that both engines cut
endings and fold accents alike, whatever dictionaries the server has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from masthead.search import keys
from masthead.search.engine import CAP, HEADLINES, Found, Group, Hit, Indexed, Kind, Order, Row, Scope
from masthead.search.ranking import ranked_number, rarity, score
from masthead.search.words import folded

VERSION = 1
_LAST_POSITION = 16383  # PostgreSQL counts no further
_MOST_POSITIONS = 255  # of one word
_TABLES = """
CREATE TABLE {schema}.edition (
    number serial PRIMARY KEY, id text UNIQUE NOT NULL, build text NOT NULL, publication text NOT NULL,
    language text NOT NULL, day date NOT NULL, pages integer NOT NULL,
    articles jsonb NOT NULL, sections jsonb NOT NULL);
CREATE INDEX ON {schema}.edition (publication);
CREATE TABLE {schema}.word (
    folded text COLLATE "C", spelling text COLLATE "C", term text COLLATE "C", pages integer NOT NULL,
    PRIMARY KEY (folded, spelling, term));
CREATE INDEX ON {schema}.word (term);
CREATE TABLE {schema}.page (
    key bigint PRIMARY KEY, headline text NOT NULL, body text NOT NULL, words tsvector NOT NULL);
CREATE INDEX ON {schema}.page USING gin (words);
CREATE TABLE {schema}.article (
    key bigint PRIMARY KEY, headline text NOT NULL, body text NOT NULL, words tsvector NOT NULL);
CREATE INDEX ON {schema}.article USING gin (words);
"""


class ServerEngine:
    """An index in a schema of the database."""

    def __init__(self, schema: str) -> None:
        self.schema = schema

    def create(self) -> None:
        """Make the empty tables, in place of any that stand there."""
        with transaction.atomic():
            self._run(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE")
            self._run(f"CREATE SCHEMA {self.schema}")
            self._run(_TABLES.format(schema=self.schema))

    def index_edition(
        self, entry: Indexed, pages: Iterable[Row], articles: Iterable[Row], spellings: Mapping[tuple[str, str], int]
    ) -> None:
        """Take an edition in; see `Engine`."""
        page_rows, article_rows = list(pages), list(articles)
        with transaction.atomic():
            self._forget(entry.edition)
            facts = json.dumps({row.number: [row.article, row.page] for row in article_rows})
            sections = json.dumps(dict(entry.sections))
            number = self._run(
                f"INSERT INTO {self.schema}.edition (id, build, publication, language, day, pages, articles, sections)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING number",
                [
                    *(entry.edition, entry.build, entry.publication, entry.language, entry.day),
                    *(len(page_rows), facts, sections),
                ],
            )[0][0]
            for table, rows in (("page", page_rows), ("article", article_rows)):
                values = [
                    (keys.key(entry.day, number, row.number), row.headline, row.text, _vector(entry, row))
                    for row in rows
                ]
                self._run_each(f"INSERT INTO {self.schema}.{table} VALUES (%s, %s, %s, %s::tsvector)", values)
            self._run_each(
                f"INSERT INTO {self.schema}.word AS known VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (folded, spelling, term) DO UPDATE SET pages = known.pages + excluded.pages",
                [(folded(spelling), spelling, term, often) for (spelling, term), often in sorted(spellings.items())],
            )

    def delete_edition(self, edition: str) -> None:
        """Forget an edition."""
        with transaction.atomic():
            self._forget(edition)

    def indexed(self) -> dict[str, Indexed]:
        """What is in the index."""
        rows = self._run(f"SELECT id, build, publication, language, day, sections FROM {self.schema}.edition")
        return {
            name: Indexed(name, build, publication, language, day, _parsed(sections))
            for name, build, publication, language, day, sections in rows
        }

    def query(self, kind: Kind, groups: Sequence[Group], scope: Scope, order: Order) -> Found:
        """The newest hits, and of those the best first if wanted."""
        if not groups:
            return Found()
        newest = self._matching(kind, _expression(groups, scope, ""), scope, CAP + 1)
        is_more = len(newest) > CAP
        newest = newest[:CAP]
        scores: dict[int, float] = {}
        if order == "relevance" and newest:
            if is_more:
                headline = self._matching(kind, _expression(groups, scope, "A"), scope, HEADLINES)
                newest = list(dict.fromkeys([*headline, *newest]))
            scores = self._scores(kind, groups, newest[: ranked_number(groups)])
        newest.sort(key=lambda row: (-scores.get(row, 0.0), keys.reading_order(row)))
        return Found(self._hits(newest[:CAP], scores, kind), is_more)

    def languages(self) -> set[str]:
        """The languages of the editions."""
        return {row[0] for row in self._run(f"SELECT DISTINCT language FROM {self.schema}.edition")}

    def sections(self, publication: str) -> dict[str, str]:
        """The sections of a publication, as its latest issues write them."""
        found: dict[str, str] = {}
        asked = f"SELECT sections FROM {self.schema}.edition WHERE publication = %s ORDER BY day"
        for (sections,) in self._run(asked, [publication]):
            found.update(_parsed(sections))
        return found

    def completions(self, beginning: str, limit: int) -> list[str]:
        """Frequent words whose spelling begins so."""
        rows = self._run(
            f"SELECT term FROM {self.schema}.word WHERE folded >= %s AND folded < %s"
            " GROUP BY term ORDER BY SUM(pages) DESC, term LIMIT %s",
            [beginning, beginning + "\U0010ffff", limit],
        )
        return [row[0] for row in rows]

    def spelled(self, candidates: Sequence[str]) -> list[tuple[str, int]]:
        """Those of the spellings that occur."""
        asked = f"SELECT spelling, SUM(pages) FROM {self.schema}.word WHERE folded = ANY(%s) GROUP BY spelling"
        return [(row[0], row[1]) for row in self._run(asked, [list(candidates)])]

    def neighbours(self, beginning: str, shortest: int, longest: int) -> list[tuple[str, int]]:
        """Frequent spellings that begin so."""
        rows = self._run(
            f"SELECT spelling, SUM(pages) AS often FROM {self.schema}.word WHERE folded >= %s AND folded < %s"
            " AND LENGTH(folded) BETWEEN %s AND %s GROUP BY spelling ORDER BY often DESC LIMIT 2000",
            [beginning, beginning + "\U0010ffff", shortest, longest],
        )
        return [(row[0], row[1]) for row in rows]

    def faults(self, pages: Mapping[str, int]) -> list[str]:
        """Editions of which pages are missing."""
        found = []
        for number, name, day in self._run(f"SELECT number, id, day FROM {self.schema}.edition"):
            asked = f"SELECT COUNT(*) FROM {self.schema}.page WHERE key BETWEEN %s AND %s"
            rows = self._run(asked, keys.span(day, number))[0][0]
            if rows != pages.get(name, rows):
                found.append(f"{name}: {rows} of {pages[name]} pages")
        return found

    def compact(self) -> None:
        """Let the server count, so that it plans well."""
        for table in ("page", "article", "word", "edition"):
            self._run(f"ANALYZE {self.schema}.{table}")

    def close(self) -> None:
        """The connection is Django's."""

    def _run(self, asked: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(asked, list(values) or None)
            return cursor.fetchall() if cursor.description else []

    def _run_each(self, asked: str, values: Sequence[Sequence[Any]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(asked, values)

    def _forget(self, edition: str) -> None:
        for number, day in self._run(f"SELECT number, day FROM {self.schema}.edition WHERE id = %s", [edition]):
            for table in ("page", "article"):
                self._run(
                    f"DELETE FROM {self.schema}.{table} WHERE key BETWEEN %s AND %s",
                    keys.span(day, number),
                )
            self._run(f"DELETE FROM {self.schema}.edition WHERE number = %s", [number])

    def _matching(self, kind: Kind, expression: str, scope: Scope, limit: int) -> list[int]:
        rows = self._run(
            f"SELECT key FROM {self.schema}.{kind} WHERE words @@ %s::tsquery AND key BETWEEN %s AND %s"
            " ORDER BY key DESC LIMIT %s",
            [expression, *keys.days(scope), limit],
        )
        return [row[0] for row in rows]

    def _scores(self, kind: Kind, groups: Sequence[Group], rows: Sequence[int]) -> dict[int, float]:
        total = self._run(f"SELECT SUM(pages) FROM {self.schema}.edition")[0][0] or 1
        weights = [rarity(self._pages_with(group), total) for group in groups]
        found = self._run(
            f"SELECT key, headline, body FROM {self.schema}.{kind} WHERE key = ANY(%s)",
            [list(rows)],
        )
        return {row: score(groups, weights, headline, body) for row, headline, body in found}

    def _pages_with(self, group: Group) -> int:
        asked = f"SELECT term, SUM(pages) FROM {self.schema}.word WHERE term = ANY(%s) GROUP BY term"
        counts = dict(self._run(asked, [[term for phrase in group.phrases for term in phrase]]))
        return sum(min(int(counts.get(term, 0)) for term in phrase) for phrase in group.phrases)

    def _hits(self, rows: Sequence[int], scores: Mapping[int, float], kind: Kind) -> list[Hit]:
        wanted = sorted({keys.parts(row)[0] for row in rows})
        known = self._run(f"SELECT number, id, articles FROM {self.schema}.edition WHERE number = ANY(%s)", [wanted])
        editions = {number: (name, _parsed(articles) if kind == "article" else {}) for number, name, articles in known}
        hits = []
        for row in rows:
            edition, number = keys.parts(row)
            name, articles = editions[edition]
            article, page = articles.get(str(number), ("", number))
            hits.append(Hit(name, number, page, article, scores.get(row, 0.0)))
        return hits


def _parsed(value: Any) -> dict[str, Any]:
    """A JSON column: Django's connection gives it as text."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def _vector(entry: Indexed, row: Row) -> str:
    """The row's words with their places: those of headlines first (weight A), a gap, then the text (weight D).

    Where a row belongs has the weight B and no place that a phrase could reach.
    """
    places: dict[str, list[str]] = {mark: [f"{_LAST_POSITION}B"] for mark in keys.marks(entry, row)}
    headline = row.headline.split()
    for weight, first, words in (("A", 1, headline), ("D", len(headline) + 3, row.text.split())):
        for at, word in enumerate(words, start=first):
            known = places.setdefault(word, [])
            if len(known) < _MOST_POSITIONS:
                known.append(f"{min(at, _LAST_POSITION)}{'' if weight == 'D' else weight}")
    return " ".join(f"'{_quoted(word)}':{','.join(known)}" for word, known in places.items())


def _expression(groups: Sequence[Group], scope: Scope, weight: str) -> str:
    """The question in the language of `tsquery`."""
    marks = [f"'{_quoted(mark)}':B" for mark in keys.wanted_marks(scope)]
    asked = []
    for group in groups:
        phrases = []
        for phrase in group.phrases:
            flags = [weight or "D"] * len(phrase)
            flags[-1] += "*" if group.begins else ""
            words = [f"'{_quoted(word)}':{flag}" for word, flag in zip(phrase, flags, strict=True)]
            phrases.append(f"({' <-> '.join(words)})")
        asked.append(f"({' | '.join(phrases)})")
    return " & ".join([*marks, *asked])


def _quoted(word: str) -> str:
    return word.replace("\\", "").replace("'", "")
