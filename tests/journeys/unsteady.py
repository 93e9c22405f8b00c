"""Names the files of journeys that failed, for one more try; refuses where they are too many to be chance.

Usage: python -m tests.journeys.unsteady, after a run that failed; decision 0047 says why.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAILED = ROOT / ".pytest_cache/v/cache/lastfailed"  # where pytest notes them
_MOST = 2


def files_to_try_again(noted: Path) -> list[str]:
    """The files, each once, in their order; none where nothing is noted or too many failed."""
    if not noted.is_file():
        return []
    names = dict.fromkeys(test.partition("::")[0] for test in json.loads(noted.read_text(encoding="utf-8")))
    files = [name for name in names if name.startswith("tests/journeys/test_")]
    return files if len(files) == len(names) and len(files) <= _MOST else []


if __name__ == "__main__":
    again = files_to_try_again(FAILED)
    sys.stdout.writelines(f"{file}\n" for file in again)
    sys.exit(not again)
