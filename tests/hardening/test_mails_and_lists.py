"""What people type into a form becomes neither a line of a mail's head nor a formula in somebody's spreadsheet."""

from __future__ import annotations

import ast
import csv
import io
import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from tests.access.people import reader, restricted
from tests.cast import Cast, ready_edition, signed_in
from tests.hardening.expressions import SOURCE
from tests.hardening.routes import known_of, routes

from masthead.access import email_codes, joining
from masthead.access.codes import codes_create
from masthead.access.subscribing import subscription_create
from masthead.accounts.inviting import invitation_create, invitation_send
from masthead.accounts.rights import Role
from masthead.accounts.selectors import Publisher
from masthead.library.selectors import Edition, Publication
from masthead.library.sheets import harmless

LINES = (
    "\r\nBcc: evil@evil.example\r\n\r\nBody",
    "\nBcc: evil@evil.example",
    "\rBcc: evil@evil.example",
    "\u2028Bcc: x\u0085Bcc: y",
)
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '=HYPERLINK("https://evil.example")',
    "＝1",
    "|cmd",
)
_CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def assert_one_head(sent: EmailMessage, to: str) -> None:
    """As a mail server reads it."""
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert read["To"] == to
    assert read["Bcc"] is None
    assert read["Cc"] is None
    assert "evil" not in str(read["Reply-To"] or "")
    assert not re.search(r"[\r\n\u2028\u0085]", str(read["Subject"]))


@pytest.mark.parametrize("typed", LINES)
def test_no_name_becomes_a_second_line_of_a_head(cast: Cast, data: Path, typed: str) -> None:
    for kind in (Publisher, Publication):
        kind.objects.update(name=f"Fathom{typed}")
    house = Publisher.objects.get(pk=cast.harbour.pk)
    edition = restricted(cast, data, ways=["email_code"], domains=["reader.example"])
    Edition.objects.update(label=f"No. 1{typed}"[:60])
    edition = Edition.objects.select_related("publication__publisher").get(pk=edition.pk)
    invited = invitation_create(by=cast.owner, publisher=house, email="new@reader.example", role=Role.EDITOR)
    invitation_send(invitation=invited, address="https://read.example/x", language="de")
    joins = joining.reader_invite(by=cast.owner, publisher=house, email="joins@reader.example", name=f"Nina{typed}")
    joining.invitation_mail(reader=joins, address="https://read.example/y", language="ar")
    email_codes.email_code_send(edition=edition, email="code@reader.example", visitor="192.0.2.1", language="en")
    expected = ["new@reader.example", "joins@reader.example", "code@reader.example"]
    assert [sent.to for sent in mail.outbox] == [[to] for to in expected]
    for sent, to in zip(mail.outbox, expected, strict=True):
        assert_one_head(sent, to)


@pytest.mark.parametrize("typed", LINES)
def test_no_address_is_two(cast: Cast, data: Path, typed: str) -> None:
    restricted(cast, data, ways=["email_code"], domains=["reader.example"])
    client = signed_in(None)
    for address, said in (
        ("/account/password/reset/", {"email": f"rita@reader.example{typed}"}),
        ("/account/password/reset/", {"email": f"x{typed}@reader.example"}),
        ("/fathom/no-1/way-in", {"what": "email", "page": "2", "email": f"x@reader.example,{typed}"}),
        ("/account/signup/", {"email": f"new@reader.example{typed}", "password1": "lantern over water"}),
    ):
        assert client.post(address, said).status_code < 500
    for sent in mail.outbox:
        assert len(sent.recipients()) == 1
        assert_one_head(sent, sent.to[0])
        assert "evil" not in sent.to[0]


def test_every_subject_is_made_one_line() -> None:
    """In the source: whatever sends a mail joins its subject's words."""
    sending = [
        path for path in SOURCE.rglob("*.py") if re.search(r"(?<!def )send_mail\(|EmailM\w+\(", path.read_text("utf-8"))
    ]
    assert len(sending) >= 6
    for path in sending:
        if path.name != "mail.py":  # of the outbox: sends what these made
            assert re.search(r"subject = \" \"\.join\(|subject=_line\(", path.read_text("utf-8")), path


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    assert not harmless(formula).lstrip(" ").startswith(_CALCULATES)


def test_every_list_that_leaves_is_written_by_the_one_writer() -> None:
    """In the source: who writes CSV makes its cells harmless, or writes only our own words."""
    ours = {"access/importing.py", "library/sheets.py"}  # templates: names of columns and an example
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "csv.writer(" in text and path.relative_to(SOURCE).as_posix() not in ours:
            rows = [
                ast.unparse(node)
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".writerow", ".writerows"))
            ]
            assert rows
            assert all("harmless(" in row for row in rows), path


def test_lists_of_the_house_hold_no_formula_whatever_people_typed(cast: Cast, data: Path) -> None:
    evil = '=HYPERLINK("https://evil.example")'
    edition = ready_edition(cast, data, label="-1+2")
    Publication.objects.update(name=f"@{evil}")
    joins = joining.reader_invite(by=cast.owner, publisher=cast.harbour, email="=a@reader.example", name=evil)
    type(joins).objects.filter(pk=joins.pk).update(number="+49", note=evil)
    cast.owner.name = evil
    cast.owner.save()
    product = subscription_create(by=cast.owner, publisher=cast.harbour, name=evil, kind="club")
    codes_create(by=cast.owner, publisher=cast.harbour, name=evil, subscription=product)
    client = signed_in(cast.owner)
    tried = cells = 0
    for route in routes():
        address = route.address({**known_of(edition, route), "report": "tr", "form": "tsv"})
        if not route.template.startswith("office/") or not address.endswith((".csv", ".tsv", "/problems", "/template")):
            continue
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        if answer.status_code != 200 or "csv" not in answer["Content-Type"]:
            continue
        tried += 1
        for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))):
            for cell in row:
                cells += "HYPERLINK" in cell
                assert not cell.lstrip(" ").startswith(_CALCULATES), (address, cell)
    assert tried >= 6
    assert cells >= 3, "what was typed is in some of them"
    assert reader("other").name
