"""A live edition to annotate, and requests as devices send them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cast import Cast, ready_edition

from masthead.library.selectors import Edition
from masthead.library.services import edition_publish


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    """An edition that everybody may read."""
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))
