"""The door of the back office: only signed-in staff, and only into their own house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from masthead.accounts.second_step import has_second_step
from masthead.accounts.selectors import Publisher, User, publishers_of
from masthead.library.errors import NotFoundError

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def staff(view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase]) -> View:
    """The view is given the person; nobody gets there without signing in, and nothing of it is kept by caches."""

    @login_required
    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        houses = publishers_of(person) if isinstance(person, User) else ()
        if not isinstance(person, User) or not houses:
            raise NotFoundError(request.path)
        asking = next((one for one in houses if one.asks_second_step), None)
        response: HttpResponseBase
        if asking is not None and not has_second_step(person):
            values = {"asking": asking}
            response = render(request, "office/second_step_needed.html", values, status=HTTPStatus.FORBIDDEN)
        else:
            response = view(request, person, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return enter


def house_of(person: User, slug: str) -> Publisher:
    """The publisher with this slug on whose staff the person is; raises NotFoundError."""
    found = next((one for one in publishers_of(person) if one.slug == slug), None)
    if found is None:
        raise NotFoundError(slug)
    return found
