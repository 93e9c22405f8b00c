"""Staff: invited by a real mail server, given roles, never without an owner."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from tests.cast import PASSWORD, Cast, signed_in

from masthead.accounts.errors import LastOwnerError
from masthead.accounts.rights import Role
from masthead.accounts.selectors import Staff, User
from masthead.accounts.services import staff_change, staff_remove

STAFF = "/office/houses/harbour-press/staff"


class Letters:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        self.kept.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def letters(settings: object) -> Iterator[Letters]:
    """A mail server on this machine, to which the house writes."""
    found = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
    server = Controller(found, hostname=host, port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port  # type: ignore[attr-defined]
    yield found
    server.stop()


def invited(letters: Letters) -> str:
    """The path of the last letter's link."""
    text = message_from_bytes(letters.kept[-1], policy=policy.default).get_content()
    return re.search(r"http://testserver(/invitation/\S+)", text)[1]  # type: ignore[index]


def test_somebody_new_is_invited_and_joins_once(cast: Cast, letters: Letters) -> None:
    said = {"email": "New@Harbour.example", "role": "editor", "scope": f"publication:{cast.fathom.pk}"}
    assert signed_in(cast.owner).post(STAFF, said, follow=True).status_code == 200
    assert b"new@harbour.example" in signed_in(cast.owner).get(STAFF).content
    address, stranger = invited(letters), Client(raise_request_exception=False)
    assert b"Harbour Press" in stranger.get(address).content
    weak = stranger.post(address, {"name": "Nora", "password": "password123"})
    assert weak.status_code == 422
    assert b"Nora" in weak.content
    assert stranger.post(address, {"name": "Nora", "password": PASSWORD}).status_code == 302
    row = Staff.objects.get(user__email="new@harbour.example")
    assert (row.role, row.scope, row.scope_id) == ("editor", "publication", cast.fathom.pk)
    assert stranger.get("/office/houses/harbour-press/").status_code == 200
    assert Client(raise_request_exception=False).get(address).status_code == 409
    assert signed_in(cast.editor).post(STAFF, said).status_code == 403


def test_an_invitation_is_for_its_address_alone(cast: Cast, letters: Letters) -> None:
    signed_in(cast.owner).post(STAFF, {"email": cast.reader.email, "role": "reports", "scope": ""})
    address = invited(letters)
    assert b"Sign in" in Client().get(address).content
    assert signed_in(cast.outsider).post(address).status_code == 403
    assert signed_in(cast.reader).post(address).status_code == 302
    assert Staff.objects.filter(user=cast.reader, role="reports").exists()


def test_a_newer_invitation_and_one_taken_back_open_nothing(cast: Cast, letters: Letters) -> None:
    owner = signed_in(cast.owner)
    for _ in range(2):
        owner.post(STAFF, {"email": "new@harbour.example", "role": "shop", "scope": ""})
    first = message_from_bytes(letters.kept[0], policy=policy.default).get_content()
    old = re.search(r"/invitation/\S+", first)[0]  # type: ignore[index]
    assert Client(raise_request_exception=False).get(old).status_code == 409
    page = owner.get(STAFF).content.decode()
    owner.post(re.search(r'action="([^"]*/invitations/[^"]*)"', page)[1])  # type: ignore[index]
    assert Client(raise_request_exception=False).get(invited(letters)).status_code == 409


def test_a_mail_that_cannot_be_sent_loses_nothing(cast: Cast, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    page = signed_in(cast.owner).post(STAFF, {"email": "x@y.example", "role": "shop", "scope": ""}, follow=True)
    assert b"http://testserver/invitation/" in page.content


def test_the_last_owner_stays(cast: Cast) -> None:
    row = Staff.objects.get(user=cast.owner)
    with pytest.raises(LastOwnerError):
        staff_remove(by=cast.owner, staff=row)
    changed = signed_in(cast.owner).post(f"{STAFF}/{row.pk}", {"role": "editor", "scope": "publisher:"})
    assert changed.status_code == 422
    editor = Staff.objects.get(user=cast.editor)
    staff_change(by=cast.owner, staff=editor, role=Role.OWNER, scope="publisher", scope_id="")
    staff_remove(by=cast.owner, staff=row)
    assert not Staff.objects.filter(user=cast.owner).exists()


def test_ones_own_name_and_language(cast: Cast) -> None:
    client = signed_in(cast.editor)
    assert client.post("/office/you", {"name": "Émile", "language": "de"}).status_code == 302
    assert User.objects.get(pk=cast.editor.pk).name == "Émile"
    assert b"Speichern" in client.get("/office/you").content
