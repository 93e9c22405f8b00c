"""Writes products by hand: made, changed, removed. Pages that show them show them as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication, require
from masthead.library.services import publication_laid
from masthead.orders.checking import FIELDS, product_checked
from masthead.orders.errors import ProductChangedError, ProductTakenError
from masthead.orders.models import Product


def product_create(*, by: User, publication: Publication, said: Mapping[str, Any], is_offered: bool = True) -> Product:
    """A new product. Raises NotAllowedError, ProductInvalidError with its field."""
    require(by, Action.MANAGE_SHOP, publication)
    made = Product(publication=publication, is_offered=is_offered, **product_checked(said))
    with transaction.atomic():
        _keep(made)
        _written(by, made, "product.create", {}, {"price": _price(made)})
    return made


def product_change(*, by: User, product: Product, said: Mapping[str, Any], is_offered: bool, seen: str = "") -> Product:
    """Say other things of it. `seen` is the `version_of` that the person had before them.

    Raises NotAllowedError, ProductInvalidError with its field, ProductChangedError where it was changed meanwhile.
    """
    require(by, Action.MANAGE_SHOP, product.publication)
    fields = {**product_checked(said), "is_offered": is_offered}
    with transaction.atomic():
        current = _locked(product)
        if seen and seen != version_of(current):
            raise ProductChangedError(product.pk)
        before = {name: _plain(current, name) for name in (*FIELDS, "is_offered")}
        for name, value in fields.items():
            setattr(current, name, value)
        after = {name: _plain(current, name) for name in before}
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            _keep(current)
            was, now = ({name: told[name] for name in changed} for told in (before, after))
            _written(by, current, "product.change", was, now)
    return current


def product_remove(*, by: User, product: Product) -> None:
    """Remove it for good; what opens it on pages is not shown any more. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, product.publication)
    with transaction.atomic():
        current = _locked(product)
        _written(by, current, "product.remove", {"price": _price(current)}, {})
        current.delete()


def version_of(product: Product) -> str:
    """Tells one state of a product from another."""
    return product.changed_at.isoformat()


def _keep(product: Product) -> None:
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        raise ProductTakenError(product.code, field="code") from error


def _locked(product: Product) -> Product:
    found = Product.objects.select_for_update().filter(pk=product.pk).first()
    if found is None:
        raise NotFoundError(product.pk)
    found.publication = product.publication
    return found


def _plain(product: Product, name: str) -> Any:
    value = getattr(product, name)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _price(product: Product) -> str:
    return "" if product.price is None else f"{product.price} {product.currency}"


def _written(by: User, product: Product, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    publication_laid(publication_id=product.publication_id)
    log_write(
        by=by,
        publisher_id=product.publication.publisher_id,
        action=action,
        subject_id=product.pk,
        subject_name=str(product),
        before=before,
        after=after,
    )
