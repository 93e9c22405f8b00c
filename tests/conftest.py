"""What all tests stand on: who is in them, in which order they run, how much is tried."""

from __future__ import annotations

import gc
import os

import hypothesis
import pytest
from tests.surroundings import DATABASE
from tests.tables import begin_with_made_tables

pytest_plugins = ["tests.cast", "tests.storage"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long is tried with what is made up: seconds in every run, as long as somebody likes by hand."""
    parser.addoption("--api-examples", type=int, default=5, help="requests that are made up for each operation")
    parser.addoption("--examples", type=int, default=30, help="values that are made up for each property")


# What starts houses or converts begins first, so that no process is left alone with it at the end.
LONGEST = (
    *("test_sending", "test_house", "test_safekeeping", "test_who_may_reach_what", "test_house_uploads"),
    *("test_epubcheck", "test_running_house", "test_the_wall", "test_killed", "test_regular_expressions"),
    *("test_any_request", "test_secrets", "test_keeping", "test_stored", "test_claiming", "test_recognising"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files in front of what each process is given; journeys have an order of their own.

    So have tests on a database server: there some of these files end with emptied tables, which the framework keeps
    for the end.
    """
    if not DATABASE and not any(item.get_closest_marker("journey") for item in items):
        items[:] = in_parts(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: whoever looks for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def in_parts(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The tests in as many equal parts as there are processes, with the longest files dealt out among them."""
    place = {name: number for number, name in enumerate(LONGEST)}
    short = [item for item in items if item.path.stem not in place]
    parts: list[list[pytest.Item]] = [[] for _ in range(processes)]
    for item in sorted((one for one in items if one.path.stem in place), key=lambda one: place[one.path.stem]):
        parts[place[item.path.stem] % processes].append(item)
    size = -(-len(items) // processes)
    for part in parts:
        room = max(0, size - len(part))
        part.extend(short[:room])
        del short[:room]
    return [item for part in parts for item in part]


def pytest_configure(config: pytest.Config) -> None:
    """Passwords of the cast are kept the quick way: hundreds of tests make people."""
    from django.conf import settings

    # A machine that has much else to do is no mistake: timings belong in bench/.
    hypothesis.settings.register_profile(
        "run",
        max_examples=config.getoption("--examples"),
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("run")

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _keep_the_connection_of_a_test()
    begin_with_made_tables()


def _keep_the_connection_of_a_test() -> None:
    """On a database server the end of a request would close the connection on which a test's transaction stands.

    The test client prevents that for the requests it makes, but not where a test closes a response itself.
    """
    from django.db.backends.base.base import BaseDatabaseWrapper

    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_unless_in_transaction(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    BaseDatabaseWrapper.close_if_unusable_or_obsolete = close_unless_in_transaction  # type: ignore[method-assign]
