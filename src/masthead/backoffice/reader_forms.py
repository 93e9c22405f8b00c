"""Forms for readers, subscriptions and access codes."""

from __future__ import annotations

from typing import Any

from django import forms

from masthead import wording
from masthead.access.subscribing import Subscription
from masthead.backoffice.forms import choose
from masthead.library.selectors import Edition, Publication

KIND_WORDS = (
    "Traditional: issues dated within the period, and they are kept",
    "Club: every issue, while it runs",
    "Whole: every issue, and those up to its end are kept",
)
STATE_WORDS = ("All", "A subscription runs", "Ends within 30 days", "It is over", "Never had one")


def kind_word(kind: str) -> str:
    """The English words for a kind of subscription."""
    return dict(zip(Subscription.Kind.values, KIND_WORDS, strict=True)).get(kind, kind)


def _day_field(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class InviteForm(forms.Form):
    """A reader who gets a mail."""

    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(required=False, max_length=120)


class ReaderForm(forms.Form):
    """What the publisher knows of a reader."""

    number = forms.CharField(required=False, max_length=60)
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class PeriodForm(forms.Form):
    """A period of a subscription."""

    subscription = forms.ChoiceField()
    starts = _day_field()
    ends = _day_field(required=False)

    def __init__(self, *args: Any, subscriptions: list[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "subscription", [(row.pk, row.name) for row in subscriptions if row.closed_at is None])


class PermissionForm(forms.Form):
    """A permission for an edition."""

    edition = forms.ChoiceField()
    days = forms.IntegerField(required=False, min_value=1, max_value=36_500)

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "edition", [(row.pk, str(row)) for row in editions])


class SubscriptionForm(forms.Form):
    """A product that readers have."""

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    publications = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    grace_days = forms.IntegerField(min_value=0, max_value=366, initial=0)
    device_limit = forms.IntegerField(min_value=0, max_value=100, initial=0)
    reminder_days = forms.IntegerField(min_value=0, max_value=366, initial=14)
    is_closed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, publications: list[Publication], words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", zip(Subscription.Kind.values, map(words.text, KIND_WORDS), strict=True))
        offered: Any = self.fields["publications"]
        offered.choices = [(row.pk, row.name) for row in publications]


class CodesForm(forms.Form):
    """A batch of access codes."""

    name = forms.CharField(max_length=120)
    opens = forms.ChoiceField()
    number = forms.IntegerField(min_value=1, max_value=10_000, initial=1)
    uses = forms.IntegerField(min_value=1, max_value=1_000_000, initial=1)
    days = forms.IntegerField(required=False, min_value=1, max_value=36_500)
    expires = _day_field(required=False)

    def __init__(self, *args: Any, subscriptions: list[Subscription], editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [(f"s-{row.pk}", row.name) for row in subscriptions if row.closed_at is None]
        self.offered += [(f"e-{row.pk}", str(row)) for row in editions]
        choose(self, "opens", self.offered)


class ListForm(forms.Form):
    """A list of subscribers."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
