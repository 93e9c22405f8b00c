"""The form of the terms of reading: ways in, free pages, lists, frames; an edition says which of them are its own."""

from __future__ import annotations

from typing import Any

from django import forms

from masthead import wording
from masthead.access.terms import ALL, ANY, LISTED, PARTS, UNLISTED, Way, terms_of
from masthead.backoffice.forms import choose
from masthead.backoffice.terms_words import WAY_NAME_WORDS, WAYS
from masthead.library.selectors import Edition, Publication

PART_WORDS = ("Ways in", "Free pages", "On lists or not", "Only in named sites")
NEED_WORDS = ("One of them is enough", "All of them are needed")
LISTING_WORDS = ("On the shelves, in feeds and in the search", "Only found by its address")
MISTAKE_WORDS = (
    "Give the password that opens it.",
    "Write one network a line, such as 192.0.2.0/24 or 2001:db8::/32.",
    "Write one domain a line, such as example.org.",
    "Write one domain a line, such as example.org.",
    "Write pages as in 1-3, 8.",
    "Write one site a line, such as https://example.org, without a path.",
)
_FIELDS = ("password", "ranges", "domains", "denied_domains", "free", "sites")


class TermsForm(forms.Form):
    """All of the terms; lists are written a line each."""

    own = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    ways = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    need = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    password = forms.CharField(
        required=False, max_length=200, strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    ranges = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}))
    domains = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}))
    denied_domains = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"})
    )
    free = forms.CharField(required=False, max_length=500, widget=forms.TextInput(attrs={"dir": "ltr"}))
    listing = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    sites = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}))

    def __init__(self, data: Any, *, of: Edition | Publication, words: wording.Translator) -> None:
        terms = terms_of(of)
        kept = {
            "own": [part for part in PARTS if part in of.terms],
            "ways": list(terms.ways),
            "need": terms.need,
            "ranges": "\n".join(terms.ranges),
            "domains": "\n".join(terms.domains),
            "denied_domains": "\n".join(terms.denied_domains),
            "free": str(terms.free),
            "listing": LISTED if terms.is_listed else UNLISTED,
            "sites": "\n".join(terms.sites),
        }
        super().__init__(data, initial=kept)
        self._words, self._is_edition = words, isinstance(of, Edition)
        offered: Any = self.fields["own"]
        offered.choices = list(zip(PARTS, map(words.text, PART_WORDS), strict=True))
        ways: Any = self.fields["ways"]
        ways.choices = [(str(way), words.text(name)) for way, name in zip(WAYS, WAY_NAME_WORDS, strict=True)]
        choose(self, "need", zip((ANY, ALL), map(words.text, NEED_WORDS), strict=True))
        choose(self, "listing", zip((LISTED, UNLISTED), map(words.text, LISTING_WORDS), strict=True))

    def parts(self) -> dict[str, Any]:
        """The parts that are set here, as `terms_set` takes them; only after `is_valid`."""
        said = self.cleaned_data
        ways = {
            "ways": [Way(way) for way in said["ways"]],
            "need": said["need"] or ANY,
            "ranges": _lines(said["ranges"]),
            "domains": _lines(said["domains"]),
            "denied_domains": _lines(said["denied_domains"]),
        }
        every: dict[str, Any] = {
            "ways": ways,
            "free": said["free"].strip(),
            "listing": said["listing"] or LISTED,
            "sites": _lines(said["sites"]),
        }
        if self._is_edition:
            return {name: value for name, value in every.items() if name in said["own"]}
        return every

    def refuse_terms(self, name: str) -> None:
        """Say what is wrong at the field that it is about."""
        words = dict(zip(_FIELDS, MISTAKE_WORDS, strict=True)).get(name)
        self.add_error(name if words else None, self._words.text(words) if words else name)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]
