"""Runs a command, such as the tests of the house, with a database server of its own in MASTHEAD_TEST_DATABASE."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scale.servers import database


def main() -> int:
    """The status with which the command ended."""
    with database() as address:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "MASTHEAD_TEST_DATABASE": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
