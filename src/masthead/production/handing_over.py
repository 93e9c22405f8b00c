"""Hands over a file of this machine, for the command and the watched folder, as a named person of the staff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone

from masthead.accounts.selectors import User, publisher_list
from masthead.document.errors import FileMissingError, MastheadError
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, publication_list
from masthead.production.arrivals import arrival_begin, arrival_remove, arrival_take_file
from masthead.production.checking import check_now
from masthead.production.errors import PersonUnknownError
from masthead.production.file_names import guess
from masthead.production.intake import edition_start
from masthead.production.models import Arrival
from masthead.production.selectors import error_of


def person_named(email: str) -> User:
    """Somebody of a staff by their e-mail address; raises PersonUnknownError."""
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None or not publisher_list(found).exists():
        raise PersonUnknownError(email)
    return found


def publication_named(person: User, words: str, error: type[MastheadError] = NotFoundError) -> Publication:
    """The publication with this address or name that the person sees; raises `error`."""
    rows = [one for publisher in publisher_list(person) for one in publication_list(person, publisher)]
    by_address = [one for one in rows if one.slug == words]
    found = by_address or [one for one in rows if one.name.casefold() == words.casefold()]
    if len(found) != 1:
        raise error(words)
    return found[0]


def hand_over(
    *,
    by: User,
    publication: Publication,
    file: Path,
    label: str = "",
    day: date | None = None,
    description: str = "",
    password: str = "",
) -> Edition:
    """A draft edition of the file, and its conversion; what is not said is told from the file's name.

    Raises what the look at the file raises, NotAllowedError, SlugTakenError. The file itself stays where it is.
    """
    try:
        size = file.stat().st_size
    except OSError as error:
        raise FileMissingError(f"{file}: {error.strerror}") from error
    arrival = arrival_begin(by=by, publisher=publication.publisher, name=file.name, size=size)
    try:
        try:
            arrival = arrival_take_file(arrival=arrival, file=file, password=password)
        except OSError as error:
            raise FileMissingError(f"{file}: {error.strerror}") from error
        arrival = check_now(arrival)
        if arrival.state == Arrival.State.REFUSED:
            raise error_of(arrival.error_code, arrival.name)
        guessed = guess(file.name, publication.name, publication.language)
        return edition_start(
            by=by,
            arrival=arrival,
            publication=publication,
            label=label or (guessed.label if not _is_spoken(file) else file.stem[:120]),
            day=day or guessed.date or timezone.localdate(),
            description=description,
        )
    except MastheadError:
        arrival_remove(arrival=arrival)
        raise


def _is_spoken(file: Path) -> bool:
    """Whether the name is written as a label is: with spaces and no signs of a file name."""
    return " " in file.stem and "_" not in file.stem
