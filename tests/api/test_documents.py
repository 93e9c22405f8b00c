"""The documents of the API are true: every operation, event and failure stands there; the example checks signatures."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.api.test_sealed import OPERATIONS
from tests.architecture.files import ROOT
from tests.cast import Cast

from masthead.api import errors
from masthead.api.problems import STATUSES, status_of
from masthead.api.reference import document
from masthead.api.shapes import In, Out
from masthead.document.errors import MastheadError
from masthead.webhooks.events import EVENTS
from masthead.webhooks.services import webhook_create
from masthead.webhooks.signing import secret_of, signature

DOCS = ROOT / "docs/api"


def read(name: str) -> str:
    return Path(DOCS / name).read_text(encoding="utf-8")


def test_every_operation_is_documented_with_its_scope() -> None:
    text = read("operations.md")
    for path, method, _ in OPERATIONS:
        scope = document()["paths"][path][method]["x-scope"]
        named = f"`{scope}`" if scope else "any"
        assert f"| {method.upper()} | `{path}` | {named} |" in text, f"docs/api/operations.md lacks {method} {path}"
    assert len(re.findall(r"^\| [A-Z]+ \|", text, re.M)) == len(OPERATIONS)


def test_two_shapes_have_two_names() -> None:
    waiting, found = [*In.__subclasses__(), *Out.__subclasses__()], set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.add(kind)
    names = Counter(kind.__name__ for kind in found if kind.__name__ in document()["components"]["schemas"])
    assert [name for name, times in names.items() if times > 1] == []


def test_every_event_is_documented() -> None:
    text = read("webhooks.md")
    for event, said in EVENTS.items():
        assert f"| `{event}` | {said}. |" in text


def test_every_failure_is_documented_with_its_status() -> None:
    text = read("errors.md")
    own = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MastheadError)]
    for kind in {*STATUSES, *own} - {MastheadError}:
        assert f"| {int(status_of(kind()))} | `{kind.code}` | {kind.sentence} {kind.hint} |" in text, kind.code


def test_the_example_believes_us_and_nobody_else(cast: Cast) -> None:
    examples = re.findall(r"```python\n(.*?)```", read("webhooks.md"), re.S)
    known: dict[str, object] = {}
    exec(examples[1], known)
    verified = known["verified"]
    assert callable(verified)
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="Shop", address="https://shop.example/")
    body, now = b'{"type": "webhook.test"}', datetime.now(UTC)
    headers = {
        "webhook-id": "x",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(webhook, "x", now, body),
    }
    assert verified(secret_of(webhook), headers, body) == {"type": "webhook.test"}
    for changed in ({**headers, "webhook-id": "y"}, {**headers, "webhook-timestamp": "1"}):
        try:
            verified(secret_of(webhook), changed, body)
        except ValueError:
            continue
        raise AssertionError(changed)
