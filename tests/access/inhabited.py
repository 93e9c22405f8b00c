"""A house in which everything is there that an address can name, and everybody who could ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from tests.access.identity.organisation import metadata
from tests.access.people import confirm, reader, set_terms
from tests.api.calling import Program
from tests.api.test_sealed import laid_names, reader_names
from tests.cast import PASSWORD, Cast, signed_in
from tests.forms.making import form_made
from tests.orders.ordering import placed
from tests.production.overlays.laying import png

from masthead.access.codes import code_use, codes_create
from masthead.access.email_codes import EmailEntry
from masthead.access.grants import grant_made
from masthead.access.identity.providers import provider_create
from masthead.access.identity.sites import key_create, site_change, site_create
from masthead.access.permitting import permission_give
from masthead.access.proof_links import proof_link_create
from masthead.access.readers import reader_know
from masthead.access.subscribing import period_give, subscription_create
from masthead.access.terms import terms_of
from masthead.accounts.inviting import invitation_create
from masthead.accounts.rights import Role
from masthead.accounts.selectors import Staff, User
from masthead.accounts.services import staff_add, user_create
from masthead.accounts.tokens import possible_scopes, token_create
from masthead.comments.selectors import Blocked, Comment
from masthead.forms.selectors import Answer
from masthead.library.selectors import Edition
from masthead.library.shelving import category_create, shelf_create
from masthead.orders.price_lists import price_list_create
from masthead.orders.selectors import Product
from masthead.production.arrivals import arrival_take
from masthead.production.overlays.files import PICTURE, file_keep
from masthead.production.overlays.selectors import Overlay
from masthead.production.selectors import Conversion, Upload
from masthead.safekeeping.models import Leaving
from masthead.webhooks.services import webhook_create, webhook_test

NETWORK = "10.9.8.7"
METRICS_TOKEN = "counted by the operator"
LONG_AGO = date(2020, 1, 1)
# Who comes in by a right of their own, and how; each is tried by itself.
BY_RIGHT = (
    *("subscription", "permission", "access code", "password", "code by mail", "network address"),
    *("signed link", "proof link"),
)
WITHOUT = ("nobody", "reader", "reader whose time is over", "reader of another publisher")
ROLES = tuple(role.value for role in Role)
PEOPLE = (*WITHOUT, *BY_RIGHT, "owner of another publisher", *(role for role in ROLES if role != "owner"), "owner")
OPERATOR = "operator"


@dataclass
class Person:
    """Somebody who asks: a browser with what it has kept, and for staff a program that acts in their name."""

    client: Client
    program: Program
    headers: dict[str, str] = field(default_factory=dict)
    kept: SimpleCookie = field(default_factory=SimpleCookie)

    def as_at_first(self) -> None:
        """Forget what answers have left in the browser."""
        self.client.cookies = SimpleCookie({name: said.value for name, said in self.kept.items()})


@dataclass(frozen=True)
class House:
    """The restricted edition, what stands in addresses about it, and the people by name."""

    edition: Edition
    names: dict[str, str]
    people: dict[str, Person]


def inhabited(cast: Cast, edition: Edition) -> House:
    """Fill the house around this edition, which is then open to nobody without one of seven ways in."""
    ways = ["subscription", "permission", "password", "email_code", "addresses"]
    set_terms(cast, edition, ways=ways, password="starfish", ranges=[f"{NETWORK}/32"], free="1")
    edition = Edition.objects.select_related("build", "publication__publisher").get(pk=edition.pk)
    names = _names(cast, edition)
    people = {**_readers(cast, edition, names), **_staff(cast)}
    people[OPERATOR] = _person(None, headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    return House(edition, names, {name: people[name] for name in (*PEOPLE, OPERATOR)})


def _person(user: User | None, kept: Callable[[Any], None] | None = None, secret: str = "", **more: Any) -> Person:
    client = signed_in(user)
    if kept is not None:
        session = client.session
        kept(session)
        session.save()
        client.cookies["session"] = session.session_key
    program = Program(secret)
    if not secret:
        program.client = client  # the API has to refuse what a browser brings
    made = Person(client, program, **more)
    made.kept = SimpleCookie({name: said.value for name, said in client.cookies.items()})
    return made


def _readers(cast: Cast, edition: Edition, names: dict[str, str]) -> dict[str, Person]:
    ours, theirs = (
        names["subscription"],
        subscription_create(by=cast.outsider, publisher=cast.other, name="Theirs", kind="club"),
    )
    users = {name: reader(name.replace(" ", "-")) for name in (*WITHOUT[1:], *BY_RIGHT[:3])}
    subscription = edition.publication.publisher.subscriptions.get(pk=ours)  # type: ignore[attr-defined]
    period_give(by=cast.owner, subscription=subscription, user=users["subscription"], starts=LONG_AGO, ends=None)
    over = users["reader whose time is over"]
    period_give(by=cast.owner, subscription=subscription, user=over, starts=LONG_AGO, ends=date(2020, 2, 1))
    other = users["reader of another publisher"]
    period_give(by=cast.outsider, subscription=theirs, user=other, starts=LONG_AGO, ends=None)
    permission_give(by=cast.owner, edition=edition, user=users["permission"])
    code = codes_create(by=cast.owner, publisher=cast.harbour, name="Fair", edition=edition)[0]
    code_use(user=users["access code"], code=code.code, visitor="")
    mail = EmailEntry.objects.create(
        publisher=cast.harbour, edition=edition, email="q@reader.example", code="", confirmed_at=timezone.now()
    )
    carried = {
        "password": ("passwords", terms_of(edition).key),
        "code by mail": ("emails", mail.pk),
        "signed link": ("grants", grant_made(names["site_key"], edition.pk)),
        "proof link": ("proofs", names["link"]),
    }
    made = {name: _person(user) for name, user in users.items()}
    for name, (key, said) in carried.items():
        made[name] = _person(None, lambda session, key=key, said=said: session.update({key: [said]}))
    made["nobody"], made["network address"] = _person(None), _person(None)
    made["network address"].client.defaults["REMOTE_ADDR"] = NETWORK
    return made


def _staff(cast: Cast) -> dict[str, Person]:
    """Everybody has a token with all scopes, made while they were owners: what counts is what they are now."""
    made = {}
    for role in Role:
        user = user_create(email=f"{role}@harbour.example", password=PASSWORD, name=role.title())
        row = staff_add(by=cast.owner, publisher=cast.harbour, user=user, role=Role.OWNER)
        _, secret = token_create(
            by=user, publisher=cast.harbour, name="Desk", scopes=possible_scopes(user, cast.harbour)
        )
        Staff.objects.filter(pk=row.pk).update(role=role)
        made[role.value] = _person(User.objects.get(pk=user.pk), secret=secret)
    scopes = possible_scopes(cast.outsider, cast.other)
    _, secret = token_create(by=cast.outsider, publisher=cast.other, name="Elsewhere", scopes=scopes)
    made["owner of another publisher"] = _person(confirm(cast.outsider), secret=secret)
    return made


def _names(cast: Cast, edition: Edition) -> dict[str, str]:
    publication = edition.publication
    assert edition.build is not None
    subscription = subscription_create(by=cast.owner, publisher=cast.harbour, name="Ours", kind="club")
    who = reader("known")
    reader_know(publisher=cast.harbour, user=who, came_by="staff")
    form = form_made(cast, name="Guest book", placement="page")
    product = Product.objects.filter(publication=publication, code="Q-2").get()
    overlay = Overlay.objects.filter(edition=edition, page=2).earliest("pk")
    period = period_give(by=cast.owner, subscription=subscription, user=who, starts=LONG_AGO, ends=None)
    return {
        **reader_names(cast, edition),
        **laid_names(cast, edition),
        "period": period.pk,
        "house": publication.publisher.slug,
        "publication": publication.pk,
        "edition": edition.pk,
        "use": "text",
        "file": "0123456789abcdef.woff2",
        "build": edition.build.pk,
        "subscription": subscription.pk,
        "code": codes_create(by=cast.owner, publisher=cast.harbour, name="Fair", subscription=subscription)[0].pk,
        "reader": who.pk,
        "form": form.pk,
        "field": form.questions[0].name,
        "answer": Answer.objects.create(form=form, edition=edition, key="k", values={}).pk,
        "product": product.pk,
        "overlay": overlay.pk,
        "price_list": price_list_create(by=cast.owner, publication=publication, name="Trade").pk,
        "order": placed(edition, {"q-2": 1}).pk,
        "blocked": Blocked.objects.create(publisher=cast.harbour, who="0" * 64, name="Bo").pk,
        "comment": Comment.objects.create(edition=edition, name="Ada", text="A fish.", state="waiting").pk,
        "page": "2",
        "language": "de",
        **_work(cast, edition),
        **_dealings(cast, edition),
    }


def _work(cast: Cast, edition: Edition) -> dict[str, str]:
    upload = Upload.objects.create(publisher=cast.harbour, sha256="0" * 64, size=1, name="no-1.pdf", by=cast.owner)
    pdf = BytesIO(b"%PDF-1.7")
    arrival = arrival_take(by=cast.owner, publisher=cast.harbour, name="no-2.pdf", stream=pdf)
    picture = file_keep(edition=edition, kind=PICTURE, stream=png(), label="lamp.png")
    return {
        "conversion": Conversion.objects.create(
            publisher=cast.harbour, edition=edition, upload=upload, state="done"
        ).pk,
        "upload": arrival.pk,
        "arrival": arrival.pk,
        "shelf": shelf_create(by=cast.owner, publisher=cast.harbour, name="Sea").pk,
        "category": category_create(by=cast.owner, publisher=cast.harbour, name="Fish").pk,
        "file": picture.name,
    }


def _taken_out(cast: Cast) -> str:
    """A file with everything of the publisher that can be fetched."""
    row = Leaving.objects.create(
        publisher=cast.harbour, by=cast.owner, state=Leaving.State.READY, expires_at=timezone.now() + timedelta(days=7)
    )
    default_storage.save(row.path, ContentFile(b"PK"))
    return str(row.pk)


def _dealings(cast: Cast, edition: Edition) -> dict[str, str]:
    """What the publisher has agreed on with people, programs and sites outside."""
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="Desk", address="https://desk.example/")
    provider = provider_create(by=cast.owner, publisher=cast.harbour, name="Lake", address="", metadata=metadata())
    site = site_create(by=cast.owner, publisher=cast.harbour, name="Shop")
    site = site_change(by=cast.owner, provider=site, name=site.name, is_on=True, address="", groups={})
    key, _ = key_create(by=cast.owner, provider=site, name="Shop")
    scopes = possible_scopes(cast.owner, cast.harbour)
    token, _ = token_create(by=cast.owner, publisher=cast.harbour, name="Newsroom", scopes=scopes)
    role = Staff.objects.get(user=cast.editor).pk
    invitation = invitation_create(by=cast.owner, publisher=cast.harbour, email="new@harbour.example", role=Role.EDITOR)
    return {
        "webhook": webhook.pk,
        "delivery": webhook_test(by=cast.owner, webhook=webhook).pk,
        "provider": provider.pk,
        "site": site.pk,
        "site_key": key.pk,
        "token": token.pk,
        "staff": role,
        "role": role,
        "invitation": invitation.pk,
        "leaving": _taken_out(cast),
        "link": proof_link_create(by=cast.owner, edition=edition, name="Agency", days=7).pk,
    }
