"""The operator's settings: read from the environment once, checked, typed. Each is documented for operators."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from masthead.document.errors import MastheadError
from masthead.pictures.encoding import PAGE_WIDTHS
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
        description="Processes that convert pages at the same time, in each conversion; default: one a core.",
    )
    page_seconds: float = Field(default=60.0, gt=0, description="Seconds a page may take before it is given up.")
    picture_width: int = Field(
        default=max(PAGE_WIDTHS),
        ge=1200,
        le=max(PAGE_WIDTHS),
        description="Widest picture of a page that is kept, in pixels; what is zoomed beyond it is drawn from the PDF.",
    )
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
        default_factory=lambda: _home("XDG_CACHE_HOME", "~/.cache"),
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
    data: Path = Field(
        default_factory=lambda: _home("XDG_DATA_HOME", "~/.local/share"),
        description="Folder of the publishing house: database, PDFs as they were handed over, editions, secret key.",
    )
    secret_key: str = Field(
        default="",
        pattern=r"^(\S{32,})?$",
        repr=False,
        description="Signs cookies and links, 32 characters or more; empty: made at the first start, kept in "
        "the data folder.",
    )
    hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:*,\[\] -]*$",
        description="Host names that the house answers to, with commas; empty: that of `MASTHEAD_ORIGIN` and "
        "this machine.",
    )
    database: str = Field(
        default="",
        pattern=r"^((postgresql|postgres|sqlite)://\S+)?$",
        repr=False,
        description="Address of the database, such as `postgresql://user:password@host/name`; empty: SQLite in "
        "the data folder.",
    )
    storage: str = Field(
        default="",
        pattern=r"^(s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/[A-Za-z0-9._/-]*)?)?$",
        description="Bucket of an S3-compatible storage for PDFs, editions and logos, such as `s3://bucket/prefix`; "
        "empty: the data folder.",
    )
    storage_endpoint: str = Field(
        default="",
        pattern=r"^(https?://[A-Za-z0-9.:\[\]_-]+)?$",
        description="Address of that storage, such as `https://s3.example.org`; empty: Amazon's.",
    )
    storage_region: str = Field(default="", pattern=r"^[a-z0-9-]*$", description="Region of the bucket, if it has one.")
    storage_key: str = Field(
        default="", repr=False, description="Name of the key for the storage; empty: as the AWS tools find it."
    )
    storage_secret: str = Field(default="", repr=False, description="The secret that belongs to that key.")
    copies_mb: int = Field(
        default=8192,
        ge=64,
        description="Megabytes of copies of editions that are kept in `MASTHEAD_CACHE` where `MASTHEAD_STORAGE` "
        "is set; those not read longest go first.",
    )
    exports_mb: int = Field(
        default=2048,
        ge=64,
        description="Megabytes of books and archives for downloading that are kept in `MASTHEAD_CACHE`; those "
        "not asked for longest go first.",
    )
    queue: str = Field(
        default="",
        pattern=r"^(rediss?://\S+)?$",
        repr=False,
        description="Redis through which workers on several machines are woken, such as "
        "`redis://:password@host:6379/0`; empty: they look into the database.",
    )
    mail: str = Field(
        default="",
        pattern=r"^((smtp|smtps)://\S+)?$",
        repr=False,
        description="Mail server, such as `smtp://user:password@host:587`, `smtps://` for TLS; empty: mails "
        "are written to the log.",
    )
    mail_from: str = Field(
        default="masthead@localhost",
        pattern=r"^[^\s@]+@[^\s@]+$",
        description="Address that mails come from.",
    )
    web_processes: int = Field(default=2, ge=1, le=64, description="Processes that answer requests.")
    conversions: int = Field(
        default=2, ge=0, le=64, description="Issues that are converted at the same time; 0: none here."
    )
    niceness: int = Field(
        default=15,
        ge=0,
        le=19,
        description="How far conversions stand back behind everything else that wants the processor: 0 not at all, "
        "19 the most.",
    )
    upload_mb: int = Field(default=1024, ge=1, le=10_240, description="Megabytes an uploaded file may have.")
    overlay_file_mb: int = Field(
        default=200, ge=1, le=4096, description="Megabytes that a film or a sound laid on a page may have."
    )
    link_check_days: int = Field(
        default=7, ge=0, le=365, description="Days after which the links of live editions are asked again; 0: never."
    )
    link_check_hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:, -]*$",
        description="Hosts of your own network that the check of links may ask, with commas; empty: only public ones.",
    )
    mail_domain_check: bool = Field(
        default=False, description="Forms take an e-mail address only if its domain takes mail; asks the DNS."
    )
    sign_in_domains: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.=, -]*$",
        description="In a house of several publishers: whose readers have addresses of which domains, such as "
        "`uni.example=harbour-press, club.example=lake`; only these lead from the general page for signing in.",
    )
    password_memory_mb: int = Field(
        default=100,
        ge=19,
        le=4096,
        description="Megabytes of memory that each attempt at a password takes while it is compared: what makes "
        "guessing dear. A small server may take less, at the price of that; a password in use is kept anew at the next "
        "sign-in.",
    )
    upload_hours: int = Field(
        default=48, ge=1, le=720, description="Hours that an upload which stopped can be gone on with."
    )
    api_rate: int = Field(
        default=600, ge=1, le=1_000_000, description="Requests a minute that each token of the API may send."
    )
    api_upload_mb: int = Field(
        default=64,
        ge=1,
        le=1024,
        description="Megabytes of a PDF that the API takes in one request; larger ones by tus.",
    )
    private_hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:, -]*$",
        description="Hosts of your own network that webhooks may be sent to, and identity providers may be at, also by "
        "http, with commas; empty: only public ones by https.",
    )
    feed_hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:, -]*$",
        description="Hosts of your own network that feeds and pictures of products may be fetched from, and shops may "
        "be at, also by http, with commas; empty: only public ones.",
    )
    kept_builds: int = Field(
        default=3, ge=0, le=100, description="Replaced versions of an edition that are kept for going back to."
    )
    undo_days: int = Field(
        default=30, ge=0, le=3650, description="Days in which what was deleted can be restored; then it is removed."
    )
    cart_days: int = Field(
        default=180,
        ge=1,
        le=3650,
        description="Days after which a cart of an account that nobody touched is forgotten.",
    )
    sign_up: str = Field(
        default="open",
        pattern="^(open|closed)$",
        description="Whether readers make accounts by themselves: open, or closed, where they are invited or imported.",
    )
    watched: Path | None = Field(
        default=None,
        description="Folder in which PDFs are looked for, as `publication-address/label.pdf`; empty: none.",
    )
    watched_by: str = Field(
        default="",
        pattern=r"^([^\s@]+@[^\s@]+)?$",
        description="E-mail address of the staff member in whose name the watched folder's PDFs are handed over.",
    )
    event_days: int = Field(
        default=90,
        ge=2,
        le=3650,
        description="Days that single events of reading are kept; then only the totals of each day.",
    )
    countries: Path | None = Field(
        default=None,
        description="Database of countries in MaxMind's format (`.mmdb`), for the statistics; empty: countries "
        "are not known.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="Proxies of your own before the house: so many entries of X-Forwarded-For are believed, "
        "and X-Forwarded-Proto.",
    )
    log_format: str = Field(
        default="text",
        pattern="^(text|json)$",
        description="How the log is written: text for people, json for programs.",
    )
    metrics_token: str = Field(
        default="",
        pattern=r"^(\S{16,})?$",
        repr=False,
        description="What a program that asks for `/metrics` must bring as bearer token; empty: only this "
        "machine may ask.",
    )
    owner_email: str = Field(
        default="",
        pattern=r"^([^\s@]+@[^\s@]+)?$",
        description="E-mail address of the owner that the first start makes.",
    )
    owner_password: str = Field(
        default="", pattern=r"^(.{10,})?$", repr=False, description="Password of that owner, 10 characters or more."
    )
    publisher_name: str = Field(
        default="Publishing house",
        min_length=1,
        max_length=120,
        description="Name of the house that the first start makes.",
    )

    @field_validator("watched", "countries", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        """A variable that is set to nothing names no folder or file."""
        return None if value == "" else value

    @model_validator(mode="after")
    def _what_belongs_together(self) -> Settings:
        """What means nothing without something else."""
        if bool(self.owner_email) != bool(self.owner_password):
            raise ValueError("MASTHEAD_OWNER_EMAIL and MASTHEAD_OWNER_PASSWORD belong together: set both or none")
        if self.storage and not self.secret_key:
            raise ValueError("MASTHEAD_STORAGE needs MASTHEAD_SECRET_KEY: all machines must sign with the same key")
        if bool(self.storage_key) != bool(self.storage_secret):
            raise ValueError("MASTHEAD_STORAGE_KEY and MASTHEAD_STORAGE_SECRET belong together: set both or none")
        if self.watched is not None and not self.watched_by:
            raise ValueError("MASTHEAD_WATCHED needs MASTHEAD_WATCHED_BY: somebody of the staff hands its PDFs over")
        return self

    @property
    def confirmed_domains(self) -> dict[str, str]:
        """Of each domain of e-mail addresses that the operator has confirmed, the short name of its publisher."""
        pairs = (one.partition("=") for one in self.sign_in_domains.split(","))
        return {domain.strip().lower(): slug.strip() for domain, _, slug in pairs if domain.strip() and slug.strip()}

    @property
    def host_names(self) -> list[str]:
        """The host names that requests may ask for."""
        asked = [name.strip() for name in self.hosts.split(",") if name.strip()]
        own = [urlsplit(self.origin).hostname or ""] if self.origin else []
        return asked or [*filter(None, own), "localhost", "127.0.0.1", "[::1]"]


RENAMED = {"webhook_hosts": "private_hosts"}
log = logging.getLogger("masthead.settings")
_SECRET = frozenset(
    {"secret_key", "database", "storage_key", "storage_secret", "queue", "mail", "metrics_token", "owner_password"}
)


def _home(variable: str, fallback: str) -> Path:
    """Masthead's folder below one of the platform's (XDG Base Directory Specification)."""
    return Path(os.environ.get(variable) or fallback).expanduser() / "masthead"


def load_settings() -> Settings:
    """The settings of this process; raises SettingsError that names every bad value."""
    try:
        return Settings(**_under_old_names())
    except ValidationError as error:
        raise SettingsError(
            "; ".join(_sentence(part["loc"], part["input"], part["msg"]) for part in error.errors())
        ) from (error)


def _under_old_names() -> dict[str, Any]:
    """What still stands under the name that a setting had before; the new name counts where both are there."""
    found = {}
    for old, new in RENAMED.items():
        value, name = os.environ.get(f"MASTHEAD_{old.upper()}"), f"MASTHEAD_{new.upper()}"
        if value and name not in os.environ:
            log.warning("MASTHEAD_%s is called %s now; the old name will not be read for ever", old.upper(), name)
            found[new] = value
    return found


def _sentence(place: tuple[int | str, ...], value: object, message: str) -> str:
    if not place:
        return message.removeprefix("Value error, ")
    name = "_".join(str(part) for part in place)
    said = f"is {value!r}" if name not in _SECRET else "has a value that cannot be used"
    return f"MASTHEAD_{name.upper()} {said}: {message[:1].lower()}{message[1:]}"
