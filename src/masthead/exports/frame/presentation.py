"""How an edition is shown where it is served: what readers may do, how pages lie at first, and whose look it wears."""

from __future__ import annotations

from dataclasses import dataclass, replace

from masthead import wording


@dataclass(frozen=True, slots=True)
class Presentation:
    """Everything is allowed and nothing is branded where nobody says otherwise, as in a folder of files."""

    direction: str = ""  # ltr, rtl; empty: as the build says
    view: str = ""  # auto, spread, single, scroll: at the first visit; empty: auto
    without: str = ""  # what readers cannot do, with spaces: guide, print, aloud
    downloads: bool = True
    indexed: bool = True  # search engines may list it
    style: str = ""  # address of a style sheet
    logo: str = ""  # address of a picture, and what it says
    logo_text: str = ""
    icon: str = ""  # address of a PNG; empty: the program's own
    annotations: str = ""  # where devices of those who sign in synchronise what they add; empty: on the device only
    strings: str = ""  # address of the reader's sentences where some are said in another way
    own_words: tuple[tuple[str, str], ...] = ()  # those sentences
    share: str = ""  # address of the page on which something of it is shared; empty: nothing can be
    comments: str = ""  # address of the page with the comments; empty: there are none
    cart: str = ""  # address of the page with what the visitor wants to order; empty: nothing can be
    parts: str = ""  # address at which chosen pages are had as a PDF; empty: nowhere
    counting: str = ""  # address that is told what is read; empty: nothing is counted
    offline: str = ""  # address of the worker that opens what is kept on a device; empty: nothing can be kept
    offline_days: int = 0  # for how many days it opens without a connection; 0: for ever

    def worn_from(self, folder: str) -> Presentation:
        """The same with the files that it wears in a folder, where it says their names alone."""
        style, logo, icon, strings = (
            f"{folder}{name}" if name else "" for name in (self.style, self.logo, self.icon, self.strings)
        )
        return replace(self, style=style, logo=logo, icon=icon, strings=strings)

    def words(self, language: str) -> wording.Translator:
        """The sentences of the interface, said as the publication says them."""
        words = wording.translator(language)
        return replace(words, singular={**words.singular, **dict(self.own_words)}) if self.own_words else words


PLAIN = Presentation()
