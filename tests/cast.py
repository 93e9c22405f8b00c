"""The cast of test people, the same everywhere, and editions of which each may see what they may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.editions import write_edition

from masthead.accounts.rights import Role
from masthead.accounts.selectors import Publisher, User
from masthead.accounts.services import house_set_up, publisher_create, staff_add, user_create
from masthead.edition.folder import read_edition
from masthead.library.selectors import Edition, Publication
from masthead.library.services import build_add, edition_create, publication_create

PASSWORD = "lantern over water"
ON_A_SERVER = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
"""Whether other threads of a test see only rows that are committed: then its transaction must be a real one."""


@dataclass(frozen=True)
class Cast:
    """Olga owns Harbour Press, Emil edits there, Sara runs its shop. Xaver owns another house. Rita only reads."""

    owner: User
    editor: User
    shop: User
    outsider: User
    reader: User
    harbour: Publisher
    other: Publisher
    fathom: Publication

    def people(self) -> dict[str, User | None]:
        """Everybody by name; nobody is None."""
        names = ("owner", "editor", "shop", "outsider", "reader")
        return {**{name: getattr(self, name) for name in names}, "nobody": None}


def make_cast() -> Cast:
    """All of them, with one publication of Harbour Press."""
    owner = house_set_up(house="Harbour Press", name="Olga", email="olga@harbour.example", password=PASSWORD)
    harbour = Publisher.objects.get()
    editor = user_create(email="emil@harbour.example", password=PASSWORD, name="Emil")
    shop = user_create(email="sara@harbour.example", password=PASSWORD, name="Sara")
    staff_add(by=owner, publisher=harbour, user=editor, role=Role.EDITOR)
    staff_add(by=owner, publisher=harbour, user=shop, role=Role.SHOP)
    outsider = user_create(email="xaver@other.example", password=PASSWORD, name="Xaver")
    other = publisher_create(name="Other House", owner=outsider)
    reader = user_create(email="rita@reader.example", password=PASSWORD, name="Rita")
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom")
    return Cast(owner, editor, shop, outsider, reader, harbour, other, fathom)


def ready_edition(cast: Cast, data: Path, label: str = "No. 1", **made_of: Any) -> Edition:
    """An edition with a build on disk that nobody has published yet; `made_of` as `write_edition` takes it."""
    edition = edition_create(by=cast.owner, publication=cast.fathom, label=label, date=date(2026, 11, 1))
    folder = f"editions/{edition.pk}/made"
    (data / folder).parent.mkdir(parents=True)
    write_edition(data / folder, **made_of)
    made = read_edition(data / folder)
    build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count, failures=0, version="0")
    return Edition.objects.get(pk=edition.pk)


def signed_in(user: User | None) -> Client:
    """A browser of this person; of nobody for None."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def data(tmp_path: Path, settings: object) -> Path:
    """A data folder of this test alone."""
    folder = tmp_path / "data"
    for name in ("editions", "originals", "incoming"):
        (folder / name).mkdir(parents=True)
    use_data(settings, folder)
    return folder


def use_data(changed: object, folder: Path, **more: object) -> None:
    """Let the settings name another data folder; pages are drawn by one process, as starting more costs most."""
    house = settings.MASTHEAD.model_copy(update={"data": folder, "cache": folder / "cache", "workers": 1, **more})
    changed.MASTHEAD = house  # type: ignore[attr-defined]
    storages = {name: dict(values) for name, values in settings.STORAGES.items()}
    storages["originals"] = {**storages["originals"], "OPTIONS": {"location": str(folder / "originals")}}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(folder / "files")}}
    changed.FILE_UPLOAD_TEMP_DIR = str(folder / "incoming")  # type: ignore[attr-defined]
    changed.STORAGES = storages  # type: ignore[attr-defined]


Browser = Callable[[User | None], Client]
