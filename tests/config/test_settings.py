"""Settings come from the environment, are checked at the start, and stand in the operators' table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from masthead.config.settings import Settings, SettingsError, load_settings

TABLE = Path(__file__).parents[2] / "docs/operators/settings.md"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MASTHEAD_{name.upper()}", raising=False)


def test_values_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MASTHEAD_PORT", "8331")
    monkeypatch.setenv("MASTHEAD_CACHE", str(tmp_path))
    settings = load_settings()
    assert settings.port == 8331
    assert settings.cache == tmp_path
    assert settings.host == "127.0.0.1"


def test_a_folder_set_to_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTHEAD_WATCHED", "")
    assert Settings().watched is None


def test_the_cache_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert load_settings().cache == tmp_path / "masthead"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "http"),
        ("PORT", ""),
        ("WORKERS", "0"),
        ("PAGE_SECONDS", "-1"),
        ("MEMORY_MB", "64"),
        ("MAX_PAGES", "0"),
        ("LOG_LEVEL", "loud"),
        ("FRAME_ANCESTORS", "*; script-src *"),
        ("FRAME_ANCESTORS", "*\nX-Evil: 1"),
        ("FRAME_ANCESTORS", "{styles}"),
        ("ORIGIN", "example.org"),
        ("ORIGIN", "https://example.org/"),
        ("ORIGIN", 'https://x"><script>'),
    ],
)
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MASTHEAD_{name}", value)
    with pytest.raises(SettingsError, match=f"MASTHEAD_{name} is {re.escape(repr(value))}: "):
        load_settings()


def test_every_bad_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTHEAD_PORT", "x")
    monkeypatch.setenv("MASTHEAD_WORKERS", "x")
    with pytest.raises(SettingsError, match=r"MASTHEAD_PORT is 'x'.*; MASTHEAD_WORKERS is 'x'"):
        load_settings()


def test_the_table_has_every_setting_once_with_its_default() -> None:
    rows = re.findall(r"^\| `MASTHEAD_(\w+)` \| (.*) \| (.*) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name.lower() for name, *_ in rows] == list(Settings.model_fields)
    for name, description, default in rows:
        field = Settings.model_fields[name.lower()]
        assert description == field.description
        if field.default is not PydanticUndefined:
            assert default == ("empty" if field.default in ("", None) else f"`{field.default}`")


def test_an_old_name_still_counts_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("MASTHEAD_WEBHOOK_HOSTS", "shop.internal")
    assert load_settings().private_hosts == "shop.internal"
    assert "MASTHEAD_WEBHOOK_HOSTS is called MASTHEAD_PRIVATE_HOSTS now" in caplog.text
    monkeypatch.setenv("MASTHEAD_PRIVATE_HOSTS", "login.internal")
    assert load_settings().private_hosts == "login.internal"
