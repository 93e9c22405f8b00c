"""A process that stands back takes those with it that it opens PDFs in, and the groups that the kernel shares among."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASKS = """
import os, sys
from pathlib import Path
from masthead.pdf.priority import stand_back
from masthead.pdf.sandbox import Sandbox

stand_back(int(sys.argv[1]))
group = Path("/proc/self/autogroup")
with Sandbox("masthead.edition.worker:create") as child:
    for process in (os.getpid(), child.process_id):
        said = Path(f"/proc/{process}/autogroup").read_text().split()[-1] if group.exists() else "none"
        print(os.getpriority(os.PRIO_PROCESS, process), os.sched_getscheduler(process), said)
"""
GROUPS = Path("/proc/sys/kernel/sched_autogroup_enabled")


def asked(niceness: int) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", ASKS, str(niceness)], capture_output=True, text=True, check=True, start_new_session=True
    )
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.skipif(sys.platform != "linux", reason="schedulers differ")
def test_children_of_other_sessions_stand_back_as_far() -> None:
    mine, child = asked(13)
    assert mine[:2] == child[:2] == ["13", str(os.SCHED_BATCH)]
    if GROUPS.exists() and GROUPS.read_text().strip() == "1":
        assert mine[2] == child[2] == "13"


@pytest.mark.skipif(sys.platform != "linux", reason="schedulers differ")
def test_who_does_not_stand_back_changes_nothing() -> None:
    here = str(os.getpriority(os.PRIO_PROCESS, 0))
    for process in asked(0):
        assert process[:2] == [here, str(os.SCHED_OTHER)]
