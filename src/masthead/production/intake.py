"""From files that have arrived to editions: what each shall become, by its name or a spreadsheet, and the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.document.days import day_of
from masthead.library.errors import StateError
from masthead.library.selectors import Edition, Publication, can_do, publication_list, require
from masthead.library.services import edition_create
from masthead.production.file_names import guess
from masthead.production.metadata_sheet import SheetRow
from masthead.production.models import Arrival, Conversion
from masthead.production.services import conversion_start


@dataclass(slots=True)
class Plan:
    """What a file shall become. Empty strings are not known yet; `mistakes` are sentences by field."""

    arrival: Arrival
    publication: str = ""  # its id
    label: str = ""
    date_said: str = ""
    description: str = ""
    mistakes: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The date, where it is one."""
        return day_of(self.date_said)


NO_PUBLICATION_WORDS = "Choose a publication."
UNKNOWN_PUBLICATION_WORDS = "There is no publication with this name or address."
NO_LABEL_WORDS = "Say which issue it is."
LONG_LABEL_WORDS = "Use 120 characters or fewer."
NO_DATE_WORDS = "Say the date of the issue."
BAD_DATE_WORDS = "This is no date. Write it as 2026-11-03 or 3.11.2026."
TWICE_WORDS = "Another file is this issue already."
NO_FILE_WORDS = "No uploaded file has this name."
FILE_TWICE_WORDS = "Another row names this file already."


def plan_of(arrival: Arrival, publications: Sequence[Publication], preset: str = "", language: str = "en") -> Plan:
    """What was said of the file, else what its name seems to say."""
    said = arrival.said
    publication = str(said.get("publication") or "") or preset
    if not publication and len(publications) == 1:
        publication = publications[0].pk
    of = next((one for one in publications if one.pk == publication), None)
    guessed = guess(arrival.name, of.name if of else "", of.language if of else language)
    day = guessed.date.isoformat() if guessed.date else ""
    return Plan(
        arrival,
        publication=of.pk if of else "",
        label=str(said.get("label", guessed.label)),
        date_said=str(said.get("date", day)),
        description=str(said.get("description", "")),
    )


def check_plans(plans: Iterable[Plan], publications: Sequence[Publication]) -> bool:
    """Name what is missing or wrong in each; True where nothing is."""
    known = {one.pk for one in publications}
    taken: set[tuple[str, str]] = set()
    is_fine = True
    for plan in plans:
        mistakes: dict[str, str] = {}
        if plan.publication not in known:
            mistakes["publication"] = NO_PUBLICATION_WORDS
        if not plan.label.strip():
            mistakes["label"] = NO_LABEL_WORDS
        elif len(plan.label) > 120:
            mistakes["label"] = LONG_LABEL_WORDS
        if plan.day is None:
            mistakes["date"] = BAD_DATE_WORDS if plan.date_said.strip() else NO_DATE_WORDS
        issue = (plan.publication, plan.label.strip().casefold())
        if "label" not in mistakes and issue in taken:
            mistakes["label"] = TWICE_WORDS
        taken.add(issue)
        plan.mistakes = mistakes
        is_fine = is_fine and not mistakes
    return is_fine


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What a row of a spreadsheet comes to: the file it means, and its mistakes by column."""

    row: SheetRow
    arrival: Arrival | None
    publication: Publication | None
    mistakes: Mapping[str, str]


def judge_rows(
    rows: Sequence[SheetRow], arrivals: Sequence[Arrival], publications: Sequence[Publication], preset: str = ""
) -> list[RowVerdict]:
    """Match each row to its file and publication, and name what does not fit."""
    by_name = {arrival.name.casefold(): arrival for arrival in arrivals}
    by_word = {word.casefold(): one for one in publications for word in (one.name, one.slug, one.pk)}
    own = next((one for one in publications if one.pk == preset), publications[0] if len(publications) == 1 else None)
    verdicts, named = [], set()
    for row in rows:
        mistakes: dict[str, str] = {}
        wanted = row.file.replace("\\", "/").rpartition("/")[2].casefold()
        arrival = by_name.get(wanted) or by_name.get(f"{wanted}.pdf")
        if arrival is None:
            mistakes["file"] = NO_FILE_WORDS
        elif arrival.pk in named:
            mistakes["file"] = FILE_TWICE_WORDS
        if arrival is not None:
            named.add(arrival.pk)
        publication = by_word.get(row.publication.casefold()) if row.publication else own
        if publication is None:
            mistakes["publication"] = UNKNOWN_PUBLICATION_WORDS if row.publication else NO_PUBLICATION_WORDS
        if row.date_said and row.date is None:
            mistakes["date"] = BAD_DATE_WORDS
        verdicts.append(RowVerdict(row, arrival, publication, mistakes))
    return verdicts


def say_rows(verdicts: Iterable[RowVerdict]) -> int:
    """Keep what the rows without a mistake say of their files; says how many there were."""
    kept = 0
    for verdict in verdicts:
        if verdict.arrival is None or verdict.mistakes:
            continue
        row, said = verdict.row, dict(verdict.arrival.said)
        said["publication"] = verdict.publication.pk if verdict.publication else ""
        said |= {key: value for key, value in (("label", row.label), ("description", row.description)) if value}
        if row.date:
            said["date"] = row.date.isoformat()
        say(verdict.arrival, said)
        kept += 1
    return kept


def say(arrival: Arrival, said: Mapping[str, Any]) -> None:
    """Keep what somebody said of the file."""
    arrival.said = {name: str(value)[:2000] for name, value in said.items()}
    arrival.save(update_fields=["said"])


def publications_for(person: User, publisher: Publisher) -> list[Publication]:
    """The publications for which the person may hand over files."""
    return [one for one in publication_list(person, publisher) if can_do(person, Action.EDIT, one)]


def edition_start(
    *,
    by: User,
    arrival: Arrival,
    publication: Publication,
    label: str,
    day: date,
    slug: str = "",
    description: str = "",
) -> Edition:
    """A draft edition of the file, and its conversion.

    Raises NotAllowedError, StateError, SlugInvalidError, SlugTakenError.
    """
    with transaction.atomic():
        _take(by, arrival, publication.publisher_id)
        edition = edition_create(
            by=by, publication=publication, label=label, date=day, slug=slug, description=description
        )
        _convert(by, arrival, edition)
        edition.refresh_from_db()
    return edition


def edition_replace(*, by: User, arrival: Arrival, edition: Edition) -> Conversion:
    """Another PDF for an edition: readers keep what they have until the new build is there.

    Raises NotAllowedError, StateError.
    """
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        _take(by, arrival, edition.publication.publisher_id)
        return _convert(by, arrival, edition)


def _take(by: User, arrival: Arrival, publisher_id: str) -> None:
    """Once only, and only what is one's own and of this publisher."""
    rows = Arrival.objects.filter(pk=arrival.pk, by=by, publisher_id=publisher_id, state=Arrival.State.GOOD)
    if not rows.update(state=Arrival.State.USED):
        raise StateError("the file was used already, or cannot be")


def _convert(by: User, arrival: Arrival, edition: Edition) -> Conversion:
    assert arrival.upload is not None
    Arrival.objects.filter(pk=arrival.pk).update(edition=edition, password="")  # it is the conversion's now
    options = {"password": arrival.password} if arrival.password else {}
    return conversion_start(by=by, edition=edition, upload=arrival.upload, options=options)
