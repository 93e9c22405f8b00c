"""Tells what is away or full from accidents: nobody's fault, nothing was changed, and it can be tried again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from http import HTTPStatus

from django.db import InterfaceError, OperationalError

from masthead.document.errors import MastheadError
from masthead.library.errors import DatabaseAwayError, DiskFullError, StorageAwayError
from masthead.library.stored_folders import is_of_storage

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
STATUS: dict[type[MastheadError], HTTPStatus] = {
    DatabaseAwayError: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageAwayError: HTTPStatus.SERVICE_UNAVAILABLE,
    DiskFullError: HTTPStatus.INSUFFICIENT_STORAGE,
}


def outage_of(failure: BaseException | None) -> MastheadError | None:
    """What an exception, or one that it came of, says of the things that the house stands on."""
    for one in _causes(failure):
        if isinstance(one, OSError) and one.errno in _FULL:
            return DiskFullError(str(one))
        if isinstance(one, OperationalError) and "disk is full" in str(one):
            return DiskFullError(str(one))
        if isinstance(one, OperationalError | InterfaceError):
            return DatabaseAwayError(str(one))
        if is_of_storage(one):
            return StorageAwayError(f"{type(one).__name__}: {one}"[:200])
    return None


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while failure is not None and seen < 10:
        yield failure
        failure, seen = failure.__cause__ or failure.__context__, seen + 1
