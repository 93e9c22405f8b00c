"""The rules of agreeing, as the service keeps them: the cases that the reader's tests share, and devices at random."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.annotations.notes import note
from tests.cast import Cast

from masthead.annotations.checking import Content, request_of
from masthead.annotations.models import Annotation, Notebook
from masthead.annotations.services import Answer, annotations_synchronise
from masthead.library.selectors import Edition

CASES = json.loads((Path(__file__).parent / "agreeing.json").read_text(encoding="utf-8"))


def synchronise(cast: Cast, live: Edition, device: str, since: int, changes: list[dict[str, Any]]) -> Answer:
    said = json.dumps({"device": device, "since": since, "changes": changes}).encode()
    return annotations_synchronise(by=cast.reader, edition=live, request=request_of(said))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_service_agrees_with_the_readers_model_of_it(cast: Cast, live: Edition, case: dict[str, Any]) -> None:
    for asked in case["requests"]:
        answer = synchronise(cast, live, asked["device"], asked["since"], asked["changes"])
        assert {
            "results": [
                {"id": one.name, "outcome": one.outcome, "revision": one.revision, "content": one.content}
                for one in answer.results
            ],
            "rows": [{"id": row.name, "revision": row.revision, "content": row.content} for row in answer.rows],
            "sequence": answer.sequence,
        } == asked["answer"]


@dataclass
class Device:
    """A device that keeps what it wrote until it is answered; its words are joined where two wrote at once."""

    name: str
    local: dict[str, str | None] = field(default_factory=dict)
    base: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    pending: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    since: int = 0
    count: int = 0

    def changes(self) -> list[dict[str, Any]]:
        for name, text in self.local.items():
            if name not in self.pending and text != self.base.get(name, (0, None))[1]:
                self.count += 1
                self.pending[name] = (f"{self.name}-{self.count:03}", text)
        return [
            {"id": name, "change": change, "base": self.base.get(name, (0, None))[0], "content": content_of(text)}
            for name, (change, text) in self.pending.items()
        ]

    def hear(self, answer: Answer) -> None:
        for result in answer.results:
            _, sent = self.pending.pop(result.name)
            if result.outcome == "applied":
                self.base[result.name] = (result.revision, sent)
            elif result.outcome == "gone":
                self.base[result.name] = (0, None)
            else:
                if result.outcome == "replayed":
                    self.base[result.name] = (0, sent)
                self.take(result.name, result.revision, result.content)
        for row in answer.rows:
            self.take(row.name, row.revision, row.content)
        self.since = answer.sequence

    def take(self, name: str, revision: int, content: Content | None) -> None:
        known, base = self.base.get(name, (0, None))
        if revision <= known:
            return
        mine, theirs = self.local.get(name), content["text"] if content else None
        if mine in (base, theirs):
            self.local[name] = theirs
        elif theirs != base:
            self.local[name] = mine or theirs if not mine or not theirs or mine == theirs else f"{theirs} {mine}"
        self.base[name] = (revision, theirs)


def content_of(text: str | None) -> Content | None:
    return None if text is None else note(text)


STEPS = some.lists(
    some.tuples(
        some.integers(0, 1),
        some.sampled_from(["write", "write", "delete", "lost there", "lost back", "synchronise", "synchronise"]),
        some.sampled_from(["note-0001", "note-0002"]),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_devices_come_to_the_same_and_lose_nothing(
    cast: Cast, live: Edition, steps: list[tuple[int, str, str]]
) -> None:
    Notebook.objects.all().delete()
    devices = [Device("device-one"), Device("device-two")]
    written: dict[str, set[str]] = {"note-0001": set(), "note-0002": set()}
    for number, (which, act, name) in enumerate(steps):
        device = devices[which]
        if act == "write":
            device.local[name] = f"{device.local.get(name) or ''} w{number}".strip()
            written[name].add(f"w{number}")
        elif act == "delete":
            written[name] -= set((device.local.get(name) or "").split())
            device.local[name] = None
        else:
            changes = device.changes()
            if act != "lost there":
                answer = synchronise(cast, live, device.name, device.since, changes)
                if act != "lost back":
                    device.hear(answer)
    for _ in range(5):
        for device in devices:
            device.hear(synchronise(cast, live, device.name, device.since, device.changes()))
    one, other = devices
    for name, words in written.items():
        row = Annotation.objects.filter(name=name).first()
        kept = row.content["text"] if row and row.content else None
        assert one.local.get(name) == other.local.get(name) == kept
        assert words <= set((kept or "").split())
