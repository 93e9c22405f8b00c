"""What the tests of OpenID Connect begin with: a provider that serves, and a publisher that has connected it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.access.identity.openid_organisation import Lake, lake_changed, lake_serving
from tests.cast import Cast

from masthead.access.identity.openid_providers import openid_create
from masthead.access.identity.providers import IdentityProvider
from masthead.access.subscribing import Subscription, subscription_create


@pytest.fixture
def lake(settings: Any) -> Iterator[Lake]:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"private_hosts": "127.0.0.1"})
    with lake_serving() as serving:
        yield serving


@pytest.fixture
def campus(cast: Cast) -> Subscription:
    return subscription_create(by=cast.owner, publisher=cast.harbour, name="Campus", kind="club")


@pytest.fixture
def provider(cast: Cast, lake: Lake, campus: Subscription) -> IdentityProvider:
    made = openid_create(by=cast.owner, publisher=cast.harbour, name="Lake", address=lake.address)
    return lake_changed(cast, made, groups={campus.pk: ["Members"]})
