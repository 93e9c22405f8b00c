"""Takes everything of a publisher out into one folder: sites, books, PDFs, rows, orders, answers, notes, statistics."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from masthead.command.safekeeping import reading, writing
from masthead.command.static_export import base_of, new_folder
from masthead.config.settings import load_settings
from masthead.document.errors import ExportExistsError, MastheadError


class LeavingIncompleteError(MastheadError):
    """Files of the publisher could not be read while everything was taken out."""

    code = "leaving_incomplete"
    sentence = "Some files could not be read, and are missing."
    hint = "Run masthead check to see what is wrong with the house; all else has been taken out."
    exit_status = 153


@click.command()
@click.argument("publisher")
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR_OR_FILE.zip")
@click.option("--base", default="", metavar="ADDRESS", help="Where the public sites will stand, for their feeds.")
@click.option("--with-notes", is_flag=True, help="Also what readers noted, which is theirs and no publisher's to read.")
def leave(publisher: str, target: Path, base: str, with_notes: bool) -> None:
    """Take everything of a publisher out, also while the house is served: working sites, EPUB, PDF, tables."""
    base = base_of(base)
    settings = load_settings()
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    settings.cache.mkdir(parents=True, exist_ok=True)
    django.setup(set_prefix=False)
    from masthead.command.taking_out import take_out  # noqa: PLC0415 - after django.setup

    with writing(target), reading(), _place(target) as folder:
        missing = take_out(publisher, folder, base, with_notes=with_notes)
    click.echo(f"{target}: open index.html in it")
    for name in missing:
        click.echo(f"missing: {name}", err=True)
    if missing:
        raise LeavingIncompleteError(f"{len(missing)} files")


@contextmanager
def _place(target: Path) -> Iterator[Path]:
    """A folder to write to, which gets its name when it is whole; where a file is wanted, it is packed then."""
    if target.suffix != ".zip":
        with new_folder(target) as folder:
            yield folder
        return
    if target.exists():
        raise ExportExistsError(str(target))
    from masthead.safekeeping.packing import pack  # noqa: PLC0415 - keeps --help quick

    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as growing:
        folder = Path(growing) / "all"
        folder.mkdir()
        yield folder
        packed = Path(growing) / target.name
        pack(folder, packed)
        packed.rename(target)
