"""Writes people: the first owner, publishers, staff; and the log that every room's services write to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from structlog.contextvars import get_contextvars

from masthead.accounts.errors import AlreadySetUpError, EmailTakenError, LastOwnerError, SecondStepMissingError
from masthead.accounts.ids import new_id
from masthead.accounts.models import LogEntry, Publisher, Staff, User
from masthead.accounts.rights import Action, Role
from masthead.accounts.second_step import has_second_step
from masthead.accounts.selectors import require


def log_write(
    *,
    by: User | None,
    publisher_id: str,
    action: str,
    subject_id: str,
    subject_name: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add to the log; `by` is None where the house did it by itself. Call it inside the transaction of the change."""
    LogEntry.objects.create(
        publisher_id=publisher_id,
        user=by,
        user_name=_name_of(by),
        action=action,
        subject_id=subject_id,
        subject_name=subject_name[:254],
        before=dict(before or {}),
        after=dict(after or {}),
        request_id=str(get_contextvars().get("request_id", "")),
    )


def user_create(
    *, email: str, password: str | None, name: str = "", is_confirmed: bool = False, is_reachable: bool = True
) -> User:
    """A person who can sign in; one who is not reachable has told no address. Raises EmailTakenError."""
    user = User(email=email.strip().lower(), name=name.strip())
    user.set_password(password)  # takes its time: before the transaction, in which others would wait
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            if is_reachable:
                EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_confirmed)
    except IntegrityError as error:
        raise EmailTakenError(email) from error
    return user


def publisher_create(*, name: str, owner: User, time_zone: str = "UTC", language: str = "en") -> Publisher:
    """A publishing house with its first owner."""
    with transaction.atomic():
        publisher = Publisher.objects.create(
            name=name.strip(), slug=_free_slug(name), time_zone=time_zone, language=language
        )
        Staff.objects.create(publisher=publisher, user=owner, role=Role.OWNER)
        log_write(
            by=owner,
            publisher_id=publisher.id,
            action="publisher.create",
            subject_id=publisher.id,
            subject_name=publisher.name,
        )
    return publisher


def house_set_up(*, house: str, name: str, email: str, password: str, language: str = "en") -> User:
    """The first owner and publisher of an empty installation; raises AlreadySetUpError."""
    with transaction.atomic():
        if User.objects.exists():
            raise AlreadySetUpError
        owner = user_create(email=email, password=password, name=name, is_confirmed=True)
        publisher_create(name=house, owner=owner, language=language)
    return owner


def staff_add(
    *, by: User, publisher: Publisher, user: User, role: Role, scope: str = Staff.Scope.PUBLISHER, scope_id: str = ""
) -> Staff:
    """Give a role; giving it twice changes nothing. Raises NotAllowedError."""
    require(by, Action.MANAGE_STAFF, publisher.id)
    return staff_grant(by=by, publisher=publisher, user=user, role=role, scope=scope, scope_id=scope_id)


def staff_grant(*, by: User | None, publisher: Publisher, user: User, role: Role, scope: str, scope_id: str) -> Staff:
    """Give a role that was asked for and allowed before, as by an invitation."""
    with transaction.atomic():
        staff, is_new = Staff.objects.get_or_create(
            publisher=publisher, user=user, role=role, scope=scope, scope_id=scope_id
        )
        if is_new:
            _log_staff("staff.add", by, staff, after=_facts(staff))
    return staff


def staff_remove(*, by: User, staff: Staff) -> None:
    """Take a role away. Raises NotAllowedError, LastOwnerError: a house is never left without an owner."""
    require(by, Action.MANAGE_STAFF, staff.publisher_id)
    with transaction.atomic():
        _require_another_owner(staff)
        _log_staff("staff.remove", by, staff, before=_facts(staff))
        staff.delete()


def staff_change(*, by: User, staff: Staff, role: Role, scope: str, scope_id: str) -> Staff:
    """Another role, or the same for something else. Raises NotAllowedError, LastOwnerError."""
    require(by, Action.MANAGE_STAFF, staff.publisher_id)
    with transaction.atomic():
        before = _facts(staff)
        if (role, scope, scope_id) == (staff.role, staff.scope, staff.scope_id):
            return staff
        _require_another_owner(staff)
        same = Staff.objects.filter(publisher=staff.publisher, user=staff.user, role=role, scope=scope)
        twin = same.filter(scope_id=scope_id).exclude(pk=staff.pk).first()
        if twin is not None:  # the person has that role already: one row of it is enough
            staff.delete()
            staff = twin
        else:
            staff.role, staff.scope, staff.scope_id = role, scope, scope_id
            staff.save()
        _log_staff("staff.change", by, staff, before=before, after=_facts(staff))
    return staff


def publisher_change(
    *, by: User, publisher: Publisher, name: str, time_zone: str, language: str, asks_second_step: bool
) -> Publisher:
    """Another name, time zone and language of the house, and whether its staff need a second step.

    Raises NotAllowedError, SecondStepMissingError where whoever asks it of the others has none.
    """
    require(by, Action.MANAGE_STAFF, publisher.pk)
    if asks_second_step and not publisher.asks_second_step and not has_second_step(by):
        raise SecondStepMissingError
    wanted = {
        "name": name.strip(),
        "time_zone": time_zone,
        "language": language,
        "asks_second_step": asks_second_step,
    }
    with transaction.atomic():
        current = Publisher.objects.select_for_update().get(pk=publisher.pk)
        changed = {key: value for key, value in wanted.items() if getattr(current, key) != value}
        before = {key: getattr(current, key) for key in changed}
        for key, value in changed.items():
            setattr(current, key, value)
        current.save()
        if changed:
            log_write(
                by=by,
                publisher_id=current.pk,
                action="publisher.change",
                subject_id=current.pk,
                subject_name=current.name,
                before=before,
                after=changed,
            )
    return current


def user_change(*, user: User, name: str, language: str) -> None:
    """One's own name and language."""
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])


def _require_another_owner(staff: Staff) -> None:
    if staff.role != Role.OWNER or staff.scope != Staff.Scope.PUBLISHER:
        return
    whole = {"publisher_id": staff.publisher_id, "role": Role.OWNER, "scope": Staff.Scope.PUBLISHER}
    others = Staff.objects.select_for_update().filter(**whole).exclude(user_id=staff.user_id)
    if not others.filter(user__is_active=True).exists():
        raise LastOwnerError


def _facts(staff: Staff) -> dict[str, str]:
    return {"role": staff.role, "scope": staff.scope, "scope_id": staff.scope_id}


def _log_staff(
    action: str,
    by: User | None,
    staff: Staff,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    log_write(
        by=by,
        publisher_id=staff.publisher_id,
        action=action,
        subject_id=staff.user_id,
        subject_name=str(staff.user),
        before=before,
        after=after,
    )


def _name_of(by: User | None) -> str:
    """Who did it; of a program also by which of the person's tokens."""
    if by is None:
        return ""
    return f"{by} ({by.bearer.name})"[:254] if by.bearer else str(by)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:50] or new_id()
    return f"{slug}-{new_id()[:4]}" if Publisher.objects.filter(slug=slug).exists() else slug
