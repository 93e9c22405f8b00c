"""What is said of a file that has arrived: how far it is, whether it can be converted, and what will disappoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from masthead.production.arrivals import arrived_bytes
from masthead.production.checking import findings
from masthead.production.errors import UploadGoneError
from masthead.production.file_names import guess
from masthead.production.selectors import Arrival

_NAMES = ("no_text", "partly_text", "fonts_missing", "repaired", "odd_sizes", "encrypted", "seen_before")
FINDING_WORDS = (
    "No page that was looked at has text: it may be a scan.",
    "Some pages have no text: they may be scans.",
    "Fonts are missing from the file and are replaced: {names}",
    "The file is damaged; it could be repaired.",
    "Pages of another size: {count}",
    "The file is encrypted; the edition will not be.",
    "The same PDF was handed over before: {names}",
)
_WORDS = dict(zip(_NAMES, FINDING_WORDS, strict=True))
_GRAVE = frozenset({"no_text", "fonts_missing", "seen_before"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence in English with what stands in its places."""

    words: str
    values: dict[str, Any]
    is_grave: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row says."""

    arrival: Arrival
    arrived: int  # bytes
    size: str  # of most pages, such as 210 × 297 mm
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def is_waited_for(self) -> bool:
        """Whether more will be known in a moment."""
        return bool(self.arrival.state == Arrival.State.HERE)

    @property
    def wants_password(self) -> bool:
        """Whether a password would help."""
        return self.arrival.error_code in ("password_required", "password_wrong")

    @property
    def percent(self) -> int:
        """How much has arrived."""
        return 100 * self.arrived // self.arrival.size if self.arrival.size else 100

    @property
    def label(self) -> str:
        """What the file's name calls the issue."""
        return guess(self.arrival.name).label

    @property
    def date(self) -> str:
        """The date that the file's name says, as 2026-11-01; "" for none."""
        found = guess(self.arrival.name).date
        return found.isoformat() if found else ""


def verdict_of(arrival: Arrival) -> Verdict:
    """What is known of the file now."""
    report = arrival.report
    size = ""
    if report.get("width"):
        size = " × ".join(str(round(report[side] / 72 * 25.4)) for side in ("width", "height")) + " mm"
    try:
        arrived = arrived_bytes(arrival)
    except UploadGoneError:
        arrived = 0
    found = [
        Finding(_WORDS[name], _values(name, report), name in _GRAVE)
        for name in (findings(report) if arrival.state == Arrival.State.GOOD else ())
    ]
    return Verdict(arrival, arrived, size, found)


def _values(name: str, report: dict[str, Any]) -> dict[str, Any]:
    if name == "fonts_missing":
        return {"names": ", ".join(report["fonts_missing"][:4])}
    if name == "seen_before":
        return {"names": report["seen_before"]}
    if name == "odd_sizes":
        return {"count": report["odd_sizes"]}
    return {}
