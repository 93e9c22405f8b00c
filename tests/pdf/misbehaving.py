"""An entry for sandboxed processes that does what a hostile PDF would like to do."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

from masthead.document.errors import PasswordWrongError


class Misbehaving:
    """Does what the message says."""

    def handle(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Each request is one attempt; what the process could do is answered."""
        return getattr(self, message["do"])(message), []

    def echo(self, message: dict[str, Any]) -> dict[str, Any]:
        return {"said": message["text"]}

    def network(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            with socket.create_connection(("127.0.0.1", message["port"]), timeout=2):
                return {"reached": True}
        except OSError as error:
            return {"reached": False, "why": str(error)}

    def descriptors(self, message: dict[str, Any]) -> dict[str, Any]:
        held = {}
        for number in range(100):
            try:
                held[number] = os.fstat(number).st_mode
            except OSError:
                continue
        return {"held": held}

    def write(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            Path(message["path"]).write_bytes(b"x" * 10)
        except OSError as error:
            return {"written": False, "why": str(error)}
        return {"written": True}

    def read(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"read": Path(message["path"]).read_text()}
        except OSError as error:
            return {"read": None, "why": str(error)}

    def environment(self, message: dict[str, Any]) -> dict[str, Any]:
        return {"names": sorted(os.environ)}

    def hang(self, message: dict[str, Any]) -> dict[str, Any]:
        time.sleep(60)
        return {}

    def eat(self, message: dict[str, Any]) -> dict[str, Any]:
        return {"size": len(bytearray(2 << 30))}

    def crash(self, message: dict[str, Any]) -> dict[str, Any]:
        os.kill(os.getpid(), signal.SIGSEGV)
        return {}

    def flood(self, message: dict[str, Any]) -> dict[str, Any]:
        return {"text": "x" * (3 << 20)}

    def refuse(self, message: dict[str, Any]) -> dict[str, Any]:
        raise PasswordWrongError("on purpose")

    def stumble(self, message: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("unexpected")
