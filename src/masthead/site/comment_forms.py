"""The forms under comments: to write one, to say it in other words, to report one."""

from __future__ import annotations

from typing import Any

from django import forms

from masthead import wording
from masthead.accounts.selectors import Person
from masthead.comments.checking import LONGEST, LONGEST_NAME
from masthead.comments.selectors import Report, last_name_of

REASON_WORDS = (
    "Advertising or spam",
    "Insult or hate",
    "It seems unlawful",
    "It tells private things of somebody",
    "Something else",
)
_TEXT = {"rows": 4, "dir": "auto", "maxlength": LONGEST}


class CommentForm(forms.Form):
    """A name, the words, and whether mails shall tell of answers. Guests also give an address, which is not shown."""

    name = forms.CharField(
        max_length=LONGEST_NAME + 50, widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"})
    )
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))
    text = forms.CharField(max_length=4 * LONGEST, widget=forms.Textarea(attrs=_TEXT))
    wants_mail = forms.BooleanField(required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            del self.fields["email"]
            self.fields["name"].initial = last_name_of(person) or person.name


class ChangeForm(forms.Form):
    """The same in other words."""

    text = forms.CharField(max_length=4 * LONGEST, widget=forms.Textarea(attrs=_TEXT))


class ReportForm(forms.Form):
    """Why a comment should not be there."""

    reason = forms.ChoiceField(widget=forms.RadioSelect)
    words = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = zip(Report.Reason.values, map(words.text, REASON_WORDS), strict=True)
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined]
