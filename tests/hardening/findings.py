"""Looks for what opens doors in the source, by bandit's rules; each finding is explained here or ends bin/check.

`python -m tests.hardening.findings` says what is not explained, and which explanations explain nothing any more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
EVERYWHERE: Final = {
    "S101": "asserts tell the type checker what is known; no check of what people send hangs on one",
}
_OUR_OWN: Final = "HTML that we wrote and escaped when the edition was built"
EXPLAINED: Final = {
    ("S105", "access/terms.py"): "the name of a way in",
    ("S311", "outbox/services.py"): "how long to wait; nothing depends on its being guessed",
    ("S314", "exports/issue.py"): "a fragment of ours put into an element, so that it can declare no entity",
    ("S603", "command/house.py"): "our own interpreter opens a browser at our own address; no shell",
    ("S603", "command/house_process.py"): "our own interpreter; the name of the publisher stands after --; no shell",
    ("S603", "pdf/starting.py"): "our own interpreter, with nothing of the house in its environment; no shell",
    ("S603", "recognition/engine.py"): "asks the program that the operator named for its version; no shell",
    ("S603", "safekeeping/database.py"): "the database's own programs, arguments of ours, no shell",
    ("S606", "pdf/program.py"): "no shell is wanted",
    ("S608", "search/embedded.py"): "names of tables are put together; what anybody said is a parameter",
    ("S608", "search/server.py"): "names of tables and of the schema; what anybody said is a parameter",
    ("S701", "exports/templates.py"): "the rules escape",
    ("S704", "exports/announcing/schema_org.py"): "JSON in which every < is escaped",
    ("S704", "exports/articles/webpages.py"): _OUR_OWN,
    ("S704", "exports/epub/book.py"): _OUR_OWN,
    ("S704", "exports/explanation/folder.py"): "drawings of ours, words in them escaped",
    ("S704", "exports/frame/fragments.py"): _OUR_OWN,
    ("S704", "exports/frame/overlays.py"): "cleaned when it was kept",
    ("S704", "exports/frame/rendering.py"): "our own style sheet",
    ("S704", "site/comment_threads.py"): "the template escapes",
    ("S704", "outbox/dressing.py"): "what our own templates and escaping made is put into the frame of a mail",
}


def found() -> set[tuple[str, str, str]]:
    """What ruff finds: the number of its rule, the file in the package, and the words with the line.

    Its rules S are those of bandit. What the source says against them (`noqa`) is not heard here.
    """
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "S", "--ignore-noqa"]
    command += ["--target-version", "py311", "--output-format", "json", "src"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"ruff could not look: {done.stderr}")
    within = f"{ROOT}/src/masthead/"
    rows = json.loads(done.stdout)
    if broken := [row["filename"] for row in rows if row["code"] in (None, "invalid-syntax")]:
        raise SystemExit(f"ruff could not read: {broken}")
    return {
        (row["code"], row["filename"].removeprefix(within), f"{row['location']['row']}: {row['message']}")
        for row in rows
    }


def main() -> int:
    """0 where each finding is explained and each explanation needed."""
    findings = found()
    needed = {(rule, file) for rule, file, _ in findings} | {(rule, "") for rule, _, _ in findings}
    open_ones = [one for one in findings if one[0] not in EVERYWHERE and one[:2] not in EXPLAINED]
    spare = [key for key in (*EXPLAINED, *((rule, "") for rule in EVERYWHERE)) if key not in needed]
    for rule, file, words in sorted(open_ones):
        sys.stdout.write(f"{rule} src/masthead/{file}:{words}\n")
    for rule, file in sorted(spare):
        sys.stdout.write(f"nothing is left to explain: {rule} {file}\n")
    return 1 if open_ones or spare or not findings else 0


if __name__ == "__main__":
    sys.exit(main())
