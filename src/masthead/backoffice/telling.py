"""Tells entries of the log in words: what was done, and of each thing how it was before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from masthead import wording
from masthead.accounts.selectors import LogEntry
from masthead.backoffice.form_fields import placement_word
from masthead.backoffice.forms import frequency_word
from masthead.backoffice.log_words import DEED_WORDS, FIELD_WORDS, SCOPE_WORDS
from masthead.backoffice.ordering_pages import NAME_WORDS as ORDERING_NAMES
from masthead.backoffice.ordering_pages import VALUE_WORDS as ORDERING_VALUES
from masthead.backoffice.overlay_form import kind_word as overlay_word
from masthead.backoffice.reader_forms import kind_word as subscription_word
from masthead.backoffice.rows import state_word
from masthead.backoffice.setting_words import SETTING_NAMES, value_word
from masthead.backoffice.staff_words import role_word
from masthead.faces.looks import moment_in
from masthead.forms.shape import Placement
from masthead.library.states import State
from masthead.orders.working import WORD_OF, Status

NOTHING_WORDS = "nothing"
CHANGED_WORDS = "changed"
YES_WORDS = "Yes"
NO_WORDS = "No"
BY_ITSELF_WORDS = "By itself"
_SWITCHED = {True: YES_WORDS, False: NO_WORDS}
_MOMENTS = frozenset({"publish_at", "withdraw_at", "published_at", "expires_at"})
_LONG = frozenset({"css", "words", "imprint", "ways"})  # too long to be told
_DAYS = frozenset({"date", "starts", "ends"})
_HIDDEN = frozenset({"icon"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in words."""

    name: str
    before: str
    after: str


def deed_words() -> dict[str, str]:
    """Every deed that is logged, with its English words."""
    return dict(DEED_WORDS)


def deed(action: str) -> str:
    """The English words for what stands in the log."""
    return DEED_WORDS.get(action, action.replace(".", " ").replace("_", " "))


def changes(entry: LogEntry, words: wording.Translator, time_zone: str) -> list[Change]:
    """What an entry says changed, in words; what stayed the same is left out."""
    told = []
    for name in {**entry.before, **entry.after}:
        before, after = entry.before.get(name), entry.after.get(name)
        if before == after or name in _HIDDEN or not (before or after):
            continue
        if entry.action.startswith("staff.") and name == "scope_id":
            continue  # the scope says what kind of thing it is for; the id says nothing to people
        said = words.text(_name_word(name, entry.action))
        if name in _LONG:
            told.append(Change(said, "", words.text(CHANGED_WORDS)))
        else:
            now = _value(name, after, words, time_zone, entry.action)
            told.append(Change(said, _value(name, before, words, time_zone, entry.action) if entry.before else "", now))
    return told


def _name_word(name: str, action: str) -> str:
    """The English words for a thing that changed; what an order form asks is named as on its page."""
    if action == "orders.ask" and name in ORDERING_NAMES:
        return ORDERING_NAMES[name]
    if action.startswith("feed.") and name == "is_on":
        return BY_ITSELF_WORDS
    return FIELD_WORDS.get(name) or SETTING_NAMES.get(name, name.replace("_", " "))


def _value(name: str, value: Any, words: wording.Translator, time_zone: str, action: str) -> str:
    if value in (None, "", []):
        return words.text(NOTHING_WORDS)
    if isinstance(value, bool) or (action == "orders.ask" and value in ORDERING_VALUES):
        return words.text(_SWITCHED[value] if isinstance(value, bool) else ORDERING_VALUES[value])
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name in _MOMENTS:
        at = datetime.fromisoformat(str(value))
        return moment_in(at, words.language, time_zone)
    if name == "state" and value in set(State):
        return words.text(state_word(str(value)))
    if name in _DAYS:
        return format_date(date.fromisoformat(str(value)), "long", locale=words.language)
    if name == "scope":
        return words.text(SCOPE_WORDS.get(str(value), str(value)))
    if name == "frequency":
        return words.text(frequency_word(str(value)))
    if name == "kind":
        return words.text(_kind_word(str(value), action))
    if name == "status" and value in Status.values:
        return words.text(WORD_OF[Status(value)])
    if name == "role":
        return words.text(role_word(str(value)))
    return value_word(name, str(value), words) if name in SETTING_NAMES else str(value)


def _kind_word(kind: str, action: str) -> str:
    """The English words for a kind of what the deed was done to."""
    if action.startswith("form."):
        return placement_word(kind) if kind in set(Placement) else kind
    return overlay_word(kind) if action.startswith("overlay.") else subscription_word(kind)
