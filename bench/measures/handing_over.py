"""Hands PDFs over to a house through its API as a publisher's program would, until each has a verdict.

Every request that writes has an idempotency key and is sent again, unchanged, whenever its answer is lost: the server
may have been killed before or after it did what was asked.
"""

from __future__ import annotations

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_BOUNDARY = "a-line-that-no-pdf-has"
_PATIENCE = 0.5  # seconds until what was lost is sent again
_LOOKS = 3.0  # seconds between two looks at what goes on


class Unanswered(Exception):  # noqa: N818 - it is a verdict on the house, not an accident here
    """The house did not answer in all the time that there was."""


@dataclass
class Verdict:
    """What became of a file. `kind` is published, refused, failed, cancelled, or "" as long as nobody has said it."""

    name: str
    kind: str = ""
    code: str = ""
    sentence: str = ""
    pages: int = 0
    interrupted: int = 0  # times the house was killed while the file was being converted
    seconds: float = 0.0  # until the verdict
    sent_again: int = 0
    replayed: int = 0  # answers of the first time, given again
    edition: str = ""


@dataclass
class Program:
    """A program with a token; one connection for each request, so that nothing hangs on a process that was killed."""

    address: str
    token: str
    publication: str
    end: float  # of time.monotonic, after which nothing is waited for

    def ask(self, verdict: Verdict, method: str, path: str, body: bytes = b"", **headers: str) -> dict[str, Any]:
        """The answer, whatever it takes; raises Unanswered, RefusedError."""
        sent = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): v for name, v in headers.items()}}
        while time.monotonic() < self.end:
            try:
                connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=120)
                connection.request(method, f"/api/v1/{path}", body or None, sent)
                answer = connection.getresponse()
                said = answer.read()
                connection.close()
            except (OSError, http.client.HTTPException):
                verdict.sent_again += 1
                time.sleep(_PATIENCE)
                continue
            if answer.status >= 500 or answer.status == 429:
                verdict.sent_again += 1
                time.sleep(float(answer.headers.get("Retry-After", _PATIENCE)))
                continue
            verdict.replayed += answer.headers.get("Idempotency-Replayed") == "true"
            found: dict[str, Any] = json.loads(said) if said else {}
            if answer.status >= 400:
                raise RefusedError(found)
            return found
        raise Unanswered(f"{method} {path}")

    def hand_over(self, number: int, file: Path) -> Verdict:
        """Upload, make an edition, wait for its conversion, publish."""
        verdict, begin = Verdict(file.name), time.monotonic()
        try:
            self._through(verdict, f"bench-{number}", file)
        except RefusedError as refused:
            verdict.kind, verdict.code, verdict.sentence = "refused", refused.code, refused.sentence
        except Unanswered:
            pass
        verdict.seconds = time.monotonic() - begin
        return verdict

    def _through(self, verdict: Verdict, key: str, file: Path) -> None:
        upload = self.ask(
            verdict,
            "POST",
            "uploads",
            _form(file),
            Content_Type=f"multipart/form-data; boundary={_BOUNDARY}",
            Idempotency_Key=f"{key}-pdf",
        )
        while upload["state"] in ("coming", "here"):
            time.sleep(_LOOKS)
            upload = self.ask(verdict, "GET", f"uploads/{upload['id']}")
        if upload["state"] != "good":
            raise RefusedError(upload["failure"] or {})
        wanted = {
            "publication": self.publication,
            "label": f"{key} {file.stem}"[:100],
            "slug": key,
            "date": datetime.now(UTC).date().isoformat(),
            "upload": upload["id"],
        }
        edition = self._post(verdict, "editions", wanted, f"{key}-edition")["id"]
        verdict.edition = edition
        found: dict[str, Any] = {"state": "waiting"}
        while found["state"] in ("waiting", "running"):
            time.sleep(_LOOKS)
            found = self.ask(verdict, "GET", f"editions/{edition}/conversions")["items"][0]
        verdict.pages = found["pages"]
        if found["state"] != "done":
            failure = found["failure"] or {}
            verdict.kind, verdict.code = found["state"], failure.get("code", "")
            verdict.sentence = failure.get("sentence", "")
            return
        self._post(verdict, f"editions/{edition}/publish", None, f"{key}-out")
        verdict.kind = "published"

    def _post(self, verdict: Verdict, path: str, said: dict[str, Any] | None, key: str) -> dict[str, Any]:
        body = json.dumps(said).encode() if said is not None else b""
        return self.ask(verdict, "POST", path, body, Content_Type="application/json", Idempotency_Key=key)


class RefusedError(Exception):
    """The house says no, as a problem or as an upload's failure."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.code = str(said.get("code", ""))
        self.sentence = str(said.get("sentence") or said.get("detail") or said.get("title") or "")
        super().__init__(f"{self.code}: {self.sentence}")


def all_handed_over(program: Program, files: list[Path], at_once: int) -> list[Verdict]:
    """A verdict for each file; so many are on their way at the same time."""
    with ThreadPoolExecutor(at_once) as hands:
        return list(hands.map(program.hand_over, range(len(files)), files))


def _form(file: Path) -> bytes:
    head = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.stem[:60]}.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + file.read_bytes() + f"\r\n--{_BOUNDARY}--\r\n".encode()
