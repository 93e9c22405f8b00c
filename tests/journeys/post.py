"""A mail server that keeps what comes to it."""

from __future__ import annotations

import email
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """Mails that came, each with the address that it was sent to, and where the server listens."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        read = email.message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.mails.append((envelope.rcpt_tos[0], read))
        return "250 OK"

    def mail_to(self, address: str) -> EmailMessage:
        """The last mail to an address."""
        return self._last(address, "")

    def link_to(self, address: str) -> str:
        """The last link that was sent to an address."""
        found = re.search(r"http://\S+", _words(self._last(address, "http://")))
        assert found is not None
        return found[0]

    def _last(self, address: str, holding: str) -> EmailMessage:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for to, message in reversed(self.mails):
                if to == address and holding in _words(message):
                    return message
            time.sleep(0.1)
        raise AssertionError(f"no mail for {address}")


def _words(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part else ""


@contextmanager
def listening() -> Iterator[Post]:
    """A server on a free port."""
    caught = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        caught.port = free.getsockname()[1]
    controller = Controller(caught, hostname="127.0.0.1", port=caught.port)
    controller.start()
    yield caught
    controller.stop()
