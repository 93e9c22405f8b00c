"""The accessibility report of an edition's current build, made once; and what its publication says in public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction

from masthead import __version__
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.document.errors import EditionInvalidError
from masthead.edition.accessibility import Report, report_of
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition, Publication, require
from masthead.library.telling import step_log
from masthead.production.models import AccessibilityStatement

_KEPT_SECONDS = 30 * 24 * 3600
_FIELDS = (
    *("is_public", "conformance", "limitations", "feedback_email", "feedback_phone", "feedback_address"),
    *("answer_days", "enforcement", "assessed_on"),
)


def report_for(edition: Edition) -> Report | None:
    """The report of the current build, which never changes; None where there is no build that can be read."""
    if edition.build is None:
        return None
    key = f"accessibility:{__version__}:{edition.build.build_id}"
    kept: Report | None = cache.get(key)
    if kept is None:
        try:
            kept = report_of(read_build(edition.build.folder))
        except EditionInvalidError:
            return None
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def statement_of(publication: Publication) -> AccessibilityStatement:
    """What the publication says; one that says nothing yet is not public."""
    found = AccessibilityStatement.objects.filter(publication=publication).first()
    mail = str(publication.imprint.get("email", ""))
    return found or AccessibilityStatement(publication=publication, feedback_email=mail)


def statement_change(*, by: User, publication: Publication, fields: Mapping[str, Any]) -> AccessibilityStatement:
    """Say something else. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    wanted = {name: fields[name] for name in _FIELDS if name in fields}
    with transaction.atomic():
        statement = statement_of(publication)
        before = {name: _plain(getattr(statement, name)) for name in wanted}
        for name, value in wanted.items():
            setattr(statement, name, value)
        statement.save()
        after = {name: _plain(value) for name, value in wanted.items()}
        changed = [name for name in wanted if before[name] != after[name]]
        was, now = ({name: kept[name] for name in changed} for kept in (before, after))
        step_log(by, "publication.accessibility", publication, was, now)
    return statement


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)
