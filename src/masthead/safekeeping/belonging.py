"""Which rows belong to a publisher, table by table, and which never leave with it, and why.

Every table of the house stands in one of the two lists; a test compares them with the tables that there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_EDITION: Final = "edition__publication__publisher"

# The table, and how its rows name the publisher: a path of the framework's lookups that ends with the publisher's id.
BELONGING: Final[Mapping[str, str]] = {
    "accounts.Publisher": "id",
    "accounts.Staff": "publisher",
    "accounts.Invitation": "publisher",
    "accounts.LogEntry": "publisher",
    "webhooks.Webhook": "publisher",
    "library.Publication": "publisher",
    "library.Shelf": "publisher",
    "library.Shelf_publications": "shelf__publisher",
    "library.Category": "publisher",
    "library.Edition": "publication__publisher",
    "library.Edition_categories": "category__publisher",
    "library.Build": _EDITION,
    "production.Upload": "publisher",
    "production.Conversion": "publisher",
    "production.Correction": _EDITION,
    "production.TemplateRule": "publication__publisher",
    "production.AccessibilityStatement": "publication__publisher",
    "production.LinkChange": _EDITION,
    "production.LinkCheck": _EDITION,
    "production.LinkRound": _EDITION,
    "production.Overlay": _EDITION,
    "production.OverlayFile": _EDITION,
    "production.AdvertisementAlarm": f"overlay__{_EDITION}",
    "production.AdvertisementRefusal": _EDITION,
    "access.ProofLink": _EDITION,
    "access.Reader": "publisher",
    "access.Subscription": "publisher",
    "access.Subscription_publications": "subscription__publisher",
    "access.Period": "subscription__publisher",
    "access.Permission": _EDITION,
    "access.AccessCode": "publisher",
    "access.CodeUse": "code__publisher",
    "access.EmailEntry": "publisher",
    "access.IdentityProvider": "publisher",
    "access.SiteKey": "provider__publisher",
    "access.Identity": "provider__publisher",
    "access.Identity_periods": "identity__provider__publisher",
    "annotations.Notebook": _EDITION,
    "annotations.Annotation": f"notebook__{_EDITION}",
    "sharing.RecipientLink": _EDITION,
    "sharing.RecipientVisit": f"link__{_EDITION}",
    "orders.Product": "publication__publisher",
    "orders.OrderBook": "publisher",
    "orders.Order": "publisher",
    "orders.OrderLine": "order__publisher",
    "orders.PriceList": "publication__publisher",
    "orders.PriceList_subscriptions": "subscription__publisher",
    "orders.ListPrice": "price_list__publication__publisher",
    "orders.ProductFeed": "publication__publisher",
    "orders.FeedRun": "feed__publication__publisher",
    "orders.Checkout": "publication__publisher",
    "orders.OrderForm": "publication__publisher",
    "comments.Comment": _EDITION,
    "comments.Report": f"comment__{_EDITION}",
    "comments.HeldWord": "publisher",
    "comments.Blocked": "publisher",
    "comments.Moderator": "publisher",
    "forms.Form": "publication__publisher",
    "forms.Form_editions": "form__publication__publisher",
    "forms.Answer": "form__publication__publisher",
    "statistics.Day": "publisher",
    "statistics.Total": "publisher",
}

# Of these, those that are the readers' own: no publisher reads them. They leave only where the operator says so.
OF_READERS: Final = frozenset({"annotations.Notebook", "annotations.Annotation"})

PEOPLE: Final = "accounts.User"  # of them those whom a row of the publisher names

_PASSING: Final = "is over when the work of a moment is done"
_SIGN_IN: Final = "how people show who they are is theirs, and worth nothing elsewhere"
_FRAMEWORK: Final = "the framework's own; the house keeps nothing in it"
_COUNTED: Final = "visitors of a day, who must not be known again: the totals are taken out"

STAYING: Final[Mapping[str, str]] = {
    "auth.Permission": _FRAMEWORK,
    "auth.Group": _FRAMEWORK,
    "auth.Group_permissions": _FRAMEWORK,
    "contenttypes.ContentType": _FRAMEWORK,
    "sessions.Session": _SIGN_IN,
    "account.EmailAddress": _SIGN_IN,
    "account.EmailConfirmation": _SIGN_IN,
    "mfa.Authenticator": _SIGN_IN,
    "usersessions.UserSession": _SIGN_IN,
    "accounts.Token": _SIGN_IN,
    "access.Device": _SIGN_IN,
    "access.IdentitySession": _SIGN_IN,
    "access.SignInTry": _SIGN_IN,
    "outbox.Message": _PASSING,
    "orders.Cart": "what somebody has chosen and not sent is theirs",
    "safekeeping.Leaving": _PASSING,
    "api.KeptAnswer": _PASSING,
    "production.Arrival": _PASSING,
    "production.OverlayStep": _PASSING,
    "sharing.Letter": _PASSING,
    "sharing.Counted": "hashes of addresses, of the whole house",
    "sharing.Refusal": "hashes of addresses, of the whole house",
    "statistics.Event": _COUNTED,
    "statistics.Salt": _COUNTED,
}

# Columns that stay here: secrets, and what only this house's own doings need.
HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "accounts.User": frozenset({"password"}),
    "access.EmailEntry": frozenset({"code", "tries"}),
    "access.IdentityProvider": frozenset({"client_secret", "own_keys"}),
    "production.Conversion": frozenset({"options", "worker", "lease_until"}),  # options may hold a PDF's password
    "comments.Comment": frozenset({"visitor"}),
    "comments.Report": frozenset({"who"}),
    "annotations.Annotation": frozenset({"applied"}),
    "sharing.RecipientVisit": frozenset({"batches"}),
    "orders.Order": frozenset({"key", "content"}),
    "forms.Answer": frozenset({"key", "content", "words"}),
}
