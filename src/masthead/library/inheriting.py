"""What an edition inherits: settings of reading, from house to publication to edition, and the one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from masthead import wording
from masthead.library.errors import SettingInvalidError
from masthead.library.models import Edition, Publication
from masthead.library.time_zones import time_zones

YES: Final = "yes"
NO: Final = "no"
AS_BUILT: Final = "as_built"  # the direction that the conversion found
BROWSERS: Final = "browser"  # the language that the visitor's browser asks for
_SWITCH: Final = (YES, NO)


class Origin(StrEnum):
    """Where a setting was set."""

    HOUSE = "house"
    PUBLICATION = "publication"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting and what it may be, the house's own first. Without values: a time zone, by default the house's."""

    name: str
    values: tuple[str, ...] = ()


SETTINGS: Final = (
    Setting("view", ("auto", "spread", "single", "scroll")),  # how pages lie when somebody opens it first
    Setting("direction", (AS_BUILT, "ltr", "rtl")),  # which way pages turn
    Setting("interface_language", (BROWSERS, *wording.languages())),
    Setting("guide", _SWITCH),  # the guide at the first visit
    Setting("downloads", _SWITCH),  # the PDF may be had
    Setting("books", _SWITCH),  # EPUB, text and Markdown may be had
    Setting("printing", _SWITCH),
    Setting("read_aloud", _SWITCH),
    Setting("share_link", _SWITCH),  # the address of a page may be copied in the reader
    Setting("share_device", _SWITCH),  # the device's own sheet
    Setting("share_email", _SWITCH),  # mails that the house sends
    Setting("share_linkedin", _SWITCH),
    Setting("share_facebook", _SWITCH),
    Setting("share_x", _SWITCH),
    Setting("share_whatsapp", _SWITCH),
    Setting("comments", (NO, "readers", "guests")),  # who may comment under articles and editions
    Setting("comments_checked", ("before", "after")),  # a moderator sees comments before or after they are shown
    Setting("framing", _SWITCH),  # other sites may show it in a frame
    Setting("indexing", _SWITCH),  # search engines may list it
    Setting("ai_crawlers", _SWITCH),  # robots that gather text to train language models may come
    Setting("counting", _SWITCH),  # what is read is counted
    Setting("privacy_signals", _SWITCH),  # not of those whose browser asks not to be followed
    Setting("time_zone"),  # in which times to publish and withdraw are meant
)
_BY_NAME: Final = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a setting, where it was set, and what it would be if it were not set just there."""

    name: str
    value: str
    origin: Origin
    inherited: str
    inherited_from: Origin


def setting_of(of: Edition | Publication, name: str) -> str:
    """The value that counts for this edition, or for what a publication's editions inherit."""
    return found(of, name).value


def found(of: Edition | Publication, name: str) -> Found:
    """The value with where it comes from."""
    publication = of.publication if isinstance(of, Edition) else of
    value, origin = _of_house(publication, name), Origin.HOUSE
    own = _own(publication, name)
    if not isinstance(of, Edition):
        return Found(name, own or value, Origin.PUBLICATION if own else origin, value, origin)
    if own:
        value, origin = own, Origin.PUBLICATION
    override = _own(of, name)
    return Found(name, override or value, Origin.EDITION if override else origin, value, origin)


def all_found(of: Edition | Publication) -> list[Found]:
    """Every setting with where it comes from, in the order of the table."""
    return [found(of, setting.name) for setting in SETTINGS]


def is_on(of: Edition | Publication, name: str) -> bool:
    """Whether a switch is on."""
    return setting_of(of, name) == YES


def choices(name: str) -> tuple[str, ...]:
    """The values that a setting may have."""
    return _BY_NAME[name].values or time_zones()


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """Settings that are set, without those left empty; raises SettingInvalidError."""
    kept = {}
    for name, value in values.items():
        if name not in _BY_NAME or (value and value not in choices(name)):
            raise SettingInvalidError(f"{name}: {value}")
        if value:
            kept[name] = value
    return kept


def own_settings(of: Edition | Publication) -> dict[str, str]:
    """What is set just there, by name; what is inherited is left out."""
    return {name: value for name in _BY_NAME if (value := _own(of, name))}


def _of_house(publication: Publication, name: str) -> str:
    values = _BY_NAME[name].values
    return values[0] if values else publication.publisher.time_zone


def _own(of: Edition | Publication, name: str) -> str:
    """What was set just there; "" where it was not. A value that is not known any more counts as not set."""
    kept = of.overrides if isinstance(of, Edition) else {**of.defaults, "direction": of.direction}
    value = str(kept.get(name, ""))
    return value if value in choices(name) else ""
