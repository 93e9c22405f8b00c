"""What somebody may do is asked of the database once a request, and is never older than the request."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, signed_in

from masthead.accounts.models import Staff
from masthead.accounts.rights import Action, Role
from masthead.accounts.selectors import can, publishers_of
from masthead.accounts.staff_places import know_staff

pytestmark = pytest.mark.django_db


def test_what_is_asked_again_costs_nothing_while_a_request_is_answered(cast: Cast) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        with CaptureQueriesContext(connection) as asked:
            for _again in range(3):
                assert can(cast.owner, Action.MANAGE_STAFF, cast.harbour.pk)
                assert not can(cast.shop, Action.MANAGE_STAFF, cast.harbour.pk)
                assert [one.pk for one in publishers_of(cast.owner)] == [cast.harbour.pk]
        assert len(asked) == 3
        return HttpResponse()

    know_staff(answer)(HttpRequest())
    with CaptureQueriesContext(connection) as asked:
        can(cast.owner, Action.MANAGE_STAFF, cast.harbour.pk)
        can(cast.owner, Action.MANAGE_STAFF, cast.harbour.pk)
    assert len(asked) == 2  # outside of requests nothing is remembered


def test_who_changes_the_staff_finds_it_changed(cast: Cast) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        assert not can(cast.reader, Action.VIEW_LOG, cast.harbour.pk)
        place = Staff.objects.create(publisher=cast.harbour, user=cast.reader, role=Role.OWNER)
        assert can(cast.reader, Action.VIEW_LOG, cast.harbour.pk)
        assert publishers_of(cast.reader)
        place.delete()
        assert not can(cast.reader, Action.VIEW_LOG, cast.harbour.pk)
        assert cast.harbour not in publishers_of(cast.reader)
        return HttpResponse()

    know_staff(answer)(HttpRequest())


def test_a_role_whose_giving_failed_was_never_given(cast: Cast) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            Staff.objects.create(publisher=cast.harbour, user=cast.reader, role=Role.OWNER)
            assert can(cast.reader, Action.VIEW_LOG, cast.harbour.pk)
            transaction.set_rollback(True)
        assert not can(cast.reader, Action.VIEW_LOG, cast.harbour.pk)
        return HttpResponse()

    know_staff(answer)(HttpRequest())


def test_who_lost_a_role_is_refused_by_the_next_request(cast: Cast) -> None:
    browser, log = signed_in(cast.owner), f"/office/houses/{cast.harbour.slug}/log"
    assert browser.get(log).status_code == 200
    Staff.objects.filter(user=cast.owner).update(role=Role.SHOP)  # by another process: nobody here is told
    assert browser.get(log).status_code == 403
    Staff.objects.filter(user=cast.owner).delete()
    assert browser.get(log).status_code == 404
