"""Sets a publication or an edition up as another is: how it is read and looks, who may read, how orders are taken."""

from __future__ import annotations

from django.db import transaction

from masthead.access.setting_terms import can_set_terms, terms_take_over
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.branding import branding_take_over
from masthead.library.errors import NotFoundError
from masthead.library.inheriting import own_settings
from masthead.library.particulars import edition_settings_change, publication_settings_change
from masthead.library.selectors import Edition, Publication, require
from masthead.orders.asking import asked_take_over, can_ask


def publication_set_up_as(*, by: User, publication: Publication, model: Publication) -> None:
    """Settings of reading, look, own words, terms and order form, in the place of those that there are.

    Its name, address, domain, products and forms are its own; what the person may not set stays as it is.
    Raises NotFoundError for a model of another house, NotAllowedError.
    """
    if model.publisher_id != publication.publisher_id:
        raise NotFoundError(model.pk)
    require(by, Action.MANAGE_PUBLICATIONS, model)
    with transaction.atomic():
        publication_settings_change(by=by, publication=publication, values=own_settings(model))
        branding_take_over(by=by, publication=publication, model=model)
        _take_over_the_rest(by, publication, model)


def edition_set_up_as(*, by: User, edition: Edition, model: Edition) -> None:
    """Settings of reading, terms and order form that another edition of the publication has of its own.

    Raises NotFoundError for a model of another publication, NotAllowedError.
    """
    if model.publication_id != edition.publication_id:
        raise NotFoundError(model.pk)
    require(by, Action.EDIT, model)
    with transaction.atomic():
        edition_settings_change(by=by, edition=edition, values=own_settings(model))
        _take_over_the_rest(by, edition, model)


def _take_over_the_rest(by: User, of: Edition | Publication, model: Edition | Publication) -> None:
    if can_set_terms(by, of):
        terms_take_over(by=by, of=of, model=model)
    if can_ask(by, of):
        asked_take_over(by=by, of=of, model=model)
