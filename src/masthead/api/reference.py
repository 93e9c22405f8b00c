"""What the face for programs can do, told twice: as an OpenAPI 3.1 document for tools, as a page for people."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja.operation import Operation

from masthead import __version__
from masthead.accounts.bearing import SCOPES
from masthead.api.application import api
from masthead.api.gate import Needs
from masthead.api.problems import status_of_kind
from masthead.api.shapes import Problem
from masthead.document.errors import MastheadError
from masthead.faces.sending import text_response

PREFIX: Final = "/api/v1"
_METHODS: Final = ("get", "post", "put", "patch", "delete", "head")
_DESCRIPTION = (
    "Everything that the back office can do, for programs. Send a token as `Authorization: Bearer …`. Every failure is "
    "`application/problem+json`. Send `Idempotency-Key` with every POST, and `If-Match` with a change of "
    "what you fetched."
)
_REFUSED: Final = {
    "400": "The request cannot be read.",
    "401": "The token is missing, unknown, revoked or over.",
    "403": "The token lacks the scope, or its maker the right.",
    "404": "There is no such thing, or not for this token.",
    "409": "It is not possible as things stand.",
    "412": "It has changed meanwhile (If-Match).",
    "413": "The file is larger than allowed.",
    "422": "Fields have values that they cannot have.",
    "429": "The token has used up its requests of this minute.",
}
_KEY: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    "description": "The same request with the same key is done once; its answer is given again for 24 hours.",
}
_MATCH: Final = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "pattern": '^("[0-9a-f]{24}"|\\*)$'},
    "description": "ETag of the thing as you fetched it: 412 where it has changed since.",
}
_LISTS: Final = {
    "cursor": "Where to go on: `next` of the part before.",
    "limit": "How many at once.",
}
_TUS: Final = {
    "/uploads/tus": {
        "post": ("begin_tus_upload", "Begin an upload that can be gone on with.", {"201": "Begun: see Location."}),
    },
    "/uploads/tus/{upload}": {
        "head": ("get_tus_offset", "How many bytes have arrived.", {"200": "See Upload-Offset."}),
        "patch": ("send_tus_bytes", "Send bytes from Upload-Offset on.", {"204": "Taken."}),
        "delete": ("end_tus_upload", "Give it up.", {"204": "Given up."}),
    },
}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    told["info"] |= {"description": _DESCRIPTION, "version": "1", "x-masthead-version": __version__}
    told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    told["servers"] = [{"url": "/"}]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas = told["components"]["schemas"]
    schemas |= {**problem.pop("$defs", {}), "Problem": problem}
    told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    scopes = _scopes()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            has_name = "{" in path or operation["tags"][0] in (
                "Statistics",
                "Advertisements",
            )  # those have names in their questions
            _complete(operation, method, scopes[operation["operationId"]], has_name=has_name)
    for path, verbs in _TUS.items():
        told["paths"][PREFIX + path] = {verb: _tus_operation(path, *words) for verb, words in verbs.items()}
    return told


def _complete(operation: dict[str, Any], method: str, scope: str, *, has_name: bool) -> None:
    """Add what all operations share: the token, the headers of writes, the failures."""
    operation["summary"] = operation["description"].partition("\n")[0]
    for parameter in operation.get("parameters", []):
        if parameter["name"] in _LISTS:  # the library drops what is said of single parameters
            parameter["description"] = _LISTS[parameter["name"]]
    operation["security"] = [{"token": []}]
    operation["x-scope"] = scope
    codes = ["401", "403", "429", "422"]
    codes += ["404"] if has_name or method != "get" else []
    codes += ["400", "409", "412", "413"] if method != "get" else ["400"]
    if method != "get":
        headers = [_KEY, _MATCH] if method == "post" else [_MATCH]
        operation["parameters"] = [*operation.get("parameters", []), *copy.deepcopy(headers)]
    for code in sorted(codes):
        operation["responses"].setdefault(code, _failure(_REFUSED[code]))


def _failure(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


def _tus_operation(path: str, name: str, summary: str, answers: Mapping[str, str]) -> dict[str, Any]:
    named = [{"in": "path", "name": "upload", "required": True, "schema": {"type": "string"}}]
    return {
        "operationId": name,
        "summary": summary,
        "description": "tus 1.0 (tus.io); any client of it will do, with the token as a header.",
        "tags": ["Uploads"],
        "parameters": named if "{" in path else [],
        "security": [{"token": []}],
        "x-scope": "uploads:write",
        "responses": {code: {"description": said} for code, said in answers.items()}
        | {"default": {"description": "Refused, in the words of tus."}},
    }


def _scopes() -> dict[str, str]:
    """The scope that each operation needs, by the operation's name."""
    return {operation.view_func.__name__: _scope(operation) for operation in operations()}


def operations() -> Iterator[Operation]:
    """Every operation of the application."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            yield from view.operations


def _scope(operation: Operation) -> str:
    needs = [callback for callback in operation.auth_callbacks if isinstance(callback, Needs)]
    assert needs, f"{operation.view_func.__name__} asks for no token"
    return needs[0].scope


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that can be sent: its name (with ? where it can be left out), where, its type, what it is."""

    name: str
    place: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation on the page."""

    name: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: list[Parameter]
    answers: list[tuple[str, str]]


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document."""
    response = text_response(request, json.dumps(document(), ensure_ascii=False).encode())
    response["Content-Type"] = "application/json"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    groups: dict[str, list[Entry]] = {}
    for path, verbs in document()["paths"].items():
        for method in _METHODS:
            if method in verbs:
                groups.setdefault(verbs[method]["tags"][0], []).append(_entry(path, method, verbs[method]))
    shown = {"groups": groups, "scopes": list(SCOPES), "errors": _errors(), "address": f"{PREFIX}/openapi.json"}
    return render(request, "api/reference.html", shown)


def _entry(path: str, method: str, operation: Mapping[str, Any]) -> Entry:
    bodies: Mapping[str, Mapping[str, Any]] = operation.get("requestBody", {}).get("content", {})
    schema: Mapping[str, Any] = next((body["schema"] for body in bodies.values()), {})
    sent = [
        Parameter(_named(one["name"], one["required"]), one["in"], _kind(one["schema"]), one.get("description", ""))
        for one in operation["parameters"]
        if one["in"] != "path"
    ]
    return Entry(
        operation["operationId"],
        method.upper(),
        path,
        operation.get("description") or operation["summary"],
        operation["x-scope"],
        [*sent, *_fields(schema)],
        [(code, answer["description"]) for code, answer in operation["responses"].items() if code < "300"],
    )


def _fields(schema: Mapping[str, Any]) -> list[Parameter]:
    found = _resolved(schema)
    needed = found.get("required", [])
    return [
        Parameter(_named(name, name in needed), "body", _kind(told), str(told.get("description", "")))
        for name, told in found.get("properties", {}).items()
    ]


def _named(name: str, is_needed: bool) -> str:
    return name if is_needed else f"{name}?"


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = str(schema.get("$ref", ""))
    if not reference:
        return schema
    found: Mapping[str, Any] = document()["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of a value in few words."""
    if "enum" in schema:
        return " | ".join(str(value) or '""' for value in schema["enum"])
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        return " | ".join(_kind(part) for part in several)
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", ""))


def _errors() -> list[tuple[int, str, str]]:
    """Status, code and sentence of every refusal that a program can meet."""
    found, waiting = [], [MastheadError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.append((int(status_of_kind(kind)), kind.code, f"{kind.sentence} {kind.hint}"))
    return sorted(found)
