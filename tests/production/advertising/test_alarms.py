"""A dead link in an advertisement: whoever laid it is told once, programs too, and the mark goes when it answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from tests.cast import Cast, signed_in
from tests.production.advertising.placing import ACME, BESIDE, LOWER, advertise, advertised_edition

from masthead.accounts.selectors import Staff, User
from masthead.document.overlays import Area
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.outbox.selectors import Message
from masthead.production.advertising.alarms import advertisements_dead
from masthead.production.links.asking import Answer
from masthead.production.links.checking import round_begin, settle
from masthead.production.links.found import FoundLink
from masthead.production.links.services import link_off
from masthead.production.models import AdvertisementAlarm, LinkCheck
from masthead.production.overlays.services import overlay_remove
from masthead.webhooks.services import webhook_create

DEAD, ALIVE = Answer("dead", 404), Answer("alive", 200)
Mails = list[EmailMessage]


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    made = advertised_edition(cast, data)
    edition_publish(by=cast.owner, edition=made)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)


def answered(edition: Edition, address: str, answer: Answer) -> None:
    """A round of asking has come to this address."""
    round_begin(edition, timezone.now())
    settle(LinkCheck.objects.get(edition=edition, address=address), answer, timezone.now())


def test_whoever_laid_it_is_told_once(cast: Cast, edition: Edition, mailoutbox: Mails) -> None:
    advertise(cast.editor, edition)
    for _ in range(3):
        answered(edition, ACME, DEAD)
    (mail,) = mailoutbox
    assert mail.to == ["emil@harbour.example"]
    assert mail.subject == "A link in an advertisement of Acme does not answer any more"
    for said in (ACME, "Summer lamps (Acme, A-17), page 1", "Fathom", f"/office/editions/{edition.pk}/links/"):
        assert said in mail.body, said
    assert "pays late" not in mail.body
    assert AdvertisementAlarm.objects.count() == 1


def test_when_it_answers_again_the_mark_goes_and_the_next_end_is_told(
    cast: Cast, edition: Edition, mailoutbox: Mails
) -> None:
    advertise(cast.editor, edition)
    answered(edition, ACME, DEAD)
    assert [one.advertiser for one in advertisements_dead(cast.editor, cast.harbour)] == ["Acme"]
    answered(edition, ACME, Answer("silent", 503))
    assert AdvertisementAlarm.objects.exists(), "no answer this time says nothing"
    answered(edition, ACME, ALIVE)
    assert not AdvertisementAlarm.objects.exists()
    assert advertisements_dead(cast.editor, cast.harbour) == []
    answered(edition, ACME, DEAD)
    assert len(mailoutbox) == 2


def test_a_mail_speaks_the_language_of_whom_it_reaches(cast: Cast, edition: Edition, mailoutbox: Mails) -> None:
    User.objects.filter(pk=cast.editor.pk).update(language="de")
    advertise(cast.editor, edition)
    answered(edition, ACME, DEAD)
    assert mailoutbox[0].subject.startswith("Ein Link in einer Anzeige von Acme")
    assert mailoutbox[0].extra_headers["Content-Language"] == "de"


def test_where_who_laid_it_has_left_those_who_edit_there_are_told(
    cast: Cast, edition: Edition, mailoutbox: Mails
) -> None:
    advertise(cast.editor, edition)
    Staff.objects.filter(user=cast.editor).delete()
    answered(edition, ACME, DEAD)
    assert [mail.to for mail in mailoutbox] == [["olga@harbour.example"]], "neither the shop nor another house"


def test_one_mail_for_all_advertisements_with_that_link(cast: Cast, edition: Edition, mailoutbox: Mails) -> None:
    advertise(cast.editor, edition)
    advertise(cast.editor, edition, page=2, title="Winter lamps", booking="")
    advertise(cast.owner, edition, area=Area(0.1, 0.6, 0.8, 0.3), title="Inner")
    answered(edition, ACME, DEAD)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert len(mailoutbox) == 2
    for said in ("Summer lamps (Acme, A-17), page 1", "Winter lamps (Acme), page 2"):
        assert said in told["emil@harbour.example"]
    assert "Inner" in told["olga@harbour.example"]
    assert "Inner" not in told["emil@harbour.example"]


@pytest.mark.parametrize("what", ["not live", "beside", "removed", "lost", "switched off"])
def test_nobody_is_told_of_what_readers_do_not_meet(cast: Cast, edition: Edition, mailoutbox: Mails, what: str) -> None:
    row = advertise(cast.editor, edition)
    address = BESIDE if what == "beside" else ACME
    round_begin(edition, timezone.now())
    if what == "not live":
        edition_withdraw(by=cast.owner, edition=edition)
    elif what == "removed":
        overlay_remove(by=cast.editor, overlay=row)
    elif what == "lost":
        type(row).objects.update(is_lost=True)
    elif what == "switched off":
        link_off(by=cast.editor, edition=edition, link=FoundLink(1, "web", ACME, "acme.example"))
    settle(LinkCheck.objects.get(edition=edition, address=address), DEAD, timezone.now())
    assert LinkCheck.objects.get(edition=edition, address=address).state == "dead"
    assert mailoutbox == []
    assert not AdvertisementAlarm.objects.exists()


def test_one_laid_over_a_dead_link_is_told_of_in_the_next_round(
    cast: Cast, edition: Edition, mailoutbox: Mails
) -> None:
    answered(edition, ACME, DEAD)
    advertise(cast.editor, edition, area=LOWER)
    assert mailoutbox == []
    answered(edition, ACME, DEAD)
    assert len(mailoutbox) == 1


def test_an_alarm_goes_with_an_address_that_the_edition_has_no_more(cast: Cast, edition: Edition) -> None:
    advertise(cast.editor, edition)
    answered(edition, ACME, DEAD)
    link_off(by=cast.editor, edition=edition, link=FoundLink(1, "web", ACME, "acme.example"))
    assert advertisements_dead(cast.editor, cast.harbour) == [], "it is switched off: nobody is led there"
    link_off(by=cast.editor, edition=edition, link=FoundLink(2, "web", ACME, "acme.example"))
    round_begin(edition, timezone.now())
    assert not AdvertisementAlarm.objects.exists()


def test_programs_are_told(cast: Cast, edition: Edition) -> None:
    webhook_create(
        by=cast.owner,
        publisher=cast.harbour,
        name="Sales",
        address="https://sales.example/",
        events=["advertisement.link_dead"],
    )
    row = advertise(cast.editor, edition)
    answered(edition, ACME, DEAD)
    answered(edition, ACME, DEAD)
    (message,) = Message.objects.filter(event="advertisement.link_dead")
    data = json.loads(message.body)["data"]
    assert data["edition"]["id"] == edition.pk
    assert data["advertisement"] == {
        "id": row.pk,
        "advertiser": "Acme",
        "title": "Summer lamps",
        "booking": "A-17",
        "page": 1,
        "link": ACME,
    }


def test_it_stands_where_staff_look_first(cast: Cast, edition: Edition) -> None:
    advertise(cast.editor, edition)
    home = "/office/houses/harbour-press/"
    assert "Look at this" not in signed_in(cast.editor).get(home).content.decode()
    answered(edition, ACME, DEAD)
    shown = signed_in(cast.editor).get(home).content.decode()
    assert "Look at this" in shown
    assert "the advertisement “Summer lamps” of Acme on page 1" in shown
    assert ACME in shown
    assert ACME not in signed_in(cast.shop).get(home).content.decode(), "who cannot change it is not asked to"
    answered(edition, ACME, ALIVE)
    assert "Look at this" not in signed_in(cast.editor).get(home).content.decode()
