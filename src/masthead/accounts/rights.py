"""The one table of rights: which role may do what. Whoever asks goes through `selectors.can`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is on the staff of a publisher, for all of it or for one publication or shelf."""

    OWNER = "owner"
    EDITOR = "editor"
    SHOP = "shop"
    SUBSCRIPTIONS = "subscriptions"
    REPORTS = "reports"


class Action(StrEnum):
    """What staff can do."""

    VIEW = "view"  # see publications and editions in the back office, preview what is not live
    EDIT = "edit"  # upload, convert, correct, change particulars of editions
    PUBLISH = "publish"  # make live, schedule, withdraw
    MANAGE_PUBLICATIONS = "manage_publications"  # make and set up publications, shelves, categories
    MANAGE_STAFF = "manage_staff"  # invite staff, give and take roles
    MANAGE_SHOP = "manage_shop"  # products and orders
    MANAGE_READERS = "manage_readers"  # readers, subscriptions, permissions
    MANAGE_FORMS = "manage_forms"  # forms that readers fill in, and where they meet them
    VIEW_ANSWERS = "view_answers"  # read, export and erase what readers answered
    VIEW_REPORTS = "view_reports"  # statistics
    VIEW_SALES = "view_sales"  # of the statistics, those of what is sold
    VIEW_LOG = "view_log"  # who did what
    USE_API = "use_api"  # make tokens by which programs act in one's own name
    MODERATE = "moderate"  # decide on what readers comment
    MANAGE_WEBHOOKS = "manage_webhooks"  # which other programs are told what happens
    TAKE_OUT = "take_out"  # everything of the publisher, as one file


_ALL: Final = frozenset(Role)
_OWNER: Final = frozenset({Role.OWNER})
_EDITORS: Final = frozenset({Role.OWNER, Role.EDITOR})

RIGHTS: Final[dict[Action, frozenset[Role]]] = {
    Action.VIEW: _ALL,
    Action.EDIT: _EDITORS,
    Action.PUBLISH: _EDITORS,
    Action.MANAGE_PUBLICATIONS: _OWNER,
    Action.MANAGE_STAFF: _OWNER,
    Action.MANAGE_SHOP: frozenset({Role.OWNER, Role.SHOP}),
    Action.MANAGE_READERS: frozenset({Role.OWNER, Role.SUBSCRIPTIONS}),
    Action.MANAGE_FORMS: _EDITORS,
    Action.VIEW_ANSWERS: frozenset({Role.OWNER, Role.EDITOR, Role.SUBSCRIPTIONS}),
    Action.VIEW_REPORTS: frozenset({Role.OWNER, Role.EDITOR, Role.REPORTS}),
    Action.VIEW_SALES: frozenset({Role.OWNER, Role.EDITOR, Role.REPORTS, Role.SHOP}),
    Action.VIEW_LOG: _OWNER,
    Action.USE_API: _EDITORS,
    Action.MODERATE: _EDITORS,
    Action.MANAGE_WEBHOOKS: _OWNER,
    Action.TAKE_OUT: _OWNER,
}
