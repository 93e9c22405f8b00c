"""Runs the publishing house: prepares folder and database, then keeps one tree of processes until told to stop."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
import django

from masthead.command.house_process import answer, convert, keep_house, load_jobs
from masthead.command.process_tree import ProcessTree, told_to_stop
from masthead.command.web_process import BACKLOG, bound
from masthead.config.house import make_secret_key
from masthead.config.logs import set_up
from masthead.config.settings import Settings, load_settings
from masthead.document.errors import MastheadError

log = logging.getLogger("masthead.house")
_LOCK_ID = 4_077_012  # any number; the same for all of this program


class DataFolderError(MastheadError):
    """The data folder cannot be made or written to."""

    code = "data_folder"
    sentence = "The data folder cannot be used."
    hint = "Set MASTHEAD_DATA to a folder that the house may write to, on a disk that is not full."
    exit_status = 42


class DatabaseMissingError(MastheadError):
    """The database does not answer, or refuses the house."""

    code = "database_missing"
    sentence = "The database cannot be used."
    hint = "Check MASTHEAD_DATABASE, and that the database runs and lets the house in."
    exit_status = 43


class HouseRunsError(MastheadError):
    """Another process tree works on the same data folder of this machine."""

    code = "house_runs"
    sentence = "The publishing house already runs on this data folder."
    hint = "Stop the other one first, or give this one another folder with MASTHEAD_DATA."
    exit_status = 44


def serve_house(*, host: str | None, port: int | None, open_browser: bool) -> None:
    """Run until SIGTERM or SIGINT; raises MastheadError before anything is started."""
    settings = load_settings()
    address = host or settings.host
    with bound(address, settings.port if port is None else port) as entrance:
        _serve_at(entrance, address, settings, open_browser=open_browser)


def _serve_at(entrance: socket.socket, address: str, settings: Settings, *, open_browser: bool) -> None:
    number = entrance.getsockname()[1]
    prepare_folder(settings)
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    set_up(settings)
    with only_one(settings.data):
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_new_metrics(settings))  # read once, when the library is imported
        django.setup(set_prefix=False)
        prepare_database(settings)
        url = settings.origin or f"http://{f'[{address}]' if ':' in address else address}:{number}"
        # This process never accepts; the socket outlives each of those that do. Whoever comes at once waits for them.
        entrance.listen(BACKLOG)
        click.echo(f"The publishing house is at {url}/\nStop with Ctrl-C.")
        _first_owner(settings, url)
        sys.stdout.flush()
        if open_browser:
            subprocess.Popen([sys.executable, "-m", "webbrowser", url], stdout=subprocess.DEVNULL)
        _run(settings, entrance)


def work_for_house(processes: int | None) -> None:
    """Convert until SIGTERM or SIGINT, beside others that serve; raises MastheadError before anything is started."""
    settings = load_settings()
    prepare_folder(settings, forget=False)
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    set_up(settings)
    django.setup(set_prefix=False)
    prepare_database(settings)
    tree = ProcessTree()
    _add_converters(tree, processes or max(1, settings.conversions), settings)
    click.echo("Waiting for conversions.\nStop with Ctrl-C.")
    sys.stdout.flush()
    _keep(tree)


def prepare_folder(settings: Settings, *, forget: bool = True, make_key: bool = True) -> None:
    """Make the data folder with its key, readable by nobody else; raises DataFolderError.

    What was being uploaded when the last house stopped is removed, unless a house may be running: `forget` False.
    """
    try:
        for folder in (settings.data, *(settings.data / name for name in ("run", "incoming", "originals", "editions"))):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for forgotten in (settings.data / "incoming").iterdir() if forget else ():
            forgotten.unlink()
        if make_key:
            make_secret_key(settings.data)
    except OSError as error:
        raise DataFolderError(f"{error.filename or settings.data}: {error.strerror}") from error


def prepare_database(settings: Settings) -> None:
    """Bring the tables to this version, one process at a time; raises DatabaseMissingError."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup
    from django.db import DatabaseError, connection  # noqa: PLC0415

    try:
        with _alone(settings):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise DatabaseMissingError(str(error).splitlines()[0]) from error
    finally:
        connection.close()


def _first_owner(settings: Settings, url: str) -> None:
    """Make the owner that the environment names, or say where one can be made."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from masthead.accounts.selectors import is_set_up  # noqa: PLC0415
    from masthead.accounts.services import house_set_up  # noqa: PLC0415
    from masthead.backoffice.setting_up import set_up_address  # noqa: PLC0415

    if not is_set_up():
        if settings.owner_email:
            house_set_up(
                house=settings.publisher_name,
                name="",
                email=settings.owner_email,
                password=settings.owner_password,
            )
            click.echo(f"{settings.owner_email} is the owner.")
        else:
            click.echo(f"Set it up at {url}{set_up_address()}\n(this address works once, until tomorrow)")
    connection.close()


def _new_metrics(settings: Settings) -> Path:
    metrics = settings.data / "run" / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(mode=0o700)
    return metrics


def _run(settings: Settings, entrance: socket.socket) -> None:
    load_jobs()
    tree = ProcessTree()
    for one in range(1, settings.web_processes + 1):
        tree.add(f"web {one}", partial(answer, entrance.fileno()))
    _add_converters(tree, settings.conversions, settings)
    tree.add("clock", keep_house)
    _keep(tree)


def _add_converters(tree: ProcessTree, count: int, settings: Settings) -> None:
    for one in range(1, count + 1):
        tree.add(f"converter {one}", partial(convert, settings))


def _keep(tree: ProcessTree) -> None:
    """Run the tree until this process is told to stop."""
    from django.db import connections  # noqa: PLC0415 - after django.setup

    connections.close_all()  # no two processes may talk through one
    tree.run(told_to_stop())
    log.info("all processes have ended")


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """One tree on one data folder of a machine; raises HouseRunsError."""
    with (data / "run" / "house.lock").open("w") as file:
        os.register_at_fork(after_in_child=file.close)  # it is free as soon as this process is gone
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HouseRunsError(str(data)) from error
        yield


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Nobody else migrates the same database meanwhile, also from another machine."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    if connection.vendor != "postgresql":
        yield  # the file is in the data folder, which is ours
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_ID])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_ID])
