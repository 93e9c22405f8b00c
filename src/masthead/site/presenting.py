"""How an edition of the house is shown: its settings and its publication's branding, as frame and reader want it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse

from masthead.comments.rules import has_comments
from masthead.exports.frame.presentation import Presentation
from masthead.library.branding import own_words, style_of, version_of
from masthead.library.inheriting import AS_BUILT, BROWSERS, is_on, setting_of
from masthead.library.selectors import Edition, Publication
from masthead.sharing.ways import ways_of

_LEFT_OUT = (("guide", "guide"), ("printing", "print"), ("read_aloud", "aloud"))


@dataclass(frozen=True, slots=True)
class Look:
    """Addresses of what a publication's pages wear; "" where they look like the house's."""

    style: str = ""
    logo: str = ""
    icon: str = ""


def look_of(publication: Publication) -> Look:
    """The look of a publication. The addresses change with what is behind them."""
    style = style_of(publication)
    logo, icon = (publication.branding.get(name, "") for name in ("logo", "icon"))
    return Look(
        style=reverse("brand-style", args=[publication.pk, version_of(style)]) if style else "",
        logo=reverse("brand-file", args=[publication.pk, logo]) if logo else "",
        icon=reverse("brand-file", args=[publication.pk, icon]) if icon else "",
    )


def language_for(edition: Edition) -> str:
    """The language that the edition's interface has by itself; "" where the browser decides."""
    wanted = setting_of(edition, "interface_language")
    return "" if wanted == BROWSERS else wanted


def presentation_of(edition: Edition, language: str) -> Presentation:
    """What the settings and the branding come to, for pages in this language."""
    publication = edition.publication
    look, direction = look_of(publication), setting_of(edition, "direction")
    words = tuple(sorted(own_words(publication, language).items()))
    version = sha256(repr(words).encode()).hexdigest()[:12]
    return Presentation(
        direction="" if direction == AS_BUILT else direction,
        view=setting_of(edition, "view"),
        without=" ".join(part for setting, part in _LEFT_OUT if not is_on(edition, setting)),
        downloads=is_on(edition, "downloads"),
        indexed=is_on(edition, "indexing"),
        style=look.style,
        logo=look.logo,
        logo_text=publication.name,
        annotations=reverse("edition-annotations", args=[publication.slug, edition.slug]),
        share=reverse("edition-share-page", args=[publication.slug, edition.slug]) if ways_of(edition) else "",
        comments=reverse("edition-comments", args=[publication.slug, edition.slug]) if has_comments(edition) else "",
        strings=reverse("brand-words", args=[publication.pk, version, language]) if words else "",
        own_words=words,
        icon=look.icon,
    )
