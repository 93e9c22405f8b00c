"""Links made for named recipients: what they read by one is kept with their yes only, and for a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, User
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, can_do, require
from masthead.library.telling import step_log
from masthead.sharing.models import RecipientLink, RecipientVisit

DAYS: Final = (7, 30, 90)  # for how long what is kept can be seen
MOST_AT_ONCE: Final = 500
LONGEST_NAME: Final = 120
_BATCHES: Final = 30  # names of batches that are remembered
_MOST_PLACES: Final = 2000  # pages or articles of one visit
_SIGNER: Final = signing.Signer(salt="masthead.recipient")


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a link: how often it was opened, which pages were seen, and for how many seconds."""

    link: RecipientLink
    visits: tuple[RecipientVisit, ...]

    @property
    def pages(self) -> list[int]:
        """The pages that were seen, by their numbers."""
        return sorted({int(page) for visit in self.visits for page in visit.pages})

    @property
    def articles(self) -> list[str]:
        """The articles that were read as text, by their slugs."""
        return sorted({slug for visit in self.visits for slug in visit.articles})

    @property
    def seconds(self) -> int:
        """All the time on pages and articles."""
        return sum(seconds_of(visit) for visit in self.visits)


def links_create(*, by: User, edition: Edition, names: Iterable[str], days: int) -> list[RecipientLink]:
    """A link for each name that has none yet in this edition. Raises NotAllowedError."""
    require(by, Action.PUBLISH, edition)
    wanted = list(dict.fromkeys(filter(None, (" ".join(name.split())[:LONGEST_NAME] for name in names))))[:MOST_AT_ONCE]
    with transaction.atomic():
        rows = RecipientLink.objects.filter(edition=edition, ended_at=None)
        known = set(rows.values_list("name", flat=True))
        ends_at = timezone.now() + timedelta(days=days)
        made = RecipientLink.objects.bulk_create(
            RecipientLink(edition=edition, name=name, made_by=by, ends_at=ends_at)
            for name in wanted
            if name not in known
        )
        if made:
            _log(by, edition, "edition.recipients", {"number": str(len(made)), "expires_at": ends_at.isoformat()})
    return made


def link_end(*, by: User, edition: Edition, link_id: str) -> None:
    """Take a link back with all that was kept by it. Raises NotAllowedError, NotFoundError."""
    require(by, Action.PUBLISH, edition)
    with transaction.atomic():
        removed, _ = RecipientLink.objects.filter(edition=edition, pk=link_id).delete()
        if not removed:
            raise NotFoundError(link_id)
        _log(by, edition, "edition.recipient_end", {})


def links_read(person: Person, edition: Edition) -> list[Read]:
    """The edition's links by name, with what came of each; none for who may not make them."""
    if not can_do(person, Action.PUBLISH, edition):
        return []
    rows = RecipientLink.objects.filter(edition=edition, ends_at__gt=timezone.now()).prefetch_related("visits")
    return [Read(row, tuple(row.visits.all())) for row in rows]


def token_of(link: RecipientLink) -> str:
    """What stands in the address of a link: only the house can make it."""
    return _SIGNER.sign(link.pk)


def link_of(token: str, edition: Edition) -> RecipientLink | None:
    """The link of an address; None where it is over, or never was."""
    try:
        name = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return RecipientLink.objects.filter(pk=name, edition=edition, ends_at__gt=timezone.now()).first()


def visit_begin(*, link: RecipientLink) -> str:
    """The recipient said yes: what they read is kept from now on. Says the visit's id, which their browser keeps."""
    return str(RecipientVisit.objects.create(link=link).pk)


def is_going_on(visit_id: str, link: RecipientLink) -> bool:
    """Whether a visit that a browser remembers is one by this link."""
    return RecipientVisit.objects.filter(pk=visit_id, link=link).exists()


def visit_keep(
    *, visit_id: str, edition: Edition, batch: str, pages: Mapping[int, int], articles: Mapping[str, int]
) -> None:
    """Add seconds on pages and articles to a visit of this edition; nothing where it is over. A batch counts once."""
    with transaction.atomic():
        rows = RecipientVisit.objects.select_for_update(of=("self",))
        visit = rows.filter(pk=visit_id, link__edition=edition, link__ends_at__gt=timezone.now()).first()
        if visit is None or batch in visit.batches:
            return
        for page, seconds in pages.items():
            visit.pages[str(page)] = visit.pages.get(str(page), 0) + seconds
        for slug, seconds in articles.items():
            visit.articles[slug] = visit.articles.get(slug, 0) + seconds
        if max(len(visit.pages), len(visit.articles)) > _MOST_PLACES:
            return
        visit.batches = [*visit.batches[-(_BATCHES - 1) :], batch]
        visit.save(update_fields=["pages", "articles", "batches"])


def seconds_of(visit: RecipientVisit) -> int:
    """How long a visit was, as far as its reader told."""
    return int(sum(visit.pages.values()) + sum(visit.articles.values()))


def forget_recipients(now: datetime | None = None) -> int:
    """Delete links whose time is over, with all their visits; says how many rows went."""
    return RecipientLink.objects.filter(ends_at__lte=now or timezone.now()).delete()[0]


def _log(by: User, edition: Edition, action: str, after: dict[str, str]) -> None:
    """Without names: the log is kept for longer than the links."""
    step_log(by, action, edition, {}, after)
