"""What the registries said of locked packages: holes that are known, and what nobody could be asked about.

python -m tests.hardening.audit REPORT.json … ends with 0, 1 (a hole is known) or 2 (some could not be asked about).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOLES, NOT_ALL_ASKED = 1, 2
_NAMED = 8  # packages; of the others the number is enough


@dataclass
class Heard:
    """What one report says."""

    asked: int = 0  # packages that were answered for
    holes: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)  # with why


def heard(text: str) -> Heard:
    """The report of pip-audit or of npm, in JSON; one that cannot be read was no answer."""
    try:
        report = json.loads(text)
    except ValueError:
        return Heard(unasked=["all: nothing came that can be read"])
    if not isinstance(report, dict):
        return Heard(unasked=["all: nothing came that can be read"])
    return _of_python(report["dependencies"]) if "dependencies" in report else _of_the_reader(report)


def _of_python(packages: list[dict[str, Any]]) -> Heard:
    found = Heard()
    for package in packages:
        if "skip_reason" in package:
            found.unasked.append(f"{package['name']}: {package['skip_reason']}")
            continue
        found.asked += 1
        for hole in package.get("vulns", []):
            fixed = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            found.holes.append(f"{package['name']} {package['version']}: {hole['id']}, mended in {fixed}")
    return found


def _of_the_reader(report: dict[str, Any]) -> Heard:
    if "vulnerabilities" not in report:
        why = report.get("message") or report.get("error") or "no answer"
        return Heard(unasked=[f"all: {why if isinstance(why, str) else json.dumps(why)}"])
    holes = [f"{name}: {one.get('severity', '')}" for name, one in sorted(report["vulnerabilities"].items())]
    return Heard(int(report.get("metadata", {}).get("dependencies", {}).get("total", 0)), holes)


def told(name: str, one: Heard) -> list[str]:
    """Lines for people."""
    lines = [f"— {name}: {one.asked} packages were asked about, {len(one.holes)} known holes"]
    lines += [f"  HOLE {hole}" for hole in one.holes]
    if one.unasked:
        lines.append(f"  NOT ASKED about {len(one.unasked)}; of these nothing is known:")
        lines += [f"    {what[:160]}" for what in one.unasked[:_NAMED]]
        lines += [f"    … and {len(one.unasked) - _NAMED} more"] if len(one.unasked) > _NAMED else []
    return lines


def status_of(all_heard: Iterable[Heard]) -> int:
    """How the program ends. A report that answers for nothing and names nothing is no all-clear either."""
    found = list(all_heard)
    if any(one.holes for one in found):
        return HOLES
    return NOT_ALL_ASKED if not found or any(one.unasked or not one.asked for one in found) else 0


def main(paths: list[str]) -> int:
    """Tell what the reports say."""
    reports = {Path(path).stem: heard(Path(path).read_text(encoding="utf-8")) for path in paths}
    for name, one in reports.items():
        sys.stdout.write("\n".join([*told(name, one), ""]))
    status = status_of(reports.values())
    said = {
        HOLES: "NOT clean: update what is named above (pyproject.toml and bin/lock, or reader/package.json).",
        NOT_ALL_ASKED: "NOT all could be asked about: run it where the registries with known holes can be reached.",
        0: "All packages were asked about; none has a known hole.",
    }
    sys.stdout.write(f"{said[status]}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
