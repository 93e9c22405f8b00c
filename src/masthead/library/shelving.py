"""Writes shelves, which may stand in shelves, and the categories that readers choose editions by."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from masthead.accounts.ids import new_id
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.library.errors import NotFoundError, ShelfInsideItselfError, SlugTakenError
from masthead.library.models import Category, Publication, Shelf


def shelf_create(*, by: User, publisher: Publisher, name: str, parent: Shelf | None = None) -> Shelf:
    """A new shelf. Raises NotAllowedError, NotFoundError for a parent of somebody else."""
    require(by, Action.MANAGE_PUBLICATIONS, publisher.pk)
    _same(publisher, parent)
    with transaction.atomic():
        shelf = Shelf.objects.create(publisher=publisher, name=name.strip(), parent=parent)
        _log(by, "shelf.create", publisher.pk, shelf, {}, {"name": shelf.name})
    return shelf


def shelf_change(
    *, by: User, shelf: Shelf, name: str, parent: Shelf | None, publications: Collection[Publication]
) -> Shelf:
    """Another name, place and content. Raises NotAllowedError, ShelfInsideItselfError, NotFoundError."""
    require(by, Action.MANAGE_PUBLICATIONS, shelf.publisher_id)
    _same(shelf.publisher, parent, *publications)
    with transaction.atomic():
        current = Shelf.objects.select_for_update(of=("self",)).select_related("parent").get(pk=shelf.pk)
        above: Shelf | None = parent
        while above is not None:
            if above.pk == current.pk:
                raise ShelfInsideItselfError(current.name)
            above = above.parent
        before = _facts(current)
        current.name, current.parent = name.strip(), parent
        current.save()
        current.publications.set(publications)
        after = _facts(current)
        if before != after:
            _log(by, "shelf.change", current.publisher_id, current, before, after)
    return current


def shelf_remove(*, by: User, shelf: Shelf) -> None:
    """Take a shelf away; what stood in it stands where it stood. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, shelf.publisher_id)
    with transaction.atomic():
        Shelf.objects.filter(parent=shelf).update(parent=shelf.parent)
        _log(by, "shelf.remove", shelf.publisher_id, shelf, _facts(shelf), {})
        shelf.delete()


def category_create(*, by: User, publisher: Publisher, name: str) -> Category:
    """A new category. Raises NotAllowedError, SlugTakenError."""
    require(by, Action.MANAGE_PUBLICATIONS, publisher.pk)
    slug = slugify(name)[:60] or new_id()
    try:
        with transaction.atomic():
            category = Category.objects.create(publisher=publisher, name=name.strip(), slug=slug)
            _log(by, "category.create", publisher.pk, category, {}, {"name": category.name})
    except IntegrityError as error:
        raise SlugTakenError(slug) from error
    return category


def category_rename(*, by: User, category: Category, name: str) -> Category:
    """Another name; its address stays. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, category.publisher_id)
    with transaction.atomic():
        before, category.name = category.name, name.strip()
        category.save()
        _log(by, "category.rename", category.publisher_id, category, {"name": before}, {"name": category.name})
    return category


def category_remove(*, by: User, category: Category) -> None:
    """Take a category away; its editions stay. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, category.publisher_id)
    with transaction.atomic():
        _log(by, "category.remove", category.publisher_id, category, {"name": category.name}, {})
        category.delete()


def _same(publisher: Publisher, *things: Shelf | Publication | None) -> None:
    for thing in things:
        if thing is not None and thing.publisher_id != publisher.pk:
            raise NotFoundError(thing.pk)


def _facts(shelf: Shelf) -> dict[str, Any]:
    return {
        "name": shelf.name,
        "parent": shelf.parent.name if shelf.parent else "",
        "publications": sorted(shelf.publications.values_list("name", flat=True)),
    }


def _log(
    by: User, action: str, publisher_id: str, subject: Shelf | Category, before: dict[str, Any], after: dict[str, Any]
) -> None:
    log_write(
        by=by,
        publisher_id=publisher_id,
        action=action,
        subject_id=subject.pk,
        subject_name=subject.name,
        before=before,
        after=after,
    )
