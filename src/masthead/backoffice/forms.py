"""The forms of the back office: what may be typed. Rules are the services'; their refusals come back to the field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.files.uploadedfile import UploadedFile

from masthead import wording
from masthead.document.errors import MastheadError
from masthead.library.errors import ListTooLargeError, TimeMissingError, TimeTwiceError
from masthead.library.particulars import LANGUAGES
from masthead.library.selectors import Publication
from masthead.library.time_zones import time_zones
from masthead.library.zoned_times import FIRST, SECOND, moment

MOST_LIST_BYTES = 32 << 20


def list_bytes(file: UploadedFile[bytes]) -> bytes:
    """A list that was handed over, whole; raises ListTooLargeError before more of it is read than is taken."""
    data = bytes(file.read(MOST_LIST_BYTES + 1))
    if len(data) > MOST_LIST_BYTES:
        raise ListTooLargeError(f"{file.size} bytes")
    return data


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
    language = forms.ChoiceField(choices=[(code, code) for code in LANGUAGES])
    issn = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frequencies = zip(Publication.Frequency.values, map(words.text, FREQUENCY_WORDS), strict=True)
        choose(self, "frequency", frequencies)
        choose(self, "language", [(code, language_name(code, words.language)) for code in LANGUAGES])


class NewPublicationForm(PublicationForm):
    """A title that is not there yet, and which other one it is set up as."""

    set_up_as = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, words: wording.Translator, models: Iterable[Publication], **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        choose(self, "set_up_as", [("", words.text(AFRESH_WORDS)), *((one.pk, one.name) for one in models)])


AFRESH_WORDS = "Afresh"
NO_FILE_WORDS = "Choose the PDF of the issue."
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


def frequency_word(frequency: str) -> str:
    """The English words for how often a publication appears."""
    return dict(zip(Publication.Frequency.values, FREQUENCY_WORDS, strict=True)).get(frequency, frequency)


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
    """When an edition goes live and when it is withdrawn, on the clock of a time zone."""

    publish_at = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    publish_which = forms.ChoiceField(required=False)
    withdraw_at = forms.DateTimeField(required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    withdraw_which = forms.ChoiceField(required=False)
    time_zone = forms.ChoiceField()

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.twice: set[str] = set()
        choose(self, "time_zone", [(name, name.replace("_", " ")) for name in time_zones()])
        which = list(zip(("", FIRST, SECOND), map(words.text, WHICH_WORDS), strict=True))
        choose(self, "publish_which", which)
        choose(self, "withdraw_which", which)

    def clean(self) -> dict[str, Any]:
        """The times as moments: what does not exist or comes twice on that clock is said at its field."""
        cleaned = self.cleaned_data
        for field in ("publish_at", "withdraw_at"):
            typed: datetime | None = cleaned.get(field)
            if typed is None or "time_zone" not in cleaned:
                continue
            which = field.replace("_at", "_which")
            try:
                cleaned[field] = moment(typed, cleaned["time_zone"], cleaned.get(which, ""))
            except (TimeMissingError, TimeTwiceError) as error:
                if isinstance(error, TimeTwiceError):
                    self.twice.add(which)
                refuse(self, field, error, self.words.language)
            if cleaned.get(which):
                self.twice.add(which)
        return cleaned


class WithdrawForm(ScheduleForm):
    """When a live edition is withdrawn; empty: not by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_at"], self.fields["publish_which"]


WHICH_WORDS = ("Which of the two?", "The first, before clocks are put back", "The second, after clocks are put back")


def choose(form: forms.Form, field: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let a field offer these choices."""
    chosen = form.fields[field]
    assert isinstance(chosen, forms.ChoiceField)
    chosen.choices = list(choices)
