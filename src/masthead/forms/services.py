"""Writes forms: made, changed, switched on and off, asked anew, removed; editions ask what they shall at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from masthead.access.asking import forms_ask
from masthead.access.terms import AskedForm
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.forms.building import Said, field_checked, form_checked
from masthead.forms.errors import FormChangedError, FormEmptyError, FormFullError, FormInvalidError
from masthead.forms.models import Form
from masthead.forms.shape import MOST_FIELDS, Field, Kind, Placement, field_kept
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, require
from masthead.library.services import publication_laid


def form_create(*, by: User, publication: Publication, said: Said, editions: Iterable[str] = ()) -> Form:
    """A new form without fields, switched off. Raises NotAllowedError, FormInvalidError with its field."""
    require(by, Action.MANAGE_FORMS, publication)
    made = Form(publication=publication, **form_checked(said))
    with transaction.atomic():
        made.save()
        _choose_editions(made, editions)
        _log(by, made, "form.create", {}, {"kind": made.placement})
    return made


def form_change(*, by: User, form: Form, said: Said, editions: Iterable[str] = (), seen: str = "") -> Form:
    """Say other things of it. `seen` is the `version_of` that the person had before them.

    Raises NotAllowedError, FormInvalidError with its field, FormChangedError where it was changed meanwhile.
    """
    kept = form_checked(said)

    def change(current: Form) -> None:
        for name, value in kept.items():
            setattr(current, name, value)
        _choose_editions(current, editions)

    before = {"kind": form.placement, "name": form.name}
    return _changed(by, form, change, "form.change", before, {"kind": kept["placement"], "name": kept["name"]}, seen)


def form_switch(*, by: User, form: Form, is_on: bool) -> Form:
    """Let readers meet it, or not any more. Raises NotAllowedError, FormEmptyError."""

    def change(current: Form) -> None:
        current.is_on = is_on

    return _changed(by, form, change, "form.on" if is_on else "form.off")


def form_ask_again(*, by: User, form: Form) -> Form:
    """Close the gate again for everybody who passed it. Raises NotAllowedError."""

    def change(current: Form) -> None:
        current.round += 1

    return _changed(by, form, change, "form.ask_again")


def form_remove(*, by: User, form: Form) -> None:
    """Remove it with all its answers. Raises NotAllowedError."""
    require(by, Action.MANAGE_FORMS, form.publication)
    with transaction.atomic():
        current = _locked(form)
        _log(by, current, "form.remove", {"answers": current.answers.count()}, {})
        current.delete()
        _ask(form.publication)


def field_add(*, by: User, form: Form, said: Said) -> Field:
    """Add a field at the end. Raises NotAllowedError, FormInvalidError with its field."""
    made = field_checked(said, form.languages)

    def change(current: Form) -> None:
        if len(current.fields) >= MOST_FIELDS:
            raise FormFullError(field="kind")
        current.fields = [*current.fields, field_kept(made)]

    _changed(by, form, change, "form.field", {}, {"text": made.label(form.languages[0])})
    return made


def field_change(*, by: User, form: Form, field_id: str, said: Said) -> Field:
    """Say other things of a field; its kind stays. Raises NotAllowedError, NotFoundError, FormInvalidError."""
    before = field_of(form, field_id)
    made = field_checked(said, form.languages, before)

    def change(current: Form) -> None:
        field_of(current, field_id)
        current.fields = [field_kept(made) if one["id"] == field_id else one for one in current.fields]

    main = form.languages[0]
    _changed(by, form, change, "form.field", {"text": before.label(main)}, {"text": made.label(main)})
    return made


def questions_set(*, by: User, form: Form, said: Sequence[Said]) -> Form:
    """All that it asks for, in this order: what has the `id` of a field changes that one, and what is not named goes.

    Raises NotAllowedError, FormInvalidError with its field, such as `questions.2.label-en`.
    """

    def change(current: Form) -> None:
        before = {one.id: one for one in current.questions}
        if len(said) > MOST_FIELDS:
            raise FormFullError(field="questions")
        wanted = [_question(number, one, current, before) for number, one in enumerate(said)]
        kept = {one.id for one in wanted}
        if len(kept) < len(wanted):
            raise FormInvalidError("the same field twice", field="questions")
        gone = [field_kept(one) for one in current.questions if one.id not in kept]
        current.retired = [*current.retired, *gone]
        current.fields = [field_kept(one) for one in wanted]

    return _changed(by, form, change, "form.field")


def _question(number: int, said: Said, form: Form, before: Mapping[str, Field]) -> Field:
    known = before.get(str(said.get("id") or ""))
    if said.get("id") and (known is None or known.kind.value != said.get("kind")):
        raise FormInvalidError(str(said["id"]), field=f"questions.{number}.{'kind' if known else 'id'}")
    try:
        return field_checked(said, form.languages, known)
    except FormInvalidError as error:
        error.field = f"questions.{number}.{error.field}"
        raise


def field_remove(*, by: User, form: Form, field_id: str) -> None:
    """Ask it no more; answers that were given stay. Raises NotAllowedError, NotFoundError."""
    gone = field_of(form, field_id)

    def change(current: Form) -> None:
        current.fields = [one for one in current.fields if one["id"] != field_id]
        current.retired = [*current.retired, field_kept(gone)]

    _changed(by, form, change, "form.field", {"text": gone.label(form.languages[0])}, {})


def field_move(*, by: User, form: Form, field_id: str, by_places: int) -> None:
    """Move a field up (negative) or down. Raises NotAllowedError, NotFoundError."""

    def change(current: Form) -> None:
        at = [one["id"] for one in current.fields].index(field_of(current, field_id).id)
        moved = list(current.fields)
        moved.insert(max(0, min(len(moved) - 1, at + by_places)), moved.pop(at))
        current.fields = moved

    _changed(by, form, change, "form.order")


def field_of(form: Form, field_id: str) -> Field:
    """One of the form's fields; raises NotFoundError."""
    found = next((one for one in form.questions if one.id == field_id), None)
    if found is None:
        raise NotFoundError(field_id)
    return found


def version_of(form: Form) -> str:
    """Tells one state of a form from another."""
    return str(form.version)


def _changed(
    by: User,
    form: Form,
    change: Callable[[Form], None],
    action: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    seen: str = "",
) -> Form:
    """Change the row under a lock, and let the editions of its publication ask what they shall ask now."""
    require(by, Action.MANAGE_FORMS, form.publication)
    with transaction.atomic():
        current = _locked(form)
        if seen and seen != version_of(current):
            raise FormChangedError(form.pk)
        change(current)
        if current.is_on:
            _require_use(current)
        current.version += 1
        current.save()
        _log(by, current, action, before or {}, after or {})
        _ask(form.publication)
    return current


def _require_use(form: Form) -> None:
    """A form that is on asks for something, and sends codes only where there is an address; raises FormEmptyError."""
    has_address = any(one.kind is Kind.EMAIL and one.is_needed for one in form.questions)
    if not form.fields or (form.confirms_email and not has_address):
        raise FormEmptyError(form.pk)


def _ask(publication: Publication) -> None:
    """Tell `access` what each edition of the publication asks now."""
    everywhere: list[AskedForm] = []
    of_editions: dict[str, list[AskedForm]] = {}
    rows = Form.objects.filter(publication=publication, is_on=True).exclude(placement=Placement.HOTSPOT)
    for form in rows.order_by("created_at", "pk").prefetch_related("editions"):
        asked = AskedForm(
            id=form.pk,
            round=form.round,
            page=0 if form.placement == Placement.END else form.page,
            is_gate=form.placement == Placement.GATE,
            days=form.days,
            version=form.version,
        )
        if form.is_everywhere:
            everywhere.append(asked)
        for edition in () if form.is_everywhere else form.editions.all():
            of_editions.setdefault(edition.pk, []).append(asked)
    forms_ask(publication=publication, everywhere=everywhere, of_editions=of_editions)
    publication_laid(publication_id=publication.pk)


def _choose_editions(form: Form, editions: Iterable[str]) -> None:
    rows = Edition.objects.filter(publication=form.publication_id, pk__in=list(editions))
    form.editions.set([] if form.is_everywhere else rows)


def _locked(form: Form) -> Form:
    found = Form.objects.select_for_update().filter(pk=form.pk).first()
    if found is None:
        raise NotFoundError(form.pk)
    found.publication = form.publication
    return found


def _log(by: User, form: Form, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    log_write(
        by=by,
        publisher_id=form.publication.publisher_id,
        action=action,
        subject_id=form.pk,
        subject_name=f"{form.publication}: {form}",
        before=before,
        after=after,
    )
