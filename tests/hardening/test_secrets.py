"""Nothing that opens a door stands in a log: a real house is run with secrets that are known, and its log is read."""

from __future__ import annotations

import re
import secrets
import socket
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.test import Client
from tests.cast import Cast
from tests.command.test_house import EMAIL, House, running, until

from masthead.config.settings import Settings, SettingsError, load_settings
from masthead.faces.logged_paths import logged_path


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ask(house: House, path: str, **headers: str) -> int:
    request = urllib.request.Request(f"{house.address}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")
def test_a_house_writes_none_of_its_secrets_into_its_log(tmp_path: Path) -> None:
    known = {name: f"{name}-{secrets.token_hex(16)}" for name in ("key", "mail", "queue", "metrics", "owner", "wrong")}
    away = closed_port()
    settings = {
        "MASTHEAD_SECRET_KEY": known["key"],
        "MASTHEAD_MAIL": f"smtp://press:{known['mail']}@127.0.0.1:{away}",
        "MASTHEAD_QUEUE": f"redis://:{known['queue']}@127.0.0.1:{away}/0",
        "MASTHEAD_METRICS_TOKEN": known["metrics"],
        "MASTHEAD_OWNER_PASSWORD": known["owner"],
        "MASTHEAD_LOG_LEVEL": "debug",
        "MASTHEAD_CONVERSIONS": "0",
    }
    doors = {name: secrets.token_urlsafe(24) for name in ("proof", "invitation", "account/join", "account/no-mail")}
    with running(tmp_path / "data", **settings) as house:
        house.post("/account/login/", {"login": EMAIL, "password": known["wrong"]})
        house.post("/account/password/reset/", {"email": EMAIL})  # its mail finds nobody at home
        house.post("/account/login/", {"login": EMAIL, "password": known["owner"]})
        assert ask(house, "/metrics", Authorization=f"Bearer {known['metrics']}") == 200
        assert ask(house, "/metrics", Authorization="Bearer gr\xfc\xdfe") == 404
        assert ask(house, "/api/v1/me", Authorization=f"Bearer {doors['proof']}") in (401, 404)
        for address, token in doors.items():
            ask(house, f"/{address}/{token}")
            ask(house, f"/{address}/{token}/mistyped?token={token}")
        log = tmp_path / "log"
        until(lambda: "could not be sent" in log.read_text() or "attempt 1" in log.read_text(), 60)
        written = log.read_text()
    assert written.count("/account/login/") >= 3, "the log is the one that was meant"
    for name, secret in {**known, **doors}.items():
        assert secret not in written, name
    assert not re.search(r"argon2|sessionid|csrfmiddlewaretoken", written)


@pytest.mark.parametrize("name", ["secret_key", "database", "storage_secret", "queue", "mail", "owner_password"])
def test_what_is_wrong_with_a_secret_is_said_without_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"MASTHEAD_{name.upper()}", "hush hush")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "hush" not in str(refused.value)
    assert "hush" not in repr(Settings.model_construct(**{name: "hush hush"}))


@pytest.mark.django_db
def test_addresses_that_open_something_are_logged_without_it(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    token = secrets.token_urlsafe(24)
    with caplog.at_level("INFO"):
        for address in (
            "proof/{}",
            "invitation/{}",
            "setup/{}",
            "account/join/{}",
            "fathom/no-1/share/confirm/{}",
            "account/password/reset/key/1-{}/",
            "account/confirm-email/{}/",
            "account/no-mail/{}",
            "account/identity/done/{}",
            "prof/{}",
            "proof/{}/x",
        ):
            Client(raise_request_exception=False).get("/" + address.format(token))
    paths = [record.path for record in caplog.records if record.name == "masthead.requests"]  # type: ignore[attr-defined]
    assert len(paths) == 11
    assert not [path for path in paths if token in path or "***" not in path]


def test_other_addresses_are_logged_whole() -> None:
    from django.test import RequestFactory

    request = RequestFactory().get("/fathom/no-1/page/2")
    assert logged_path(request) == "/fathom/no-1/page/2"
