"""Every operation of the API, as the document has it, tried by those for whom it is not: nothing leaks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.api.calling import ALL, Program, program
from tests.cast import Cast, ready_edition
from tests.forms.making import form_made
from tests.orders.ordering import placed

from masthead.access.proof_links import proof_link_create
from masthead.accounts.inviting import invitation_create
from masthead.accounts.rights import Role
from masthead.accounts.selectors import LogEntry, Staff
from masthead.api.reference import document, operations
from masthead.api.urls import v1
from masthead.comments.selectors import Comment
from masthead.forms.selectors import Answer
from masthead.library.selectors import Edition
from masthead.library.shelving import category_create, shelf_create
from masthead.orders.price_lists import price_list_create
from masthead.orders.services import product_create
from masthead.production.arrivals import arrival_begin
from masthead.production.selectors import Conversion, Upload
from masthead.webhooks.services import webhook_create, webhook_test

OPERATIONS = [
    (path, method, told["operationId"]) for path, verbs in document()["paths"].items() for method, told in verbs.items()
]
TAGS = sorted({document()["paths"][path][method]["tags"][0] for path, method, _ in OPERATIONS})
TUS = {"Tus-Resumable": "1.0.0"}
SECRETS = (b"athom", b"olga@", b"Harbour", b"No. 1", b"Hidden")


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
        "language": "de",
    }


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
    if "anyOf" in schema:
        return _example(schema["anyOf"][0])
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
    kinds = {"integer": 1, "boolean": True}
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
    """Nothing of the house changes, so that one house is enough for all operations of a kind."""
    Staff.objects.filter(user=cast.outsider).update(role=Role.OWNER)
    before, tried = Edition.objects.values().get(), 0
    for path, method, name in OPERATIONS:
        if document()["paths"][path][method]["tags"][0] != tag:
            continue
        tried += 1
        assert send(Program(""), path, method, names).status_code == 401, name
        assert_out_of_scope(cast, names, path, method)
        answer = send(program(cast, cast.outsider), path, method, names)
        if "{" in path:
            assert answer.status_code == 404, (name, answer.content)
        else:
            assert answer.status_code < 500, name
        content = b"" if answer.streaming else answer.content
        assert not any(secret in content for secret in SECRETS), (name, content)
        assert Edition.objects.values().get() == before, name
        assert not LogEntry.objects.filter(publisher=cast.harbour, user=cast.outsider).exists(), name
    assert tried


def assert_out_of_scope(cast: Cast, names: dict[str, str], path: str, method: str) -> None:
    """A program of the house itself is refused what its token does not name."""
    operation = document()["paths"][path][method]
    scope, name = operation["x-scope"], operation["operationId"]
    if not scope:
        return
    narrow = program(cast, scopes=[one for one in ALL if one.partition(":")[0] != scope.partition(":")[0]])
    written = LogEntry.objects.count()
    answer = send(narrow, path, method, names)
    assert answer.status_code == 403, name
    assert not any(secret in answer.content for secret in SECRETS), name
    assert LogEntry.objects.count() == written, name


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/reference"])
def test_what_everybody_may_read_says_nothing_of_the_house(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not any(secret in answer.content for secret in (b"Fathom", b"Harbour", b"olga@"))
