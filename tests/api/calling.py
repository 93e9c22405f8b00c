"""A program that calls the API with a token, as tests want it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from masthead.accounts.bearing import SCOPES
from masthead.accounts.selectors import User
from masthead.accounts.tokens import possible_scopes, token_create

V1 = "/api/v1"


class Program:
    """Sends requests with a token; JSON in, JSON out."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.client = Client(raise_request_exception=False)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        sent: dict[str, Any] = {}
        if body is not None:
            sent = {"data": json.dumps(body), "content_type": "application/json"}
        said |= self._known()
        return self.client.generic(method, path if path.startswith("/") else f"{V1}/{path}", headers=said, **sent)

    def send_file(self, path: str, content: bytes, **fields: str) -> Any:
        """Send a PDF as a form."""
        file = SimpleUploadedFile("Hidden.pdf", content, "application/pdf")
        return self.client.post(path, {"file": file, **fields}, headers=self._known())

    def send_bytes(self, path: str, content: bytes, headers: dict[str, str]) -> Any:
        """Send bytes of an upload."""
        kind = "application/offset+octet-stream"
        return self.client.generic("PATCH", path, content, content_type=kind, headers={**headers, **self._known()})

    def token_id(self) -> str:
        """The id of its token."""
        return str(self.told("token")["id"])

    def _known(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    def told(self, path: str, **headers: str) -> Any:
        """What GET answers."""
        answer = self("GET", path, **headers)
        assert answer.status_code == 200, answer.content
        return answer.json()


def program(cast: Cast, by: User | None = None, scopes: Collection[str] = (), **more: Any) -> Program:
    """A program of this person (the owner) with these scopes (all that can be given)."""
    person = by or cast.owner
    publisher = cast.other if person == cast.outsider else cast.harbour
    given = scopes or possible_scopes(person, publisher)
    _, secret = token_create(by=person, publisher=publisher, name="Newsroom", scopes=given, **more)
    person.bearer = None
    return Program(secret)


ALL = tuple(SCOPES)
