"""Looks through the source with bandit; each finding is explained here or ends the check. Run by bin/check.

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
    "B101": "asserts tell the type checker what is known; no check of what people send hangs on one",
    "B404": "importing a module starts nothing; each start is explained below",
    "B405": "the module writes XML; where it reads, B314 asks",
}
_OUR_OWN: Final = "HTML that we wrote and escaped when the edition was built"
EXPLAINED: Final = {
    ("B105", "access/identity/arriving.py"): "takes a token away",
    ("B105", "access/identity/openid_providers.py"): "takes a secret away",
    ("B105", "access/terms.py"): "the name of a way in",
    ("B105", "accounts/library_words.py"): "what is said of passwords and links that are not right",
    ("B105", "config/house.py"): "the name of a form",
    ("B106", "edition/arranging.py"): "the empty password of a PDF that was opened before",
    ("B106", "production/intake.py"): "a password that is forgotten",
    ("B107", "access/identity/openid.py"): "no token was sent",
    ("B107", "pdf/opening.py"): "the empty password that most PDFs have",
    ("B311", "outbox/services.py"): "how long to wait; nothing depends on its being guessed",
    ("B314", "exports/issue.py"): "a fragment of ours put into an element, so that it can declare no entity",
    ("B603", "command/house.py"): "our own interpreter opens a browser at our own address; no shell",
    ("B603", "command/house_process.py"): "our own interpreter; the name of the publisher stands after --; no shell",
    ("B603", "pdf/program.py"): "our own interpreter, which then gives up its rights; no shell",
    ("B603", "pdf/sandbox.py"): "our own interpreter, which then gives up its rights; no shell",
    ("B603", "recognition/engine.py"): "asks the program that the operator named for its version; no shell",
    ("B603", "safekeeping/database.py"): "the database's own programs, arguments of ours, no shell",
    ("B606", "pdf/program.py"): "no shell is wanted",
    ("B608", "search/embedded.py"): "names of tables are put together; what anybody said is a parameter",
    ("B608", "search/server.py"): "names of tables and of the schema; what anybody said is a parameter",
    ("B701", "exports/templates.py"): "the rules escape",
    ("B704", "exports/announcing/schema_org.py"): "JSON in which every < is escaped",
    ("B704", "exports/articles/webpages.py"): _OUR_OWN,
    ("B704", "exports/epub/book.py"): _OUR_OWN,
    ("B704", "exports/explanation/folder.py"): "drawings of ours, words in them escaped",
    ("B704", "exports/frame/fragments.py"): _OUR_OWN,
    ("B704", "exports/frame/overlays.py"): "cleaned when it was kept",
    ("B704", "exports/frame/rendering.py"): "our own style sheet",
    ("B704", "site/comment_threads.py"): "the template escapes",
    ("B704", "outbox/dressing.py"): "what our own templates and escaping made is put into the frame of a mail",
}


def found() -> set[tuple[str, str, str]]:
    """What bandit finds: the number of its rule, the file in the package, and the words with the line."""
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", "src", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    if said["errors"]:
        raise SystemExit(f"bandit could not read: {said['errors']}")
    return {
        (row["test_id"], row["filename"].removeprefix("src/masthead/"), f"{row['line_number']}: {row['issue_text']}")
        for row in said["results"]
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
