"""Many readers at once, each with a connection of its own, in one process: what a browser asks for, and when."""

from __future__ import annotations

import asyncio
import random
import re
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PATIENCE = 60.0  # seconds after which a person has given up
LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")
COOKIE = re.compile(rb"(?im)^set-cookie: *([^=;\s]+)=([^;\r]*)")


@dataclass
class Seen:
    """What came of all requests: seconds by kind, failures by kind and what they were."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)
    again: int = 0  # connections that the house had closed while nobody spoke
    there: int = 0  # readers whose edition is open now
    most: int = 0

    def opened(self) -> None:
        """One more reader has the edition before them."""
        self.there += 1
        self.most = max(self.most, self.there)


@dataclass(frozen=True)
class Answer:
    """Status, head and body."""

    status: int
    head: bytes
    body: bytes

    def cookies(self) -> dict[str, str]:
        """Those that it sets."""
        return {name.decode(): said.decode() for name, said in COOKIE.findall(self.head)}


class Browser:
    """One connection of one person, kept open and opened again where the house has closed it."""

    def __init__(self, address: str, seen: Seen, network: str, cookies: Mapping[str, str] = {}) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._origin = parts.hostname or "", parts.port or 80, address
        self._seen, self._network, self.cookies = seen, network, dict(cookies)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, kind: str, path: str, *, data: bytes = b"", kind_of_data: str = "") -> Answer | None:
        """An answer, or None where there was none in time; what took how long is kept."""
        begin = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._asked(path, data, kind_of_data)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            self._seen.failures[f"{kind}: {type(error).__name__}"] += 1
            self.leave()
            return None
        self._seen.seconds[kind].append(time.perf_counter() - begin)
        if answer.status >= 400:
            self._seen.failures[f"{kind}: {answer.status}"] += 1
        self.cookies |= answer.cookies()
        return answer

    def leave(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _asked(self, path: str, data: bytes, kind: str) -> Answer:
        is_fresh = self._writer is None or self._writer.is_closing()
        try:
            return await self._sent(path, data, kind)
        except (ConnectionError, asyncio.IncompleteReadError):
            if is_fresh:
                raise
            self._seen.again += 1  # closed while nobody spoke: browsers ask once more, and so do we
            self.leave()
            return await self._sent(path, data, kind)

    async def _sent(self, path: str, data: bytes, kind: str) -> Answer:
        if self._writer is None or self._reader is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port, limit=1 << 18)
        cookies = "; ".join(f"{name}={said}" for name, said in self.cookies.items())
        lines = [
            f"{'POST' if data else 'GET'} {path} HTTP/1.1",
            f"Host: {self._host}:{self._port}",
            f"User-Agent: {AGENT}",
            "Accept-Language: en-GB,en;q=0.8",
            f"X-Forwarded-For: {self._network}",
        ]
        lines += [f"Cookie: {cookies}"] if cookies else []
        if data:
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(data)}", f"Origin: {self._origin}"]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + data)
        return await self._read(self._reader)

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        if length:
            body = await reader.readexactly(int(length[1]))
        elif b"chunked" in head.lower():
            body = await self._chunks(reader)
        else:
            body = b""
        return Answer(int(head.split(b" ", 2)[1]), head, body)

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)


@dataclass(frozen=True)
class Issue:
    """An edition that is read."""

    home: str  # path, with a slash at its end
    pages: int


async def read(browser: Browser, issue: Issue, pause: float, until: float, seen: Seen, begin: float) -> None:
    """Open the edition, then turn its pages, `pause` seconds for each on the average, and tell what was read."""
    await asyncio.sleep(begin)
    page = random.randint(1, issue.pages)
    opened = await browser.ask("page, HTML", f"{issue.home}page/{page}")
    build = re.search(rb"/b/(\w{16})/", opened.body) if opened else None
    if build is None:
        seen.failures["no page to read"] += 1
        browser.leave()
        return
    seen.opened()
    files = f"{issue.home}b/{build[1].decode()}/"
    await browser.ask("manifest", f"{files}manifest.json")
    while time.monotonic() < until:
        await browser.ask("picture", f"{files}pictures/800/{page}.webp")
        await browser.ask("words", f"{files}pages/{page}.json")
        told = f'{{"batch":"{uuid.uuid4().hex}","events":[{{"kind":"page","page":{page}}}]}}'
        await browser.ask("count", f"{issue.home}count", data=told.encode(), kind_of_data="application/json")
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        page = page % issue.pages + 1
    seen.there -= 1
    browser.leave()


async def sign_in(browser: Browser, email: str, password: str, seen: Seen, outcomes: Counter[str]) -> None:
    """Sign in as a person does: who is asked for a moment comes again after some seconds, five times."""
    begin = time.perf_counter()
    for tries in range(1, 6):
        form = await browser.ask("sign-in form", "/account/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body) if form else None
        if token is None:
            break
        typed = f"csrfmiddlewaretoken={token[1].decode()}&login={quote(email)}&password={quote(password)}"
        sent = await browser.ask(
            "password", "/account/login/", data=typed.encode(), kind_of_data="application/x-www-form-urlencoded"
        )
        if sent is not None and sent.status == 302:
            outcomes[f"in at try {tries}"] += 1
            seen.seconds["signed in, with all tries"].append(time.perf_counter() - begin)
            browser.leave()
            return
        if sent is None or b"One moment" not in sent.body:
            break
        outcomes["asked for a moment"] += 1
        await asyncio.sleep(random.uniform(2, 5))
    outcomes["not in"] += 1
    browser.leave()
