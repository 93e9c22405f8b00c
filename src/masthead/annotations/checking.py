"""Takes apart what a device sends: changes to annotations, each checked against the published schema and its limits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeGuard

from jsonschema import Draft202012Validator

from masthead.annotations.errors import AnnotationsUnreadableError

Content = dict[str, Any]
"""An annotation by schema/annotation-1.json."""

MOST_CHANGES = 100
"""Changes in one request."""
MOST_BYTES = 96 << 10
"""Bytes of one annotation as JSON: a page drawn full."""
_NAME = re.compile(r"[A-Za-z0-9_-]{8,40}")


@dataclass(frozen=True, slots=True)
class Change:
    """What a device made of one annotation. `base` is the revision that it had before, 0 for a new one."""

    name: str
    change: str  # the device's own name of this change, the same when it is sent again
    base: int
    content: Content | None  # None: deleted
    fault: str = ""  # why it cannot be kept; it is answered, the others are taken all the same


@dataclass(frozen=True, slots=True)
class Request:
    """Changes of one device, and the number of the latest change that it knows."""

    device: str
    since: int
    changes: tuple[Change, ...]


@cache
def schema() -> Draft202012Validator:
    """The validator of an annotation."""
    text = resources.files("masthead.annotations").joinpath("schema/annotation-1.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def request_of(body: bytes) -> Request:
    """The request in this body; raises AnnotationsUnreadableError where it is none."""
    try:
        said = json.loads(body)
    except ValueError as error:
        raise AnnotationsUnreadableError("not JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("changes"), list):
        raise AnnotationsUnreadableError("no changes")
    if len(said["changes"]) > MOST_CHANGES:
        raise AnnotationsUnreadableError(f"more than {MOST_CHANGES} changes")
    device, since = said.get("device"), said.get("since", 0)
    if not _is_name(device) or not _is_number(since):
        raise AnnotationsUnreadableError("no device")
    changes = tuple(_change(entry) for entry in said["changes"])
    if len({change.name for change in changes}) != len(changes):
        raise AnnotationsUnreadableError("an annotation is changed twice")
    return Request(device, since, changes)


def fault_of(content: Content) -> str:
    """Why this is no annotation that can be kept; "" if it is one."""
    if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
        return "too_large"
    if next(schema().iter_errors(content), None) is not None:
        return "invalid"
    return ""


def _change(entry: object) -> Change:
    if not isinstance(entry, Mapping) or not _is_name(entry.get("id")) or not _is_name(entry.get("change")):
        raise AnnotationsUnreadableError("a change without a name")
    base, content = entry.get("base"), entry.get("content")
    if not _is_number(base) or not (content is None or isinstance(content, dict)):
        raise AnnotationsUnreadableError(f"the change of {entry['id']}")
    return Change(entry["id"], entry["change"], base, content, fault_of(content) if content is not None else "")


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53
