"""The program that hands PDFs over asks again what was lost, with the same key, and knows a refusal from silence."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from measures import handing_over
from measures.handing_over import Program, all_handed_over


class House(BaseHTTPRequestHandler):
    """Loses the first answer to everything that writes, and refuses one file."""

    asked: ClassVar[list[tuple[str, str, str]]] = []
    known: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        edition = {"items": [{"state": "done", "pages": 3}]}
        self._say(200, edition if "conversions" in self.path else {"id": "u", "state": "good", "failure": None})

    def do_POST(self) -> None:
        key, body = self.headers["Idempotency-Key"], self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.asked.append((self.path, key, self.headers["Authorization"]))
        if key not in self.known:
            self.known[key] = body
            self.close_connection = True
            return
        assert self.known[key] == body
        if b"damaged" in body:
            self._say(422, {"code": "damaged", "detail": "This PDF is damaged."})
        else:
            self._say(201, {"id": "e" if "editions" in self.path else "u", "state": "here"}, replayed="true")

    def _say(self, status: int, said: dict[str, Any], replayed: str = "false") -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Idempotency-Replayed", replayed)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(handing_over, "_PATIENCE", 0.01)
    monkeypatch.setattr(handing_over, "_LOOKS", 0.01)
    House.asked, House.known = [], {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), House)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_was_lost_is_sent_again_with_its_key(address: str, tmp_path: Path) -> None:
    for name, content in (("a", b"%PDF-1.7 good"), ("b", b"%PDF-1.7 damaged")):
        (tmp_path / f"{name}.pdf").write_bytes(content)
    program = Program(address, "mh_x", "p", time.monotonic() + 20)
    good, refused = all_handed_over(program, sorted(tmp_path.glob("*.pdf")), 2)
    assert (good.kind, good.pages, good.sent_again, good.replayed) == ("published", 3, 3, 3)
    assert (refused.kind, refused.code, refused.sentence) == ("refused", "damaged", "This PDF is damaged.")
    keys = [key for _, key, _ in House.asked if key.startswith("bench-0")]
    assert keys == [f"bench-0-{step}" for step in ("pdf", "pdf", "edition", "edition", "out", "out")]
    assert {token for _, _, token in House.asked} == {"Bearer mh_x"}


def test_silence_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    [verdict] = all_handed_over(
        Program("http://127.0.0.1:9", "t", "p", time.monotonic() + 0.2), [tmp_path / "a.pdf"], 1
    )
    assert (verdict.kind, verdict.sentence) == ("", "")
    assert verdict.sent_again
