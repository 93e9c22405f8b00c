"""Readers of a house: invited, taken in from lists, by codes; reminded, erased; and what the office shows of them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from tests.access.people import body_of, confirm, reader, restricted, subscribed
from tests.cast import PASSWORD, Cast, signed_in

from masthead.access import importing
from masthead.access.codes import AccessCode, code_use, codes_create
from masthead.access.errors import CodeOverError, CodeUnknownError, CodeUsedError, ImportUnreadableError
from masthead.access.readers import Reader, reader_know, reader_list, reminders_set
from masthead.access.reminding import remind
from masthead.access.subscribing import Period, period_give, periods_of, subscription_create
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry, User

HOUSE = "/office/houses/harbour-press"
LIST = """E-Mail-Adresse;Name;Nummer;Abonnement;Erster Tag;Letzter Tag
anna@list.example;Anna;1001;Print and web;1.1.2026;31.12.2026
ANNA@list.example;Anna;1001;Print and web;1.1.2026;31.12.2026
bela@list.example;Béla;1002;;;
no address;X;;;;
cleo@list.example;Cleo;1001;;;
dora@list.example;Dora;;No such thing;;
emma@list.example;Emma;;Print and web;2026-05-01;2026-04-01
fred@list.example;Fred;;Print and web;soon;
"""


@pytest.fixture
def web(cast: Cast) -> object:
    return subscription_create(by=cast.owner, publisher=cast.harbour, name="Print and web", kind="club")


def test_a_list_is_checked_row_by_row_and_taken_in_once(cast: Cast, web: object) -> None:
    rows = importing.read_list(cast.harbour, LIST.encode("cp1252"))
    assert [row.problem for row in rows] == [
        "",
        importing.TWICE,
        "",
        importing.NO_EMAIL,
        importing.NUMBER_TAKEN,
        importing.NO_SUBSCRIPTION,
        importing.BACKWARDS,
        importing.NO_START,
    ]
    looked = importing.sums_of(cast.harbour, rows)
    assert (looked.new_readers, looked.new_periods, looked.problems) == (2, 1, 6)
    assert not Reader.objects.exists()
    assert importing.readers_import(by=cast.owner, publisher=cast.harbour, rows=rows) == looked
    assert Reader.objects.get(number="1002").user.name == "Béla"
    anna = User.objects.get(email="anna@list.example")
    assert not anna.has_usable_password()
    assert [(row.starts, row.ends) for row in periods_of(anna)] == [(date(2026, 1, 1), date(2026, 12, 31))]
    again = importing.readers_import(by=cast.owner, publisher=cast.harbour, rows=rows)
    assert (again.new_readers, again.new_periods, again.known_readers, again.known_periods) == (0, 0, 2, 1)
    assert Period.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize("data", [b"name;number\nx;1", b"\x89PNG\x00", b""])
def test_what_is_no_list_is_refused(cast: Cast, data: bytes) -> None:
    with pytest.raises(ImportUnreadableError):
        importing.read_list(cast.harbour, data)


def test_a_list_in_the_office(cast: Cast, data: Path, web: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(cast.owner)
    shown = client.post(f"{HOUSE}/readers/import", {"file": SimpleUploadedFile("list.csv", LIST.encode())})
    assert "There is no subscription of this name." in shown.content.decode()
    token = shown.content.decode().split('name="keep" value="')[1].split('"')[0]
    problems = client.get(f"{HOUSE}/readers/import/problems", {"list": token}).content.decode()
    assert problems.count("@list.example") == 5
    foreign = signed_in(cast.outsider).get("/office/houses/other-house/readers/import/problems", {"list": token})
    assert b"@list.example" not in foreign.content
    kept = client.post(f"{HOUSE}/readers/import", {"keep": token}, follow=True)
    assert b"2 new readers and 1 periods" in kept.content
    assert Reader.objects.count() == 2


@pytest.mark.usefixtures("cast")
def test_the_pages_of_an_account_are_one_family_and_lead_out() -> None:
    client = signed_in(confirm(reader("nina")))
    home = client.get("/account/subscriptions").content.decode()
    nav = home.split("<nav")[1].split("</nav>")[0]
    addresses = re.findall(r'href="([^"]+)"', nav)
    assert len(addresses) == 10
    for address in (*addresses, "/account/code"):
        page = client.get(address, follow=True).content.decode()
        assert page.count("<h1>") == 1, address
        assert nav.replace(' aria-current="page"', "") in page.replace(' aria-current="page"', ""), address
        assert 'href="/account/logout/">Sign out</a>' in page, address
    signing_out = client.get("/account/logout/").content.decode()
    assert 'href="/account/subscriptions">Stay' in signing_out, "readers have no back office to stay in"


def test_an_invited_reader_takes_the_account_over(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    owner.post(f"{HOUSE}/readers", {"email": "Nina@reader.example", "name": "Nina"})
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/account/join/" in line)
    path = link.removeprefix("http://testserver")
    client = Client()
    assert b"Harbour Press" in client.get(path).content
    assert client.post(path, {"password": "short"}).status_code == 422
    assert client.post(path, {"password": PASSWORD})["Location"] == "/account/subscriptions"
    assert b"Confirm your" not in client.get("/account/subscriptions").content
    late = Client(raise_request_exception=False).get(path)  # a password is there: the link is over
    assert late.status_code == 409
    assert signed_in(None).get("/account/join/guessed").status_code == 409


def test_a_code_is_used_once_a_person_and_so_many_times(cast: Cast, web: object) -> None:
    code = codes_create(by=cast.owner, publisher=cast.harbour, name="Fair", subscription=web, uses=2, days=30)[0]  # type: ignore[arg-type]
    one, two, three = reader("one"), reader("two"), reader("three")
    typed = f"{code.code[:4]}-{code.code[4:8].lower()} {code.code[8:]}"
    code_use(user=one, code=typed, visitor="192.0.2.1")
    period = periods_of(one)[0]
    assert period.ends is not None
    assert (period.ends - period.starts).days == 29
    with pytest.raises(CodeUsedError):
        code_use(user=one, code=typed, visitor="192.0.2.1")
    code_use(user=two, code=typed, visitor="192.0.2.1")
    with pytest.raises(CodeOverError):
        code_use(user=three, code=typed, visitor="192.0.2.1")
    assert not periods_of(three).exists()
    with pytest.raises(CodeUnknownError):
        code_use(user=three, code="NOSUCHCODE22", visitor="192.0.2.1")
    assert AccessCode.objects.get().used == 2
    assert reader_list(cast.owner, cast.harbour).count() == 2
    with pytest.raises(NotAllowedError):
        codes_create(by=cast.outsider, publisher=cast.harbour, name="x", subscription=web)  # type: ignore[arg-type]


def test_readers_are_reminded_once_where_they_are(cast: Cast) -> None:
    rita, otto, late = confirm(cast.reader), reader("otto"), reader("late")
    made = subscribed(cast, rita, date(2026, 1, 1), date(2026, 12, 14), reminder_days=14)
    period_give(by=cast.owner, subscription=made, user=otto, starts=date(2026, 1, 1), ends=date(2026, 12, 14))
    period_give(by=cast.owner, subscription=made, user=late, starts=date(2026, 1, 1), ends=date(2026, 12, 14))
    period_give(by=cast.owner, subscription=made, user=late, starts=date(2026, 12, 15), ends=date(2027, 12, 14))
    reader_know(publisher=cast.harbour, user=otto, came_by="sign_up")
    reminders_set(user=otto, wanted=False)
    cast.harbour.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    cast.harbour.save()
    assert remind(datetime(2026, 11, 29, 9, 59, tzinfo=UTC)) == 0
    assert remind(datetime(2026, 11, 29, 10, 1, tzinfo=UTC)) == 1  # it is the 30th there
    assert remind(datetime(2026, 11, 30, 12, 0, tzinfo=UTC)) == 0
    assert [sent.to for sent in mail.outbox] == [[rita.email]]
    assert "December 14, 2026" in mail.outbox[0].subject


def test_a_reader_takes_their_data_along_and_erases_them(cast: Cast) -> None:
    nina = reader("nina")
    reader_know(publisher=cast.harbour, user=nina, came_by="sign_up")
    subscribed(cast, nina, date(2026, 1, 1), None)
    client = signed_in(nina)
    said = json.loads(client.get("/account/data.json").content)
    assert said["account"]["email"] == nina.email
    assert said["subscriptions"][0]["subscription"] == "Print and web"
    assert client.post("/account/data", {"email": "other@reader.example"}).status_code == 422
    assert client.post("/account/data", {"email": nina.email})["Location"] == "/"
    assert not User.objects.filter(email=nina.email).exists()
    assert not Period.objects.exists()
    assert "nina" not in LogEntry.objects.get(action="reader.erase").subject_name
    staff = signed_in(cast.editor).post("/account/data", {"email": cast.editor.email})
    assert staff.status_code == 422
    assert User.objects.filter(pk=cast.editor.pk).exists()


def test_one_reader_touches_nothing_of_another(cast: Cast) -> None:
    from masthead.access.devices import device_add, device_list

    nina, otto = reader("nina"), reader("otto")
    device_add(user=nina, publisher_id=cast.harbour.pk, secret="x" * 32, name="Firefox")
    mine = device_list(nina)[0]
    thief = signed_in(otto)
    assert thief.post(f"/account/devices/{mine.pk}/remove").status_code == 404
    assert thief.post(f"/account/devices/{mine.pk}/rename", {"name": "x"}).status_code == 404
    assert device_list(nina)[0].name == "Firefox"


def test_the_office_gives_and_takes(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=["subscription"])
    nina = reader("nina")
    row = reader_know(publisher=cast.harbour, user=nina, came_by="sign_up")
    owner, home = signed_in(cast.owner), f"{HOUSE}/readers/{row.pk}"
    owner.post(
        f"{HOUSE}/subscriptions",
        {"name": "Web", "kind": "club", "grace_days": 0, "device_limit": 0, "reminder_days": 0},
    )
    made = owner.get(home).content.decode()
    chosen = made.split("Web</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    wrong = owner.post(home, {"what": "period", "subscription": chosen, "starts": "2026-05-01", "ends": "2026-04-01"})
    assert wrong.status_code == 422
    assert b'value="2026-04-01"' in wrong.content  # nothing typed is lost
    owner.post(home, {"what": "period", "subscription": chosen, "starts": "2026-01-01", "ends": ""})
    client = signed_in(nina)
    assert body_of(client, "/fathom/no-1/")[0] == 200
    tester = owner.get(f"/office/editions/{edition.pk}/terms", {"email": nina.email, "page": "2"}).content
    assert b"Can read it: a way in is theirs." in tester
    owner.post(home, {"what": "end-period", "row": periods_of(nina)[0].pk})
    assert body_of(client, "/fathom/no-1/")[0] == 403
    tester = owner.get(f"/office/editions/{edition.pk}/terms", {"email": nina.email}).content
    assert b"There is no subscription to this publication" in tester
    stranger = owner.get(f"/office/editions/{edition.pk}/terms", {"email": cast.outsider.email}).content
    assert b"None of your readers or staff has this address." in stranger
    owner.post(home, {"what": "permission", "edition": edition.pk, "days": "3"})
    assert body_of(client, "/fathom/no-1/")[0] == 200
    assert body_of(signed_in(cast.editor), f"{HOUSE}/readers")[0] == 403


def test_terms_are_set_in_the_office_and_mistakes_stand_at_their_field(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data)
    owner, home = signed_in(cast.owner), f"/office/editions/{edition.pk}/terms"
    said = {"own": ["ways", "free"], "ways": ["password", "addresses"], "need": "any", "free": "1-2"}
    wrong = owner.post(home, {**said, "password": "lighthouse", "ranges": "192.0.2.0/240"})
    assert wrong.status_code == 422
    assert b"Write one network a line" in wrong.content
    assert b"192.0.2.0/240" in wrong.content
    assert owner.post(home, {**said, "password": "lighthouse", "ranges": "192.0.2.0/24"}).status_code == 302
    shown = owner.get(home).content
    assert b"Readers get in with the password or from one of the networks." in shown
    assert b"lighthouse" not in shown
    assert "lighthouse" not in str([entry.after for entry in LogEntry.objects.filter(action="edition.terms")])
    assert b"this edition" in owner.get(f"/office/publications/{cast.fathom.pk}/terms").content


def test_signing_up_can_be_closed(cast: Cast, settings: object) -> None:
    assert b"Make the account" in Client().get("/account/signup/").content
    house = settings.MASTHEAD.model_copy(update={"sign_up": "closed"})  # type: ignore[attr-defined]
    settings.MASTHEAD = house  # type: ignore[attr-defined]
    assert b"By invitation" in Client().get("/account/signup/").content
    assert b"Make an account" not in Client().get("/account/login/").content


def test_a_forgotten_password_says_the_same_to_everybody(cast: Cast) -> None:
    said = []
    for name in (cast.reader.email, "nobody@reader.example"):
        answer = Client().post("/account/password/reset/", {"email": name}, follow=True)
        said.append((answer.status_code, answer.request["PATH_INFO"]))
    assert said[0] == said[1]
    assert len(mail.outbox) == 2


def test_days_are_those_of_the_publisher(cast: Cast, data: Path) -> None:
    from masthead.access.entitlements import today_at

    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    days = []
    for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"):
        cast.harbour.time_zone = zone
        days.append(today_at(cast.harbour, moment))
    assert days == [date(2027, 1, 1), date(2026, 12, 31), date(2026, 12, 31)]
    assert days[0] - days[2] == timedelta(days=1)


def test_a_new_password_by_mail_proves_the_only_address(cast: Cast, web: object) -> None:
    importing.readers_import(
        by=cast.owner, publisher=cast.harbour, rows=importing.read_list(cast.harbour, b"email\nanna@list.example")
    )
    client = Client()
    client.post("/account/password/reset/", {"email": "anna@list.example"})
    link = next(word for word in str(mail.outbox[-1].body).split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    address = form.request["PATH_INFO"]
    client.post(address, {"password1": "another lantern", "password2": "another lantern"})
    from masthead.access.entitlements import is_confirmed

    anna = User.objects.get(email="anna@list.example")
    assert anna.has_usable_password()
    assert is_confirmed(anna)


def test_an_invitation_is_no_way_past_a_password(cast: Cast) -> None:
    signed_in(cast.owner).post(f"{HOUSE}/readers", {"email": cast.outsider.email, "name": ""})
    assert mail.outbox == []
    from masthead.access.joining import token_of

    row = Reader.objects.get(user=cast.outsider)
    answer = Client(raise_request_exception=False).get(f"/account/join/{token_of(row)}")
    assert answer.status_code == 409
