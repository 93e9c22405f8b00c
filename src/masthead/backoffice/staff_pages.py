"""Who works at the house: invited by mail, given roles for all of it or a part, and taken off the staff."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.errors import LastOwnerError
from masthead.accounts.inviting import (
    Invitation,
    invitation_create,
    invitation_list,
    invitation_revoke,
    invitation_send,
    token_of,
)
from masthead.accounts.rights import Action, Role
from masthead.accounts.selectors import Publisher, Staff, User, require, staff_list
from masthead.accounts.services import staff_change, staff_remove
from masthead.backoffice.forms import choose, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.staff_words import rights_table, role_word
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import publication_list, shelf_list

WHOLE_WORDS = "The whole house"
PUBLICATION_WORDS = "Publication: {name}"
SHELF_WORDS = "Shelf: {name}"
GONE_WORDS = "Something that is gone"
INVITED_WORDS = "The invitation was sent to {email}."
UNSENT_WORDS = "The mail could not be sent. Give {email} this address yourself: {address}"
CHANGED_WORDS = "The role was changed."
REMOVED_WORDS = "{name} does not have this role any more."
UNINVITED_WORDS = "The invitation opens nothing any more."


class RoleForm(forms.Form):
    """A role and what it is for."""

    role = forms.ChoiceField(initial=Role.EDITOR)
    scope = forms.ChoiceField(initial="publisher:", required=False)

    def __init__(self, *args: Any, words: wording.Translator, scopes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "role", [(role.value, words.text(role_word(role))) for role in Role])
        choose(self, "scope", scopes.items())

    def values(self) -> dict[str, Any]:
        """Role and scope as the services want them."""
        scope, _, scope_id = (self.cleaned_data["scope"] or "publisher:").partition(":")
        return {"role": Role(self.cleaned_data["role"]), "scope": scope, "scope_id": scope_id}


class InviteForm(RoleForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def people(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Everybody, the invitations that wait, the table of rights; a form invites."""
    publisher = house_of(person, house)
    require(person, Action.MANAGE_STAFF, publisher.pk)
    words = wording.translator(language_of(request))
    scopes = scope_names(person, publisher, words)
    form = InviteForm(request.POST or None, words=words, scopes=scopes)
    if request.method == "POST" and form.is_valid():
        made = invitation_create(by=person, publisher=publisher, email=form.cleaned_data["email"], **form.values())
        _send(request, made)
        return HttpResponseRedirect(reverse("house-staff", args=[house]))
    rows = [(user, list(roles)) for user, roles in groupby(staff_list(person, publisher), key=lambda row: row.user)]

    def scope_name(row: Staff | Invitation) -> str:
        return scopes.get(f"{row.scope}:{row.scope_id}") or words.text(GONE_WORDS)

    return show(
        request,
        "office/staff.html",
        form,
        house=publisher,
        people=rows,
        invitations=invitation_list(person, publisher),
        role_word=role_word,
        scope_name=scope_name,
        roles=[words.text(role_word(role)) for role in Role],
        rights=rights_table(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def role(request: HttpRequest, person: User, house: str, role: str) -> HttpResponse:
    """One role of somebody: change it, or what it is for."""
    publisher = house_of(person, house)
    require(person, Action.MANAGE_STAFF, publisher.pk)
    row, words = _row(person, publisher, role), wording.translator(language_of(request))
    kept = {"role": row.role, "scope": f"{row.scope}:{row.scope_id}"}
    form = RoleForm(request.POST or None, words=words, scopes=scope_names(person, publisher, words), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            staff_change(by=person, staff=row, **form.values())
        except LastOwnerError as error:
            refuse(form, "role", error, words.language)
        else:
            say(request, CHANGED_WORDS)
            return HttpResponseRedirect(reverse("house-staff", args=[house]))
    return show(request, "office/role.html", form, house=publisher, row=row)


@require_POST
@staff
def remove(request: HttpRequest, person: User, house: str, role: str) -> HttpResponse:
    """Take a role away."""
    publisher = house_of(person, house)
    require(person, Action.MANAGE_STAFF, publisher.pk)
    row = _row(person, publisher, role)
    staff_remove(by=person, staff=row)
    say(request, REMOVED_WORDS, name=str(row.user))
    return HttpResponseRedirect(reverse("house-staff" if row.user_id != person.pk else "house", args=[house]))


@require_POST
@staff
def uninvite(request: HttpRequest, person: User, house: str, invitation: str) -> HttpResponse:
    """Take an invitation back."""
    invitation_revoke(by=person, publisher=house_of(person, house), invitation_id=invitation)
    say(request, UNINVITED_WORDS)
    return HttpResponseRedirect(reverse("house-staff", args=[house]))


def scope_names(person: User, publisher: Publisher, words: wording.Translator) -> dict[str, str]:
    """What a role can be for, by scope and id."""
    names = {"publisher:": words.text(WHOLE_WORDS)}
    for publication in publication_list(person, publisher):
        names[f"publication:{publication.pk}"] = words.text(PUBLICATION_WORDS, name=publication.name)
    for shelf in shelf_list(person, publisher):
        names[f"shelf:{shelf.pk}"] = words.text(SHELF_WORDS, name=shelf.name)
    return names


def _send(request: HttpRequest, made: Invitation) -> None:
    address = absolute(request, reverse("invitation", args=[token_of(made)]))
    try:
        invitation_send(invitation=made, address=address, language=language_of(request))
    except OSError:
        say(request, UNSENT_WORDS, email=made.email, address=address)
    else:
        say(request, INVITED_WORDS, email=made.email)


def _row(person: User, publisher: Publisher, staff_id: str) -> Staff:
    found = staff_list(person, publisher).filter(pk=staff_id).first()
    if found is None:
        raise NotFoundError(staff_id)
    return found
