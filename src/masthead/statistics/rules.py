"""The rules of counting in words: they stand beside the numbers, on screens, in files and in the documents."""

from __future__ import annotations

from typing import Final

from masthead.statistics.kinds import Measure

GENERAL_WORDS = (
    "Nobody is known by name, there are no cookies, and no network address is kept. Not counted are robots, the "
    "publisher's own staff, proofs, and files that are read without this server. Days begin at midnight by the "
    "clock of the house."
)
SIGNALS_WORDS = "Readers whose browser asks not to be followed are not counted, where it is set so."
_RULED: Final = (
    Measure.VISITS,
    Measure.VISITORS,
    Measure.PAGES,
    Measure.SECONDS,
    Measure.ARTICLES,
    Measure.SEARCHES,
    Measure.SEARCHES_EMPTY,
    Measure.LINKS,
    Measure.OVERLAYS,
    Measure.DOWNLOADS,
    Measure.SHARES,
    Measure.FEEDS,
    Measure.PRODUCTS,
    Measure.CARTS,
    Measure.FORMS_SEEN,
    Measure.FORMS,
    Measure.SIGN_INS,
    Measure.DEVICE,
    Measure.COUNTRY,
    Measure.REFERRER,
    Measure.PAGE_SECONDS,
)
_NAME_WORDS = (
    *("Visits", "Visitors of the day", "Pages seen", "Time", "Articles opened", "Searches", "Searches without a hit"),
    *("Links followed", "Opened on pages", "Downloads", "Shared", "Feeds fetched", "Products opened", "Put into carts"),
    *("Forms shown", "Forms sent", "Sign-ins"),
    *("Devices", "Countries", "Where visits come from", "Seconds on average"),
)
_RULE_WORDS = (
    "What one visitor does without a pause of more than 30 minutes. At midnight a new visit begins.",
    "Browsers told apart for one day and forgotten after it. Over several days the days are added up: who comes on "
    "three days counts three times.",
    "A page counts when it was on screen for a second or more; two pages side by side are both seen. Where no script "
    "runs, a page counts when it is sent.",
    "Counts while the window is shown and somebody did something within two minutes. Two pages side by side share it.",
    "An article counts when its text was on screen for a second or more.",
    "Words count when nobody types on; the same again within 30 seconds counts once. What looks like an address or a "
    "telephone number is not kept.",
    "Searches that found nothing.",
    "Links that lead out of the edition. The same again within 30 seconds counts once.",
    "What lies on pages and was opened there: films, sounds, pictures, pop-ups, products, forms, links to other "
    "pages. The same again within 30 seconds counts once. Where no script runs, none of it is told.",
    "Files that were begun: PDF, also of chosen pages, EPUB, text, Markdown. The same again within 30 seconds counts "
    "once.",
    "Pages or articles that were sent on from the reader. The same again within 30 seconds counts once.",
    "Programs fetch feeds by themselves, many times a day: this is no number of people.",
    "Cards and pages of products that were opened. The same again within 30 seconds counts once.",
    "Products that were put into a cart, however many of each.",
    "Forms that were opened or stood before a page. The same again within 30 seconds counts once.",
    "Forms that were filled in and sent.",
    "Readers who signed in.",
    "Visits, by what the browser says of itself. Some tablets say that they are computers.",
    "Visits, by the network address and the operator's database of countries; the address is not kept.",
    "Visits, by the site whose link led here. Without one the address was typed or kept, or the site does not tell.",
    "All the time spent on a page, divided by how often it was seen.",
)
NAMES: Final = dict(zip(_RULED, _NAME_WORDS, strict=True))
RULES: Final = dict(zip(_RULED, _RULE_WORDS, strict=True))
