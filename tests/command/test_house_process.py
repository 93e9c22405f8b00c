"""What the house does by itself goes on, whatever happened the last time: nobody restarts one of its threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from masthead.access import reminding
from masthead.access.identity import providers
from masthead.command import house_process
from masthead.orders import schedule as feeds
from masthead.outbox import delivering
from masthead.production import schedule as times
from masthead.production.links import checking as links
from masthead.safekeeping import handing_out
from masthead.search import services as index
from masthead.statistics import schedule as counting

JOBS: dict[str, tuple[Callable[[threading.Event], object], str]] = {
    "times": (times.keep_time, "masthead.production.schedule.tick"),
    "counting": (counting.keep_counting, "masthead.statistics.schedule.tick"),
    "mails and webhooks": (lambda stop: delivering.deliver(stop, {}), "masthead.outbox.delivering.deliver_one"),
    "links": (links.check_links, "masthead.production.links.checking.take"),
    "reminders": (reminding.keep_reminding, "masthead.access.reminding.remind"),
    "metadata": (providers.keep_metadata_fresh, "masthead.access.identity.providers.metadata_refresh_due"),
    "feeds": (feeds.keep_fetching, "masthead.orders.schedule.feeds_fetch_due"),
    "leaving": (lambda stop: handing_out.keep_leaving(stop, lambda *_: True), "masthead.safekeeping.handing_out.take"),
    "index": (index.keep_index, "masthead.search.services.editions_state"),
}
BESIDE = ("check_arrivals", "check_links", "keep_reminding", "keep_metadata_fresh", "keep_fetching")


class Impatient(threading.Event):
    """Nobody waits until it is time."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


@pytest.mark.parametrize("job", JOBS)
def test_it_goes_on_after_an_exception_of_the_storage_s_library(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, job: str
) -> None:
    """Which is neither the database's nor the system's: the clock ended with it, and no edition went live any more."""
    exceptions = pytest.importorskip("botocore.exceptions")
    keep, does = JOBS[job]
    stop, tries = Impatient(), list[str]()

    def fail_once(*_: object) -> Any:
        tries.append(job)
        if len(tries) == 1:
            raise exceptions.EndpointConnectionError(endpoint_url="https://storage.example")
        stop.set()

    monkeypatch.setattr(does, fail_once)
    for name in BESIDE:
        monkeypatch.setattr(times, name, lambda stop: None)
    with caplog.at_level("ERROR"):
        keep(stop)
    assert len(tries) > 1
    assert "EndpointConnectionError" in caplog.text


def test_a_thread_that_ends_all_the_same_ends_its_process_which_is_begun_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = threading.Event()

    def broken() -> None:
        raise SystemError

    with caplog.at_level("ERROR"):
        followers = house_process.begin_following(stop, {"index": broken, "outbox": stop.wait})
        assert stop.wait(20), "the clock is told, and with it the tree"
        for follower in followers:
            follower.join(20)
            assert not follower.is_alive()
    assert "index" in caplog.text
