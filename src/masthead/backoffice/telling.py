"""Tells entries of the log in words: what was done, and of each thing how it was before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from masthead import wording
from masthead.accounts.selectors import LogEntry
from masthead.backoffice.forms import frequency_word
from masthead.backoffice.rows import state_word
from masthead.backoffice.setting_words import SETTING_NAMES, value_word
from masthead.backoffice.staff_words import role_word
from masthead.library.states import State

_DEEDS = (
    *("edition.create", "edition.convert", "edition.built", "edition.conversion_failed", "edition.publish"),
    *("edition.schedule", "edition.unschedule", "edition.withdraw", "edition.withdraw_later", "edition.choose_build"),
    *("edition.change", "edition.categorise", "edition.settings", "edition.proof_link", "edition.proof_link_revoke"),
    *("edition.remove_build", "edition.delete", "edition.restore", "publication.delete", "publication.restore"),
    *("publisher.create", "publisher.change", "publication.create", "publication.change", "publication.settings"),
    *("publication.branding", "publication.logo", "publication.words", "publication.domain"),
    *("shelf.create", "shelf.change", "shelf.remove", "category.create", "category.rename", "category.remove"),
    *("staff.add", "staff.change", "staff.remove", "staff.invite", "staff.uninvite"),
    *("edition.correct", "edition.uncorrect", "edition.apply_corrections", "publication.template"),
    "publication.accessibility",
)
DEED_WORDS = (
    *("Made", "PDF handed over", "Converted", "Conversion ended without a result", "Published"),
    *("Scheduled", "Taken from the schedule", "Withdrawn", "Time to withdraw set", "Another version chosen"),
    *(
        "Particulars changed",
        "Categories changed",
        "Settings of reading changed",
        "Proof link made",
        "Proof link taken back",
        *("Version removed", "Deleted", "Restored", "Deleted", "Restored"),
    ),
    *("House made", "House changed", "Publication made", "Particulars changed", "Settings of reading changed"),
    *("Look changed", "Logo changed", "Own words changed", "Domain changed"),
    *("Shelf made", "Shelf changed", "Shelf removed", "Category made", "Category renamed", "Category removed"),
    *("Role given", "Role changed", "Role taken away", "Invited", "Invitation taken back"),
    *("Corrected", "Correction taken back", "Corrections applied", "Template changed"),
    "Accessibility statement changed",
)
_WORD_OF_DEED = dict(zip(_DEEDS, DEED_WORDS, strict=True))
_FIELDS = (
    *(
        "state",
        "publish_at",
        "withdraw_at",
        "published_at",
        "build",
        "time_zone",
        "label",
        "slug",
        "date",
        "description",
    ),
    *(
        "categories",
        "for",
        "expires_at",
        "name",
        "issn",
        "frequency",
        "language",
        "imprint",
        "accent",
        "ground",
        "font",
    ),
    *("css", "logo", "icon", "words", "domain", "parent", "publications", "role", "scope", "scope_id"),
    *("text", "about", "changes", "rule"),
)
FIELD_WORDS = (
    *("State", "Goes live", "Is withdrawn", "First published", "Version", "Time zone", "Issue", "Address", "Date"),
    *("Description", "Categories", "For", "Ends", "Name", "ISSN", "It appears", "Language", "Imprint", "Colour"),
    *(
        "Ground",
        "Type",
        "Own CSS",
        "Logo",
        "Icon",
        "Own words",
        "Domain",
        "Stands in",
        "Publications",
        "Role",
        "For what",
    ),
    *("Of which", "Words", "About", "Changes", "Rule"),
)
_WORD_OF_FIELD = dict(zip(_FIELDS, FIELD_WORDS, strict=True))
SCOPE_WORDS = ("The whole house", "Publication", "Shelf")
_WORD_OF_SCOPE = dict(zip(("publisher", "publication", "shelf"), SCOPE_WORDS, strict=True))
NOTHING_WORDS = "nothing"
CHANGED_WORDS = "changed"
_MOMENTS = frozenset({"publish_at", "withdraw_at", "published_at", "expires_at"})
_LONG = frozenset({"css", "words", "imprint"})  # too long to be told
_DAYS = frozenset({"date"})
_HIDDEN = frozenset({"icon"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in words."""

    name: str
    before: str
    after: str


def deed_words() -> dict[str, str]:
    """Every deed that is logged, with its English words."""
    return dict(_WORD_OF_DEED)


def deed(action: str) -> str:
    """The English words for what stands in the log."""
    return _WORD_OF_DEED.get(action, action.replace(".", " ").replace("_", " "))


def changes(entry: LogEntry, words: wording.Translator, time_zone: str) -> list[Change]:
    """What an entry says changed, in words; what stayed the same is left out."""
    told = []
    for name in {**entry.before, **entry.after}:
        before, after = entry.before.get(name), entry.after.get(name)
        if before == after or name in _HIDDEN or not (before or after):
            continue
        if entry.action.startswith("staff.") and name == "scope_id":
            continue  # the scope says what kind of thing it is for; the id says nothing to people
        said = words.text(_WORD_OF_FIELD.get(name) or SETTING_NAMES.get(name, name.replace("_", " ")))
        if name in _LONG:
            told.append(Change(said, "", words.text(CHANGED_WORDS)))
        else:
            now = _value(name, after, words, time_zone)
            told.append(Change(said, _value(name, before, words, time_zone) if entry.before else "", now))
    return told


def _value(name: str, value: Any, words: wording.Translator, time_zone: str) -> str:
    if value in (None, "", []):
        return words.text(NOTHING_WORDS)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name in _MOMENTS:
        at = datetime.fromisoformat(str(value))
        return format_datetime(at, "medium", tzinfo=ZoneInfo(time_zone), locale=words.language)
    if name == "state" and value in set(State):
        return words.text(state_word(str(value)))
    if name in _DAYS:
        return format_date(date.fromisoformat(str(value)), "long", locale=words.language)
    if name == "scope":
        return words.text(_WORD_OF_SCOPE.get(str(value), str(value)))
    if name == "frequency":
        return words.text(frequency_word(str(value)))
    if name == "role":
        return words.text(role_word(str(value)))
    return value_word(name, str(value), words) if name in SETTING_NAMES else str(value)
