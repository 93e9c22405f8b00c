"""One process of the house's tree: answers requests, converts, or keeps the time. It ends with its parent."""

from __future__ import annotations

import os
import signal
import sys
import threading

from masthead.command.process_tree import die_with
from masthead.config.settings import Settings, load_settings

_THREADS = 8


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
        from masthead.production.schedule import keep_time  # noqa: PLC0415
        from masthead.search.services import keep_index  # noqa: PLC0415
        from masthead.statistics.schedule import keep_counting  # noqa: PLC0415

        follower = threading.Thread(target=keep_index, args=(stop,), name="index")  # a long issue keeps no time waiting
        counter = threading.Thread(target=keep_counting, args=(stop,), name="counting")
        follower.start()
        counter.start()
        keep_time(stop)
        follower.join()
        counter.join()


def web_application() -> object:
    """The application in a process of the web server, which ends with the server's main one."""
    die_with(os.getppid(), signal.SIGKILL)
    from masthead.config.house_site import make_application  # noqa: PLC0415

    return make_application()


def _web(settings: Settings, address: str, port: int) -> None:
    from granian import Granian  # noqa: PLC0415 - the others do without
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        "masthead.command.house_process:web_application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.web_processes,
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
    ).serve()


def _set_up(settings: Settings) -> None:
    import django  # noqa: PLC0415

    from masthead.config.logs import set_up  # noqa: PLC0415

    set_up(settings)
    django.setup(set_prefix=False)


if __name__ == "__main__":
    main(sys.argv[1:])
