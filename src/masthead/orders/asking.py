"""What somebody who orders is asked, as the publisher chose: for a publication, and otherwise for one edition of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, User
from masthead.accounts.services import log_write
from masthead.library.inheriting import NO, YES, Origin
from masthead.library.selectors import Edition, Publication, can_do
from masthead.orders.errors import OrdersToError
from masthead.orders.models import OrderForm


class Need(StrEnum):
    """Whether a part of the form must be filled in."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    LEFT_OUT = "left_out"


# Name and e-mail are always asked: without them nobody could answer.
PARTS: Final[Mapping[str, Need]] = {
    "phone": Need.OPTIONAL,
    "account_number": Need.OPTIONAL,
    "po_number": Need.OPTIONAL,
    "company": Need.OPTIONAL,
    "billing": Need.REQUIRED,
    "delivery": Need.OPTIONAL,
    "note": Need.OPTIONAL,
}
SWITCH: Final = "ordering"
ADDRESS: Final = "orders_to"


@dataclass(frozen=True, slots=True)
class Inherited:
    """A value, where it was set, and what it would be if it were not set just there."""

    value: str
    origin: Origin
    inherited: str
    inherited_from: Origin


@dataclass(frozen=True, slots=True)
class Asked:
    """What counts for an edition, or for what a publication's editions inherit; each with where it comes from."""

    settings: Mapping[str, Inherited]

    @property
    def is_on(self) -> bool:
        """Whether it takes orders: somebody said so, and they go somewhere."""
        return self.settings[SWITCH].value == YES and bool(self.orders_to)

    @property
    def orders_to(self) -> str:
        """The e-mail address to which orders go."""
        return self.settings[ADDRESS].value

    def need(self, part: str) -> Need:
        """Whether a part of the form must be filled in."""
        return Need(self.settings[part].value)

    def has(self, part: str) -> bool:
        """Whether it is asked at all."""
        return self.need(part) is not Need.LEFT_OUT


def asked_of(of: Edition | Publication) -> Asked:
    """The form of an edition or a publication; one question."""
    publication_id = of.publication_id if isinstance(of, Edition) else of.pk
    rows = OrderForm.objects.filter(publication_id=publication_id)
    edition_id = of.pk if isinstance(of, Edition) else None
    by_edition = {row.edition_id: row for row in rows.filter(_of(edition_id))}
    above, own = by_edition.get(None), by_edition.get(edition_id) if edition_id else None
    return Asked({name: _inherited(name, above, own, isinstance(of, Edition)) for name in (SWITCH, ADDRESS, *PARTS)})


def can_ask(person: Person, of: Edition | Publication) -> bool:
    """Whether somebody may say how orders are taken: who sees to the shop."""
    return can_do(person, Action.MANAGE_SHOP, of)


def asked_change(*, by: User, of: Edition | Publication, said: Mapping[str, str]) -> Asked:
    """Say what is set just here; "" inherits. Raises NotAllowedError, OrdersToError at its field."""
    if not can_ask(by, of):
        raise NotAllowedError(Action.MANAGE_SHOP.value)
    kept = _checked(said)
    publication = of.publication if isinstance(of, Edition) else of
    edition = of if isinstance(of, Edition) else None
    with transaction.atomic():
        row, _ = OrderForm.objects.get_or_create(publication=publication, edition=edition)
        row = OrderForm.objects.select_for_update().get(pk=row.pk)
        before = dict(row.settings)
        row.settings = kept
        row.save()
        asked = asked_of(of)
        if asked.settings[SWITCH].value == YES and not asked.orders_to:
            raise OrdersToError(field=ADDRESS)
        if before != kept:
            log_write(
                by=by,
                publisher_id=publication.publisher_id,
                action="orders.ask",
                subject_id=of.pk,
                subject_name=str(of),
                before=before,
                after=kept,
            )
    return asked


def asked_take_over(*, by: User, of: Edition | Publication, model: Edition | Publication) -> Asked:
    """What another one has set just there. Raises NotAllowedError, OrdersToError at its field."""
    if not can_ask(by, model):
        raise NotAllowedError(Action.MANAGE_SHOP.value)
    publication = model.publication if isinstance(model, Edition) else model
    edition = model if isinstance(model, Edition) else None
    row = OrderForm.objects.filter(publication=publication, edition=edition).first()
    return asked_change(by=by, of=of, said=row.settings) if row else asked_of(of)


def _checked(said: Mapping[str, str]) -> dict[str, str]:
    kept = {name: str(said.get(name, "")).strip() for name in (SWITCH, ADDRESS, *PARTS)}
    if kept[ADDRESS]:
        try:
            validate_email(kept[ADDRESS])
        except ValidationError as error:
            raise OrdersToError(kept[ADDRESS], field=ADDRESS) from error
    allowed = {SWITCH: (YES, NO), **dict.fromkeys(PARTS, tuple(Need))}
    return {name: value for name, value in kept.items() if value and (name == ADDRESS or value in allowed[name])}


def _of(edition_id: str | None) -> Q:
    return Q(edition=None) | Q(edition_id=edition_id) if edition_id else Q(edition=None)


def _inherited(name: str, above: OrderForm | None, own: OrderForm | None, is_edition: bool) -> Inherited:
    house = {SWITCH: NO, ADDRESS: ""}.get(name) if name not in PARTS else PARTS[name].value
    value, origin = str(house), Origin.HOUSE
    set_above = str(above.settings.get(name, "")) if above else ""
    if not is_edition:
        return Inherited(set_above or value, Origin.PUBLICATION if set_above else origin, value, origin)
    if set_above:
        value, origin = set_above, Origin.PUBLICATION
    set_here = str(own.settings.get(name, "")) if own else ""
    return Inherited(set_here or value, Origin.EDITION if set_here else origin, value, origin)
