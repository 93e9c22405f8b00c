"""Writes what is said of publications and editions, and the settings of reading that editions inherit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library import inheriting, issn
from masthead.library.addresses import checked
from masthead.library.errors import NotFoundError, SlugTakenError, StateError, TimeInvalidError
from masthead.library.models import Category, Edition, Publication
from masthead.library.selectors import require
from masthead.library.states import State
from masthead.library.telling import step_log

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "tr", "ar", "he", "ja", "zh")  # of publications, BCP 47
IMPRINT = ("editor", "publisher", "address", "email", "legal")  # the masthead data that is asked for
_PUBLICATION = ("name", "slug", "issn", "frequency", "language", "description", "imprint")


def publication_change(*, by: User, publication: Publication, fields: Mapping[str, Any]) -> Publication:
    """Other particulars. Raises NotAllowedError, IssnInvalidError, SlugInvalidError, SlugTakenError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    unknown = set(fields) - set(_PUBLICATION)
    if unknown:
        raise TypeError(f"no particulars of a publication: {unknown}")
    wanted = dict(fields)
    if "issn" in wanted:
        wanted["issn"] = issn.checked(wanted["issn"])
    if "slug" in wanted and wanted["slug"] != publication.slug:
        wanted["slug"] = checked(wanted["slug"])
    if "imprint" in wanted:
        wanted["imprint"] = {name: value for name, value in wanted["imprint"].items() if name in IMPRINT and value}
    try:
        with transaction.atomic():
            current = Publication.objects.select_for_update().get(pk=publication.pk)
            _change(by, "publication.change", current, wanted)
    except IntegrityError as error:
        raise SlugTakenError(wanted["slug"]) from error
    return current


def edition_change(*, by: User, edition: Edition, label: str, slug: str, date: date, description: str) -> Edition:
    """Other particulars of an edition. Raises NotAllowedError, SlugInvalidError, SlugTakenError."""
    require(by, Action.EDIT, edition)
    wanted = {"label": label.strip(), "slug": slug, "date": date, "description": description}
    if slug != edition.slug:
        checked(slug)
    try:
        with transaction.atomic():
            current = _locked(edition)
            _change(by, "edition.change", current, wanted)
    except IntegrityError as error:
        raise SlugTakenError(slug) from error
    return current


def edition_categorise(
    *, by: User, edition: Edition, add: Collection[Category] = (), remove: Collection[Category] = ()
) -> None:
    """Put an edition into categories of its publisher and take it out of others. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    for category in (*add, *remove):
        if category.publisher_id != edition.publication.publisher_id:
            raise NotFoundError(category.pk)
    with transaction.atomic():
        current = _locked(edition)
        before = _category_names(current)
        current.categories.add(*add)
        current.categories.remove(*remove)
        after = _category_names(current)
        if before != after:
            step_log(by, "edition.categorise", current, {"categories": before}, {"categories": after})


def publication_settings_change(*, by: User, publication: Publication, values: Mapping[str, str]) -> None:
    """What editions inherit; what is "" is left to the house. Raises NotAllowedError, SettingInvalidError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    kept = inheriting.checked(values)
    with transaction.atomic():
        current = Publication.objects.select_for_update().get(pk=publication.pk)
        before = {**current.defaults, "direction": current.direction}
        current.direction = kept.get("direction", "")
        current.defaults = {name: value for name, value in kept.items() if name != "direction"}
        current.save()
        _log_settings(by, "publication.settings", current, before, kept)


def edition_settings_change(*, by: User, edition: Edition, values: Mapping[str, str]) -> None:
    """What differs from the publication; what is "" is inherited. Raises NotAllowedError, SettingInvalidError."""
    require(by, Action.EDIT, edition)
    kept = inheriting.checked(values)
    with transaction.atomic():
        current = _locked(edition)
        before, current.overrides = current.overrides, kept
        current.save()
        _log_settings(by, "edition.settings", current, before, kept)


def edition_withdraw_later(*, by: User, edition: Edition, withdraw_at: datetime | None, time_zone: str) -> None:
    """Withdraw a live edition at a time; None takes the time back.

    Raises NotAllowedError, StateError, TimeInvalidError.
    """
    require(by, Action.PUBLISH, edition)
    if withdraw_at is not None and withdraw_at <= timezone.now():
        raise TimeInvalidError(withdraw_at.isoformat())
    with transaction.atomic():
        current = _locked(edition)
        if current.state != State.LIVE:
            raise StateError(current.state)
        fields = {"withdraw_at": withdraw_at, "time_zone": time_zone}
        _change(by, "edition.withdraw_later", current, fields)


def terms_keep(
    *, by: User, of: Publication | Edition, terms: Mapping[str, Any], said: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """Keep the terms of reading; what they mean, and who may set them, `access` knows. `said` stands in the log."""
    with transaction.atomic():
        rows = Publication.objects if isinstance(of, Publication) else Edition.objects
        current = rows.select_for_update(of=("self",)).get(pk=of.pk)
        asked = {"forms": current.terms["forms"]} if current.terms.get("forms") else {}  # not set with the others
        current.terms = {**terms, **asked}
        current.save()
        kind = "publication" if isinstance(current, Publication) else "edition"
        step_log(by, f"{kind}.terms", current, before, said)
    of.terms = dict(current.terms)


def terms_part_keep(
    *, publication: Publication, part: str, value: list[Any], of_editions: Mapping[str, list[Any]]
) -> None:
    """Keep one part of the terms of a publication, and of all its editions by their ids; editions not named have none.

    Where something changed, what is kept of pages and lists is made anew. Who may say so was asked.
    """
    with transaction.atomic():
        current = Publication.with_deleted.select_for_update().get(pk=publication.pk)
        is_everywhere = _set_part(current, part, value)
        if is_everywhere:
            current.save()
        for edition in Edition.with_deleted.select_for_update(of=("self",)).filter(publication=publication):
            if _set_part(edition, part, of_editions.get(edition.pk, [])) or is_everywhere:
                edition.laid_version += 1
                edition.save()
    publication.terms = current.terms


def _set_part(row: Publication | Edition, part: str, value: list[Any]) -> bool:
    """Whether it was another before."""
    if row.terms.get(part, []) == value:
        return False
    row.terms = {name: kept for name, kept in row.terms.items() if name != part} | ({part: value} if value else {})
    return True


def _locked(edition: Edition) -> Edition:
    rows = Edition.objects.select_for_update(of=("self",))
    return rows.select_related("publication__publisher").get(pk=edition.pk)


def _category_names(edition: Edition) -> list[str]:
    return sorted(edition.categories.values_list("name", flat=True))


def _change(by: User, action: str, subject: Publication | Edition, fields: Mapping[str, Any]) -> None:
    """Set the fields that differ, and say how they were; nothing is logged where nothing changed."""
    changed = {name: value for name, value in fields.items() if getattr(subject, name) != value}
    before = {name: _plain(getattr(subject, name)) for name in changed}
    for name, value in changed.items():
        setattr(subject, name, value)
    subject.save()
    if changed:
        step_log(by, action, subject, before, {name: _plain(value) for name, value in changed.items()})


def _log_settings(
    by: User,
    action: str,
    subject: Publication | Edition,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    names = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    if names:
        was, now = ({name: kept.get(name, "") for name in names} for kept in (before, after))
        step_log(by, action, subject, was, now)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
