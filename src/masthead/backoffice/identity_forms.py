"""Forms for identity providers."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from masthead import wording
from masthead.access.subscribing import Subscription

NEITHER_WORDS = "Choose the file with the metadata, or type its address."
_PREFIX = "groups-"


class NewProviderForm(forms.Form):
    """An identity provider by its metadata."""

    name = forms.CharField(max_length=120)
    address = forms.CharField(
        required=False, max_length=500, widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"})
    )
    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml"}))

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("address") and "file" not in self.errors:
            self.add_error("address", self.words.text(NEITHER_WORDS))
        return self.cleaned_data

    def metadata(self) -> bytes:
        """What the file holds; b"" without one."""
        file = self.cleaned_data.get("file")
        return bytes(file.read((4 << 20) + 1)) if file else b""


class NewOpenIdForm(forms.Form):
    """An OpenID provider by its issuer."""

    name = forms.CharField(max_length=120)
    address = forms.CharField(max_length=500, widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}))


class MappedForm(forms.Form):
    """What a publisher makes of what an identity provider says."""

    email_attribute = forms.CharField(required=False, max_length=255, widget=forms.TextInput(attrs={"dir": "ltr"}))
    name_attribute = forms.CharField(required=False, max_length=255, widget=forms.TextInput(attrs={"dir": "ltr"}))
    groups_attribute = forms.CharField(required=False, max_length=255, widget=forms.TextInput(attrs={"dir": "ltr"}))
    is_on = forms.BooleanField(required=False)
    asks_second_step = forms.BooleanField(required=False)
    domains = forms.CharField(required=False, max_length=2000, widget=forms.TextInput(attrs={"dir": "ltr"}))

    def clean_domains(self) -> list[str]:
        """The domains in small letters, without what stands before an @."""
        parts = re.split(r"[\s,;]+", self.cleaned_data["domains"])
        return sorted({one.rpartition("@")[2].lower() for one in parts if one.rpartition("@")[2]})

    def __init__(self, *args: Any, subscriptions: list[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = [(f"{_PREFIX}{row.pk}", row.name) for row in subscriptions]
        for name, _ in self.given:
            widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
            self.fields[name] = forms.CharField(required=False, max_length=4000, widget=widget)

    def groups(self) -> dict[str, list[str]]:
        """The groups that have each subscription, by its id."""
        parts = {name: re.split(r"[\n,;]", self.cleaned_data[name]) for name, _ in self.given}
        named = {name: [" ".join(one.split()) for one in ones] for name, ones in parts.items()}
        return {name.removeprefix(_PREFIX): [one for one in ones if one] for name, ones in named.items()}


class ProviderForm(MappedForm, NewProviderForm):
    """All that can be said of an identity provider that speaks SAML."""

    takes_unasked = forms.BooleanField(required=False)
    signs_requests = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data  # without a file and an address the metadata stays as it is


class OpenIdForm(MappedForm, NewOpenIdForm):
    """All that can be said of an OpenID provider."""

    client_id = forms.CharField(
        required=False, max_length=255, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    client_secret = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )


def said_groups(groups: dict[str, list[str]]) -> dict[str, str]:
    """The groups as the form has them."""
    return {f"{_PREFIX}{pk}": ", ".join(names) for pk, names in groups.items()}
