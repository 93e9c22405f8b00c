"""Feeds of products: an address that is asked every few hours; what it names is kept, what it names no more goes.

A feed that is broken changes nothing: one that does not answer, cannot be read, names nothing, has no row that is fine,
or would suddenly take more than half of its products away. Somebody who asks for it themselves has decided the last.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from masthead import __version__
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.calling.errors import CallRefusedError, TooManyRedirectsError
from masthead.calling.judging import WEB_PORTS, Place, Rules, hosts_in, place_of
from masthead.calling.requesting import Answer, followed, request
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, require
from masthead.library.services import publication_laid
from masthead.library.telling import step_log
from masthead.orders.checking import key_of
from masthead.orders.errors import FeedUnreadableError, ProductAddressError
from masthead.orders.feed_reading import feed_rows
from masthead.orders.importing import Row, products_keep, rows_checked, sums_of
from masthead.orders.models import Product
from masthead.orders.selectors import FeedRun, ProductFeed

HOURS: Final = (1, 6, 24, 168)
LARGEST: Final = 32 << 20  # bytes of a feed
_SECONDS = 60.0
_LEASE = timedelta(minutes=10)  # after which a feed whose clock died is asked again
_KEPT_RUNS = 100
_TOLD_ROWS = 100  # that cannot be taken, in a run
_FEW = 10  # products that may go without a question


def rules(seconds: float = _SECONDS, most: int = LARGEST) -> Rules:
    """Whom feeds and pictures may be fetched from, as the operator allows it."""
    allowed = hosts_in(settings.MASTHEAD.feed_hosts)
    return Rules(seconds=seconds, answer_bytes=most + 1, ports=WEB_PORTS, allowed_hosts=allowed)


def fetched(address: str, by: Rules) -> bytes:
    """What an address gives in the end. Raises FeedUnreadableError, whose detail says why it gives nothing."""

    def ask(place: Place) -> Answer:
        return request(place, by, headers={"User-Agent": f"Masthead/{__version__}", "Accept": "*/*"})

    try:
        answer = [told for _, told in followed(address, by, ask)][-1]
    except (CallRefusedError, TooManyRedirectsError) as error:
        raise FeedUnreadableError(f"refused: {error}"[:200]) from error
    except (OSError, http.client.HTTPException) as error:
        raise FeedUnreadableError(f"{type(error).__name__}: {error}"[:200]) from error
    if not 200 <= answer.status < 300:
        raise FeedUnreadableError(f"status {answer.status}")
    if len(answer.body) >= by.answer_bytes:
        raise FeedUnreadableError(f"more than {(by.answer_bytes - 1) >> 20} MB")
    return answer.body


def feed_of(person: User, publication: Publication) -> ProductFeed | None:
    """The feed of a publication. Raises NotAllowedError."""
    require(person, Action.MANAGE_SHOP, publication)
    return ProductFeed.objects.filter(publication=publication).select_related("publication__publisher").first()


def runs_of(feed: ProductFeed, most: int = 30) -> list[FeedRun]:
    """The last times that it was asked, latest first; who may see the feed was asked."""
    return list(feed.runs.select_related("by")[:most])


def feed_set(*, by: User, publication: Publication, address: str, hours: int, is_on: bool) -> ProductFeed:
    """Another address or time; it is asked at once. Raises NotAllowedError, ProductAddressError at its field."""
    require(by, Action.MANAGE_SHOP, publication)
    address = address.strip()
    try:
        place_of(address, rules())
    except CallRefusedError as error:
        raise ProductAddressError(str(error), field="address") from error
    if hours not in HOURS or len(address) > 2000:
        raise ProductAddressError(address[:80], field="address")
    with transaction.atomic():
        feed = ProductFeed.objects.select_for_update().filter(publication=publication).first()
        before = _facts(feed) if feed else {}
        feed = feed or ProductFeed(publication=publication)
        feed.address, feed.hours, feed.is_on = address, hours, is_on
        if before != _facts(feed):
            feed.due_at, feed.asked_by = (timezone.now() if is_on else None), by
            feed.save()
            step_log(by, "feed.change", publication, before, _facts(feed))
    return feed


def feed_remove(*, by: User, publication: Publication) -> None:
    """Ask it no more; its products stay, as the publisher's own. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, publication)
    with transaction.atomic():
        feed = ProductFeed.objects.filter(publication=publication).first()
        if feed is not None:
            step_log(by, "feed.remove", publication, _facts(feed), {})
            feed.delete()
            Product.objects.filter(publication=publication).update(is_fed=False, is_gone=False)


def feed_ask(*, by: User, publication: Publication) -> None:
    """Have it asked within seconds, whenever its time would be. Raises NotAllowedError, NotFoundError."""
    require(by, Action.MANAGE_SHOP, publication)
    if not ProductFeed.objects.filter(publication=publication).update(due_at=timezone.now(), asked_by=by):
        raise NotFoundError(publication.pk)


def feed_fetch(feed: ProductFeed) -> FeedRun:
    """Ask it now, and write down what came of it. What fails changes nothing but the log of the feed."""
    try:
        rows = feed_rows(fetched(feed.address, rules()))
        with transaction.atomic():
            run = _taken(feed, rows_checked(feed.publication, rows))
    except FeedUnreadableError as error:
        run = FeedRun.objects.create(feed=feed, by=feed.asked_by, problem=error.code, detail=error.detail[:300])
    old = feed.runs.values_list("pk", flat=True)[_KEPT_RUNS:]
    FeedRun.objects.filter(pk__in=list(old)).delete()
    return run


def feeds_fetch_due(now: datetime) -> int:
    """Ask every feed whose time has come, and say how many. Several may do it: each feed is claimed by one."""
    asked = 0
    for feed in ProductFeed.objects.filter(due_at__lte=now).select_related("publication__publisher", "asked_by"):
        claimed = ProductFeed.objects.filter(pk=feed.pk, due_at=feed.due_at).update(due_at=now + _LEASE)
        if not claimed:
            continue
        feed_fetch(feed)
        after = timezone.now() + timedelta(hours=feed.hours) if feed.is_on else None
        ProductFeed.objects.filter(pk=feed.pk, due_at=now + _LEASE).update(due_at=after, asked_by=None)
        asked += 1
    return asked


def _taken(feed: ProductFeed, rows: Sequence[Row]) -> FeedRun:
    """Keep the rows that are fine, and take away what the feed has no more. Raises FeedUnreadableError."""
    if all(row.problem for row in rows):
        raise FeedUnreadableError("no product in it can be taken")
    publication = feed.publication
    named = {key_of(str(row.said.get("code", ""))) for row in rows}
    fed = Product.objects.filter(publication=publication, is_fed=True)
    lost = [pk for pk, key in fed.filter(is_gone=False).values_list("pk", "key") if key not in named]
    if feed.asked_by_id is None and len(lost) > _FEW and len(lost) * 2 > fed.filter(is_gone=False).count():
        raise FeedUnreadableError(f"{len(lost)} products would go; ask for it yourself if that is right")
    back = [pk for pk, key in fed.filter(is_gone=True).values_list("pk", "key") if key in named]
    sums = sums_of(rows)
    products_keep(by=feed.asked_by, publication=publication, rows=rows, action="products.feed", fed=True)
    _claim(publication, (str(row.kept["key"]) for row in rows if not row.problem))
    _offer(lost, is_gone=True)
    _offer(back, is_gone=False)
    if lost or back:
        publication_laid(publication_id=publication.pk)
    return FeedRun.objects.create(
        feed=feed,
        by=feed.asked_by,
        new=sums.new,
        changed=sums.changed,
        same=sums.same,
        gone=len(lost),
        problems=sums.problems,
        rows=[_told(row) for row in rows if row.problem][:_TOLD_ROWS],
    )


def _claim(publication: Publication, keys: Iterable[str]) -> None:
    """What the feed names is its own from now on, also what stayed the same."""
    found = list(keys)
    for at in range(0, len(found), 500):
        rows = Product.objects.filter(publication=publication, key__in=found[at : at + 500])
        rows.filter(is_fed=False).update(is_fed=True)


def _offer(ids: Sequence[str], *, is_gone: bool) -> None:
    for at in range(0, len(ids), 500):
        Product.objects.filter(pk__in=ids[at : at + 500]).update(is_gone=is_gone, is_offered=not is_gone)


def _told(row: Row) -> dict[str, object]:
    assert row.problem is not None
    written = row.said.get(row.problem.field, "")[:80]
    return {
        "row": row.number,
        "code": row.said.get("code", "")[:60],
        "field": row.problem.field,
        "written": written,
        "sentence": row.problem.sentence,
    }


def _facts(feed: ProductFeed) -> dict[str, object]:
    return {"address": feed.address, "hours": feed.hours, "is_on": feed.is_on}
