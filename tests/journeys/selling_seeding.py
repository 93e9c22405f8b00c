"""Fills an empty house with the sample issue as a shop: products found on its page by their codes, and orders on."""

from __future__ import annotations

from typing import Any

from tests.journeys.stocking import PASSWORD, run

ORDERS_TO = "shop@harbour.example"
READER = "rita@reader.example"
# As the sample prints them: code, name, price, description; then what is special about some.
PRODUCTS = [
    ("HB-1042", "Keeper lamp", "148.00", "Brass and glass, 24 cm.\nBurns for three hundred hours.", {"stock": "7"}),
    ("HB-1077", "Coir mat", "42.50", "Laid by hand from old mooring rope, 60 cm.", {}),
    ("HB-2110", "Guernsey", "165.00", "Sea green, sizes 34 to 48.", {"stock": "0"}),
    ("HB-3005", "Enamel mug", "14.00", "Half a pint. Chips with dignity.", {"minimum": "4", "step": "2"}),
    ("HB-1018", "Boat compass", "96.00", "Card of 75 mm, oil-filled.", {}),
    ("HB-4400", "The Pilot’s Year", "22.00", "A diary with tides for twelve harbours.", {"tax": "0"}),
    ("HB-1091", "Dinner bell", "58.75", "Cast in bronze, 11 cm.", {}),
    ("HB-2204", "Chart bag", "39.00", "Waxed cotton, anchor sewn by hand.", {}),
    ("HB-5012", "Moonrise", "", "A print in two colours.", {}),
    ("HB-1130", "Spyglass", "210.00", "Three draws, leather grip.", {}),
    ("HB-3311", "Sardines", "6.20", "Three to the tin, in good oil.", {"pack_size": "3"}),
    ("HB-1009", "Pea whistle", "17.50", "Brass, on a red cord.", {}),
]


def seed() -> None:
    """One live edition that sells, one that is closed to strangers, and a reader with an account."""
    from allauth.account.models import EmailAddress
    from tests.journeys import laying

    from masthead.accounts.services import user_create

    owner, edition = laying.first_edition()
    shop(owner, edition)
    rita = user_create(email=READER, password=PASSWORD, name="Rita Reader")
    EmailAddress.objects.filter(user=rita).update(verified=True)


def shop(owner: Any, edition: Any) -> None:
    """The products of the page, opened where they are printed."""
    from tests.journeys import laying

    from masthead.document.overlays import Area, OverlayKind
    from masthead.orders.asking import asked_change
    from masthead.orders.services import product_create
    from masthead.production.overlays.proposing import proposals_of
    from masthead.production.overlays.services import overlay_create, words_of

    for code, name, price, description, more in PRODUCTS:
        said = {"code": code, "name": name, "price": price, "description": description, "tax": "20", **more}
        product_create(by=owner, publication=edition.publication, said={**said, "currency": "GBP" if price else ""})
    words = words_of(edition)
    assert words is not None
    for found in (one for one in proposals_of(edition, words) if one.page == laying.SHOP):
        overlay_create(
            by=owner,
            edition=edition,
            kind=OverlayKind.PRODUCT,
            page=found.page,
            area=Area(found.area.x, found.area.y - 0.18, 0.19, 0.2),  # its picture and its words
            title=found.product.name,
            said={"code": found.product.code},
        )
    asked_change(
        by=owner, of=edition.publication, said={"ordering": "yes", "orders_to": ORDERS_TO, "phone": "required"}
    )


if __name__ == "__main__":
    run(seed)
