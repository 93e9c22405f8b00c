"""A house with one edition for subscribers and one with a password, its readers and its codes."""

from datetime import date

from tests.journeys.stocking import EDITION, PASSWORD, edition_of, owner_made, run


def seed() -> None:
    """Rita's and Mara's subscriptions run, Otto's has ended; the first code of the trade fair is known."""
    from masthead.access.codes import codes_create
    from masthead.access.models import AccessCode
    from masthead.access.readers import reader_know
    from masthead.access.setting_terms import terms_set
    from masthead.access.subscribing import period_give, subscription_create
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import user_create
    from masthead.library.services import edition_publish, publication_create

    owner = owner_made()
    harbour = Publisher.objects.get()
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom", description="Of ships and lamps.")
    first, second = (
        edition_publish(
            by=owner,
            edition=edition_of(EDITION, by=owner, publication=fathom, label=f"No. {number}", day=date(2026, 3, number)),
        )
        for number in (1, 2)
    )
    ways = {"ways": ["subscription", "addresses"], "ranges": ["192.0.2.0/24"]}
    terms_set(by=owner, of=first, parts={"ways": ways, "free": "1-3, 9"})
    terms_set(by=owner, of=second, parts={"ways": {"ways": ["password"]}, "free": ""}, password="lighthouse")
    web = subscription_create(
        by=owner,
        publisher=harbour,
        name="Fathom on the web",
        kind="club",
        publications=[fathom],
        device_limit=1,
        reminder_days=14,
    )
    for name, ends in (("rita", None), ("mara", None), ("otto", date(2026, 1, 31))):
        email = f"{name}@reader.example"
        user = user_create(email=email, password=PASSWORD, name=name.title(), is_confirmed=True)
        reader_know(publisher=harbour, user=user, came_by="sign_up")
        period_give(by=owner, subscription=web, user=user, starts=date(2025, 1, 1), ends=ends)
    codes_create(by=owner, publisher=harbour, name="Trade fair", subscription=web, number=3, uses=5, days=30)
    AccessCode.objects.filter(code=AccessCode.objects.first().code).update(code="ABCDEFGHJKLM")


if __name__ == "__main__":
    run(seed)
