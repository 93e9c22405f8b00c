"""Turns rows of the library into what machines are told, with addresses of this house."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from masthead.access.announcing import announced, listed, shows_cover
from masthead.access.terms import terms_of
from masthead.edition.folder import COVER
from masthead.exports.announcing.facts import EditionFacts, PublicationFacts
from masthead.exports.announcing.robots import rules
from masthead.exports.frame.belonging import Alternate, Belonging
from masthead.library.reach import reach_of
from masthead.library.selectors import Edition, Publication


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of the addresses that leave the house."""
    return settings.MASTHEAD.origin or f"{request.scheme}://{request.get_host()}"


def publication_facts(origin: str, publication: Publication) -> PublicationFacts:
    """What is told of a publication."""
    return PublicationFacts(
        id=publication.pk,
        name=publication.name,
        home=origin + reverse("publication", args=[publication.slug]),
        publisher=publication.publisher.name,
        description=publication.description,
        issn=publication.issn,
        frequency=publication.frequency,
        language=publication.language,
    )


def edition_facts(origin: str, edition: Edition) -> EditionFacts:
    """What is told of an edition that has a build. Whether it may be told is for `announced` to say."""
    publication, build = edition.publication, edition.build
    assert build is not None
    reach = reach_of(edition)
    named, is_open = [publication.slug, edition.slug], terms_of(edition).is_open
    home = origin + reverse("edition", args=named)
    return EditionFacts(
        id=edition.pk,
        publication=publication_facts(origin, publication),
        label=edition.label,
        home=home,
        build=f"{home}b/{build.build_id}/",
        date=edition.date,
        published=edition.published_at or edition.created_at,
        changed=max(edition.changed_at, build.created_at),
        pages=build.pages,
        cover=f"{home}b/{build.build_id}/{COVER}" if shows_cover(edition) else "",
        description=edition.description,
        language=publication.language,
        categories=tuple(category.name for category in edition.categories.all()),
        epub=origin + reverse("edition-epub", args=named) if reach.books and is_open else "",
        pdf=origin + reverse("edition-pdf", args=named) if reach.pdf and is_open else "",
        is_indexed=reach.indexing,
        is_open=is_open,
    )


def announced_facts(origin: str, editions: Iterable[Edition]) -> list[EditionFacts]:
    """What is told of those editions that everybody may hear of."""
    return [edition_facts(origin, edition) for edition in announced(editions)]


def listed_facts(origin: str, editions: Iterable[Edition]) -> list[EditionFacts]:
    """What is told of those editions that stand on lists, whether or not everybody may read them."""
    return [edition_facts(origin, edition) for edition in listed(editions)]


def belonging_of(origin: str, edition: Edition) -> Belonging:
    """What stands around the pages of an edition in this house."""
    reach, facts = reach_of(edition), edition_facts(origin, edition)
    name, slug = edition.publication.name, edition.publication.slug
    embedding = f"{origin}{reverse('oembed')}?url={facts.home}"
    alternates = [
        Alternate("application/atom+xml", name, origin + reverse("publication-atom", args=[slug])),
        Alternate("application/rss+xml", name, origin + reverse("publication-rss", args=[slug])),
    ]
    if reach.framing != ():
        alternates += [
            Alternate("application/json+oembed", facts.title, f"{embedding}&format=json"),
            Alternate("text/xml+oembed", facts.title, f"{embedding}&format=xml"),
        ]
    return Belonging(
        facts=facts,
        way=reverse("publication", args=[slug]),
        archive=reverse("publication-editions", args=[slug]),
        robots=rules(indexed=reach.indexing and terms_of(edition).is_listed, ai_crawlers=reach.ai_crawlers),
        alternates=tuple(alternates),
    )
