"""Says what happens to publications and editions, to the log and to other programs, as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.library.models import Build, Edition, Publication
from masthead.webhooks.events import event_tell

# What the log calls a step, and what programs are told of it; a new build is told by whether there was one before.
_OF_STEPS: Final = {
    "edition.create": "edition.created",
    "edition.change": "edition.changed",
    "edition.categorise": "edition.changed",
    "edition.settings": "edition.changed",
    "edition.withdraw_later": "edition.changed",
    "edition.schedule": "edition.scheduled",
    "edition.unschedule": "edition.unscheduled",
    "edition.publish": "edition.published",
    "edition.withdraw": "edition.withdrawn",
    "edition.choose_build": "edition.rolled_back",
    "edition.delete": "edition.deleted",
    "edition.restore": "edition.restored",
    "publication.create": "publication.created",
    "publication.change": "publication.changed",
    "publication.settings": "publication.changed",
    "publication.branding": "publication.changed",
    "publication.logo": "publication.changed",
    "publication.icon": "publication.changed",
    "publication.typefaces": "publication.changed",
    "publication.take_over": "publication.changed",
    "publication.words": "publication.changed",
    "publication.domain": "publication.changed",
    "publication.delete": "publication.deleted",
    "publication.restore": "publication.restored",
}


def step_log(
    by: User | None,
    action: str,
    subject: Edition | Publication,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Write into the log what was done to an edition or a publication, and tell programs if they are told of it at all.

    Call it inside the transaction of the change; `by` is None where the house did it by itself.
    """
    publication = subject.publication if isinstance(subject, Edition) else subject
    log_write(
        by=by,
        publisher_id=publication.publisher_id,
        action=action,
        subject_id=subject.pk,
        subject_name=str(subject),
        before=before,
        after=after,
    )
    event = _OF_STEPS.get(action, "")
    if action == "edition.built":
        event = "edition.replaced" if before.get("build") else "edition.converted"
    if event:
        tell(event, subject)


def tell(event: str, subject: Edition | Publication, **more: Any) -> None:
    """Tell an event of an edition or a publication, with what a program needs to go on."""
    publication = subject.publication if isinstance(subject, Edition) else subject
    data: dict[str, Any] = {"publication": _publication(publication)}
    if isinstance(subject, Edition):
        data["edition"] = _edition(subject)
    event_tell(
        publisher_id=publication.publisher_id,
        event=event,
        subject=str(subject),
        data={**data, **more},
        publication_id=publication.pk,
    )


def _publication(row: Publication) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "slug": row.slug, "address": _address(row, f"/{row.slug}/")}


def _edition(row: Edition) -> dict[str, Any]:
    build = row.build if isinstance(row.build, Build) else None
    return {
        "id": row.pk,
        "label": row.label,
        "slug": row.slug,
        "date": row.date.isoformat(),
        "state": str(row.state),
        "publish_at": row.publish_at.isoformat() if row.publish_at else None,
        "withdraw_at": row.withdraw_at.isoformat() if row.withdraw_at else None,
        "build": build.pk if build else None,
        "pages": build.pages if build else None,
        "address": _address(row.publication, f"/{row.publication.slug}/{row.slug}/"),
    }


def _address(publication: Publication, path: str) -> str:
    """Where readers find it, as far as the house knows under which name it is reached."""
    return f"https://{publication.domain}{path}" if publication.domain else f"{settings.MASTHEAD.origin}{path}"
