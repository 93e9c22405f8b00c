"""One process of the house's tree: answers requests, converts, or keeps the time. It ends with its parent."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading

from masthead.command.process_tree import die_with
from masthead.config.settings import Settings, load_settings

_THREADS = 16  # half of them at most wait for a hash of a password, see `accounts.hashing`
_WAITING = 4096  # connections that nobody has taken yet; the kernel takes less where its own limit is lower
_CONNECTIONS = 16_384  # of one process: browsers keep theirs open while they read
_OTHER_FILES = 256  # open files that are no connections: databases, pictures, logs


def main(arguments: list[str]) -> None:
    """`PARENT web ADDRESS PORT`, `PARENT converter` or `PARENT clock`."""
    parent, job, *rest = arguments
    die_with(int(parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.config.house_settings")
    settings = load_settings()
    if job == "web":
        _web(settings, rest[0], int(rest[1]))
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _set_up(settings)
    if job == "converter":
        from masthead.production.worker import work  # noqa: PLC0415 - after django.setup

        work(stop)
    else:
        _keep_house(stop)


def _keep_house(stop: threading.Event) -> None:
    """All that happens by itself: times, the index, what leaves the house. None keeps another waiting."""
    from masthead.api.once import forget_old_answers  # noqa: PLC0415 - after django.setup
    from masthead.comments.notices import tell_again as tell_moderators  # noqa: PLC0415
    from masthead.comments.pacing import forget_old as forget_comments  # noqa: PLC0415
    from masthead.outbox import mail  # noqa: PLC0415
    from masthead.outbox.delivering import deliver  # noqa: PLC0415
    from masthead.production.schedule import keep_time  # noqa: PLC0415
    from masthead.search.services import keep_index  # noqa: PLC0415
    from masthead.sharing.letters import forget_old as forget_letters  # noqa: PLC0415
    from masthead.sharing.recipients import forget_recipients  # noqa: PLC0415
    from masthead.statistics.schedule import keep_counting  # noqa: PLC0415
    from masthead.webhooks import sending  # noqa: PLC0415

    senders = {"webhook": sending.send, "mail": mail.send}
    chores = [forget_old_answers, forget_letters, forget_comments, tell_moderators, forget_recipients]
    followers = [
        threading.Thread(target=keep_index, args=(stop,), name="index"),
        threading.Thread(target=keep_counting, args=(stop,), name="counting"),
        threading.Thread(target=deliver, args=(stop, senders, chores), name="outbox"),
    ]
    for follower in followers:
        follower.start()
    keep_time(stop)
    for follower in followers:
        follower.join()


def web_application() -> object:
    """The application in a process of the web server, which ends with the server's main one."""
    die_with(os.getppid(), signal.SIGKILL)
    from masthead.config.house_site import make_application  # noqa: PLC0415

    return make_application()


def _web(settings: Settings, address: str, port: int) -> None:
    from granian import Granian  # noqa: PLC0415 - the others do without
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    # The web server counts open connections, not requests: with its usual number, readers who keep theirs open would
    # shut the others out.
    Granian(
        "masthead.command.house_process:web_application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.web_processes,
        blocking_threads=_THREADS,
        backlog=_WAITING,
        backpressure=connections(),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
    ).serve()


def connections() -> int:
    """How many one process may hold open: as many files as the system lets it open, without those for other things."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else _CONNECTIONS + _OTHER_FILES
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(_OTHER_FILES, min(_CONNECTIONS, most - _OTHER_FILES))


def _set_up(settings: Settings) -> None:
    import django  # noqa: PLC0415

    from masthead.config.logs import set_up  # noqa: PLC0415

    set_up(settings)
    django.setup(set_prefix=False)


if __name__ == "__main__":
    main(sys.argv[1:])
