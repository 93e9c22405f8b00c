"""Writes a web site of files: from an edition folder, a PDF, or all live editions of a publication of the house."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from masthead import wording
from masthead.command.exporting import opened_edition
from masthead.document.errors import ExportExistsError, MastheadError, OutputFailedError
from masthead.exports.static.archive_site import write_single

_BASE = re.compile(r"https?://[^\s?#\"<>]+")


class BaseInvalidError(MastheadError):
    """The address under which a site will stand cannot be one."""

    code = "base_invalid"
    sentence = "The address for --base cannot be used."
    hint = "Give the whole address of the folder, such as https://example.org/archive/."
    exit_status = 34


def export_static(
    source: Path, target: Path, *, base: str, password: str, language: str, said: Callable[[str], object]
) -> None:
    """Write the site to `target`, a new or empty folder. Raises one of the documented errors."""
    base = base_of(base)
    try:
        with new_folder(target) as folder:
            if not source.exists() and re.fullmatch(r"[a-z0-9-]+", str(source)):
                _from_house(str(source), folder, base, said)
            else:
                with opened_edition(source, password, language, whole=True) as edition:
                    words = wording.translator(edition.manifest["language"])
                    write_single(edition, folder, base=base, language=words.language)
    except OSError as error:
        raise OutputFailedError(str(error)) from error


def base_of(typed: str) -> str:
    """The address of a folder, with its slash; "" where none was given. Raises BaseInvalidError."""
    if typed and not _BASE.fullmatch(typed):
        raise BaseInvalidError(typed)
    return f"{typed.rstrip('/')}/" if typed else ""


def _from_house(slug: str, folder: Path, base: str, said: Callable[[str], object]) -> None:
    """The archive of a publication: what everybody may read of it, and nothing else."""
    import django  # noqa: PLC0415 - only here is the house wanted

    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    django.setup(set_prefix=False)
    from masthead.command.house_sites import open_editions, open_site_write  # noqa: PLC0415 - after django.setup
    from masthead.library.selectors import public_publication  # noqa: PLC0415

    publication = public_publication(slug)
    open_site_write(publication, open_editions(publication), folder, base=base, said=said)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder that gets its name when it is whole."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExportExistsError(str(target))
    growing = target.parent / f".{target.name}.part-{os.getpid()}"
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir(parents=True)
    try:
        yield growing
        if target.exists():
            target.rmdir()
        growing.rename(target)
    finally:
        shutil.rmtree(growing, ignore_errors=True)
