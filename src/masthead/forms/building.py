"""What staff say of a form and its fields: checked, cleaned and in the shape in which it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from email_validator import EmailNotValidError, validate_email

from masthead.accounts.ids import new_id
from masthead.forms.errors import (
    FormDaysError,
    FormDomainError,
    FormInvalidError,
    FormNameError,
    FormNotifyError,
    FormOptionsError,
    FormPageError,
    FormTextError,
)
from masthead.forms.shape import MOST_OPTIONS, TEXTS, WITH_OPTIONS, Field, Kind, Option, Placement
from masthead.library.particulars import LANGUAGES

_LONGEST: Final = {"title": 200, "intro": 2000, "button": 60, "thanks": 2000}
_MOST_LANGUAGES: Final = 8
_LONGEST_LABEL, _LONGEST_WORDING, _LONGEST_HINT, _LONGEST_OPTION = 300, 3000, 500, 200
MOST_DAYS: Final = 3650
CODE_DAYS: Final = 30  # after which a code by mail is asked for again
Said = Mapping[str, Any]


def form_checked(said: Said) -> dict[str, Any]:
    """Name, languages, texts, placement, page, days, domains, notices; raises FormInvalidError with its field."""
    name = " ".join(str(said.get("name", "")).split())
    if not 1 <= len(name) <= 120:
        raise FormNameError(field="name")
    languages = languages_checked(said.get("languages") or ())
    confirms = bool(said.get("confirms_email"))
    days = number_checked(said.get("days", 365), "days", FormDaysError)
    return {
        "name": name,
        "languages": languages,
        "texts": _texts(said.get("texts") or {}, languages),
        "placement": _placement(said.get("placement", Placement.GATE)),
        "page": number_checked(said.get("page") or 1, "page", FormPageError, most=99_999),
        "is_everywhere": bool(said.get("is_everywhere", True)),
        "days": min(days, CODE_DAYS) if confirms else days,
        "keeps_days": number_checked(said.get("keeps_days", 365), "keeps_days", FormDaysError),
        "confirms_email": confirms,
        "domains": _domains(said.get("domains") or (), "domains"),
        "denied_domains": _domains(said.get("denied_domains") or (), "denied_domains"),
        "notify": _notify(said.get("notify") or ()),
    }


def field_checked(said: Said, languages: Sequence[str], before: Field | None = None) -> Field:
    """A field: its kind stays what it was. Raises FormInvalidError with its field."""
    kind = before.kind if before else Kind(said["kind"])
    longest = _LONGEST_WORDING if kind is Kind.CONSENT else _LONGEST_LABEL
    labels = _words(said.get("labels") or {}, languages, longest, "label")
    if not labels.get(languages[0]):
        raise FormTextError(field=f"label-{languages[0]}")
    version = before.version if before else 1
    if before and kind is Kind.CONSENT and dict(before.labels) != labels:
        version += 1
    return Field(
        id=before.id if before else new_id(),
        kind=kind,
        is_needed=bool(said.get("is_needed")),
        labels=labels,
        hints=_words(said.get("hints") or {}, languages, _LONGEST_HINT, "hint"),
        options=_options(said.get("options") or {}, languages, before) if kind in WITH_OPTIONS else (),
        version=version,
    )


def languages_checked(codes: Iterable[str]) -> list[str]:
    """Languages that a publication can have, the main one first; raises FormTextError."""
    found = [code for code in dict.fromkeys(codes) if code in LANGUAGES][:_MOST_LANGUAGES]
    if not found:
        raise FormTextError(field="languages")
    return found


def number_checked(typed: object, field: str, error: type[FormInvalidError], most: int = MOST_DAYS) -> int:
    """A whole number from 1; raises the error."""
    text = str(typed).strip()
    if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= most:
        raise error(text, field=field)
    return int(text)


def _placement(typed: object) -> str:
    try:
        return Placement(str(typed)).value
    except ValueError as error:
        raise FormInvalidError(str(typed), field="placement") from error


def _texts(said: Mapping[str, Said], languages: Sequence[str]) -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = {}
    for code in languages:
        typed = said.get(code) or {}
        kept[code] = {name: str(typed.get(name) or "").replace("\r\n", "\n").strip() for name in TEXTS}
        for name, text in kept[code].items():
            if len(text) > _LONGEST[name]:
                raise FormTextError(field=f"{name}-{code}")
    if not kept[languages[0]]["title"]:
        raise FormTextError(field=f"title-{languages[0]}")
    return kept


def _words(said: Mapping[str, str], languages: Sequence[str], longest: int, field: str) -> dict[str, str]:
    kept = {code: str(said.get(code) or "").replace("\r\n", "\n").strip() for code in languages}
    for code, text in kept.items():
        if len(text) > longest:
            raise FormTextError(field=f"{field}-{code}")
    return kept


def _options(said: Mapping[str, Sequence[str]], languages: Sequence[str], before: Field | None) -> tuple[Option, ...]:
    """Answers by language, line by line; one that was there keeps its id."""
    main = [line.strip() for line in said.get(languages[0]) or () if line.strip()]
    if not 2 <= len(main) <= MOST_OPTIONS or len({line.casefold() for line in main}) < len(main):
        raise FormOptionsError(field=f"options-{languages[0]}")
    if any(len(line) > _LONGEST_OPTION for line in main):
        raise FormOptionsError(field=f"options-{languages[0]}")
    known = {option.labels.get(languages[0], ""): option.id for option in before.options} if before else {}
    others: dict[str, list[str]] = {}
    for code in languages[1:]:
        lines = [line.strip()[:_LONGEST_OPTION] for line in said.get(code) or () if line.strip()]
        if lines and len(lines) != len(main):
            raise FormOptionsError(field=f"options-{code}")
        others[code] = lines
    return tuple(
        Option(
            known.get(line) or new_id(),
            {languages[0]: line, **{code: lines[at] for code, lines in others.items() if lines}},
        )
        for at, line in enumerate(main)
    )


def _domains(said: Iterable[str], field: str) -> list[str]:
    found = [text.strip().lower().removeprefix("@") for text in said if text.strip()]
    for domain in found:
        if "." not in domain or set(domain) - set("abcdefghijklmnopqrstuvwxyz0123456789.-"):
            raise FormDomainError(domain, field=field)
    return list(dict.fromkeys(found))


def _notify(said: Iterable[str]) -> list[str]:
    found = []
    for text in (text.strip() for text in said if text.strip()):
        try:
            found.append(validate_email(text, check_deliverability=False).normalized)
        except EmailNotValidError as error:
            raise FormNotifyError(text, field="notify") from error
    if len(found) > 5:
        raise FormNotifyError(field="notify")
    return list(dict.fromkeys(found))
