"""Fills an empty house with everything that the other scripts seed, in one house: what every screen needs to show.

The addresses of what was made are written to `places.json` beside the house's data, by the names in its URLs.
"""

from __future__ import annotations

import json
import threading
from datetime import date
from typing import Any

from tests.journeys import comment_seeding, forms_seeding, laying, seeding, seeding_orders, selling_seeding
from tests.journeys.stocking import EDITION, OWNER, PASSWORD, ROOT, edition_of, run

SAMPLE = ROOT / "build/sample-issue.pdf"


def seed() -> None:
    """Harbour Press after some months: a shop, forms, comments, subscribers, statistics, an issue being corrected."""
    from masthead.accounts.selectors import Publisher, User
    from masthead.library.services import publication_create

    seeding.seed()
    owner = User.objects.get(email=OWNER)
    harbour = Publisher.objects.get(slug="harbour-press")
    tide = publication_create(by=owner, publisher=harbour, name="Tide", description="Ships, lamps and weather.")
    places = {"house": harbour.slug, "publication": tide.pk, "tide": tide.slug}
    people = seed_readers()
    open_issue = seed_issue(owner, tide, people)
    places |= {"edition": open_issue.pk, "open": open_issue.slug}
    places |= seed_gates(owner, harbour, tide, people)
    places |= seed_office(owner, harbour, open_issue)
    places |= seed_correcting(owner, tide)
    seed_statistics(tide)
    from django.conf import settings

    (settings.MASTHEAD.data.parent / "places.json").write_text(json.dumps(places), encoding="utf-8")


def seed_readers() -> dict[str, Any]:
    """Rita, Otto, Ana and Ben have accounts."""
    from masthead.accounts.services import user_create

    return {
        name: user_create(email=f"{name}@reader.example", password=PASSWORD, name=name.title(), is_confirmed=True)
        for name in ("rita", "otto", "ana", "ben")
    }


def seed_issue(owner: Any, tide: Any, people: dict[str, Any]) -> Any:
    """An issue that everybody reads, with something of each kind on it; comments, forms, orders."""
    from masthead.edition.folder import read_edition
    from masthead.library.particulars import publication_settings_change
    from masthead.library.selectors import Edition
    from masthead.library.services import edition_publish
    from masthead.orders.services import product_create

    publication_settings_change(by=owner, publication=tide, values={"comments": "readers", "comments_checked": "after"})
    made = edition_of(EDITION, by=owner, publication=tide, label="No. 1", day=date(2026, 3, 1))
    edition_publish(by=owner, edition=made)
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)
    laying.lay_all(owner, edition)
    selling_seeding.shop(owner, edition)
    comment_seeding.seed_comments(owner, people, edition, read_edition(EDITION))
    for code, name, price, stock, group, option in seeding_orders.PRODUCTS:
        said = {"code": code, "name": name, "price": price, "currency": "EUR", "tax": "19", "stock": stock}
        product_create(by=owner, publication=tide, said={**said, "group": group, "option": option})
    seeding_orders.feed(owner, tide)
    seeding_orders.order(owner, edition)
    return edition


def seed_gates(owner: Any, harbour: Any, tide: Any, people: dict[str, Any]) -> dict[str, Any]:
    """No. 2 for subscribers, No. 3 with a password, No. 4 behind a form; Rita subscribes, Otto did."""
    from masthead.access.codes import codes_create
    from masthead.access.readers import reader_know
    from masthead.access.setting_terms import terms_set
    from masthead.access.subscribing import period_give, subscription_create
    from masthead.library.services import edition_publish

    issues = [
        edition_publish(
            by=owner,
            edition=edition_of(EDITION, by=owner, publication=tide, label=f"No. {number}", day=date(2026, 3, number)),
        )
        for number in (2, 3, 4)
    ]
    ways = {"ways": ["subscription", "addresses"], "ranges": ["192.0.2.0/24"]}
    terms_set(by=owner, of=issues[0], parts={"ways": ways, "free": "1-3, 9"})
    terms_set(by=owner, of=issues[1], parts={"ways": {"ways": ["password"]}, "free": ""}, password="lighthouse")
    said = {"kind": "club", "publications": [tide], "device_limit": 1, "reminder_days": 14}
    web = subscription_create(by=owner, publisher=harbour, name="Tide on the web", **said)
    for name, ends in (("rita", None), ("otto", date(2026, 1, 31))):
        reader_know(publisher=harbour, user=people[name], came_by="sign_up")
        period_give(by=owner, subscription=web, user=people[name], starts=date(2025, 1, 1), ends=ends)
    codes_create(by=owner, publisher=harbour, name="Trade fair", subscription=web, number=3, uses=5, days=30)
    forms_seeding.seed_forms(owner, tide, _first(tide), issues[2])
    return {"subscribed": issues[0].slug, "locked": issues[1].slug, "gated": issues[2].slug, "subscription": web.pk}


def _first(tide: Any) -> Any:
    from masthead.library.selectors import Edition

    return Edition.objects.select_related("publication__publisher", "build").get(publication=tide, label="No. 1")


def seed_office(owner: Any, harbour: Any, edition: Any) -> dict[str, Any]:
    """A price list, links for recipients, a site that vouches for its readers, a setting of the shop."""
    from masthead.access.identity.sites import key_create, site_create
    from masthead.forms.selectors import Form
    from masthead.orders.price_lists import list_price_set, price_list_create
    from masthead.sharing.recipients import links_create, token_of

    trade = price_list_create(by=owner, publication=edition.publication, name="Trade", domains=["nets.example"])
    for least, price in ((1, "22"), (10, "19.80")):
        list_price_set(by=owner, price_list=trade, code="FA-4711", least=least, price=price)
    names = ["Nora of Nordic Paints", "دار الفنار للنشر"]
    link = links_create(by=owner, edition=edition, names=names, days=60)[0]
    site = site_create(by=owner, publisher=harbour, name="harbour-press.example")
    key_create(by=owner, provider=site, name="The web shop")
    articles = json.loads((EDITION / "manifest.json").read_text(encoding="utf-8"))["articles"]
    return {
        "recipient": f"{edition.publication.slug}/{edition.slug}/for/{token_of(link)}",
        "survey": Form.objects.get(name="Survey").pk,
        "article": next(one["slug"] for one in articles if one["words"] > 300),
    }


def seed_correcting(owner: Any, tide: Any) -> dict[str, Any]:
    """No. 5, converted as any PDF is, with conversions to look at."""
    from django.utils import timezone

    from masthead.library.services import edition_create, edition_publish
    from masthead.production.claiming import claim
    from masthead.production.conversion import convert
    from masthead.production.services import conversion_start, upload_store

    edition = edition_create(by=owner, publication=tide, label="No. 5", date=date(2026, 11, 1))
    with SAMPLE.open("rb") as stream:
        upload = upload_store(by=owner, edition=edition, stream=stream, name=SAMPLE.name)
    conversion_start(by=owner, edition=edition, upload=upload)
    waiting = claim("seeding", timezone.now())
    assert waiting is not None
    convert(waiting, "seeding", threading.Event())
    edition.refresh_from_db()
    edition_publish(by=owner, edition=edition)
    return {"converted": edition.pk}


def seed_statistics(tide: Any) -> None:
    """Readers of sixty days."""
    from tests.statistics.readers import read_editions

    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition

    manifest = read_edition(EDITION).manifest
    live = list(Edition.objects.select_related("publication").filter(publication=tide, label__in=["No. 1", "No. 2"]))
    read_editions(live, len(manifest["pages"]), [one["slug"] for one in manifest["articles"]], 75, a_day=30)


if __name__ == "__main__":
    run(seed)
