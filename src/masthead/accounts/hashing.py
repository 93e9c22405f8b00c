"""Hashes passwords, which costs by intention, so that those who read do not pay for those who sign in.

Each hash takes nearly a fifth of a second of a core and 100 MB, unless the operator has said less (19 MB are the least
that OWASP's Password Storage Cheat Sheet allows). So a process hashes one at a time, by a thread of its
own that comes after all others when the cores are short (Linux gives each thread its own place in the queue); some may
wait for it, so that most threads stay with those who read; and whoever comes when these places are taken is told.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from masthead.accounts.errors import SigningInBusyError

AT_ONCE: Final = 8  # that hash or wait in one process; half of its threads
PATIENCE: Final = 15.0  # seconds; who has waited so long is asked for a moment too
_NICE: Final = 5
Said = TypeVar("Said")
_places = threading.BoundedSemaphore(AT_ONCE)


class PacedArgon2(Argon2PasswordHasher):
    """The framework's own hash, in turn. Raises SigningInBusyError where too many wait."""

    def params(self) -> Any:
        """What a new hash costs, as the operator has said."""
        self.memory_cost = settings.MASTHEAD.password_memory_mb * 1024  # kibibytes
        return super().params()

    def encode(self, password: str, salt: str) -> str:
        """The hash of a password, as it is kept."""
        return _in_turn(lambda: super(PacedArgon2, self).encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is the hash of this password."""
        return _in_turn(lambda: super(PacedArgon2, self).verify(password, encoded))


def _in_turn(work: Callable[[], Said]) -> Said:
    if not _places.acquire(blocking=False):
        raise SigningInBusyError
    hashing = _hasher(os.getpid()).submit(work)
    try:
        return hashing.result(PATIENCE)
    except TimeoutError as error:
        hashing.cancel()
        raise SigningInBusyError from error
    finally:
        _places.release()


@cache
def _hasher(process: int) -> ThreadPoolExecutor:
    """The thread that hashes in this process: one that was forked has none of its parent's."""
    return ThreadPoolExecutor(1, "hashing", initializer=_stand_back)


def _stand_back() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
