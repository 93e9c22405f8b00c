"""An order over HTTP is never lost and never doubled: real server, real mail server, customers with bad luck.

Customers press twice, lose the connection before and after their order arrived, and the server is killed with -9 at
random moments. In the end what they were told, what the database holds and what mails left must be the same.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller
from tests.journeys.conftest import ROOT, house_settings, wait_until_answered
from tests.orders.selling import TO, filled
from tests.tables import give_tables

MANY = int(os.environ.get("MASTHEAD_TEST_ORDERS", "10"))
AT_ONCE = 3  # customers
KILLS = max(2, MANY // 12)
PATIENCE = 120 + 20 * MANY  # seconds, on a machine that has much else to do
HOME = "/fathom/no-1"
SEEDING = Path(__file__).with_name("shop_seeding.py")


class Box:
    """Counts the mails that a mail server took, by whom they were for."""

    def __init__(self) -> None:
        self.mails: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.mails.update(envelope.rcpt_tos)
        return "250 OK"


@dataclass
class House:
    """A running house whose processes can be killed."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(ROOT / "bin/masthead"), "serve", "--port", str(self.port)]
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(command, stdout=stream, stderr=stream, env=self.environment)
        wait_until_answered(f"http://127.0.0.1:{self.port}/ready", 180)

    def below(self, what: str) -> list[int]:
        """The processes of this house whose command names `what`."""
        assert self.process is not None
        mark = re.compile(rf"masthead: {what}.* of {self.process.pid}\b".encode())
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if mark.match(path.read_bytes()):
                    found.append(int(path.parent.name))
        return found

    def kill_web(self) -> None:
        """Kill what answers requests; the house starts it again."""
        for number in self.below("web"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill everything at once, as a power cut does; nobody starts it again."""
        assert self.process is not None
        numbers = [self.process.pid, *self.below("")]
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(60)


@dataclass
class Customer:
    """Somebody with a browser, an address of their own, and bad luck."""

    port: int
    number: int
    chance: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""  # of the last form

    @property
    def email(self) -> str:
        return f"customer{self.number}@reader.example"

    @property
    def quantity(self) -> int:
        return 1 + self.number % 7

    def order(self, end: float) -> int:
        """Order until a number is told; what they do on the way is what people do."""
        form = self._until(end, self._form)
        said = filled(form, email=self.email)
        for misfortune in self.chance.sample([self._twice, self._torn_before, self._torn_after, None, None], 2):
            if misfortune is not None:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    misfortune(said)
        address = self._until(end, lambda: self._send(said))
        page = self._until(end, lambda: self._page(address))
        found = re.search(r"Its number is (\d+)\.", page)
        assert found is not None
        return int(found[1])

    def _until(self, end: float, deed: Any) -> str:
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                found: str = deed()
                if found:
                    return found
            time.sleep(self.chance.uniform(0.05, 0.3))
        raise AssertionError(f"{self.email} heard nothing")

    def _form(self) -> str:
        """The order form with Rope in the cart: put in under one name, however often."""
        product = f"{HOME}/product?code=RO-1"
        self._get(product)
        self._post(product, {"quantity": str(self.quantity), "change": f"customer-{self.number}"})
        status, page, _ = self._get(f"{HOME}/order")
        return page if status == 200 else ""

    def _send(self, said: dict[str, str]) -> str:
        status, _, headers = self._post(f"{HOME}/order", said)
        assert status in (303, 500, 502, 503), status
        return headers.get("location", "") if status == 303 else ""

    def _page(self, address: str) -> str:
        status, page, _ = self._get(address)
        return page if status == 200 else ""

    def _twice(self, said: dict[str, str]) -> None:
        with ThreadPoolExecutor(2) as both:
            for sent in [both.submit(self._post, f"{HOME}/order", said) for _ in range(2)]:
                sent.result()

    def _torn_before(self, said: dict[str, str]) -> None:
        """The connection ends while the form is on its way."""
        body = self._body(said)
        with socket.create_connection(("127.0.0.1", self.port), 10) as line:
            lines = [
                f"POST {HOME}/order HTTP/1.1",
                *(f"{name}: {value}" for name, value in self._headers(body).items()),
            ]
            line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + body[: len(body) // 2])

    def _torn_after(self, said: dict[str, str]) -> None:
        """The connection ends once the form has arrived; nobody hears the answer."""
        body = self._body(said)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("POST", f"{HOME}/order", body, self._headers(body))
        time.sleep(self.chance.uniform(0, 0.2))
        line.close()

    def _get(self, path: str) -> tuple[int, str, dict[str, str]]:
        return self._ask("GET", path, None)

    def _post(self, path: str, said: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        return self._ask("POST", path, self._body(said))

    def _body(self, said: dict[str, str]) -> bytes:
        return urlencode({**said, "csrfmiddlewaretoken": self.token}).encode()

    def _headers(self, body: bytes | None) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kept = {"Host": f"127.0.0.1:{self.port}", "Cookie": cookies, "Connection": "close"}
        kept["X-Forwarded-For"] = f"203.0.113.{self.number % 250}"
        form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body or b""))}
        return kept | (form if body is not None else {})

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, str, dict[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, self._headers(body))
            answer = line.getresponse()
            page = answer.read().decode()
        finally:
            line.close()
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, page, {name.lower(): value for name, value in answer.getheaders()}


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    taken = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    yield taken, port
    controller.stop()


@pytest.fixture
def house(tmp_path: Path, box: tuple[Box, int]) -> Iterator[House]:
    environment = house_settings(
        tmp_path,
        MASTHEAD_MAIL=f"smtp://127.0.0.1:{box[1]}",
        MASTHEAD_CONVERSIONS="0",
        MASTHEAD_WEB_PROCESSES="1",
        MASTHEAD_PROXIES="1",
    )
    for name in ("editions", "incoming", "originals", "arrivals"):
        (tmp_path / "data" / name).mkdir(parents=True)
    give_tables(tmp_path / "data")
    subprocess.run([sys.executable, str(SEEDING), "seed"], check=True, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = House(port, environment, tmp_path / "said")
    running.start()
    yield running
    running.stop()


def kill_at_random(house: House, chance: random.Random, heard: dict[str, int], is_over: threading.Event) -> int:
    """Kill the server while orders come in, each time after so many more, at last all of the house; says how often."""
    kills = 0
    while kills < KILLS and not is_over.is_set():
        while len(heard) < (kills + 1) * MANY // (KILLS + 1) and not is_over.wait(0.02):
            pass
        time.sleep(chance.uniform(0, 0.5))
        kills += 1
        if kills < KILLS:
            house.kill_web()
        else:
            house.kill_all()
            house.start()
    return kills


def test_no_order_is_lost_or_doubled_on_its_way(house: House, box: tuple[Box, int]) -> None:
    seed = random.randrange(1 << 30)
    chance, heard, is_over = random.Random(seed), dict[str, int](), threading.Event()
    end = time.monotonic() + PATIENCE

    def one(number: int) -> None:
        if number >= MANY - AT_ONCE:  # else the customers may be quicker than the killer
            killer.exception(PATIENCE)
        customer = Customer(house.port, number, random.Random(seed + number))
        heard[customer.email] = customer.order(end)

    with ThreadPoolExecutor(AT_ONCE + 1) as people:
        killer = people.submit(kill_at_random, house, chance, heard, is_over)
        orders = [people.submit(one, number) for number in range(MANY)]
        try:
            for order in orders:
                order.result()
        finally:
            is_over.set()
        kills = killer.result()
    said = subprocess.run(
        [sys.executable, str(SEEDING), "told"], check=True, env=house.environment, capture_output=True
    )
    found = json.loads(said.stdout)
    mails = box[0].mails
    while sum(mails.values()) < 2 * MANY and time.monotonic() < end:
        time.sleep(0.2)
    assert kills == KILLS
    assert len(heard) == MANY, f"seed {seed}"
    assert {email: number for email, number, _ in found["orders"]} == heard, f"seed {seed}"
    assert [number for _, number, _ in found["orders"]] == list(range(1, MANY + 1)), "without gaps, each once"
    numbers = {number: 1 + int(re.sub(r"\D", "", email)) % 7 for email, number in heard.items()}
    assert [tuple(line) for line in found["lines"]] == [(n, "RO-1", numbers[n]) for n in range(1, MANY + 1)]
    assert found["taken"] == sum(numbers.values())
    # A mail that was being handed over when all of the house was killed may come twice; none is missing.
    assert set(mails) == {*heard, TO}
    assert mails[TO] >= MANY
    assert sum(mails.values()) - 2 * MANY <= 4
