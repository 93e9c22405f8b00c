"""What staff type of a form and of its fields, in each of its languages; whether it can be kept, services know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from masthead import wording
from masthead.backoffice.forms import choose, language_name
from masthead.forms.selectors import Form
from masthead.forms.shape import TEXTS, WITH_OPTIONS, Field, Kind, Placement
from masthead.library.particulars import LANGUAGES
from masthead.library.selectors import Edition, Publication

KIND_WORDS = (
    "One line of text",
    "A longer text",
    "E-mail address",
    "Telephone number",
    "Number",
    "Date",
    "Country",
    "One of several answers",
    "Any of several answers",
    "Consent",
)
PLACEMENT_WORDS = (
    "Before reading: pages open once it is filled in",
    "Beside a page",
    "Beside the last page",
    "Only where an area on a page opens it",
)
REACH_WORDS = ("In all editions of the publication, also later ones", "Only in the editions that are ticked")
EVERYWHERE, CHOSEN = "everywhere", "chosen"
_AREA: Final = {"rows": 3, "dir": "auto"}
_LINES: Final = {"rows": 3, "dir": "ltr"}


class FormForm(forms.Form):
    """Name, languages, words, where it is asked, and for how long answers stay."""

    name = forms.CharField(required=False, max_length=200)
    languages = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    placement = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    page = forms.CharField(required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    reach = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    editions = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    days = forms.CharField(required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    keeps_days = forms.CharField(required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    confirms_email = forms.BooleanField(required=False)
    domains = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs=_LINES))
    denied_domains = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs=_LINES))
    notify = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES))

    def __init__(
        self,
        data: Any,
        *,
        publication: Publication,
        form: Form | None,
        editions: Iterable[Edition],
        words: wording.Translator,
    ) -> None:
        spoken = form.languages if form else [publication.language]
        super().__init__(data, initial=_kept(form, spoken))
        others = [code for code in LANGUAGES if code != spoken[0]]
        offered: Any = self.fields["languages"]
        offered.choices = [(code, language_name(code, words.language)) for code in others]
        choose(self, "placement", zip(Placement, map(words.text, PLACEMENT_WORDS), strict=True))
        choose(self, "reach", zip((EVERYWHERE, CHOSEN), map(words.text, REACH_WORDS), strict=True))
        listed: Any = self.fields["editions"]
        listed.choices = [(edition.pk, edition.label) for edition in editions]
        self.spoken = list(spoken)
        for code in spoken:
            self.fields[f"title-{code}"] = _text(code, 300)
            self.fields[f"intro-{code}"] = _text(code, 3000, forms.Textarea)
            self.fields[f"button-{code}"] = _text(code, 100)
            self.fields[f"thanks-{code}"] = _text(code, 3000, forms.Textarea)

    def said(self) -> dict[str, Any]:
        """What the service is told; only after `is_valid`."""
        kept = self.cleaned_data
        return {
            "name": kept["name"],
            "languages": [self.spoken[0], *kept["languages"]],
            "texts": {code: {name: kept[f"{name}-{code}"] for name in TEXTS} for code in self.spoken},
            "placement": kept["placement"] or Placement.GATE.value,
            "page": kept["page"] or "1",
            "is_everywhere": kept["reach"] != CHOSEN,
            "days": kept["days"],
            "keeps_days": kept["keeps_days"],
            "confirms_email": kept["confirms_email"],
            **{name: _lines(kept[name]) for name in ("domains", "denied_domains", "notify")},
        }


class FieldForm(forms.Form):
    """A field: its words in each language, whether it must be answered, and the answers to choose from."""

    is_needed = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, kind: Kind, languages: Sequence[str], field: Field | None) -> None:
        initial: dict[str, Any] = {"is_needed": field.is_needed if field else kind is Kind.CONSENT}
        for code in languages if field else ():
            assert field is not None
            initial |= {f"label-{code}": field.labels.get(code, ""), f"hint-{code}": field.hints.get(code, "")}
            initial[f"options-{code}"] = "\n".join(option.labels.get(code, "") for option in field.options)
        super().__init__(data, initial=initial)
        self.kind, self.spoken = kind, list(languages)
        for code in languages:
            widget = forms.Textarea if kind is Kind.CONSENT else forms.TextInput
            self.fields[f"label-{code}"] = _text(code, 4000, widget)
            self.fields[f"hint-{code}"] = _text(code, 600)
            if kind in WITH_OPTIONS:
                self.fields[f"options-{code}"] = _text(code, 20_000, forms.Textarea, rows=6)

    def said(self) -> dict[str, Any]:
        """What the service is told; only after `is_valid`."""
        kept = self.cleaned_data
        return {
            "kind": self.kind.value,
            "is_needed": kept["is_needed"],
            "labels": {code: kept[f"label-{code}"] for code in self.spoken},
            "hints": {code: kept[f"hint-{code}"] for code in self.spoken},
            "options": {code: kept.get(f"options-{code}", "").splitlines() for code in self.spoken},
        }


def kind_word(kind: Kind) -> str:
    """The English words for what a field asks."""
    return dict(zip(Kind, KIND_WORDS, strict=True))[kind]


def placement_word(placement: str) -> str:
    """The English words for where a form is asked."""
    return dict(zip(Placement, PLACEMENT_WORDS, strict=True))[Placement(placement)]


def _kept(form: Form | None, spoken: Sequence[str]) -> dict[str, Any]:
    if form is None:
        return {"placement": "gate", "page": "1", "reach": EVERYWHERE, "days": "365", "keeps_days": "365"}
    texts = {f"{name}-{code}": form.texts.get(code, {}).get(name, "") for code in spoken for name in TEXTS}
    return {
        **texts,
        **{name: getattr(form, name) for name in ("name", "placement", "page", "days", "keeps_days", "confirms_email")},
        **{name: "\n".join(getattr(form, name)) for name in ("domains", "denied_domains", "notify")},
        "languages": form.languages[1:],
        "reach": EVERYWHERE if form.is_everywhere else CHOSEN,
        "editions": list(form.editions.values_list("pk", flat=True)),
    }


def _text(code: str, most: int, widget: type[forms.Widget] = forms.TextInput, rows: int = 3) -> forms.CharField:
    attributes = {"lang": code, "dir": wording.direction(code)}
    more = {"rows": rows} if widget is forms.Textarea else {}
    return forms.CharField(required=False, max_length=most, widget=widget(attrs={**attributes, **more}))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]
