"""One configured site for all tests of the site; each test may put its own edition behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker
from tests.editions import article_entry, write_edition

from masthead.config.folder_site import django_settings_of
from masthead.config.settings import Settings
from masthead.edition.folder import Edition
from masthead.site.source import FolderSource

PDF = bytes(range(256)) * 40  # 10,240 bytes: what it holds does not matter where it is only sent


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edition") / "harbour"
    story = '<h2 data-block="p2-b1">Boats</h2>\n<p data-block="p2-b2">They came back.</p>\n'
    write_edition(path, source=PDF, stories={"a2": story}, articles=[article_entry(2, "Boats")])
    return path


@pytest.fixture(autouse=True)
def _site(folder: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The settings with which one folder is served, instead of the house's.

    At the end of a request the framework looks after the connections that earlier tests of the house left open.
    """
    source = FolderSource(folder, tmp_path / "folder-cache")
    settings = django_settings_of(Settings(log_level="error"), source)
    named = ("ROOT_URLCONF", "MIDDLEWARE", "ALLOWED_HOSTS", "USE_I18N", "SERVES", "MASTHEAD", "EDITION_SOURCE")
    with django_db_blocker.unblock(), override_settings(**{name: settings[name] for name in named}):
        yield
    source.close()


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[Path], Client]]:
    """Puts another folder behind the site for one test."""
    before = django_settings.EDITION_SOURCE
    sources = []

    def serve(path: Path) -> Client:
        source = FolderSource(path, tmp_path / "cache")
        sources.append(source)
        django_settings.EDITION_SOURCE = source
        return Client(raise_request_exception=False)

    yield serve
    django_settings.EDITION_SOURCE = before
    for source in sources:
        source.close()


@pytest.fixture
def client(folder: Path, serving: Callable[[Path], Client]) -> Client:
    return serving(folder)


@pytest.fixture
def edition(client: Client) -> Edition:
    found: Edition = django_settings.EDITION_SOURCE.edition()
    return found
