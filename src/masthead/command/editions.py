"""Commands of the house beside its server: hand over files, list editions, convert old ones anew."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from masthead.config.settings import load_settings


def _set_up() -> Any:
    """Django with the house's database, and the settings."""
    import django  # noqa: PLC0415 - slow, and --help does without

    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    settings = load_settings()
    django.setup(set_prefix=False)
    return settings


def add_files(
    files: tuple[Path, ...],
    *,
    publication: str,
    label: str,
    day: date | None,
    by: str,
    password: str,
    publish: bool,
) -> int:
    """Hand each file over as an edition, and say what became of it; gives how many were refused.

    With `publish` it waits for each conversion, which the running house makes, and publishes.
    """
    _set_up()
    from masthead.document.errors import MastheadError  # noqa: PLC0415
    from masthead.production.handing_over import hand_over, person_named, publication_named  # noqa: PLC0415

    person = person_named(by)
    title = publication_named(person, publication)
    refused = 0
    for file in files:
        try:
            edition = hand_over(by=person, publication=title, file=file, label=label, day=day, password=password)
            done = _published(person, edition.pk) if publish else edition
        except MastheadError as error:
            detail = f" ({error.detail})" if error.detail else ""
            click.echo(f"{file}: {error.sentence}{detail} {error.hint} [{error.code}]", err=True)
            refused += 1
        else:
            click.echo(f"{file}: {done} is {done.state}, /{done.publication.slug}/{done.slug}/")
    return refused


def _published(person: Any, edition_id: str) -> Any:
    """The edition, live; waits until its conversion has ended. Raises the error with which that ended."""
    from masthead.library.selectors import edition_get  # noqa: PLC0415
    from masthead.library.services import edition_publish  # noqa: PLC0415
    from masthead.production.selectors import conversion_result  # noqa: PLC0415

    conversion_result(edition_get(person, edition_id))
    return edition_publish(by=person, edition=edition_get(person, edition_id))


def list_editions(*, publication: str, by: str) -> None:
    """Print what the person sees: state, date, pages, address."""
    _set_up()
    from masthead.accounts.selectors import publisher_list  # noqa: PLC0415
    from masthead.library.selectors import edition_list  # noqa: PLC0415
    from masthead.production.handing_over import person_named, publication_named  # noqa: PLC0415

    person = person_named(by)
    only = publication_named(person, publication) if publication else None
    for publisher in publisher_list(person):
        for edition in edition_list(person, publisher, only):
            pages = edition.build.pages if edition.build else 0
            made = f"Masthead {edition.build.version}" if edition.build else "-"
            words = [edition.state, edition.date.isoformat(), str(pages), made, f"/{edition.publication.slug}/"]
            click.echo("\t".join([*words[:4], words[4] + edition.slug + "/", str(edition)]))


def convert_again(*, older_than: str, by: str) -> int:
    """Ask for a new conversion of all editions that an older version made; gives how many."""
    _set_up()
    from masthead.accounts.selectors import publisher_list  # noqa: PLC0415
    from masthead.production.handing_over import person_named  # noqa: PLC0415
    from masthead.production.rebuilding import convert_older  # noqa: PLC0415

    person = person_named(by)
    number = 0
    for publisher in publisher_list(person):
        for conversion in convert_older(by=person, publisher=publisher, version=older_than):
            click.echo(f"{conversion.edition} waits for its conversion.")
            number += 1
    return number
