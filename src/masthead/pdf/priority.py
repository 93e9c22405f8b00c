"""How much of the processor a process gets beside others: conversions stand back behind whoever answers readers.

Niceness alone says little on many Linux machines: with autogroups (sched(7)) the kernel first shares the processor
among sessions, and each process that opens PDFs is a session of its own, for the sake of its confinement. So the
session's group is told too. Where tasks lie in control groups of a service manager, or there are no autogroups, this
changes nothing and niceness does it alone. The priority of reading from disks follows niceness by itself
(ioprio_set(2)).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_GROUP = Path("/proc/self/autogroup")
_TRIES, _PAUSE_SECONDS = 5, 0.1  # the kernel takes one such change in a tenth of a second, except from root


def stand_back(niceness: int) -> None:
    """Have this process wait for others that want the processor; 0: it does not, 19: the most.

    Children that are started later stand back too. Call it before there are threads: others would keep theirs.
    """
    if niceness <= 0:
        return
    os.setpriority(os.PRIO_PROCESS, 0, max(niceness, os.getpriority(os.PRIO_PROCESS, 0)))
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # never takes the processor from who has it
    _tell_group()


def stand_back_like_parent() -> None:
    """In a child that began a session: the session stands back as far as the process, which has it from its parent."""
    if os.getpriority(os.PRIO_PROCESS, 0) > 0:
        _tell_group()


def _tell_group() -> None:
    wanted = str(os.getpriority(os.PRIO_PROCESS, 0))
    for _ in range(_TRIES):
        try:
            _GROUP.write_text(wanted)
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        except OSError:
            return  # there are no groups here, or they may not be changed
        else:
            return
