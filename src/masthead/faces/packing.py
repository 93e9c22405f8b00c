"""Compresses text for clients that accept it, and remembers what it compressed, up to a number of bytes."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache

import brotli

SMALLEST = 800  # bytes: less is not worth compressing
LARGEST = 16 << 20  # bytes: more is not held in memory
_ENCODINGS = ("br", "gzip")  # the better first


@lru_cache(maxsize=1024)
def accepted_encoding(header: str) -> str:
    """The best encoding of an Accept-Encoding header that we have: "br", "gzip", or "" for none."""
    refused: set[str] = set()
    accepted: set[str] = set()
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.replace(" ", "").removeprefix("q=")
        is_refused = parameters and weight.strip("0.") == ""
        (refused if is_refused else accepted).add(name.strip())
    return next((name for name in _ENCODINGS if name not in refused and not accepted.isdisjoint((name, "*"))), "")


def pack(data: bytes, encoding: str, *, quality: int) -> bytes:
    """The data in an encoding that `accepted_encoding` named; quality from 1 (quick) to 9 (small)."""
    if encoding == "br":
        return bytes(brotli.compress(data, quality=quality))
    return gzip.compress(data, compresslevel=min(9, quality + 2), mtime=0)


class Shelf:
    """Keeps bytes by key; what was not asked for longest goes first when there are more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes kept now."""
        return self._size

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under the key, else what `make` makes."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if key not in self._kept and len(made) <= self._limit:
                self._kept[key] = made
                self._size += len(made)
                while self._size > self._limit:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return made
