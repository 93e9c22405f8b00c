"""Every operation of the API, as the document has it, tried by those for whom it is not: nothing leaks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.api.calling import ALL, Program, program
from tests.cast import Cast, ready_edition
from tests.forms.making import form_made
from tests.orders.ordering import placed
from tests.production.overlays.laying import png

from masthead.access.codes import codes_create
from masthead.access.identity.sites import key_create, site_create
from masthead.access.joining import reader_invite
from masthead.access.permitting import permission_give
from masthead.access.proof_links import proof_link_create
from masthead.access.subscribing import period_give, subscription_create
from masthead.accounts.inviting import invitation_create
from masthead.accounts.rights import Role
from masthead.accounts.selectors import LogEntry, Staff
from masthead.api.reference import document, operations
from masthead.api.urls import v1
from masthead.comments.selectors import Blocked, Comment
from masthead.document.overlays import Area, OverlayKind
from masthead.document.template import TemplateRule as Rule
from masthead.document.template import rule_to_json
from masthead.forms.selectors import Answer
from masthead.library.selectors import Edition
from masthead.library.shelving import category_create, shelf_create
from masthead.orders.price_lists import price_list_create
from masthead.orders.services import product_create
from masthead.production.arrivals import arrival_begin
from masthead.production.models import Correction, TemplateRule
from masthead.production.overlays.files import PICTURE, file_keep
from masthead.production.overlays.services import overlay_create
from masthead.production.selectors import Conversion, Upload
from masthead.sharing.recipients import links_create
from masthead.webhooks.services import webhook_create, webhook_test

OPERATIONS = [
    (path, method, told["operationId"]) for path, verbs in document()["paths"].items() for method, told in verbs.items()
]
TAGS = sorted({told["tags"][0] for verbs in document()["paths"].values() for told in verbs.values()})
TUS = {"Tus-Resumable": "1.0.0"}
SECRETS = (b"athom", b"olga@", b"Harbour", b"No. 1", b"Hidden", b"hidden@")


@pytest.fixture
def names(cast: Cast, data: Path) -> dict[str, str]:
    """What stands in addresses, all of it another house's for who tries."""
    edition = ready_edition(cast, data)
    assert edition.build is not None
    upload = Upload.objects.create(publisher=cast.harbour, sha256="0" * 64, size=1, name="Hidden.pdf", by=cast.owner)
    conversion = Conversion.objects.create(publisher=cast.harbour, edition=edition, upload=upload, state="done")
    arrival = arrival_begin(by=cast.owner, publisher=cast.harbour, name="Hidden.pdf", size=3)
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="Hidden", address="https://hidden.example/")
    return {
        "webhook": webhook.pk,
        "delivery": webhook_test(by=cast.owner, webhook=webhook).pk,
        "edition": edition.pk,
        "use": "text",
        "file": "0123456789abcdef.woff2",
        "publication": cast.fathom.pk,
        "build": edition.build.pk,
        "conversion": conversion.pk,
        "upload": arrival.pk,
        "shelf": shelf_create(by=cast.owner, publisher=cast.harbour, name="Hidden shelf").pk,
        "category": category_create(by=cast.owner, publisher=cast.harbour, name="Hidden category").pk,
        "staff": Staff.objects.get(user=cast.editor).pk,
        "invitation": invitation_create(
            by=cast.owner, publisher=cast.harbour, email="new@harbour.example", role=Role.EDITOR
        ).pk,
        "link": proof_link_create(by=cast.owner, edition=edition, name="Hidden reader", days=7).pk,
        "token": Program.token_id(program(cast)),
        **shop_names(cast, edition),
        "form": (form := form_made(cast, name="Hidden")).pk,
        "answer": Answer.objects.create(form=form, edition=edition, key="k", values={"f": "Hidden"}).pk,
        "name": "issue.json",
        "comment": Comment.objects.create(edition=edition, name="Hidden", text="Hidden", state="waiting").pk,
        "blocked": Blocked.objects.create(publisher=cast.harbour, who="0" * 64, name="Hidden").pk,
        "language": "de",
        **laid_names(cast, edition),
        **reader_names(cast, edition),
    }


def reader_names(cast: Cast, edition: Edition) -> dict[str, str]:
    """A reader and what they have."""
    by, house = cast.owner, cast.harbour
    reader = reader_invite(by=by, publisher=house, email="hidden@reader.example", name="Hidden reader")
    subscription = subscription_create(by=by, publisher=house, name="Hidden subscription")
    period = period_give(by=by, subscription=subscription, user=reader.user, starts=date(2026, 1, 1), ends=None)
    permission = permission_give(by=by, edition=edition, user=reader.user)
    (code,) = codes_create(by=by, publisher=house, name="Hidden code", edition=edition)
    (link,) = links_create(by=by, edition=edition, names=["Hidden recipient"], days=7)
    site = site_create(by=by, publisher=house, name="Hidden site")
    key, _ = key_create(by=by, provider=site, name="Hidden key")
    others = {"recipient": link.pk, "provider": site.pk, "key": key.pk, "kind": "svg"}
    named = {"reader": reader.pk, "subscription": subscription.pk, "period": period.pk}
    return {**others, **named, "permission": permission.pk, "code": code.pk}


def laid_names(cast: Cast, edition: Edition) -> dict[str, str]:
    """What lies on its pages, and what was corrected."""
    area, said = Area(0.1, 0.1, 0.2, 0.2), {"address": "https://hidden.example/"}
    laid = overlay_create(
        by=cast.owner, edition=edition, kind=OverlayKind.LINK, page=1, area=area, title="Hidden", said=said
    )
    corrected = Correction.objects.create(edition=edition, place=1, kind="cover_page", data={}, subject="Hidden")
    taught = Rule("heading", "top", words="hidden")
    rule = TemplateRule.objects.create(publication=cast.fathom, key=taught.key, data=rule_to_json(taught))
    picture = file_keep(edition=edition, kind=PICTURE, stream=png(), label="Hidden.png")
    named = {"overlay": laid.pk, "file": picture.name, "found_link": "0" * 24, "article": "a1", "page": "1"}
    return {**named, "correction": corrected.pk, "rule": rule.pk}


def shop_names(cast: Cast, edition: Edition) -> dict[str, str]:
    """A product, a price list and an order."""
    said = {"code": "Hidden", "name": "Hidden lamp", "price": "1", "currency": "EUR"}
    product = product_create(by=cast.owner, publication=cast.fathom, said=said)
    listed = price_list_create(by=cast.owner, publication=cast.fathom, name="Hidden list")
    order = placed(edition, {"hidden": 1}, name="Hidden customer")
    return {"product": product.pk, "price_list": listed.pk, "order": order.pk}


def body_of(operation: dict[str, Any]) -> Any:
    """The least that the document lets somebody send, so that it is not the body that is refused."""
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return _example(schema) if schema else None


def _example(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _example(schema[several][0])
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        return {name: _example(properties[name]) for name in schema.get("required", ())}
    if schema.get("type") == "array":
        return [_example(schema["items"])] if schema.get("minItems") else []
    if "a-zA-Z0-9_-" in schema.get("pattern", ""):
        return "none"
    formats = {"date": "2026-12-01", "date-time": "2199-01-01T00:00:00Z"}
    kinds = {"integer": 1, "number": 0.5, "boolean": True}
    return formats.get(schema.get("format", "")) or kinds.get(schema.get("type", "")) or "new@other.example"


def send(call: Program, path: str, method: str, names: dict[str, str]) -> Any:
    operation = document()["paths"][path][method]
    filled = re.sub(r"\{(\w+)\}", lambda found: names[found[1]], path)
    if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
        return call.send_file(filled, b"%PDF-1.7")
    more = {**TUS, "Upload-Length": "3", "Upload-Offset": "0"} if "/tus" in path else {}
    if method == "patch" and "/tus" in path:
        return call.send_bytes(filled, b"abc", more)
    return call(method.upper(), filled + ("?q=hidden" if path.endswith("/search") else ""), body_of(operation), **more)


def test_every_address_is_in_the_document() -> None:
    told = {re.sub(r"\{\w+\}", "<>", path.removeprefix("/api/v1/")) for path, _, _ in OPERATIONS}
    there = {re.sub(r"<[^>]*>", "<>", str(one.pattern)) for one in v1 if isinstance(one, URLPattern)}
    assert there - told == {"openapi.json", "reference"}
    assert told <= there
    under = {
        str(one.pattern)
        for part in get_resolver().url_patterns
        if str(part.pattern) == "api/"
        for one in part.url_patterns
    }
    assert under == {"v1/", "^"}
    assert len({name for _, _, name in OPERATIONS}) == len(OPERATIONS) == len(list(operations())) + 4


@pytest.mark.parametrize("tag", TAGS)
def test_operations_are_closed_to_others(cast: Cast, names: dict[str, str], tag: str) -> None:
    Staff.objects.filter(user=cast.outsider).update(role=Role.OWNER)
    before = Edition.objects.values().get()
    nobody, stranger, narrow = Program(""), program(cast, cast.outsider), dict[str, Program]()
    for path, method, name in OPERATIONS:
        told = document()["paths"][path][method]
        if told["tags"][0] != tag:
            continue
        assert send(nobody, path, method, names).status_code == 401, name
        resource = told["x-scope"].partition(":")[0]
        if resource:
            others = [one for one in ALL if one.partition(":")[0] != resource]
            narrow[resource] = narrow.get(resource) or program(cast, scopes=others)
            written = LogEntry.objects.count()
            answer = send(narrow[resource], path, method, names)
            assert answer.status_code == 403, name
            assert not any(secret in answer.content for secret in SECRETS), name
            assert LogEntry.objects.count() == written, name
        answer = send(stranger, path, method, names)
        if "{" in path:
            assert answer.status_code == 404, (name, answer.content)
        else:
            assert answer.status_code < 500, name
        content = b"" if answer.streaming else answer.content
        assert not any(secret in content for secret in SECRETS), (name, content)
        assert not LogEntry.objects.filter(publisher=cast.harbour, user=cast.outsider).exists(), name
    assert Edition.objects.values().get() == before


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/reference"])
def test_what_everybody_may_read_says_nothing_of_the_house(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not any(secret in answer.content for secret in (b"Fathom", b"Harbour", b"olga@"))
