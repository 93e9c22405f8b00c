"""Typefaces that a publication brings along: judged, kept under their content, and written into its style."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.errors import FontInvalidError
from masthead.library.font_files import FontError, read_font
from masthead.library.models import Publication
from masthead.library.selectors import require
from masthead.library.telling import step_log

Use = Literal["headings", "text"]
USES: Final[tuple[Use, ...]] = ("headings", "text")
LARGEST_FACE = 2 << 20  # bytes
MOST_FACES = 8  # of a use: four weights, upright and italic
# The names under which styles speak of them; nobody else's font has them.
FAMILIES: Final[dict[Use, str]] = {"headings": "Publication Headings", "text": "Publication Text"}


@dataclass(frozen=True, slots=True)
class Typeface:
    """One cut of a family, as it is kept."""

    file: str  # the name of its content
    family: str  # as the font calls itself
    weight: str  # as CSS writes it: "400", or "100 900" where it can be varied
    is_italic: bool
    size: int  # bytes


def typefaces_of(publication: Publication, use: Use) -> list[Typeface]:
    """The cuts of a use, light ones first, upright before italic."""
    return [Typeface(**one) for one in publication.branding.get("typefaces", {}).get(use, [])]


def typeface_files(publication: Publication) -> set[str]:
    """The names of all files that its typefaces lie in."""
    return {one.file for use in USES for one in typefaces_of(publication, use)}


def typeface_add(*, by: User, publication: Publication, use: Use, data: bytes) -> Typeface:
    """Take a WOFF2 file in; one of the same weight and slope is replaced.

    Raises NotAllowedError, FontInvalidError.
    """
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    if len(data) > LARGEST_FACE:
        raise FontInvalidError(f"{len(data)} bytes")
    try:
        said = read_font(data)
    except FontError as error:
        raise FontInvalidError(str(error)) from error
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.woff2"
    added = Typeface(name, said.family, said.weight, said.is_italic, len(data))
    place = f"brand/{publication.pk}/{name}"
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(data))
    with transaction.atomic():
        current = Publication.objects.select_for_update().get(pk=publication.pk)
        others = [
            one
            for one in typefaces_of(current, use)
            if (one.weight, one.is_italic) != (added.weight, added.is_italic) and one.file != added.file
        ]
        if len(others) >= MOST_FACES:
            raise FontInvalidError(f"more than {MOST_FACES} files")
        _keep(by, current, use, [*others, added])
    return added


def typeface_remove(*, by: User, publication: Publication, use: Use, file: str) -> None:
    """Take one away; one that is not there is gone already. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    with transaction.atomic():
        current = Publication.objects.select_for_update().get(pk=publication.pk)
        _keep(by, current, use, [one for one in typefaces_of(current, use) if one.file != file])


def typeface_rules(publication: Publication) -> str:
    """What tells browsers where the typefaces lie, beside the style; "" where there are none."""
    return "".join(
        f'@font-face {{ font-family: "{FAMILIES[use]}"; src: url("{one.file}") format("woff2"); '
        f"font-weight: {weight}; font-style: {'italic' if one.is_italic else 'normal'}; font-display: swap; }}\n"
        for use in USES
        for one, weight in _with_weights(use, typefaces_of(publication, use))
    )


def _with_weights(use: Use, faces: list[Typeface]) -> list[tuple[Typeface, str]]:
    """Each with the weights that it stands for.

    A lone cut for headings stands for all: browsers would else smear a display face to make it as bold as headings are.
    Running text needs its bold words told apart, even by a made bold.
    """
    if use == "headings" and len({one.is_italic for one in faces}) == len(faces):
        return [(one, one.weight if " " in one.weight else "1 1000") for one in faces]
    return [(one, one.weight) for one in faces]


def _keep(by: User, current: Publication, use: Use, faces: list[Typeface]) -> None:
    """Write them down, with a line in the log where something changed."""
    before: dict[str, Any] = current.branding.get("typefaces", {})
    ordered = sorted(faces, key=lambda one: (int(one.weight.split()[0]), one.is_italic, one.file))
    after = {**before, use: [asdict(one) for one in ordered]}
    if after.get(use, []) == before.get(use, []):
        return
    current.branding = {**current.branding, "typefaces": after}
    current.save()
    step_log(by, "publication.typefaces", current, {"typefaces": _named(before)}, {"typefaces": _named(after)})


def _named(kept: dict[str, Any]) -> str:
    """The families, for the log."""
    return ", ".join(sorted({one["family"] or one["file"] for faces in kept.values() for one in faces}))
