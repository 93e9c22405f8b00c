"""How a publication looks: its logo, icon, colours, typefaces and own CSS, checked before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import choose, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library import contrast
from masthead.library.branding import (
    DEFAULT_ACCENT,
    DEFAULT_GROUND,
    FONTS,
    LARGEST_LOGO,
    SOFT_INK,
    branding_change,
    check_accent,
    check_ground,
    icon_change,
    logo_change,
    style_of,
    version_of,
)
from masthead.library.errors import (
    ColourFaintError,
    FontInvalidError,
    LogoInvalidError,
    NotFoundError,
    StyleInvalidError,
)
from masthead.library.selectors import Publication, publication_get, require
from masthead.library.typefaces import LARGEST_FACE, USES, Typeface, Use, typeface_add, typeface_remove, typefaces_of

SAVED_WORDS = "Saved."
FONT_WORDS = ("The house's own", "Without serifs", "Old style", "With fine hairlines", "With slabs", "Geometric")
COLOUR_WORDS = "A colour is written as # and six digits or letters from a to f, such as #9c2f1b."
READABLE_WORDS = "Contrast {ratio} to 1: it can be read well."
FAINT_WORDS = "Contrast {ratio} to 1: too faint to read. It must be 4.5 to 1 or more."
_LOOK = ("accent", "ground", "font", "css")
_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$")


class LookForm(forms.Form):
    """Colours, type, CSS."""

    accent = forms.CharField(required=False, max_length=7, validators=[_COLOUR])
    ground = forms.CharField(required=False, max_length=7, validators=[_COLOUR])
    font = forms.ChoiceField(required=False)
    css = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "font", zip(FONTS, map(words.text, FONT_WORDS), strict=True))
        for name in ("accent", "ground"):
            self.fields[name].validators = [RegexValidator(_COLOUR.regex, words.text(COLOUR_WORDS))]
            self.fields[name].widget.attrs.update({"dir": "ltr", "spellcheck": "false", "data-colour": name})


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def look(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Colours, type and CSS in one form, logo and icon in others."""
    found = publication_get(person, publication)
    require(person, Action.MANAGE_PUBLICATIONS, found)
    language = language_of(request)
    kept = {name: found.branding.get(name, "") for name in _LOOK}
    form = LookForm(request.POST or None, words=wording.translator(language), initial=kept)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            branding_change(by=person, publication=found, fields=said)
        except ColourFaintError as error:
            refuse(form, _faint_field(said["accent"], said["ground"]), error, language)
        except StyleInvalidError as error:
            refuse(form, "css", error, language)
            form.add_error("css", str(error.detail or ""))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("publication-look", args=[found.pk]))
    return _shown(request, found, form, kept)


@require_http_methods(["GET", "HEAD"])
@staff
def contrast_of(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """What colours that are being chosen come to: asked for while somebody types."""
    require(person, Action.MANAGE_PUBLICATIONS, publication_get(person, publication))
    accent, ground = request.GET.get("accent", ""), request.GET.get("ground", "")
    told = {name: contrast_told(name, accent, ground, language_of(request)) for name in ("accent", "ground")}
    return JsonResponse({name: {"words": said, "fine": fine} for name, (said, fine) in told.items()})


@require_POST
@staff
def logo(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Hand over a logo, or take it away."""
    return _picture(request, person, publication, request.FILES.get("logo"), logo_change)


@require_POST
@staff
def icon(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Hand over an icon of the browser's tab, or let it be made of the logo again."""
    return _picture(request, person, publication, request.FILES.get("icon"), icon_change)


def _picture(
    request: HttpRequest, person: User, publication: str, file: UploadedFile[Any] | None, change: Callable[..., None]
) -> HttpResponse:
    """Change one of the pictures, or say at it why it cannot be used."""
    found = publication_get(person, publication)
    require(person, Action.MANAGE_PUBLICATIONS, found)
    if file is None and "remove" not in request.POST:
        return HttpResponseRedirect(reverse("publication-look", args=[found.pk]))
    try:
        change(by=person, publication=found, data=file.read(LARGEST_LOGO + 1) if file else None)
    except LogoInvalidError as error:
        words = wording.translator(language_of(request))
        kept = {name: found.branding.get(name, "") for name in _LOOK}
        field = "logo" if change is logo_change else "icon"
        wrong = {f"{field}_mistake": f"{words.text(error.sentence)} {words.text(error.hint)}"}
        response = _shown(request, found, LookForm(words=words, initial=kept), kept, **wrong)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
    say(request, SAVED_WORDS)
    return HttpResponseRedirect(reverse("publication-look", args=[found.pk]))


@require_POST
@staff
def typefaces(request: HttpRequest, person: User, publication: str, use: str) -> HttpResponse:
    """Hand over typefaces for headings or text, several files at once, or take one away.

    Files that can be used are kept; of each other one its name and what is wrong with it are said.
    """
    found = publication_get(person, publication)
    require(person, Action.MANAGE_PUBLICATIONS, found)
    wanted = next((one for one in USES if one == use), None)
    if wanted is None:
        raise NotFoundError(use)
    if "remove" in request.POST:
        typeface_remove(by=person, publication=found, use=wanted, file=request.POST["remove"])
    words, mistakes = wording.translator(language_of(request)), []
    for file in request.FILES.getlist("typeface"):
        try:
            typeface_add(by=person, publication=found, use=wanted, data=file.read(LARGEST_FACE + 1))
        except FontInvalidError as error:
            mistakes.append(f"{file.name}: {words.text(error.sentence)} {words.text(error.hint)}")
    if mistakes:
        found = publication_get(person, publication)
        kept = {name: found.branding.get(name, "") for name in _LOOK}
        wrong = {"typeface_mistakes": {wanted: mistakes}}
        response = _shown(request, found, LookForm(words=words, initial=kept), kept, **wrong)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
    if request.FILES or "remove" in request.POST:
        say(request, SAVED_WORDS)
    return HttpResponseRedirect(reverse("publication-look", args=[found.pk]) + "#typefaces")


def _cuts(found: Publication, use: Use, words: wording.Translator) -> list[tuple[Typeface, str]]:
    """The typefaces of a use, each with its cut in words."""
    named = {"400": words.text("Regular"), "700": words.text("Bold")}

    def cut(one: Typeface) -> str:
        least, _, most = one.weight.partition(" ")
        weight = words.text("Weights from {least} to {most}", least=least, most=most) if most else ""
        said = [weight or named.get(one.weight) or words.text("Weight {number}", number=one.weight)]
        said += [words.text("italic")] if one.is_italic else []
        return ", ".join([*said, words.text("{count} KB", count=max(1, round(one.size / 1000)))])

    return [(one, cut(one)) for one in typefaces_of(found, use)]


def _shown(
    request: HttpRequest, found: Publication, form: LookForm, kept: Mapping[str, str], **wrong: Any
) -> HttpResponse:
    """The page, with what was wrong with a picture or a typeface."""

    def address(name: str) -> str:
        file = found.branding.get(name)
        return reverse("brand-file", args=[found.pk, file]) if file else ""

    accent, ground, language = kept["accent"], kept["ground"], language_of(request)
    style = style_of(found)
    shown: dict[str, Any] = {
        "house": found.publisher,
        "publication": found,
        "logo": address("logo"),
        "icon": address("icon"),
        "has_own_icon": bool(found.branding.get("own_icon")),
        "typefaces": {use: _cuts(found, use, wording.translator(language)) for use in USES},
        "largest_face": LARGEST_FACE // 1_000_000,
        "style": reverse("brand-style", args=[found.pk, version_of(style)]) if style else "",
        "told": {name: contrast_told(name, accent, ground, language) for name in ("accent", "ground")},
    }
    return show(request, "office/publication_look.html", form, **shown, **wrong)


def contrast_told(name: str, accent: str, ground: str, language: str) -> tuple[str, bool]:
    """In words how well a colour can be read with what it meets, and whether that is enough; "" for none."""
    words = wording.translator(language)
    behind = ground or DEFAULT_GROUND
    try:
        ratio = contrast.ratio((accent or DEFAULT_ACCENT) if name == "accent" else SOFT_INK, behind)
    except ValueError:
        return words.text(COLOUR_WORDS), False
    fine = _faint_field(accent, ground) != name
    return words.text(READABLE_WORDS if fine else FAINT_WORDS, ratio=f"{ratio:.1f}"), fine


def _faint_field(accent: str, ground: str) -> str:
    """Which of the two colours text could not be read with; "" where both are fine."""
    try:
        check_ground(ground or DEFAULT_GROUND)
    except ColourFaintError:
        return "ground"
    try:
        check_accent(accent or DEFAULT_ACCENT, ground or DEFAULT_GROUND)
    except ColourFaintError:
        return "accent"
    return ""
