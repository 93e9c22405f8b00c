"""Takes out what is one publisher's, in forms that other programs read: rows, orders, answers, notes, PDFs, pictures.

The rows are as they were at one moment; the files that they name are copied after that. What cannot be read is named,
and does not keep the rest from leaving.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, default_storage, storages
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from masthead import wording
from masthead.accounts.selectors import Publisher, User
from masthead.annotations.web_annotation import annotation_of, collection
from masthead.document.errors import MastheadError
from masthead.forms.exporting import answer_head, answer_lines, answer_told, questions_of
from masthead.library.sheets import harmless
from masthead.orders.exporting import orders_csv, orders_json
from masthead.safekeeping.belonging import BELONGING, HIDDEN, OF_READERS, PEOPLE
from masthead.safekeeping.row_files import rows_write

TABLES, ORDERS, ANSWERS, NOTES, PDFS, FILES = "tables", "orders", "answers", "notes", "pdf", "files"
_MARK = "\ufeff"  # without it spreadsheet programs take the bytes for another encoding

Said = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was taken out: how many rows of each table, how many PDFs, and the names of what could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    pdfs: int = 0
    missing: tuple[str, ...] = ()


class PublisherUnknownError(MastheadError):
    """There is no publisher with this address."""

    code = "publisher_unknown"
    sentence = "The house has no publisher with this address."
    hint = "Give the name from the address of its back office: what stands after /office/."
    exit_status = 154


def publisher_called(slug: str) -> Publisher:
    """The publisher with this name in addresses; raises PublisherUnknownError."""
    found = Publisher.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Publisher.objects.order_by("slug").values_list("slug", flat=True))
        raise PublisherUnknownError(f"{slug}; there are: {known}")
    return found


def publisher_take_out(
    publisher: Publisher, folder: Path, said: Said = lambda _: None, *, with_notes: bool = False
) -> TakenOut:
    """Write everything below `folder`, which is there; `said` hears what is being written. Raises OSError.

    What readers noted is theirs: it goes along only `with_notes`.
    """
    going = _Leaving(publisher, folder, frozenset() if with_notes else OF_READERS)
    with _one_moment():
        said("rows")
        rows = going.write_rows()
        said("orders, answers")
        going.write_orders()
        going.write_answers()
        if with_notes:
            going.write_notes()
        files = list(going.files())
        pdfs = list(going.pdfs())
    said("PDFs and pictures")
    missing = [name for name in (_copied(*each) for each in [*files, *pdfs]) if name]
    return TakenOut(rows, len(pdfs), tuple(missing))


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read meanwhile is of the same moment, whoever writes."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


_Copy = tuple[Storage, str, Path]  # from which storage, the name there, where to


class _Leaving:
    """One publisher's things as they are written."""

    def __init__(self, publisher: Publisher, folder: Path, staying: frozenset[str]) -> None:
        self._publisher = publisher
        self._folder = folder
        self._labels = [label for label in BELONGING if label not in staying]
        self._words = wording.translator(publisher.language)

    def rows_of(self, label: str) -> QuerySet[Any]:
        """The publisher's rows of a table, also those that were deleted and can be restored."""
        return QuerySet(apps.get_model(label)).filter(**{BELONGING[label]: self._publisher.pk})

    def write_rows(self) -> dict[str, int]:
        """All tables, and the people whom their rows name."""
        folder = self._new(TABLES)
        tables = {label: self.rows_of(label) for label in self._labels} | {PEOPLE: self._people()}
        return {
            label: rows_write(rows, folder, label, hidden=HIDDEN.get(label, frozenset()))
            for label, rows in sorted(tables.items())
        }

    def _people(self) -> QuerySet[User]:
        named = [
            Q(pk__in=self.rows_of(label).order_by().values(column.attname))
            for label in self._labels
            for column in apps.get_model(label)._meta.concrete_fields
            if column.related_model is User
        ]
        return User.objects.filter(reduce(or_, named))

    def write_orders(self) -> None:
        """As the back office gives them: whole, and a row for each line."""
        rows = self.rows_of("orders.Order").select_related("publication", "edition", "publisher").order_by("number")
        if not rows.exists():
            return
        folder, rows = self._new(ORDERS), rows.prefetch_related("lines")
        _pieces(folder / "orders.json", orders_json(rows))
        pieces = orders_csv(rows, self._publisher.language, self._publisher.time_zone, harmless)
        _pieces(folder / "orders.csv", pieces)

    def write_answers(self) -> None:
        """For each form that was answered a table and the same as data."""
        for form in self.rows_of("forms.Form").select_related("publication"):
            answers = form.answers.filter(is_complete=True).select_related("edition").order_by("created_at")
            if not answers.exists():
                continue
            folder = self._new(ANSWERS)
            name = f"{form.publication.slug}-{form.pk}"
            told = [answer_told(answer, form) for answer in answers.iterator()]
            _json(folder / f"{name}.json", told)
            lines = answer_lines(answers, questions_of(form), self._words, self._publisher.time_zone)
            _csv(folder / f"{name}.csv", answer_head(form, self._words), lines)

    def write_notes(self) -> None:
        """What readers noted and marked, as W3C Web Annotations: a file for each edition."""
        for edition in self.rows_of("library.Edition").select_related("publication"):
            rows = self.rows_of("annotations.Annotation").filter(notebook__edition=edition, is_deleted=False)
            items = []
            for row in rows.select_related("notebook").order_by("pk").iterator():
                made = annotation_of(row.content, f"urn:masthead:edition:{edition.pk}/")
                who = {"id": f"urn:masthead:person:{row.notebook.owner_id}", "type": "Person"}
                items.append({"id": f"urn:masthead:annotation:{row.notebook_id}:{row.name}", **made, "creator": who})
            if items:
                name = f"{edition.publication.slug}-{edition.slug}-{edition.pk}.json"
                _json(self._new(NOTES) / name, collection(str(edition), items))

    def files(self) -> Iterator[_Copy]:
        """Logos, icons, pictures of products, and what lies on pages: all that is kept under an id of theirs."""
        owners = {str(row.pk) for label in ("library.Publication", "library.Edition") for row in self.rows_of(label)}
        for top in _listed(default_storage, "")[0]:
            for owner in sorted(owners.intersection(_listed(default_storage, top)[0])):
                for name in _listed(default_storage, f"{top}/{owner}")[1]:
                    path = f"{top}/{owner}/{name}"
                    yield default_storage, path, self._folder / FILES / path

    def pdfs(self) -> Iterator[_Copy]:
        """Every PDF that was handed over, by the editions that were made of it."""
        made = self.rows_of("production.Conversion").select_related("edition__publication", "upload")
        seen: set[tuple[str, str]] = set()
        for row in made.order_by("created_at"):
            if (row.edition_id, row.upload_id) not in seen:
                seen.add((row.edition_id, row.upload_id))
                name = f"{slugify(Path(row.upload.name).stem) or 'issue'}-{row.upload_id}.pdf"
                place = self._folder / PDFS / row.edition.publication.slug / row.edition.slug / name
                yield storages["originals"], row.upload.path, place
        used = {upload for _, upload in seen}
        for upload in self.rows_of("production.Upload").exclude(pk__in=used).order_by("created_at"):
            name = f"{slugify(Path(upload.name).stem) or 'issue'}-{upload.pk}.pdf"
            yield storages["originals"], upload.path, self._folder / PDFS / "without-edition" / name

    def _new(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return folder


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(filter(None, folders)), sorted(filter(None, files))


def _copied(storage: Storage, name: str, target: Path) -> str:
    """Copy a file; its name if it cannot be read."""
    try:
        stream = storage.open(name)
    except OSError:
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    with stream, target.open("wb") as copy:
        copyfileobj(stream, copy)
    return ""


def _pieces(target: Path, pieces: Iterable[bytes]) -> None:
    with target.open("wb") as file:
        file.writelines(pieces)


def _json(target: Path, told: Any) -> None:
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _csv(target: Path, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(_MARK)
        csv.writer(file).writerows([harmless(cell) for cell in line] for line in (head, *lines))
