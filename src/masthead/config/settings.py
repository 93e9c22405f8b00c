"""The operator's settings: read from the environment once, checked, typed. Each is documented for operators."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from masthead.document.errors import MastheadError
from masthead.recognition.engine import COMMAND


class SettingsError(MastheadError):
    """A setting in the environment has a value that cannot be used."""

    code = "settings_invalid"
    sentence = "A setting in the environment cannot be used."
    hint = "Correct or remove it; docs/operators/settings.md lists them all."
    exit_status = 40


class Settings(BaseSettings):
    """Every setting, as MASTHEAD_<NAME> in the environment."""

    model_config = SettingsConfigDict(env_prefix="MASTHEAD_", frozen=True, extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8400, ge=0, le=65535, description="Port the server listens on; 0 takes a free one.")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=64,
        description="Processes that convert pages at the same time; default: one a core.",
    )
    page_seconds: float = Field(default=60.0, gt=0, description="Seconds a page may take before it is given up.")
    memory_mb: int = Field(
        default=560, ge=128, description="Megabytes of memory that a process which opens PDFs may use for data."
    )
    max_file_mb: int = Field(default=2048, ge=1, description="Megabytes a PDF may have.")
    max_pages: int = Field(default=10_000, ge=1, description="Pages a PDF may have.")
    tesseract: str = Field(
        default=COMMAND, min_length=1, description="Name or path of the program that recognises text in pictures."
    )
    recognition_seconds: float = Field(
        default=240.0, gt=0, description="Seconds that recognising the text of one page may take."
    )
    recognition_memory_mb: int = Field(
        default=1024, ge=128, description="Megabytes of memory that recognising the text of one page may use."
    )
    cache: Path = Field(
        default_factory=lambda: Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "masthead",
        description="Folder for what can be made again: tiles of zoomed pages, editions of PDFs that are served.",
    )
    tile_cache_mb: int = Field(
        default=1024, ge=16, description="Megabytes of tiles that are kept; those not looked at longest go first."
    )
    log_level: str = Field(
        default="info",
        pattern="^(debug|info|warning|error)$",
        description="How much is logged: debug, info, warning, error.",
    )
    frame_ancestors: str = Field(
        default="*",
        pattern=r"^[A-Za-z0-9*'.:/ -]+$",
        description="Sites that may embed editions, as in Content-Security-Policy's frame-ancestors.",
    )
    origin: str = Field(
        default="",
        pattern=r"^(https?://[A-Za-z0-9.:\[\]-]+)?$",
        description="Address that visitors see, such as `https://example.org`, for link previews; empty: as asked for.",
    )


def load_settings() -> Settings:
    """The settings of this process; raises SettingsError that names every bad value."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(
            "; ".join(_sentence(part["loc"], part["input"], part["msg"]) for part in error.errors())
        ) from (error)


def _sentence(place: tuple[int | str, ...], value: object, message: str) -> str:
    name = "_".join(str(part) for part in place).upper()
    return f"MASTHEAD_{name} is {value!r}: {message[:1].lower()}{message[1:]}"
