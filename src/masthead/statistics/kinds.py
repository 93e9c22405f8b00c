"""What can happen and what is counted of it: the names of events and of totals."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What an event tells."""

    OPEN = "open"  # the reader's script runs: it tells the rest
    PAGE = "page"  # a page was seen; seconds on it so far
    ARTICLE = "article"  # an article was seen as text; seconds on it so far
    TIME = "time"  # more seconds on a page or article that was told of before
    SEARCH = "search"
    LINK = "link"  # a link out of the edition was followed
    OVERLAY = "overlay"  # what lies on a page was opened over it, or a link on it to another page followed
    DOWNLOAD = "download"
    SHARE = "share"
    FEED = "feed"  # a program fetched the list of new editions
    PRODUCT = "product"  # its card or page was opened
    CART = "cart"  # a product was put into a cart
    FORM_SEEN = "form_seen"
    FORM = "form"  # it was filled in and sent
    SIGN_IN = "sign_in"


class Source(StrEnum):
    """Who tells of an event."""

    READER = "reader"  # the reader's script in the browser
    SERVER = "server"


class Access(StrEnum):
    """How somebody came to read: everybody may, or a right was needed."""

    FREE = "free"
    CONTROLLED = "controlled"


class Measure(StrEnum):
    """What totals say; those without a word in `name` first."""

    VISITS = "visits"
    VISITORS = "visitors"
    PAGES = "pages"
    ARTICLES = "articles"
    SECONDS = "seconds"
    SEARCHES = "searches"
    SEARCHES_EMPTY = "searches_empty"
    LINKS = "links"
    OVERLAYS = "overlays"
    DOWNLOADS = "downloads"
    SHARES = "shares"
    FEEDS = "feeds"
    PRODUCTS = "products"
    CARTS = "carts"
    FORMS_SEEN = "forms_seen"
    FORMS = "forms"
    SIGN_INS = "sign_ins"
    # Visits by what they have in common.
    DEVICE = "device"
    COUNTRY = "country"
    REFERRER = "referrer"
    # How often something happened to each.
    PAGE = "page"
    PAGE_SECONDS = "page_seconds"
    ARTICLE = "article"
    SEARCHED = "searched"
    SEARCHED_EMPTY = "searched_empty"
    LINK = "link"  # page, space, address
    OVERLAY = "overlay"  # page, space, the overlay's id or `page:` and the page to which a link leads
    FORMAT = "format"
    WAY = "way"  # of sharing
    PRODUCT = "product"  # by the key of its code
    CARTED = "carted"
    FORM_SEEN = "form_seen"
    FORM = "form"
    # By the rules of COUNTER; name: access, space, the article's slug.
    TOTAL_INVESTIGATIONS = "total_investigations"
    TOTAL_REQUESTS = "total_requests"
    UNIQUE_INVESTIGATIONS = "unique_investigations"
    UNIQUE_REQUESTS = "unique_requests"


# What a kind adds one to, and under which name each stands.
SUMS: Final[dict[Kind, tuple[Measure, Measure | None]]] = {
    Kind.PAGE: (Measure.PAGES, Measure.PAGE),
    Kind.ARTICLE: (Measure.ARTICLES, Measure.ARTICLE),
    Kind.SEARCH: (Measure.SEARCHES, Measure.SEARCHED),
    Kind.LINK: (Measure.LINKS, Measure.LINK),
    Kind.OVERLAY: (Measure.OVERLAYS, Measure.OVERLAY),
    Kind.DOWNLOAD: (Measure.DOWNLOADS, Measure.FORMAT),
    Kind.SHARE: (Measure.SHARES, Measure.WAY),
    Kind.FEED: (Measure.FEEDS, None),
    Kind.PRODUCT: (Measure.PRODUCTS, Measure.PRODUCT),
    Kind.CART: (Measure.CARTS, Measure.CARTED),
    Kind.FORM_SEEN: (Measure.FORMS_SEEN, Measure.FORM_SEEN),
    Kind.FORM: (Measure.FORMS, Measure.FORM),
    Kind.SIGN_IN: (Measure.SIGN_INS, None),
}
