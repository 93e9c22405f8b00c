"""The forms of the back office: what may be typed. Rules are the services'; their refusals come back to the field."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password

from masthead import wording
from masthead.document.errors import MastheadError
from masthead.library.selectors import Publication

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "tr", "ar", "he", "ja", "zh")


def refuse(form: forms.Form, field: str | None, error: MastheadError, language: str) -> None:
    """Say a service's refusal at the field it is about."""
    words = wording.translator(language)
    form.add_error(field, f"{words.text(error.sentence)} {words.text(error.hint)}")


class SetUpForm(forms.Form):
    """The first owner and the name of the house."""

    house = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class PublicationForm(forms.Form):
    """A new title."""

    name = forms.CharField(max_length=120)
    slug = forms.CharField(max_length=60, required=False)
    frequency = forms.ChoiceField(initial=Publication.Frequency.MONTHLY)
    language = forms.ChoiceField(choices=[(code, code) for code in _LANGUAGES])
    issn = forms.RegexField(r"^\d{4}-\d{3}[\dXx]$", required=False, max_length=9)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issn"].error_messages["invalid"] = words.text(ISSN_WORDS)
        frequency, language = self.fields["frequency"], self.fields["language"]
        assert isinstance(frequency, forms.ChoiceField)
        assert isinstance(language, forms.ChoiceField)
        frequency.choices = [
            (value, words.text(said)) for value, said in zip(Publication.Frequency.values, FREQUENCY_WORDS, strict=True)
        ]
        language.choices = [(code, language_name(code, words.language)) for code in _LANGUAGES]


NO_FILE_WORDS = "Choose the PDF of the issue."
ISSN_WORDS = "An ISSN has eight digits, such as 1234-5678; the last one may be an X."
FREQUENCY_WORDS = (
    "Daily",
    "Weekly",
    "Every two weeks",
    "Monthly",
    "Every two months",
    "Quarterly",
    "Yearly",
    "At no fixed time",
)


def language_name(code: str, language: str) -> str:
    """The name of a language in another one."""
    from babel import Locale  # noqa: PLC0415 - its data is large and only needed here

    return Locale.parse(code).get_display_name(language) or code


class FileForm(forms.Form):
    """A PDF: sent with the form, or named by the upload that brought it before."""

    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}))
    arrival = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput())
    password = forms.CharField(
        required=False, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True)
    )

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = words

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("arrival") and "file" not in self.errors:
            self.add_error("file", self._words.text(NO_FILE_WORDS))
        return self.cleaned_data


class UploadForm(FileForm):
    """A PDF and what it is an issue of."""

    label = forms.CharField(max_length=120)
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ScheduleForm(forms.Form):
    """When an edition goes live and when it is withdrawn, in a time zone."""

    publish_at = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    withdraw_at = forms.DateTimeField(required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    time_zone = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]

    def moment(self, field: str) -> datetime | None:
        """The time of a field as it was meant: on the clock of the chosen zone."""
        value: datetime | None = self.cleaned_data.get(field)
        return value.replace(tzinfo=ZoneInfo(self.cleaned_data["time_zone"])) if value else None
