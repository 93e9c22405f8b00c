"""Makes many people at a time, as for a list of subscribers: without passwords, their addresses not confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from masthead.accounts.models import User


def users_create(*, names: Mapping[str, str]) -> dict[str, User]:
    """The person of each address (in small letters), made with this name where there was none. In a transaction."""
    found = {user.email: user for user in User.objects.filter(email__in=list(names))}
    made = [
        User(email=email, name=name, password=make_password(None))
        for email, name in names.items()
        if email not in found
    ]
    User.objects.bulk_create(made)
    EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, primary=True) for user in made)
    return {**found, **{user.email: user for user in made}}
