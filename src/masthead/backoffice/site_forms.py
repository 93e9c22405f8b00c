"""Forms for a publisher's own site that lets its readers in: its particulars, its keys, and links to try."""

from __future__ import annotations

from typing import Any

from django import forms

from masthead.backoffice.identity_forms import MappedForm


class NewSiteForm(forms.Form):
    """A site by its name."""

    name = forms.CharField(max_length=120)


class SiteForm(MappedForm):
    """All that can be said of a site; what it tells has fixed names."""

    name = forms.CharField(max_length=120)
    address = forms.CharField(
        required=False, max_length=1000, widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email_attribute", "name_attribute", "groups_attribute"):
            del self.fields[name]


class KeyForm(forms.Form):
    """A key, by what has it."""

    key_name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class TryLinkForm(forms.Form):
    """A link to look at, without using it up."""

    link = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}))
