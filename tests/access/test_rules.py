"""The one answer: every way in, together and alone, for whoever comes; and what it costs to ask."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.access.people import body_of, confirm, reader, restricted, set_terms, subscribed
from tests.cast import Cast, ready_edition, signed_in

from masthead.access.carried import Carried
from masthead.access.errors import TermsInvalidError
from masthead.access.permitting import permission_give, permission_revoke
from masthead.access.rules import Answer, Reason, may_read
from masthead.access.subscribing import Period, period_revoke
from masthead.access.terms import Way, terms_of
from masthead.access.ways import Why
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw

ISSUE = date(2026, 11, 1)  # of `ready_edition`


def ask(person: User | None, edition: Edition, page: int | None = None, **carried: object) -> Answer:
    return may_read(person, Edition.objects.get(pk=edition.pk), page, Carried(**carried))  # type: ignore[arg-type]


def why(answer: Answer, way: Way) -> Why:
    return next(one.why for one in answer.tried if one.way == way)


def test_an_open_edition_asks_for_nothing(cast: Cast, data: Path, django_assert_num_queries: object) -> None:
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    found = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = may_read(cast.reader, found, 1)
    assert (answer.allowed, answer.is_public, answer.reason) == (True, True, Reason.OPEN)


def test_free_pages_are_free_and_the_others_are_not(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=["subscription"], free="1, 3")
    assert [ask(None, edition, page).allowed for page in (1, 2, 3, None)] == [True, False, True, False]
    assert ask(None, edition, 1).reason == Reason.FREE
    assert not ask(None, edition, 1).is_public
    answer = ask(None, edition, 2)
    assert answer.pages is not None
    assert answer.pages.after(2) == 3
    assert why(answer, Way.SUBSCRIPTION) == Why.NOT_SIGNED_IN


@pytest.mark.parametrize(
    ("kind", "first", "last", "expected"),
    [
        ("traditional", ISSUE, ISSUE, Why.MET),
        ("traditional", ISSUE + timedelta(days=1), None, Why.NOT_DATED),
        ("traditional", date(2020, 1, 1), ISSUE - timedelta(days=1), Why.NOT_DATED),
        ("club", date(2020, 1, 1), None, Why.MET),
        ("club", date(2020, 1, 1), date(2020, 12, 31), Why.OVER),
        ("club", date(2099, 1, 1), None, Why.NOT_STARTED),
        ("whole", date(2020, 1, 1), date(2026, 11, 1), Why.MET),
    ],
)
def test_a_subscription_says_why(
    cast: Cast, data: Path, kind: str, first: date, last: date | None, expected: Why
) -> None:
    edition, rita = restricted(cast, data, ways=["subscription"]), confirm(cast.reader)
    subscribed(cast, rita, first, last, kind=kind)
    answer = ask(rita, edition)
    assert why(answer, Way.SUBSCRIPTION) == expected
    assert answer.allowed == (expected == Why.MET)


def test_a_subscription_opens_nothing_before_the_address_is_confirmed(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=["subscription"])
    subscribed(cast, cast.reader, date(2026, 1, 1), None)
    assert why(ask(cast.reader, edition), Way.SUBSCRIPTION) == Why.NOT_CONFIRMED
    assert ask(confirm(cast.reader), edition).allowed


def test_what_is_taken_back_closes_at_once(cast: Cast, data: Path) -> None:
    edition, rita = restricted(cast, data, ways=["subscription", "permission"]), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None)
    assert ask(rita, edition).allowed
    period_revoke(by=cast.owner, period=Period.objects.get())
    assert why(ask(rita, edition), Way.SUBSCRIPTION) == Why.NO_SUBSCRIPTION
    given = permission_give(by=cast.owner, edition=edition, user=rita)
    assert ask(rita, edition).allowed
    permission_revoke(by=cast.owner, permission=given)
    assert not ask(rita, edition).allowed


def test_a_permission_is_for_one_edition_and_ends(cast: Cast, data: Path) -> None:
    edition, rita = restricted(cast, data, ways=["permission"]), confirm(cast.reader)
    other = restricted(cast, data, "No. 2", ways=["permission"])
    permission_give(by=cast.owner, edition=edition, user=rita, expires_at=timezone.now() + timedelta(hours=1))
    assert ask(rita, edition).allowed
    assert why(ask(rita, other), Way.PERMISSION) == Why.NO_PERMISSION
    permission_give(by=cast.owner, edition=other, user=rita, expires_at=timezone.now() - timedelta(seconds=1))
    assert why(ask(rita, other), Way.PERMISSION) == Why.PERMISSION_OVER


def test_a_subscription_of_another_house_is_worth_nothing_here(cast: Cast, data: Path) -> None:
    from masthead.access.subscribing import period_give, subscription_create

    edition, rita = restricted(cast, data, ways=["subscription"]), confirm(cast.reader)
    made = subscription_create(by=cast.outsider, publisher=cast.other, name="All of ours", kind="club")
    period_give(by=cast.outsider, subscription=made, user=rita, starts=date(2020, 1, 1), ends=None)
    assert why(ask(rita, edition), Way.SUBSCRIPTION) == Why.NO_SUBSCRIPTION
    with pytest.raises(NotAllowedError):
        subscribed(Cast(**{**cast.__dict__, "owner": cast.outsider}), rita, date(2020, 1, 1), None)


@pytest.mark.parametrize(
    ("address", "is_met"),
    [
        ("192.0.2.77", True),
        ("::ffff:192.0.2.77", True),
        ("192.0.3.1", False),
        ("2001:db8:0:1::9", True),
        ("2001:db9::1", False),
        ("", False),
        ("no address", False),
    ],
)
def test_networks_of_both_kinds(cast: Cast, data: Path, address: str, is_met: bool) -> None:
    edition = restricted(cast, data, ways=["addresses"], ranges=["192.0.2.0/24", "2001:db8::/32"])
    assert ask(None, edition, address=address).allowed == is_met


def test_any_way_is_enough_or_all_are_needed(cast: Cast, data: Path) -> None:
    rita, both = confirm(cast.reader), {"ways": ["sign_in", "addresses"], "ranges": ["192.0.2.0/24"]}
    edition = restricted(cast, data, **both)
    assert ask(rita, edition).allowed
    assert ask(None, edition, address="192.0.2.1").allowed
    set_terms(cast, edition, **both, need="all")
    assert not ask(rita, edition).allowed
    assert not ask(None, edition, address="192.0.2.1").allowed
    assert ask(rita, edition, address="192.0.2.1").allowed


def test_terms_are_inherited_part_by_part(cast: Cast, data: Path) -> None:
    from masthead.access.setting_terms import terms_set

    edition = restricted(cast, data, free="2")
    assert ask(None, edition).allowed
    terms_set(by=cast.owner, of=cast.fathom, parts={"ways": {"ways": ["sign_in"]}, "free": "1"})
    found = terms_of(Edition.objects.get(pk=edition.pk))
    assert found.ways == {Way.SIGN_IN}
    assert str(found.free) == "2"
    set_terms(cast, edition, ways=[])  # open whatever the publication says
    assert ask(None, edition).allowed


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"ways": {"ways": ["password"]}}, "password"),
        ({"ways": {"ways": ["addresses"], "ranges": ["300.1.1.1/8"]}}, "ranges"),
        ({"ways": {"ways": ["addresses"]}}, "ranges"),
        ({"free": "3-1"}, "free"),
        ({"sites": ["https://news.example/path"]}, "sites"),
        ({"sites": ["'none'; script-src *"]}, "sites"),
    ],
)
def test_terms_that_make_no_sense_are_not_kept(cast: Cast, parts: dict[str, object], name: str) -> None:
    from masthead.access.setting_terms import terms_set

    with pytest.raises(TermsInvalidError, match=name):
        terms_set(by=cast.owner, of=cast.fathom, parts=parts)
    with pytest.raises(NotAllowedError):
        terms_set(by=cast.outsider, of=cast.fathom, parts={"free": "1"})


def test_staff_and_proof_links_come_in_whatever_the_terms(cast: Cast, data: Path) -> None:
    from masthead.access.proof_links import proof_link_create

    edition = restricted(cast, data, ways=["subscription"])
    assert ask(cast.editor, edition).reason == Reason.STAFF
    link = proof_link_create(by=cast.owner, edition=edition, name="Printer", days=1)
    assert ask(None, edition, proofs=(link.pk,)).reason == Reason.PROOF
    assert not ask(cast.outsider, edition).allowed


def test_the_device_limit(cast: Cast, data: Path) -> None:
    edition, rita = restricted(cast, data, ways=["subscription"]), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None, device_limit=2)
    laptop, phone, borrowed = signed_in(rita), signed_in(rita), signed_in(rita)
    assert body_of(laptop, "/fathom/no-1/")[0] == 200
    assert laptop.cookies["device"]["httponly"]
    assert body_of(laptop, "/fathom/no-1/page/2")[0] == 200
    assert body_of(phone, "/fathom/no-1/")[0] == 200
    status, said = body_of(borrowed, "/fathom/no-1/")
    assert status == 403
    assert b"as many devices as your subscription allows" in said
    build = edition.build.build_id if edition.build else ""
    assert body_of(borrowed, f"/fathom/no-1/b/{build}/text/1.html")[0] == 403
    assert body_of(borrowed, "/account/devices")[1].count(b"Take off the list</button>") == 2
    from masthead.access.devices import device_list

    borrowed.post(f"/account/devices/{device_list(rita)[0].pk}/remove")
    assert body_of(borrowed, "/fathom/no-1/")[0] == 200
    assert body_of(phone, "/fathom/no-1/")[0] == 403


def test_a_device_off_the_list_does_not_come_back_by_itself(cast: Cast, data: Path) -> None:
    """A window that is still open there goes on asking for its parts; whoever opens the edition had made room."""
    from masthead.access.devices import device_list

    edition, rita = restricted(cast, data, ways=["subscription"], free="1"), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None, device_limit=1)
    desk, phone = signed_in(rita), signed_in(rita)
    files = f"/fathom/no-1/b/{edition.build.build_id if edition.build else ''}"
    shows, opens = {"sec-fetch-mode": "same-origin"}, {"sec-fetch-mode": "navigate"}
    assert body_of(desk, "/fathom/no-1/page/2", headers=opens)[0] == 200
    assert body_of(desk, f"{files}/text/2.html", headers=shows)[0] == 200
    phone.post(f"/account/devices/{device_list(rita)[0].pk}/remove")
    for how in (shows, {"accept": "*/*"}):  # browsers of before 2023, and all without HTTPS, do not say how they ask
        assert body_of(desk, f"{files}/text/2.html", headers=how)[0] == 403
        assert body_of(desk, f"{files}/text/1.html", headers=how)[0] == 200
    assert body_of(desk, "/fathom/no-1/article/closed-story", headers=shows)[0] == 403
    assert body_of(desk, f"{files}/manifest.json", headers=shows)[0] == 200  # that of the pages that are free
    assert not device_list(rita).exists()
    assert body_of(phone, "/fathom/no-1/page/2", headers=opens)[0] == 200
    assert body_of(desk, "/fathom/no-1/page/2", headers=opens)[0] == 403
    phone.post(f"/account/devices/{device_list(rita)[0].pk}/remove")
    assert body_of(desk, f"{files}/source.pdf", headers=opens)[0] == 200  # a link to it was followed
    assert device_list(rita).count() == 1


def test_whoever_comes_in_by_another_way_takes_no_device(cast: Cast, data: Path) -> None:
    edition, rita = restricted(cast, data, ways=["subscription", "sign_in"]), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None, device_limit=1)
    assert not ask(rita, edition).new_device
    set_terms(cast, edition, ways=["subscription", "sign_in"], need="all")
    assert ask(rita, edition).new_device


@pytest.mark.parametrize(("who", "more"), [("nobody", 0), ("subscriber", 2)])
def test_what_a_page_of_a_restricted_edition_costs_more_than_an_open_one(
    cast: Cast, data: Path, who: str, more: int
) -> None:
    """The address that is confirmed, and the periods."""
    edition, rita = restricted(cast, data, ways=["subscription"], free="1"), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None)
    client = signed_in(rita if who == "subscriber" else None)
    address = f"/fathom/no-1/b/{edition.build.build_id}/text/1.html" if edition.build else ""

    def queries() -> int:
        body_of(client, address)
        with CaptureQueriesContext(connection) as asked:
            assert body_of(client, address)[0] == 200
        return len(asked)

    closed = queries()
    set_terms(cast, edition, ways=[])
    assert closed == queries() + more


def test_a_password_is_given_once_and_forgotten_when_it_changes(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, password="lighthouse", ways=["password"])
    client = Client()
    status, said = body_of(client, "/fathom/no-1/page/2")
    assert status == 403
    assert b"Password of this edition" in said
    wrong = client.post("/fathom/no-1/way-in", {"what": "password", "password": "no", "page": "2"})
    assert wrong.status_code == 422
    assert b"not the password" in wrong.content
    right = client.post("/fathom/no-1/way-in", {"what": "password", "password": "lighthouse", "page": "2"})
    assert right["Location"] == "/fathom/no-1/page/2"
    assert body_of(client, "/fathom/no-1/page/2")[0] == 200
    set_terms(cast, edition, password="another", ways=["password"])
    assert body_of(client, "/fathom/no-1/page/2")[0] == 403


def test_nobody_guesses_a_password_for_long(cast: Cast, data: Path) -> None:
    restricted(cast, data, password="lighthouse", ways=["password"])
    client = Client()
    said = [client.post("/fathom/no-1/way-in", {"what": "password", "password": "no"}).content for _ in range(11)]
    assert b"tried too often" in said[-1]
    assert client.post("/fathom/no-1/way-in", {"what": "password", "password": "lighthouse"}).status_code == 422


def test_a_code_by_mail_opens_for_a_month(cast: Cast, data: Path, mailoutbox: list[object]) -> None:
    restricted(cast, data, ways=["email_code"], domains=["uni.example"], denied_domains=["students.uni.example"])
    client, door = Client(), "/fathom/no-1/way-in"
    for refused in ("rita@mail.example", "rita@students.uni.example"):
        assert client.post(door, {"what": "email", "email": refused}).status_code == 422
    assert client.post(door, {"what": "email", "email": "rita@lib.uni.example"}).status_code == 303
    code = str(mailoutbox[0].subject).split()[0]  # type: ignore[attr-defined]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert client.post(door, {"what": "code", "code": wrong}).status_code == 422
    assert client.post(door, {"what": "code", "code": f" {code[:3]} {code[3:]}", "page": "2"}).status_code == 303
    assert body_of(client, "/fathom/no-1/page/2")[0] == 200
    from masthead.access.email_codes import EmailEntry

    EmailEntry.objects.update(confirmed_at=timezone.now() - timedelta(days=31))
    assert body_of(client, "/fathom/no-1/page/2")[0] == 403


def test_only_in_the_frames_of_named_sites(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, sites=["https://news.example"])
    framed = {"Sec-Fetch-Dest": "iframe", "Referer": "https://news.example/today"}
    client = Client()
    status, said = body_of(client, "/fathom/no-1/embed")
    assert status == 403
    assert b"news.example" in said
    assert body_of(client, "/fathom/no-1/embed", headers={**framed, "Referer": "https://other.example/"})[0] == 403
    shown = client.get("/fathom/no-1/embed", headers=framed)
    assert shown.status_code == 200
    assert shown["Content-Security-Policy"].endswith("frame-ancestors 'self' https://news.example")
    build = edition.build.build_id if edition.build else ""
    picture = f"/fathom/no-1/b/{build}/pictures/240/2.webp"
    assert body_of(client, picture, headers={"Sec-Fetch-Dest": "image"})[0] == 200
    assert body_of(client, "/fathom/no-1/", headers={"Sec-Fetch-Dest": "document"})[0] == 403
    assert body_of(Client(), picture)[0] == 403


def test_an_unlisted_edition_is_read_by_its_address_and_found_nowhere(cast: Cast, data: Path) -> None:
    restricted(cast, data, listing="unlisted")
    assert body_of(Client(), "/fathom/no-1/")[0] == 200
    for address in ("/", "/fathom/", "/fathom/feed.atom", "/opds", "/sitemap.xml", "/fathom/editions.json"):
        assert b"no-1" not in body_of(Client(), address)[1], address
    assert Client().get("/fathom/no-1/")["X-Robots-Tag"] == "noindex"


def test_withdrawing_closes_it_for_those_who_had_it(cast: Cast, data: Path) -> None:
    edition, rita = restricted(cast, data, ways=["subscription"]), confirm(cast.reader)
    subscribed(cast, rita, date(2026, 1, 1), None)
    client = signed_in(rita)
    assert body_of(client, "/fathom/no-1/")[0] == 200
    edition_withdraw(by=cast.owner, edition=edition)
    assert body_of(client, "/fathom/no-1/")[0] == 410


def test_two_readers_do_not_share_anything(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=["subscription"])
    subscribed(cast, reader("anna"), date(2026, 1, 1), None)
    assert not ask(reader("berta"), edition).allowed


def test_lists_tell_of_what_readers_with_access_may_read_and_of_no_more(cast: Cast, data: Path) -> None:
    restricted(cast, data, ways=["subscription"], free="2")
    for address in (
        "/",
        "/fathom/",
        "/fathom/feed.atom",
        "/fathom/feed.rss",
        "/opds",
        "/fathom/opds",
        "/fathom/opds.json",
    ):
        said = body_of(Client(), address)[1]
        assert b"cover.jpg" not in said, address
        assert b"issue.epub" not in said, address
        assert b"open-access" not in said, address
    for address in ("/fathom/feed.atom", "/fathom/opds", "/fathom/editions.json", "/fathom/opds.json"):
        assert b"/fathom/no-1/" in body_of(Client(), address)[1], address
    assert b"no-1" not in body_of(Client(), "/fathom/iiif/collection.json")[1]
    assert b"no-1/page" not in body_of(Client(), "/fathom/sitemap-1.xml")[1]
