"""The jobs in the house's tree: answering requests, converting, keeping the time. Each is a process of its own."""

from __future__ import annotations

import gc
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from masthead.command.process_tree import die_with, told_to_stop
from masthead.config.settings import Settings
from masthead.pdf.priority import stand_back

log = logging.getLogger("masthead.safekeeping")
_APPLICATION = "masthead.config.house_site:make_application"


def load_jobs() -> None:
    """Import what answering needs and compile the pages that readers ask for, so that no process has to."""
    gc.disable()
    try:
        from masthead.config.house_site import make_application  # noqa: PLC0415

        make_application()
    finally:
        gc.enable()


def answer(socket: int) -> None:
    """Answer requests that come in at the open socket of this number, until SIGTERM."""
    from masthead.command.web_process import answer_requests  # noqa: PLC0415 - the other jobs do without

    die_with(os.getppid(), signal.SIGKILL)  # nobody would end one that is busy
    answer_requests(_APPLICATION, socket)


def convert(settings: Settings) -> None:
    """Convert what the house hands over, until SIGTERM."""
    stop = told_to_stop()
    stand_back(settings.niceness)  # before there are threads, which would keep their own
    from masthead.production.worker import work  # noqa: PLC0415 - after django.setup

    work(stop)


def keep_house() -> None:
    """All that happens by itself, until SIGTERM: times, the index, what leaves. None keeps another waiting."""
    stop = told_to_stop()
    from masthead.api.once import forget_old_answers  # noqa: PLC0415 - after django.setup
    from masthead.comments.notices import tell_again as tell_moderators  # noqa: PLC0415
    from masthead.comments.pacing import forget_old as forget_comments  # noqa: PLC0415
    from masthead.outbox import mail  # noqa: PLC0415
    from masthead.outbox.delivering import deliver  # noqa: PLC0415
    from masthead.production.schedule import keep_time  # noqa: PLC0415
    from masthead.safekeeping.handing_out import keep_leaving  # noqa: PLC0415
    from masthead.search.services import keep_index  # noqa: PLC0415
    from masthead.sharing.letters import forget_old as forget_letters  # noqa: PLC0415
    from masthead.sharing.recipients import forget_recipients  # noqa: PLC0415
    from masthead.statistics.schedule import keep_counting  # noqa: PLC0415
    from masthead.webhooks import sending  # noqa: PLC0415

    senders = {"webhook": sending.send, "mail": mail.send}
    chores = [forget_old_answers, forget_letters, forget_comments, tell_moderators, forget_recipients]
    followers = begin_following(
        stop,
        {
            "index": partial(keep_index, stop),
            "leaving": partial(keep_leaving, stop, partial(_take_out, stop)),
            "counting": partial(keep_counting, stop),
            "outbox": partial(deliver, stop, senders, chores),
        },
    )
    try:
        keep_time(stop)
    finally:
        stop.set()
        for follower in followers:
            follower.join()


def begin_following(stop: threading.Event, jobs: Mapping[str, Callable[[], object]]) -> list[threading.Thread]:
    """Begin each job in a thread of its own. One that ends before it was told to stops all of them.

    Then the process ends, and the tree begins it anew: better than one that seems well and sends no mail any more.
    """

    def follow(name: str, job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException:  # whatever it is: nobody else sees how a thread ends
            log.exception("%s ended, and with it this process", name)
        finally:
            stop.set()

    threads = [threading.Thread(target=follow, args=(name, job), name=name) for name, job in jobs.items()]
    for thread in threads:
        thread.start()
    return threads


def _take_out(stop: threading.Event, publisher: str, target: Path) -> bool:
    """Write everything of the publisher in a process of its own, behind everybody else; whether it is there.

    It ends with this process, and when this one is told to stop.
    """
    program = (
        "import os, signal; from masthead.command import main; from masthead.command.process_tree import die_with; "
        f"die_with({os.getpid()}, signal.SIGKILL); os.nice(10); main()"
    )
    command = [sys.executable, "-c", program, "leave", "--", publisher, str(target)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said: list[str] = []
        hearing = threading.Thread(target=lambda: said.extend(process.stderr or ()), name="hearing")
        hearing.start()
        while process.poll() is None:
            if stop.wait(0.5):
                process.terminate()
                break
        hearing.join()
    if not target.is_file():
        log.error("everything of %s could not be taken out: %s", publisher, "".join(said[-3:]).strip())
    return target.is_file()
