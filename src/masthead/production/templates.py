"""A publication's template: what its corrections taught, which of it is on, and what the next conversion is given."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.document.template import TemplateRule as Rule
from masthead.document.template import rule_from_json, rule_to_json
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, Publication, require
from masthead.library.telling import step_log
from masthead.production.models import TemplateRule

log = logging.getLogger("masthead.production")


def template_of(publication_id: str) -> tuple[Rule, ...]:
    """The rules that are on, the latest first: it wins where two are about the same."""
    rows = TemplateRule.objects.filter(publication=publication_id, is_on=True).order_by("-created_at")
    found = [(row, rule_of(row)) for row in rows]
    return tuple(rule for _, rule in found if rule is not None)


def rule_list(publication: Publication) -> QuerySet[TemplateRule]:
    """All rules of a publication that was already given to somebody who may see it; the latest first."""
    return TemplateRule.objects.filter(publication=publication).select_related("edition").order_by("-created_at")


def rule_of(row: TemplateRule) -> Rule | None:
    """What a row says; None where this version does not understand it."""
    try:
        return rule_from_json(row.data)
    except ValueError:
        log.warning("template rule %s is not understood", row.pk)
        return None


def template_learn(*, edition_id: str, rules: Sequence[Rule]) -> None:
    """Keep what an edition's corrections teach; what only this edition taught and does not any more is forgotten.

    A rule that somebody switched off stays off, however often it is taught.
    """
    edition = Edition.with_deleted.select_related("publication").get(pk=edition_id)
    keys = {rule.key: rule for rule in rules}
    own = TemplateRule.objects.filter(publication=edition.publication)
    own.filter(edition=edition, times=1, is_on=True).exclude(key__in=keys).delete()
    for key, rule in keys.items():
        row, is_new = TemplateRule.objects.get_or_create(
            publication=edition.publication, key=key, defaults={"data": rule_to_json(rule), "edition": edition}
        )
        if not is_new and row.edition_id != edition.pk:
            TemplateRule.objects.filter(pk=row.pk).update(times=row.times + 1, edition=edition)


def rule_switch(*, by: User, publication: Publication, rule_id: str, is_on: bool) -> None:
    """Let the next conversions heed a rule, or not. Raises NotAllowedError, NotFoundError."""
    row = _row(by, publication, rule_id)
    with transaction.atomic():
        row.is_on = is_on
        row.save(update_fields=["is_on"])
        _log(by, publication, row, {"rule": "on" if is_on else "off"})


def rule_remove(*, by: User, publication: Publication, rule_id: str) -> None:
    """Forget a rule; corrections may teach it again. Raises NotAllowedError, NotFoundError."""
    row = _row(by, publication, rule_id)
    with transaction.atomic():
        _log(by, publication, row, {"rule": "removed"})
        row.delete()


def _row(by: User, publication: Publication, rule_id: str) -> TemplateRule:
    require(by, Action.EDIT, publication)
    found = TemplateRule.objects.filter(publication=publication, pk=rule_id).first()
    if found is None:
        raise NotFoundError(rule_id)
    return found


def _log(by: User, publication: Publication, row: TemplateRule, after: dict[str, str]) -> None:
    said = " ".join(str(row.data.get(name, "")) for name in ("words", "font", "role"))
    step_log(by, "publication.template", publication, {}, {"about": " ".join(said.split()), **after})
