"""The house itself: its name, time zone and language; its shelves and categories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.errors import SecondStepMissingError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import publisher_change
from masthead.backoffice.forms import choose, language_name, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError, ShelfInsideItselfError, SlugTakenError
from masthead.library.selectors import Category, Shelf, category_list, publication_list, shelf_list
from masthead.library.shelving import (
    category_create,
    category_remove,
    category_rename,
    shelf_change,
    shelf_create,
    shelf_remove,
)
from masthead.library.time_zones import time_zones

SAVED_WORDS = "Saved."
REMOVED_WORDS = "“{name}” was removed."
NOWHERE_WORDS = "In no other shelf"


class HouseForm(forms.Form):
    """What the house is called, and which clock and language are its own."""

    name = forms.CharField(max_length=120)
    time_zone = forms.ChoiceField()
    language = forms.ChoiceField()
    asks_second_step = forms.BooleanField(required=False)


class NameForm(forms.Form):
    """A name."""

    name = forms.CharField(max_length=120)


class ShelfForm(NameForm):
    """A shelf: its name, where it stands, what stands on it."""

    parent = forms.ChoiceField(required=False)
    publications = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def settings(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The settings of the house."""
    publisher = house_of(person, house)
    require(person, Action.MANAGE_STAFF, publisher.pk)
    kept = {name: getattr(publisher, name) for name in HouseForm.base_fields}
    form = HouseForm(request.POST or None, initial=kept)
    choose(form, "time_zone", [(name, name.replace("_", " ")) for name in time_zones()])
    choose(form, "language", [(code, language_name(code, language_of(request))) for code in wording.languages()])
    if request.method == "POST" and form.is_valid():
        try:
            publisher_change(by=person, publisher=publisher, **form.cleaned_data)
        except SecondStepMissingError as error:
            refuse(form, "asks_second_step", error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-settings", args=[house]))
    return show(request, "office/house.html", form, house=publisher)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def shelves(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The tree of shelves and the list of categories; two forms make new ones."""
    publisher = _managed(person, house)
    shelf_form, category_form = NameForm(prefix="shelf"), NameForm(prefix="category")
    if request.method == "POST":
        is_shelf = "shelf-name" in request.POST
        form = NameForm(request.POST, prefix="shelf" if is_shelf else "category")
        if is_shelf:
            shelf_form = form
        else:
            category_form = form
        if form.is_valid():
            try:
                make: Any = shelf_create if is_shelf else category_create
                make(by=person, publisher=publisher, name=form.cleaned_data["name"])
            except SlugTakenError as error:
                refuse(form, "name", error, language_of(request))
            else:
                say(request, SAVED_WORDS)
                return HttpResponseRedirect(reverse("house-shelves", args=[house]))
    return show(
        request,
        "office/shelves.html",
        shelf_form if shelf_form.errors else category_form,
        house=publisher,
        shelf_form=shelf_form,
        category_form=category_form,
        tree=tree(list(shelf_list(person, publisher).prefetch_related("publications"))),
        categories=category_list(person, publisher),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def shelf(request: HttpRequest, person: User, house: str, shelf: str) -> HttpResponse:
    """One shelf: its name, its place in the tree, what stands on it."""
    publisher = _managed(person, house)
    all_shelves = list(shelf_list(person, publisher))
    found = _one(all_shelves, shelf)
    publications = list(publication_list(person, publisher))
    kept = {
        "name": found.name,
        "parent": found.parent_id or "",
        "publications": list(found.publications.values_list("pk", flat=True)),
    }
    form = ShelfForm(request.POST or None, initial=kept)
    nowhere = wording.translator(language_of(request)).text(NOWHERE_WORDS)
    others = [(each.pk, "– " * depth + each.name) for each, depth in tree(all_shelves) if each.pk != found.pk]
    choose(form, "parent", [("", nowhere), *others])
    choose(form, "publications", [(each.pk, each.name) for each in publications])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            shelf_change(
                by=person,
                shelf=found,
                name=said["name"],
                parent=_one(all_shelves, said["parent"]) if said["parent"] else None,
                publications=[each for each in publications if each.pk in said["publications"]],
            )
        except ShelfInsideItselfError as error:
            refuse(form, "parent", error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("house-shelves", args=[house]))
    return show(request, "office/shelf.html", form, house=publisher, shelf=found)


@require_POST
@staff
def remove_shelf(request: HttpRequest, person: User, house: str, shelf: str) -> HttpResponse:
    """Take a shelf away."""
    found = _one(list(shelf_list(person, _managed(person, house)).select_related("parent")), shelf)
    shelf_remove(by=person, shelf=found)
    say(request, REMOVED_WORDS, name=found.name)
    return HttpResponseRedirect(reverse("house-shelves", args=[house]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def category(request: HttpRequest, person: User, house: str, category: str) -> HttpResponse:
    """One category: another name, or none any more."""
    publisher = _managed(person, house)
    found: Category | None = category_list(person, publisher).filter(pk=category).first()
    if found is None:
        raise NotFoundError(category)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and "remove" in request.POST:
        category_remove(by=person, category=found)
        say(request, REMOVED_WORDS, name=found.name)
        return HttpResponseRedirect(reverse("house-shelves", args=[house]))
    if request.method == "POST" and form.is_valid():
        category_rename(by=person, category=found, name=form.cleaned_data["name"])
        say(request, SAVED_WORDS)
        return HttpResponseRedirect(reverse("house-shelves", args=[house]))
    return show(request, "office/category.html", form, house=publisher, category=found)


def tree(shelves: list[Shelf]) -> list[tuple[Shelf, int]]:
    """The shelves in the order of a tree, each with how deep it stands."""
    found: list[tuple[Shelf, int]] = []

    def add(parent: str | None, depth: int) -> None:
        for each in shelves:
            if each.parent_id == parent:
                found.append((each, depth))
                add(each.pk, depth + 1)

    add(None, 0)
    return found


def _managed(person: User, house: str) -> Publisher:
    publisher = house_of(person, house)
    require(person, Action.MANAGE_PUBLICATIONS, publisher.pk)
    return publisher


def _one(shelves: list[Shelf], shelf_id: str) -> Shelf:
    found = next((each for each in shelves if each.pk == shelf_id), None)
    if found is None:
        raise NotFoundError(shelf_id)
    return found
