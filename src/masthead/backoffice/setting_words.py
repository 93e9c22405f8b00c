"""The settings of reading in words: their names, what they mean, what their values are called."""

from __future__ import annotations

from typing import Final

from masthead import wording
from masthead.backoffice.forms import language_name
from masthead.library.inheriting import BROWSERS, SETTINGS, Origin

_NAME_WORDS = (
    *("View at the first visit", "Pages turn", "Language of the reader", "Guide at the first visit", "PDF to download"),
    *("Articles and EPUB to download", "Printing", "Reading aloud"),
    *("Sharing: copy the link", "Sharing: by the device", "Sharing: by e-mail", "Sharing: LinkedIn"),
    *(
        "Sharing: Facebook",
        "Sharing: X",
        "Sharing: WhatsApp",
        "Comments",
        "Comments are checked",
        "In frames of other sites",
        "In search engines",
    ),
    *("Robots that train language models", "Counting", "Leave out who asks for it", "Time zone"),
)
_HINT_WORDS = (
    "What somebody chooses in the reader stays chosen on their device.",
    "As bound: from the left for most languages, from the right for Arabic, Hebrew and many Japanese titles.",
    "What the reader's buttons and sentences are in; the edition's own text stays as it is.",
    "Four cards that say how to turn, zoom and search.",
    "The whole PDF. Without it, its address answers that there is nothing.",
    "The edition as an EPUB, as text and as Markdown.",
    "Pages chosen in the reader. A browser can always print what it shows.",
    "With the voices of the reader's device.",
    "The address of a page, an article or selected words.",
    "What phones and some computers offer by themselves: messages, other apps.",
    "The house sends a short mail to up to five people, with the reader's address as the one to answer.",
    *("A plain link: nothing is loaded from there, and nothing is told until somebody follows it.",) * 4,
    "Under articles and editions. Whoever may read may see them; who may write them is chosen here.",
    "Before: nobody sees a comment until a moderator has. After: what readers report waits for a moderator.",
    "Needed where the edition is embedded in your own web pages.",
    "Without it, pages ask search engines not to list them.",
    "Whether those that say who they are may come; most keep to it.",
    "Pages seen, searches, links and downloads are counted, without cookies and without knowing who reads.",
    "Whoever's browser sends Do Not Track or Global Privacy Control is not counted at all.",
    "In which times to publish and to withdraw are meant.",
)
_VALUES = (
    *("auto", "spread", "single", "scroll", "as_built", "ltr", "rtl", "browser", "yes", "no"),
    *("readers", "guests", "before", "after"),
)
_VALUE_WORDS = (
    *("Fits the window", "Two pages", "One page", "Scroll", "As the PDF says", "From the left", "From the right"),
    *("The browser's", "Yes", "No", "Who has signed in", "Everybody who confirms an address"),
    *("Before they are shown", "After they are shown"),
)
_ORIGIN_WORDS = ("the house", "the publication", "this edition")
SETTING_NAMES: Final = {setting.name: words for setting, words in zip(SETTINGS, _NAME_WORDS, strict=True)}
_HINTS = {setting.name: words for setting, words in zip(SETTINGS, _HINT_WORDS, strict=True)}
_WORD_OF_VALUE = dict(zip(_VALUES, _VALUE_WORDS, strict=True))
_WORD_OF_ORIGIN = dict(zip(Origin, _ORIGIN_WORDS, strict=True))


def hint(name: str) -> str:
    """The English sentence that says what a setting means."""
    return _HINTS[name]


def value_word(name: str, value: str, words: wording.Translator) -> str:
    """What a value is called."""
    if name == "time_zone":
        return value.replace("_", " ")
    if name == "interface_language" and value != BROWSERS:
        return language_name(value, words.language)
    return words.text(_WORD_OF_VALUE.get(value, value))


def origin_word(origin: Origin) -> str:
    """The English words for where a setting was set."""
    return _WORD_OF_ORIGIN[origin]
