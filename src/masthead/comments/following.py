"""Lets comments follow their articles to another build of the edition."""

from __future__ import annotations

import logging

from django.db.models import F

from masthead.comments.models import Comment
from masthead.document.errors import EditionInvalidError
from masthead.edition.article_places import ArticleTexts
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition

log = logging.getLogger("masthead.comments")


def comments_follow(*, edition: Edition) -> int:
    """Put the edition's comments under their articles in its current build; says how many articles were looked for.

    Comments whose article is not there any more stand under the edition, with the title that they were about; when a
    later build has the article again, they go back. Can be interrupted and called again.
    """
    edition = Edition.with_deleted.select_related("build").get(pk=edition.pk)
    if edition.build is None:
        return 0
    waiting = Comment.objects.filter(edition=edition).exclude(about="").exclude(build=edition.build.build_id)
    threads = list(waiting.filter(thread=None).order_by())
    if not threads and not waiting.exists():
        return 0
    try:
        texts = ArticleTexts(read_build(edition.build.folder))
    except EditionInvalidError:
        log.warning("comments of edition %s wait: its build cannot be read", edition.pk)
        return 0
    known: dict[str, str] = {}
    for first in threads:
        begins = first.quote.get("exact", "")
        key = f"{first.article} {begins}"
        if key not in known:
            entry = texts.again(first.article, first.quote)
            known[key] = entry["slug"] if entry else ""
        own = Comment.objects.filter(edition=edition)
        moved = {"article": known[key], "build": texts.build}
        own.filter(thread=first).update(**moved)  # first the answers: what is interrupted is found again by the thread
        own.filter(pk=first.pk).update(**moved)
    if known:
        log.info("comments on %s articles of edition %s were put in their places", len(known), edition.pk)
    return len(known)


def strays_follow(*, most: int = 20) -> int:
    """The same for editions whose comments were left behind, as when a process was killed at the switch."""
    strays = Comment.objects.filter(thread=None, edition__build__isnull=False).exclude(about="")
    strays = strays.exclude(build=F("edition__build__build_id"))
    editions = list(strays.order_by().values_list("edition_id", flat=True).distinct()[:most])
    return sum(comments_follow(edition=edition) for edition in Edition.objects.filter(pk__in=editions))
