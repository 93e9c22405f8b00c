"""Editions on which people comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.access.people import reader
from tests.cast import Cast, ready_edition
from tests.comments.commenting import STORIES, allow
from tests.editions import article_entry

from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    """A live edition with two articles, where whoever has signed in may comment."""
    articles = [article_entry(1, "Harbour lights"), article_entry(2, "Deep water")]
    made = ready_edition(cast, data, stories=STORIES, articles=articles)
    edition = edition_publish(by=cast.owner, edition=made)
    allow(cast, edition)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


@pytest.fixture
def ana() -> User:
    """A reader whose address is confirmed."""
    return reader("ana")


@pytest.fixture
def ben() -> User:
    """Another one."""
    return reader("ben")
