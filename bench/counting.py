"""What counting costs: a line written, a batch of the reader answered, a day counted; and reading with and without it.

Run it alone on the machine. It works in a folder that it removes, without a server: requests go to the application.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=100_000, help="events of the day that is counted")
    options.add_argument("--requests", type=int, default=400, help="requests of each kind")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        edition = made_edition(Path(folder))
        line(edition)
        requests(edition, asked.requests)
        day(edition, asked.events)


def set_up(folder: Path) -> None:
    """A house without anything."""
    sys.path.insert(0, str(ROOT))
    for name in ("editions", "incoming", "originals"):
        (folder / name).mkdir()
    os.environ.update(
        MASTHEAD_DATA=str(folder),
        MASTHEAD_CACHE=str(folder / "cache"),
        MASTHEAD_HOSTS="*",
        MASTHEAD_LOG_LEVEL="error",
        DJANGO_SETTINGS_MODULE="masthead.config.house_settings",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def made_edition(folder: Path) -> Any:
    """An edition of 48 pages that is live."""
    from tests.cast import make_cast
    from tests.cast import ready_edition as ready

    from masthead.library.services import edition_publish

    cast = make_cast()
    return edition_publish(by=cast.owner, edition=ready(cast, folder, "No. 1", count=48))


def line(edition: Any) -> None:
    """How long keeping one event takes."""
    from django.utils import timezone

    from masthead.statistics.kinds import Kind
    from masthead.statistics.recording import Place, Told, Visitor, record

    place = Place(edition.publication.publisher, edition.publication_id, edition.pk)
    told, who = Told(Kind.PAGE, page=3, number=12), Visitor("192.0.2.7", BROWSER, "news.example")
    taken = timed(lambda: record(place, who, told, timezone.now()), 5000)
    print(f"a line: {statistics.median(taken) * 1e6:.0f} µs median, {percentile(taken, 99) * 1e6:.0f} µs of 99 in 100")


def requests(edition: Any, number: int) -> None:
    """Reading a page that is counted, by turns with one that a robot's name keeps out; and a batch of the reader."""
    from django.test import Client

    from masthead.site import counting

    client = Client()
    page = f"/{edition.publication.slug}/{edition.slug}/page/3"
    events = [{"kind": "page", "page": at, "seconds": 20} for at in range(1, 9)]
    said = json.dumps({"batch": "0123456789abcdef", "events": events})
    headers = {"user-agent": BROWSER, "origin": "http://testserver"}

    def batch() -> None:
        counting._ASKED.clear()
        client.post(f"{page.rsplit('/', 2)[0]}/count", said, content_type="text/plain", headers=headers)

    with_it: list[float] = []
    without: list[float] = []
    for _ in range(number):
        with_it += timed(lambda: client.get(page, headers={"user-agent": BROWSER}), 1)
        without += timed(lambda: client.get(page, headers={"user-agent": "Googlebot/2.1"}), 1)
    for name, taken in (("counted", with_it), ("not counted", without)):
        print(
            f"a page, {name}: {statistics.median(taken) * 1e3:.2f} ms, {percentile(taken, 95) * 1e3:.2f} of 95 in 100"
        )
    taken = timed(batch, number)
    print(f"a batch of 8 events: {statistics.median(taken) * 1e3:.2f} ms")


def day(edition: Any, number: int) -> None:
    """How long taking in and counting a day takes."""
    from django.utils import timezone

    from masthead.statistics.intake import take_in
    from masthead.statistics.kinds import Kind, Source
    from masthead.statistics.models import Total
    from masthead.statistics.recording import FOLDER, Place, Told, Visitor, record
    from masthead.statistics.totals import count_again

    folder = Path(os.environ["MASTHEAD_DATA"]) / FOLDER
    for path in folder.iterdir():
        path.unlink()
    place = Place(edition.publication.publisher, edition.publication_id, edition.pk)
    now = timezone.now()
    for at in range(number):
        told = Told(Kind.PAGE, Source.READER, at % 48 + 1, number=20, ago=(at * 7) % 3600, items=("-",))
        record(place, Visitor(f"192.0.2.{at // 12}", BROWSER), told, now)
    later = timezone.now().timestamp() + 60
    begin = time.perf_counter()
    take_in(folder, type(now).fromtimestamp(later, now.tzinfo), 90)
    taken = time.perf_counter() - begin
    begin = time.perf_counter()
    count_again(date.min, date.max, now)
    counted = time.perf_counter() - begin
    print(f"{number} events: taken in {taken:.1f} s, counted {counted:.1f} s, {Total.objects.count()} totals")


def timed(run: Callable[[], object], number: int) -> list[float]:
    """Seconds of each run."""
    found = []
    for _ in range(number):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return found


def percentile(values: list[float], of: int) -> float:
    """The value that `of` in a hundred do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * of // 100)]


if __name__ == "__main__":
    main()
