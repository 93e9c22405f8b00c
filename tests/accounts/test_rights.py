"""Who may do what: the table, scopes, sealed tenants, and a log that is only added to."""

from __future__ import annotations

import pytest
from tests.cast import Cast

from masthead.accounts.errors import AlreadySetUpError, EmailTakenError, LastOwnerError, NotAllowedError
from masthead.accounts.rights import RIGHTS, Action, Role
from masthead.accounts.selectors import LogEntry, Staff, can, log_list, publisher_list
from masthead.accounts.services import house_set_up, staff_add, staff_remove, user_create

FORMS = {Action.MANAGE_FORMS, Action.VIEW_ANSWERS}
REPORTS = {Action.VIEW_REPORTS, Action.VIEW_SALES}


def test_every_action_has_somebody_and_owners_may_all() -> None:
    assert set(RIGHTS) == set(Action)
    assert all(Role.OWNER in roles for roles in RIGHTS.values())


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("owner", set(Action)),
        (
            "editor",
            {Action.VIEW, Action.EDIT, Action.PUBLISH, *REPORTS, Action.USE_API, Action.MODERATE, *FORMS},
        ),
        ("shop", {Action.VIEW, Action.MANAGE_SHOP, Action.VIEW_SALES}),
        ("outsider", set()),
        ("reader", set()),
        ("nobody", set()),
    ],
)
def test_what_each_of_the_cast_may_do(cast: Cast, who: str, allowed: set[Action]) -> None:
    person = cast.people()[who]
    assert {action for action in Action if can(person, action, cast.harbour.pk)} == allowed


def test_a_role_for_one_publication_counts_there_alone(cast: Cast) -> None:
    scope = {"scope": Staff.Scope.PUBLICATION, "scope_id": cast.fathom.pk}
    staff_add(by=cast.owner, publisher=cast.harbour, user=cast.reader, role=Role.EDITOR, **scope)
    assert can(cast.reader, Action.EDIT, cast.harbour.pk, cast.fathom.pk)
    assert not can(cast.reader, Action.EDIT, cast.harbour.pk, "another")
    assert not can(cast.reader, Action.EDIT, cast.harbour.pk)
    assert not can(cast.reader, Action.EDIT, cast.other.pk, cast.fathom.pk)


def test_a_person_who_left_may_nothing(cast: Cast) -> None:
    cast.editor.is_active = False
    cast.editor.save()
    assert not can(cast.editor, Action.VIEW, cast.harbour.pk)
    assert not publisher_list(cast.editor)


def test_only_owners_give_roles_and_the_last_one_stays(cast: Cast) -> None:
    for person in (cast.editor, cast.outsider):
        with pytest.raises(NotAllowedError):
            staff_add(by=person, publisher=cast.harbour, user=cast.reader, role=Role.OWNER)
    own = Staff.objects.get(user=cast.owner)
    with pytest.raises(LastOwnerError):
        staff_remove(by=cast.owner, staff=own)
    staff_add(by=cast.owner, publisher=cast.harbour, user=cast.editor, role=Role.OWNER)
    staff_remove(by=cast.owner, staff=own)
    assert not can(cast.owner, Action.VIEW, cast.harbour.pk)


def test_the_log_says_who_did_what_and_is_only_added_to(cast: Cast) -> None:
    entry = LogEntry.objects.filter(action="staff.add", subject_id=cast.editor.pk).get()
    assert (entry.user, entry.user_name, entry.after["role"]) == (cast.owner, "Olga", "editor")
    entry.user_name = "Somebody else"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        LogEntry.objects.all().delete()
    with pytest.raises(TypeError):
        LogEntry.objects.update(user_name="")
    assert log_list(cast.owner, cast.harbour).count() >= 3
    assert not log_list(cast.editor, cast.harbour)
    assert not log_list(cast.outsider, cast.harbour)


def test_an_address_signs_in_one_person_and_a_house_is_set_up_once(cast: Cast) -> None:
    with pytest.raises(EmailTakenError):
        user_create(email="Olga@Harbour.example", password="x")
    with pytest.raises(AlreadySetUpError):
        house_set_up(house="Second", name="", email="second@house.example", password="x")
