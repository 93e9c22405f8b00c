"""An answer is never lost and never doubled: a server that is killed at any moment has kept all that it thanked for."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.tables import give_tables

MANY = int(os.environ.get("MASTHEAD_TEST_ANSWERS", "12"))
AT_ONCE = 4  # answers that a process is given before it dies
ANSWERER = Path(__file__).with_name("answerer.py")


def run(deed: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, str(ANSWERER), deed], env=environment, **pipes)


def thanked(keys: list[str], environment: dict[str, str], chance: random.Random) -> list[tuple[str, str]]:
    """Send answers to a process that is killed at a random moment; what it thanked for before."""
    heard: list[tuple[str, str]] = []
    with run("answer", environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{key}\n" for key in keys))
        process.stdin.flush()
        for line in process.stdout:
            if not heard:  # it works now: within the next moments it dies, wherever it is
                threading.Timer(chance.uniform(0, 0.1), process.kill).start()
            heard.append(tuple(json.loads(line)))
            if len(heard) == len(keys):
                process.kill()
    return heard


def test_answers_survive_kills_at_any_moment(tmp_path: Path) -> None:
    chance, heard, kills, start = random.Random(), list[tuple[str, str]](), 0, time.monotonic()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(tmp_path),
        "MASTHEAD_SECRET_KEY": "only-for-the-test-of-answers-never-anywhere-else-at-all",
        "MASTHEAD_MAIL": "smtp://127.0.0.1:9",  # nothing is sent: what waits in the outbox is counted
    }
    give_tables(tmp_path)
    with run("seed", environment) as seeding:
        seeding.communicate()
    assert seeding.returncode == 0
    keys = [f"answer{number}" for number in range(MANY)]
    while len({key for key, _ in heard}) < MANY:
        assert time.monotonic() - start < 400
        known = {key for key, _ in heard}
        # Whoever heard nothing sends again; so does one who pressed twice.
        twice = [key for key in keys if key in known][-2:]
        heard += thanked([*[key for key in keys if key not in known][:AT_ONCE], *twice], environment, chance)
        kills += 1
    with run("told", environment) as telling:
        found = json.loads(telling.communicate()[0])
    assert kills >= MANY // AT_ONCE
    assert sorted(key for key, *_ in found["answers"]) == sorted(keys), "none lost, none doubled"
    assert dict(heard) == {key: answer for key, answer, _ in found["answers"]}, "each heard of the one that is there"
    assert sorted(found["told"]) == sorted(answer for _, answer, _ in found["answers"]), "each told once"
    assert found["mails"] == MANY
