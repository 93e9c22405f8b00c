"""The door of the back office: only signed-in staff, and only into their own house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from masthead.accounts.selectors import Publisher, User, publisher_list
from masthead.library.errors import NotFoundError

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def staff(view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase]) -> View:
    """The view is given the person; nobody gets there without signing in, and nothing of it is kept by caches."""

    @login_required
    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, User) or not publisher_list(person).exists():
            raise NotFoundError(request.path)
        response = view(request, person, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return enter


def house_of(person: User, slug: str) -> Publisher:
    """The publisher with this slug on whose staff the person is; raises NotFoundError."""
    found = publisher_list(person).filter(slug=slug).first()
    if found is None:
        raise NotFoundError(slug)
    return found
