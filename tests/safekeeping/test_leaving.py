"""Everything of a publisher leaves in one folder; nothing of another one, and nothing that opens an account."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import QuerySet
from tests.access.people import reader, set_terms
from tests.cast import Cast, ready_edition
from tests.forms.making import form_made
from tests.orders.ordering import placed
from tests.production.overlays.laying import lay, png

from masthead.access.readers import reader_know
from masthead.annotations.models import Annotation, Notebook
from masthead.command.taking_out import take_out
from masthead.comments.selectors import Comment
from masthead.document.overlays import OverlayKind
from masthead.forms.selectors import Answer
from masthead.library.branding import logo_change
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, publication_create
from masthead.orders.asking import asked_change
from masthead.orders.services import product_create
from masthead.production.models import Conversion, Upload
from masthead.safekeeping.belonging import BELONGING, HIDDEN, PEOPLE, STAYING
from masthead.safekeeping.leaving import PublisherUnknownError

PDF = b"%PDF-1.7 the keeper lit his lamp"
NOTE = {
    "kind": "note",
    "text": "Ask the keeper.",
    "created": "2026-11-02T10:00:00Z",
    "changed": "2026-11-02T10:00:00Z",
    "locator": {"page": 1, "quote": {"exact": "lamp", "prefix": "his "}},
}
# Columns that sound like secrets and are none: what people hold already, what is public, and names of things.
OPEN = {
    "access.AccessCode.code",
    "access.CodeUse.code",
    "access.IdentityProvider.keys",
    "access.IdentityProvider.keys_asked_at",
    "orders.OrderLine.code",
    "orders.Product.code",
    "orders.Product.key",
    "production.Conversion.error_code",
    "production.TemplateRule.key",
}


def models() -> list[type]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def test_every_table_of_the_house_leaves_or_has_a_reason_to_stay() -> None:
    tables = {model._meta.label for model in models()}  # type: ignore[attr-defined]
    assert {*BELONGING, *STAYING, PEOPLE} == tables
    assert not BELONGING.keys() & STAYING.keys()


def test_no_column_that_sounds_like_a_secret_leaves() -> None:
    found = {
        f"{label}.{field.name}"
        for label in (*BELONGING, PEOPLE)
        for field in apps.get_model(label)._meta.concrete_fields
        if re.search(r"password|secret|token|digest|salt|code|key", field.name)
    }
    hidden = {f"{label}.{name}" for label, names in HIDDEN.items() for name in names}
    assert found - hidden == OPEN
    for label, names in HIDDEN.items():
        assert names <= {field.name for field in apps.get_model(label)._meta.concrete_fields}


@pytest.fixture
def full(cast: Cast, data: Path) -> Edition:
    """An open edition with something of every kind around it, and another publisher's house beside it."""
    edition = ready_edition(cast, data)
    edition_publish(by=cast.owner, edition=edition)
    draft = ready_edition(cast, data, "No. 2")
    set_terms(cast, ready_edition(cast, data, "No. 3"), ways=["subscription"])
    assert draft.state == "ready"
    upload = Upload.objects.create(
        publisher=cast.harbour, sha256=hashlib.sha256(PDF).hexdigest(), size=len(PDF), name="Harbour 1.pdf"
    )
    storages["originals"].save(upload.path, ContentFile(PDF))
    Conversion.objects.create(
        publisher=cast.harbour, edition=edition, upload=upload, state="done", options={"password": "open sesame"}
    )
    logo_change(by=cast.owner, publication=cast.fathom, data=png().read())
    said = {"code": "Q-2", "name": "Quillfish rod", "price": "7", "currency": "EUR"}
    product_create(by=cast.shop, publication=cast.fathom, said=said)
    asked_change(by=cast.shop, of=cast.fathom, said={"ordering": "yes", "orders_to": "orders@harbour.example"})
    lay(cast, edition, OverlayKind.PRODUCT, page=2, code="Q-2")
    placed(edition, {"q-2": 3})
    form = form_made(cast, name="Guest book", placement="page")
    Answer.objects.create(form=form, edition=edition, key="k", values={form.questions[0].id: "=Ada"})
    Comment.objects.create(edition=edition, name="Ada", text="A fish.", state="shown")
    reader_know(publisher=cast.harbour, user=cast.reader, came_by="sign_up")
    book = Notebook.objects.create(owner=cast.reader, edition=edition)
    Annotation.objects.create(notebook=book, name="one", sequence=1, content=NOTE)
    Annotation.objects.create(notebook=book, name="two", sequence=2, content=None, is_deleted=True)
    isle = publication_create(by=cast.outsider, publisher=cast.other, name="Secret Isle")
    reader_know(publisher=cast.other, user=reader("islander"), came_by="sign_up")
    Edition.objects.create(publication=isle, label="Treasure", slug="treasure", date="2026-11-01")
    return Edition.objects.get(pk=edition.pk)


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def lines(files: dict[str, bytes], label: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in files[f"private/tables/{label}.jsonl"].decode().splitlines()]


def test_all_of_it_leaves_and_nothing_of_anybody_else(full: Edition, cast: Cast, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    assert take_out("harbour-press", target, "https://example.org/") == []
    files = files_of(target)
    # For everybody: a site of the open edition with its book, and no other.
    assert "public/fathom/no-1/page/2/index.html" in files
    assert files["public/fathom/no-1/issue.epub"][:2] == b"PK"
    assert b"https://example.org/fathom/no-1/" in files["public/fathom/feed.atom"]
    assert not [name for name in files if (name.startswith("public/") and "no-2" in name) or "no-3" in name[:22]]
    # Only for the publisher: the others, PDFs, pictures.
    assert "private/editions/fathom/no-2/page/1/index.html" in files
    assert "private/editions/fathom/no-3/issue.epub" in files
    pdf = next(name for name in files if name.startswith("private/pdf/fathom/no-1/harbour-1-"))
    assert files[pdf] == PDF
    assert any(name.startswith(f"private/files/brand/{cast.fathom.pk}/") for name in files)
    # What people did.
    order = json.loads(files["private/orders/orders.json"])[0]
    assert order["number"] == 1
    assert b"Q-2" in files["private/orders/orders.csv"]
    answers = next(name for name in files if name.startswith("private/answers/") and name.endswith(".csv"))
    table = list(csv.reader(files[answers].decode("utf-8-sig").splitlines()))
    assert "'=Ada" in table[1]
    people = {row["email"] for row in lines(files, PEOPLE)}
    assert {"olga@harbour.example", "rita@reader.example"} <= people
    # Nobody else, and nothing that opens an account or a file.
    everything = b"\n".join(files.values())
    for word in (
        "Ask the keeper",
        "xaver",
        "islander",
        "Secret Isle",
        "treasure",
        "open sesame",
        cast.owner.password,
        cast.other.pk,
    ):
        assert word.encode() not in everything, word


def test_what_readers_noted_leaves_only_where_the_operator_says_so(full: Edition, cast: Cast, tmp_path: Path) -> None:
    for folder, with_notes in ((tmp_path / "without", False), (tmp_path / "with", True)):
        folder.mkdir()
        take_out("harbour-press", folder, "", with_notes=with_notes)
        found = {name for name in files_of(folder) if "/notes/" in name or "annotations." in name}
        assert bool(found) is with_notes
    files = files_of(tmp_path / "with")
    notes = json.loads(files[next(name for name in files if name.startswith("private/notes/fathom-no-1-"))])
    assert [item["body"][0]["value"] for item in notes["first"]["items"]] == ["Ask the keeper."]
    assert notes["first"]["items"][0]["creator"]["id"].endswith(cast.reader.pk)


def test_each_row_of_the_publisher_stands_in_its_table(full: Edition, cast: Cast, tmp_path: Path) -> None:
    take_out("harbour-press", tmp_path, "", with_notes=True)
    files = files_of(tmp_path)
    for label in BELONGING:
        model = apps.get_model(label)
        ids = {str(row.pk) for row in QuerySet(model).filter(**{BELONGING[label]: cast.harbour.pk})}
        assert {str(row[model._meta.pk.name]) for row in lines(files, label)} == ids, label
        with BytesIO(files[f"private/tables/{label}.csv"]) as table:
            assert len(list(csv.reader(table.read().decode("utf-8-sig").splitlines()))) >= len(ids) + 1
    assert [row["text"] for row in lines(files, "comments.Comment")] == ["A fish."]


def test_the_page_says_what_there_is_and_the_list_proves_it(full: Edition, tmp_path: Path) -> None:
    take_out("harbour-press", tmp_path, "")
    files = files_of(tmp_path)
    page = files["index.html"].decode()
    for place in re.findall(r'href="([^"#]+)"', page):
        assert (tmp_path / place).exists(), place
    listed = json.loads(files["contents.json"])["files"]
    assert listed.keys() == files.keys() - {"contents.json"}
    for name, facts in listed.items():
        assert facts == {"size": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0


def test_what_cannot_be_read_is_named_and_the_rest_leaves(
    full: Edition, cast: Cast, data: Path, tmp_path: Path
) -> None:
    (data / "originals" / Upload.objects.get().path).unlink()
    assert full.build is not None
    (data / full.build.folder / "manifest.json").unlink()
    target = tmp_path / "out"
    target.mkdir()
    missing = take_out("harbour-press", target, "")
    assert len(missing) == 2
    assert "Fathom: No. 1" in missing[1]
    assert not (target / "public/fathom").exists()
    assert (target / "private/editions/fathom/no-2/index.html").is_file()
    assert "Fathom: No. 1" in (target / "index.html").read_text()


def test_an_unknown_publisher_is_told_which_there_are(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(PublisherUnknownError, match="harbour-press"):
        take_out("harbor", tmp_path, "")
