"""How a publication looks: logo, colours, type, CSS, words and domain; kept, checked, made into one style."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library import contrast, own_css
from masthead.library.errors import DomainInvalidError, LogoInvalidError, SlugTakenError
from masthead.library.models import Publication
from masthead.library.own_words import SENTENCES
from masthead.library.selectors import require
from masthead.library.telling import step_log
from masthead.library.typefaces import FAMILIES, typeface_files, typeface_rules, typefaces_of
from masthead.pictures.logos import LogoError, favicon, logo

# Type that devices have: nothing is fetched. The first is the design language's own.
FONTS: Final = {
    "": "",
    "sans": "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', sans-serif",
    "old_style": "'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, 'Noto Naskh Arabic', serif",
    "didone": "Didot, 'Bodoni MT', 'Noto Serif Display', 'URW Palladio L', P052, 'Noto Naskh Arabic', serif",
    "slab": "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', 'Sitka Small', 'Noto Naskh Arabic', serif",
    "geometric": "Avenir, Montserrat, Corbel, 'URW Gothic', 'Noto Sans Arabic', sans-serif",
}
# What the design language writes on grounds, and the grounds that an accent is written on (see tokens.css).
_INK, SOFT_INK, _SURFACE, _PRESSED, _NIGHT = "#1d1b18", "#5b574f", "#fbfaf8", "#ebe8e2", "#292825"
_SURFACE_AT_NIGHT = "#1f1e1c"
# The design language's own type of editions (see tokens.css), behind typefaces that a publication brings along.
_DEVICES_OWN = "'Iowan Old Style', Charter, 'Source Serif 4', 'Noto Serif', Georgia, 'Noto Naskh Arabic', serif"
DEFAULT_ACCENT, DEFAULT_GROUND = "#9c2f1b", "#e9e7e2"
LARGEST_LOGO = 2 << 20  # bytes
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")


def branding_change(*, by: User, publication: Publication, fields: Mapping[str, str]) -> None:
    """Colours, type and CSS; "" is the house's own.

    Raises NotAllowedError, ColourFaintError, StyleInvalidError.
    """
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    wanted = {name: str(fields.get(name, "")) for name in ("accent", "ground", "font", "css")}
    check_accent(wanted["accent"] or DEFAULT_ACCENT, wanted["ground"] or DEFAULT_GROUND)
    check_ground(wanted["ground"] or DEFAULT_GROUND)
    if wanted["font"] not in FONTS:
        wanted["font"] = ""
    own_css.safe(wanted["css"])
    _keep(by, publication, "publication.branding", wanted)


def check_accent(accent: str, ground: str) -> None:
    """Raise ColourFaintError where links could not be read: on the ground, on surfaces, on what is pressed."""
    for behind in (ground, _SURFACE, _PRESSED):
        contrast.require(accent, behind)


def check_ground(ground: str) -> None:
    """Raise ColourFaintError where text could not be read on it."""
    for ink in (_INK, SOFT_INK):
        contrast.require(ink, ground)


def logo_change(*, by: User, publication: Publication, data: bytes | None) -> None:
    """Another logo, and the icon made of it; None takes it away. Raises NotAllowedError, LogoInvalidError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    kept = {"logo": _drawn(publication, data, logo)}
    if not publication.branding.get("own_icon"):
        kept["icon"] = _drawn(publication, data, favicon)
    _keep(by, publication, "publication.logo", kept)


def icon_change(*, by: User, publication: Publication, data: bytes | None) -> None:
    """An icon of its own for the browser's tab; None: the one that is made of the logo, if there is a logo.

    Raises NotAllowedError, LogoInvalidError.
    """
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    made_of = brand_file(publication, publication.branding.get("logo", "")) if data is None else data
    icon = _drawn(publication, made_of, favicon)
    _keep(by, publication, "publication.icon", {"icon": icon, "own_icon": "" if data is None else icon})


def branding_take_over(*, by: User, publication: Publication, model: Publication) -> None:
    """Look and own words of another publication, with the files that they need. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    for name in worn_by(model):
        place = f"brand/{publication.pk}/{name}"
        data = brand_file(model, name)
        if data is not None and not default_storage.exists(place):
            default_storage.save(place, ContentFile(data))
    with transaction.atomic():
        current = Publication.objects.select_for_update().get(pk=publication.pk)
        if current.branding == model.branding:
            return
        current.branding = dict(model.branding)
        current.save()
        step_log(by, "publication.take_over", current, {}, {"publications": [model.name]})


def words_change(*, by: User, publication: Publication, language: str, words: Mapping[str, str]) -> None:
    """Sentences of the interface said in another way, in one language; only those of SENTENCES can be.

    Raises NotAllowedError.
    """
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    if language not in wording.languages():
        raise TypeError(language)
    kept = {sentence: said.strip() for sentence, said in words.items() if said.strip() and sentence in SENTENCES}
    own = {**publication.branding.get("words", {}), language: kept}
    _keep(by, publication, "publication.words", {"words": {tag: said for tag, said in own.items() if said}})


def domain_change(*, by: User, publication: Publication, domain: str) -> None:
    """The publication's own domain; "" takes it away. Raises NotAllowedError, DomainInvalidError, SlugTakenError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    wanted = domain_checked(domain)
    before = publication.domain or ""
    if wanted == before:
        return
    try:
        with transaction.atomic():
            Publication.objects.filter(pk=publication.pk).update(domain=wanted or None)
            step_log(by, "publication.domain", publication, {"domain": before}, {"domain": wanted})
    except IntegrityError as error:
        raise SlugTakenError(wanted) from error
    publication.domain = wanted or None


def domain_checked(typed: str) -> str:
    """The name as it stands in DNS; raises DomainInvalidError for what is none, or the house's own."""
    name = typed.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/.")
    if not name:
        return ""
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise DomainInvalidError(typed) from error
    if not _HOST.fullmatch(name) or name in settings.MASTHEAD.host_names or name.endswith((".localhost", ".local")):
        raise DomainInvalidError(typed)
    return name


def style_of(publication: Publication) -> str:
    """The style sheet of a publication's public pages and of its reader; "" where it looks like the house."""
    kept = publication.branding
    accent, ground, font = (str(kept.get(name, "")) for name in ("accent", "ground", "font"))
    rules = []
    if accent:
        night = contrast.lightened(accent, _NIGHT)
        washes = contrast.washed(accent, _SURFACE), contrast.washed(night, _SURFACE_AT_NIGHT)
        rules += [
            f"--accent: light-dark({accent}, {night})",
            f"--on-accent: light-dark({contrast.ink_on(accent)}, {contrast.ink_on(night)})",
            f"--accent-wash: light-dark({washes[0]}, {washes[1]})",
        ]
    if ground:
        rules.append(f"--desk: light-dark({ground}, #141312)")
    rules += _type_rules(publication, FONTS.get(font) or _DEVICES_OWN)
    css = own_css.safe(str(kept.get("css", "")))
    tokens = f".branded, .branded masthead-reader {{ {'; '.join(rules)}; }}\n" if rules else ""
    return typeface_rules(publication) + tokens + css


def _type_rules(publication: Publication, behind: str) -> list[str]:
    """Its typefaces, with those of devices behind them for letters that they have not."""
    text = f'"{FAMILIES["text"]}", {behind}' if typefaces_of(publication, "text") else behind
    rules = [f"--type-edition: {text}"] if text != _DEVICES_OWN else []
    if typefaces_of(publication, "headings"):
        rules.append(f'--type-headings: "{FAMILIES["headings"]}", {text}')
    return rules


def version_of(style: str) -> str:
    """Tells one style from another in its address."""
    return hashlib.sha256(style.encode()).hexdigest()[:12]


def own_words(publication: Publication, language: str) -> dict[str, str]:
    """The sentences that the publication says in its own way."""
    return {str(key): str(value) for key, value in publication.branding.get("words", {}).get(language, {}).items()}


def worn_by(publication: Publication) -> set[str]:
    """The names of the files of its logo, icon and typefaces."""
    pictures = {str(publication.branding.get(name) or "") for name in ("logo", "icon", "own_icon")}
    return (pictures | typeface_files(publication)) - {""}


def brand_file(publication: Publication, name: str) -> bytes | None:
    """The content of its logo, its icon or one of its typefaces; None where it has none of this name."""
    if name not in worn_by(publication):
        return None
    with default_storage.open(f"brand/{publication.pk}/{name}") as file:
        return bytes(file.read())


def _drawn(publication: Publication, data: bytes | None, draw: Callable[[bytes], bytes]) -> str:
    """The name under which a picture is kept that was made of another; "" for none."""
    if data is None:
        return ""
    if len(data) > LARGEST_LOGO:
        raise LogoInvalidError(f"{len(data)} bytes")
    try:
        return _store(publication, draw(data))
    except LogoError as error:
        raise LogoInvalidError(str(error)) from error


def _store(publication: Publication, data: bytes) -> str:
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    place = f"brand/{publication.pk}/{name}"
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(data))
    return name


def _keep(by: User, publication: Publication, action: str, fields: Mapping[str, Any]) -> None:
    with transaction.atomic():
        current = Publication.objects.select_for_update().get(pk=publication.pk)
        changed = {name: value for name, value in fields.items() if (current.branding.get(name) or "") != (value or "")}
        if not changed:
            return
        before = {name: current.branding.get(name, "") for name in changed}
        current.branding = {**current.branding, **changed}
        current.save()
        step_log(by, action, current, before, changed)
