"""The house, loaded once: each house of a journey is forked from it, filled, and serves.

Loading takes longer than most of them are read, and a process that runs the tests has a dozen of them one after the
other. How a house starts by itself is walked in the journeys of the first edition and of the demonstration.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class House:
    """A house that was forked: somebody else's child, so it is heard of through the system alone."""

    def __init__(self, process: int) -> None:
        self._handle = os.pidfd_open(process)

    def lives(self) -> bool:
        """Whether it has not ended."""
        return not self._ended_in(0)

    def stop(self, seconds: float = 40) -> None:
        """It is told to stop, and has to; nobody waits for it for ever. Raises TimeoutError if it was ended."""
        try:
            if self.lives():
                signal.pidfd_send_signal(self._handle, signal.SIGTERM)
            if not self._ended_in(seconds):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                raise TimeoutError("the house did not stop")
        finally:
            os.close(self._handle)

    def _ended_in(self, seconds: float) -> bool:
        return bool(select.select([self._handle], [], [], seconds)[0])


@contextmanager
def forked_house(environment: Mapping[str, str], seeding: str, said: Path) -> Iterator[House]:
    """A house with these variables alone, filled by a script of this folder; what it says goes into a file."""
    wish = {"environment": dict(environment), "seeding": seeding, "said": str(said)}
    said.touch()
    loaded = _loaded()
    assert loaded.stdin is not None
    assert loaded.stdout is not None
    print(json.dumps(wish), file=loaded.stdin, flush=True)
    house = House(int(loaded.stdout.readline()))
    try:
        yield house
    finally:
        house.stop()


@cache
def _loaded() -> subprocess.Popen[str]:
    """The process that has loaded the house for this one, and ends with it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    environment["PYTHONPATH"] = str(ROOT)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.loaded_house"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)
    return process


def _load() -> None:
    """All that a house loads, with settings that none will have; nothing is asked of a database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MASTHEAD_DATA": folder, "MASTHEAD_CACHE": folder, "PROMETHEUS_MULTIPROC_DIR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
        import masthead.command  # what it loads is not looked through for garbage
        from masthead.command.house_process import load_jobs

        load_jobs()
        assert masthead.command.main is not None


def _settle() -> None:
    """Read the settings anew, as if this process had just begun."""
    from django.conf import settings
    from django.core.cache import caches
    from django.core.files.storage import default_storage, storages
    from django.db import connections
    from django.utils.functional import empty

    module = importlib.reload(sys.modules["masthead.config.house_settings"])
    for name in filter(str.isupper, dir(module)):
        setattr(settings, name, getattr(module, name))
    for handler in (connections, caches):
        for alias in [alias for alias in handler if hasattr(handler._connections, alias)]:
            del handler[alias]
        handler._settings = None
        handler.__dict__.pop("settings", None)
    storages._backends = None
    storages._storages.clear()
    storages.__dict__.pop("backends", None)
    default_storage._wrapped = empty


def _become(wish: dict[str, Any]) -> None:
    """Fill a house and serve it, until SIGTERM."""
    from masthead.command import main
    from masthead.command.process_tree import die_with

    die_with(os.getppid())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ |= wish["environment"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    counts = Path(os.environ["MASTHEAD_DATA"]) / "run/metrics"
    counts.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    os.dup2(2, 1)  # what the script says is no address
    _settle()
    _filled(Path(__file__).with_name(wish["seeding"]))
    os.dup2(os.open(wish["said"], os.O_WRONLY | os.O_APPEND), 1)
    sys.argv = ["masthead", "serve", "--port", "0"]
    main()


def _filled(seeding: Path) -> None:
    """A script has run to its end, in a process of its own: nothing of it is left in the house's."""
    child = os.fork()
    if child == 0:
        _ending_with(runpy.run_path, str(seeding), run_name="__main__")
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(f"{seeding.name} failed")


def _ending_with(job: Any, *arguments: Any, **named: Any) -> None:
    """Do a job and end this process, which is a fork: what it was forked from is not gone on with."""
    status = 1
    try:
        job(*arguments, **named)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _wait_for_wishes() -> None:
    told = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            told.close()
            _ending_with(_become, json.loads(line))
        told.write(f"{process}\n")
        told.flush()


if __name__ == "__main__":
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a house has ended
    _wait_for_wishes()
