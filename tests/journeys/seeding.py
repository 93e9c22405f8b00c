"""Fills an empty house with what a publisher has after some months; run in a process of its own before the server."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.journeys.stocking import OWNER, PASSWORD, run


def seed() -> None:
    """Two publications, editions in every state, staff, shelves, categories, a proof link, an invitation."""

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up, publisher_create
    from masthead.library.particulars import publication_settings_change
    from masthead.library.services import publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    harbour = Publisher.objects.get()
    publisher_create(name="Second House", owner=owner)
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom", issn="0317-8471")
    long_name = "The Quarterly Journal of Lighthouse Keeping, Coastal Navigation and Maritime Heritage"
    long = publication_create(by=owner, publisher=harbour, name=long_name, slug="lighthouse")
    publication_settings_change(by=owner, publication=fathom, values={"view": "single", "downloads": "no"})
    seed_order(owner, harbour, long)
    seed_editions(owner, fathom, long)
    seed_programs(owner, harbour, long)


def seed_order(owner: Any, harbour: Any, long: Any) -> None:
    """Staff with roles for all and for a part, one invited; a shelf in a shelf."""
    from masthead.accounts.inviting import invitation_create
    from masthead.accounts.rights import Role
    from masthead.accounts.services import staff_add, user_create
    from masthead.library.shelving import shelf_change, shelf_create

    editor = user_create(email="emil@harbour.example", password=PASSWORD, name="Emil Sørensen")
    staff_add(by=owner, publisher=harbour, user=editor, role=Role.EDITOR)
    staff_add(by=owner, publisher=harbour, user=editor, role=Role.SHOP, scope="publication", scope_id=long.pk)
    invitation_create(by=owner, publisher=harbour, email="sara@harbour.example", role=Role.REPORTS)
    upper = shelf_create(by=owner, publisher=harbour, name="Magazines")
    lower = shelf_create(by=owner, publisher=harbour, name="For members", parent=upper)
    shelf_change(by=owner, shelf=lower, name="For members", parent=upper, publications=[long])


def seed_editions(owner: Any, fathom: Any, long: Any) -> None:
    """Four that are live, one each that is ready, withdrawn, scheduled and a draft."""
    from django.utils import timezone

    from masthead.access.proof_links import proof_link_create
    from masthead.library.particulars import edition_categorise
    from masthead.library.services import edition_create, edition_publish, edition_schedule, edition_withdraw
    from masthead.library.shelving import category_create

    for number in range(1, 5):
        edition_publish(by=owner, edition=ready(owner, fathom, f"No. {number}", date(2026, number * 2, 1)))
    ready(owner, fathom, "No. 6", date(2026, 12, 1))
    withdrawn = ready(owner, fathom, "No. 0", date(2025, 12, 1))
    edition_publish(by=owner, edition=withdrawn)
    edition_withdraw(by=owner, edition=withdrawn)
    coming = ready(owner, fathom, "No. 5", date(2026, 11, 1))
    at = timezone.now() + timedelta(days=3)
    edition_schedule(by=owner, edition=coming, publish_at=at, time_zone="Europe/Copenhagen")
    special = category_create(by=owner, publisher=fathom.publisher, name="Special issues")
    edition_categorise(by=owner, edition=coming, add=[special])
    proof_link_create(by=owner, edition=coming, name="Nordic Paints, advertising", days=7)
    label = "Winter 2026/27, with the index of volumes 1–40"
    edition_create(by=owner, publication=long, label=label, date=date(2026, 12, 21))


def seed_programs(owner: Any, harbour: Any, long: Any) -> None:
    """Two tokens; webhooks of which one works, one fails, one is paused, each with what was told to it."""
    from django.utils import timezone

    from masthead.accounts.tokens import token_create, token_use
    from masthead.library.services import edition_publish, edition_withdraw
    from masthead.outbox.selectors import Message
    from masthead.webhooks.selectors import Webhook
    from masthead.webhooks.services import webhook_create

    now = timezone.now()
    scopes = ["uploads:write", "editions:write", "conversions:read"]
    press, _ = token_create(by=owner, publisher=harbour, name="Press at Odense", scopes=scopes, publications=[long.pk])
    token_use(press.pk, now, 600)
    token_create(by=owner, publisher=harbour, name="Statistics", scopes=["editions:read", "log:read"], expires_at=now)
    shop = webhook_create(
        by=owner, publisher=harbour, name="Shop", address="https://shop.harbour.example/hooks/editions"
    )
    letter = webhook_create(by=owner, publisher=harbour, name="Newsletter", address="https://letter.example/in")
    again = ready(owner, long, "Autumn 2026", date(2026, 9, 21))
    edition_publish(by=owner, edition=again)
    edition_withdraw(by=owner, edition=again)
    told = Message.objects.filter(target=shop.pk)
    told.update(state="sent", attempts=1, status=200, tried_at=now, answer='{"thanks": true}')
    for message, (state, problem, status) in zip(
        told, [("waiting", "timeout", None), ("given_up", "refused", 503)], strict=False
    ):
        due = now + timedelta(hours=2)
        Message.objects.filter(pk=message.pk).update(
            state=state, problem=problem, status=status, attempts=4 if state == "waiting" else 8, due_at=due
        )
    Webhook.objects.filter(pk=shop.pk).update(arrived_at=now, failing_since=now - timedelta(days=2))
    Webhook.objects.filter(pk=letter.pk).update(paused_at=now, pause="failing")
    Message.objects.filter(target=letter.pk).update(state="given_up", attempts=8, problem="unreachable")


def ready(owner: Any, publication: Any, label: str, day: date) -> Any:
    """An edition with a build on disk."""
    from django.conf import settings
    from tests.editions import write_edition

    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create

    edition = edition_create(by=owner, publication=publication, label=label, date=day)
    folder = f"editions/{edition.pk}/made"
    (settings.MASTHEAD.data / folder).parent.mkdir(parents=True)
    write_edition(settings.MASTHEAD.data / folder)
    made = read_edition(settings.MASTHEAD.data / folder)
    facts = {"build_id": made.build, "folder": folder, "pages": made.page_count, "failures": 0, "version": "0"}
    build_add(edition_id=edition.pk, **facts)
    return Edition.objects.select_related("publication__publisher").get(pk=edition.pk)


if __name__ == "__main__":
    run(seed)
