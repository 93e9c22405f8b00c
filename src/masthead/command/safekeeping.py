"""Commands for keeping a house: back it up, restore it, check all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from masthead.config.settings import Settings, load_settings
from masthead.document.errors import OutputFailedError
from masthead.safekeeping.errors import HouseFaultyError, HouseNotEmptyError, NothingToMoveError

_PLACE = click.Path(path_type=Path)


@click.command()
@click.argument("place", type=_PLACE, metavar="DIR_OR_FILE.tar")
def backup(place: Path) -> None:
    """Back the publishing house up, also while it is served: into a folder, which gets what is new, or one file."""
    _house(load_settings())
    from masthead.safekeeping.backup import house_back_up  # noqa: PLC0415 - after django.setup
    from masthead.safekeeping.errors import BackupIncompleteError  # noqa: PLC0415

    with writing(place), reading():
        contents = house_back_up(place, _say)
    size = sum(facts.size for facts in contents.files.values())
    click.echo(f"{place}: {len(contents.files)} files, {size / 1e6:.0f} MB")
    for name in contents.missing:
        click.echo(f"missing: {name}", err=True)
    if contents.missing:
        raise BackupIncompleteError(f"{len(contents.missing)} files")


@click.command()
@click.argument("place", type=_PLACE, metavar="DIR_OR_FILE.tar")
def restore(place: Path) -> None:
    """Restore a backup into an empty publishing house, and bring its tables to this version."""
    from masthead.command.house import prepare_database, prepare_folder  # noqa: PLC0415 - keeps --help quick

    settings = load_settings()
    prepare_folder(settings, forget=False, make_key=False)
    _house(settings)
    from masthead.safekeeping.restore import house_restore  # noqa: PLC0415 - after django.setup

    with reading(is_there=False):
        contents = house_restore(place, _say)
    prepare_folder(settings, forget=False)
    prepare_database(settings)
    click.echo(f"The house of {contents.made_at} is back: {len(contents.files)} files. Start it with masthead serve.")


@click.command()
@click.argument("old", type=_PLACE, metavar="DATA_FOLDER")
def move(old: Path) -> None:
    """Move a house with SQLite, which is stopped, to the database and the storage of the settings, which are empty."""
    from masthead.command.house import only_one, prepare_database, prepare_folder  # noqa: PLC0415 - keeps --help quick

    settings = load_settings()
    if not (old / "masthead.sqlite3").is_file():
        raise NothingToMoveError(str(old))
    prepare_folder(settings, forget=False, make_key=False)
    _house(settings)
    from masthead.safekeeping.checking import house_findings  # noqa: PLC0415 - after django.setup
    from masthead.safekeeping.database import holds_house  # noqa: PLC0415
    from masthead.safekeeping.moving import house_move  # noqa: PLC0415

    with only_one(old), writing(old), reading(is_there=False):
        if holds_house():
            raise HouseNotEmptyError("")
        prepare_database(settings)
        moved = house_move(old, _say)
        for table, count in moved.rows.items():
            if count:
                click.echo(f"{count:>9} {table}")
        click.echo(f"{sum(moved.rows.values())} rows, the same in each table as in the old house; {moved.files} files")
        for finding in (findings := list(house_findings(quick=True))):
            click.echo(finding)
    prepare_folder(settings, forget=False)
    if findings:
        raise HouseFaultyError(f"{len(findings)} findings")
    click.echo("The house has moved. Start it with masthead serve; the old one is as it was.")


def check_house(*, quick: bool) -> None:
    """Say what is wrong with the house; raises HouseFaultyError where something is."""
    _house(load_settings())
    from masthead.safekeeping.checking import house_findings  # noqa: PLC0415 - after django.setup

    count = 0
    with reading():
        for finding in house_findings(quick=quick):
            click.echo(finding)
            count += 1
    if count:
        raise HouseFaultyError(f"{count} findings")
    click.echo("The house is whole.")


def _house(settings: Settings) -> None:
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    settings.cache.mkdir(parents=True, exist_ok=True)
    django.setup(set_prefix=False)


def _say(what: str) -> None:
    click.echo(what, err=True)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn a full disk, or one that may not be written to, into a sentence."""
    try:
        yield
    except OSError as error:
        raise OutputFailedError(f"{error.filename or place}: {error.strerror}") from error


@contextmanager
def reading(*, is_there: bool = True) -> Iterator[None]:
    """Say in a sentence that there is no house at these settings, or that its database does not answer."""
    from django.db import DatabaseError  # noqa: PLC0415 - after django.setup

    from masthead.command.house import DatabaseMissingError  # noqa: PLC0415
    from masthead.safekeeping.database import is_empty  # noqa: PLC0415

    try:
        if is_there and is_empty():
            raise DatabaseMissingError("there is no publishing house at these settings")
        yield
    except DatabaseError as error:
        raise DatabaseMissingError(str(error).splitlines()[0]) from error
