"""What crosses the face for programs: the fields that can be sent, and those that are answered, with their types."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints
from pydantic_core import core_schema

from masthead.document.geometry import Box
from masthead.library.branding import FONTS
from masthead.library.particulars import LANGUAGES

Item = TypeVar("Item")
_AS_EMAIL: dict[str, Any] = {"format": "email"}
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class OneOf:
    """For a type: the value is one of a table's."""

    def __init__(self, values: Iterable[str | int]) -> None:
        self._values = list(values)

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> core_schema.CoreSchema:
        """What the library asks a type for."""
        return core_schema.literal_schema(self._values)


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("Text cannot hold the character U+0000.")
    return text


def _sane(moment: datetime) -> datetime:
    if not _FIRST.timestamp() < moment.timestamp() < _LAST.timestamp():
        raise ValueError("Use a time between 1900 and 2200.")
    return moment


def _mailbox(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError("Use an e-mail address such as name@example.org.") from error
    return address


def _day(day: date) -> date:
    if not 1400 <= day.year <= 2200:
        raise ValueError("Use a date between 1400 and 2200.")
    return day


Text = Annotated[str, AfterValidator(_plain)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_plain)]
Description = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_plain)]
Slug = Annotated[
    str,
    StringConstraints(max_length=60),
    AfterValidator(_plain),
    Field(description="Part of the public address; empty: made of the name."),
]
Moment = Annotated[AwareDatetime, AfterValidator(_sane)]
Day = Annotated[date, AfterValidator(_day)]
Id = Annotated[str, StringConstraints(pattern="^[a-zA-Z0-9_-]{1,40}$")]
Colour = Annotated[str, StringConstraints(pattern="^(#[0-9a-fA-F]{6})?$")]
Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_mailbox), Field(json_schema_extra=_AS_EMAIL)]
Language = Annotated[str, OneOf(LANGUAGES)]
Font = Annotated[str, OneOf(FONTS)]


class In(Schema):
    """Something that is sent: a field that is not known is a mistake, not something to be silent about."""

    model_config = ConfigDict(extra="forbid")


class Out(Schema):
    """Something that is answered."""

    @classmethod
    def filled(cls, row: object, **other: Any) -> Self:
        """The shape with what is said here; what is not is the row's under the same name."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields if name not in other}, **other)


class Page(Out, Generic[Item]):
    """A part of a list; `next` is the cursor of the part after it, null for the last."""

    items: list[Item]
    next: str | None = Field(description="Send it as `cursor` to get the next part; null: there is none.")


class BoxOut(Out):
    """Points, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @staticmethod
    def of(box: Box) -> BoxOut:
        """As it is answered."""
        return BoxOut(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)


class Problem(Out):
    """A failure (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[Mistake] = Field(default=[], description="Which fields are wrong, and how.")


class Mistake(Out):
    """What is wrong with one field."""

    place: str = Field(alias="in", description="`body`, `query`, `path` or `header`.")
    field: str
    message: str
