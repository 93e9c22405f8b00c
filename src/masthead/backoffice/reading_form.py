"""The form of the settings that inherit: each may be left to what stands above, which is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from masthead import wording
from masthead.backoffice.setting_words import SETTING_NAMES, hint, origin_word, value_word
from masthead.library.inheriting import Origin, all_found, choices
from masthead.library.selectors import Edition, Publication

INHERITED_WORDS = "As {origin} has it: {value}"


@dataclass(frozen=True, slots=True)
class Line:
    """A setting of the form: its name and hint in words, and whether it is set just here."""

    name: str
    label: str
    hint: str
    is_own: bool


class ReadingForm(forms.Form):
    """One choice for each setting; the first, empty one inherits."""

    def __init__(self, *args: Any, of: Edition | Publication, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Origin.EDITION if isinstance(of, Edition) else Origin.PUBLICATION
        self.lines: list[Line] = []
        for found in all_found(of):
            above = words.text(
                INHERITED_WORDS,
                origin=words.text(origin_word(found.inherited_from)),
                value=value_word(found.name, found.inherited, words),
            )
            values = [(value, value_word(found.name, value, words)) for value in choices(found.name)]
            is_own = found.origin == here
            self.fields[found.name] = forms.ChoiceField(
                required=False, choices=[("", above), *values], initial=found.value if is_own else ""
            )
            name, what = words.text(SETTING_NAMES[found.name]), words.text(hint(found.name))
            self.lines.append(Line(found.name, name, what, is_own))
