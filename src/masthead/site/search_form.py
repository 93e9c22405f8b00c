"""What can be asked of the archive: words, and where they are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from babel import Locale, UnknownLocaleError
from django import forms
from django.http import QueryDict

from masthead import wording
from masthead.library.selectors import Publication
from masthead.search.asking import LONGEST
from masthead.search.engine import Kind, Order, Scope
from masthead.search.selectors import known_languages, known_sections

_FILTERS = ("publication", "from", "to", "section", "language")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that can be asked."""

    text: str
    scope: Scope
    kind: Kind
    order: Order


class SearchForm(forms.Form):
    """The fields; those of which there is nothing to choose are left out."""

    q = forms.CharField(required=False, max_length=LONGEST)
    publication = forms.ChoiceField(required=False)
    section = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    to = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    sort = forms.ChoiceField(required=False)

    def __init__(
        self,
        data: QueryDict,
        words: wording.Translator,
        publications: Sequence[Publication],
        within: Publication | None,
    ) -> None:
        super().__init__(data, auto_id="search-%s")
        self._words, self._within, self._publications = words, within, publications
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["from"] = forms.DateField(required=False, widget=widget)  # a word of the language, so not above
        choices = {
            "publication": [] if within else [(entry.slug, entry.name) for entry in publications],
            "section": known_sections(within.pk) if within else [],
            "language": [] if within else [(code, _name(code, words.language)) for code in known_languages()],
        }
        everything = {
            "publication": words.text("All publications"),
            "section": words.text("All sections"),
            "language": words.text("All languages"),
        }
        for name, found in choices.items():
            if len(found) < 2:
                del self.fields[name]
            else:
                self._choose(name, [("", everything[name]), *found])
        self._choose("sort", [("", words.text("Best first")), ("date", words.text("Newest first"))])
        for name in ("from", "to"):
            self.fields[name].error_messages["invalid"] = words.text("Write the day as 2026-11-30.")
        self.fields["q"].error_messages["max_length"] = words.text("Ask with fewer words.")
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = words.text("Choose something that is on the list.")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("from"), found.get("to")
        if first and last and first > last:
            self.add_error("to", self._words.text("The end is before the beginning."))
        return found

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words was asked for, or typed wrongly."""
        return any(self.data.get(name) for name in (*_FILTERS, "sort")) or bool(set(self.errors) - {"q"})

    def wanted(self) -> Wanted:
        """The question; only after `is_valid`."""
        said = self.cleaned_data
        by_slug = {entry.slug: entry.pk for entry in self._publications}
        publication = self._within.pk if self._within else by_slug.get(said.get("publication", ""), "")
        scope = Scope(
            publication=publication,
            first=cast(date | None, said.get("from")),
            last=cast(date | None, said.get("to")),
            section=said.get("section", ""),
            language=said.get("language", "") or (self._within.language if self._within else ""),
        )
        kind: Kind = "article" if self.data.get("in") == "articles" else "page"
        return Wanted(said["q"], scope, kind, "date" if said.get("sort") == "date" else "relevance")

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _name(code: str, language: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(language) or code
    except (UnknownLocaleError, ValueError):
        return code
