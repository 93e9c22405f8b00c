"""Asks addresses of identity providers: public hosts over https, and those that the operator names."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from masthead.calling.errors import CallRefusedError, TooManyRedirectsError
from masthead.calling.judging import Place, Rules, hosts_in, place_of, resolved
from masthead.calling.requesting import Answer, followed, request

_LONGEST = 1024  # letters of an address


class UnreachedError(Exception):
    """An address that must not be asked, or does not answer with what was asked for."""


def fetched(address: str, accept: str, most: int) -> bytes:
    """What lies at an address, redirects followed and judged, `most` bytes of it. Raises UnreachedError."""
    rules = _rules(most)

    def ask(place: Place) -> Answer:
        return request(place, rules, headers={"Accept": accept})

    try:
        answer = [said for _, said in followed(address, rules, ask)][-1]
    except (CallRefusedError, TooManyRedirectsError, OSError, http.client.HTTPException) as error:
        raise UnreachedError(str(error)[:200]) from error
    if answer.status != http.HTTPStatus.OK:
        raise UnreachedError(f"status {answer.status}")
    return answer.body


def answered(
    address: str, most: int, *, headers: Mapping[str, str], form: bytes | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer; nothing is followed, since secrets go along. {} for no object. UnreachedError."""
    rules = _rules(most)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
    try:
        place = resolved(place_of(address, rules), rules)
        method = "GET" if form is None else "POST"
        said = request(place, rules, method, body=form, headers={"Accept": "application/json", **kind, **headers})
    except (CallRefusedError, OSError, http.client.HTTPException) as error:
        raise UnreachedError(str(error)[:200]) from error
    return said.status, json_object(said.body)


def json_object(body: bytes) -> dict[str, Any]:
    """The object that a body holds; {} where it holds something else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_web_address(address: str) -> bool:
    """Whether people, or our questions, may be sent there: over https, or to a host that the operator names."""
    if not 0 < len(address) <= _LONGEST:
        return False
    try:
        parts = urlsplit(address)
        if parts.scheme != "https":
            place_of(address.partition("#")[0], _rules(1))
        return bool(parts.hostname) and not any(ord(sign) <= 32 for sign in address)
    except (CallRefusedError, ValueError):
        return False


def _rules(most: int) -> Rules:
    allowed = hosts_in(settings.MASTHEAD.private_hosts)
    return Rules(seconds=15.0, answer_bytes=most, is_secure_only=True, allowed_hosts=allowed)
