"""Comments as pages show them: under an article where everybody reads the same, and for somebody who may take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from markupsafe import Markup

from masthead import wording
from masthead.comments.rules import has_comments
from masthead.comments.selectors import Comment, shown_in, state_of, threads_of
from masthead.document.typed_text import paragraphs_of
from masthead.exports.frame.beneath import Beneath, Under
from masthead.exports.templates import templates_of
from masthead.faces.looks import asset_address, moment_in
from masthead.library.inheriting import setting_of
from masthead.library.selectors import Edition

FORMER_WORDS = "A former reader"


@dataclass(frozen=True, slots=True)
class Words:
    """How comments are said in a language: names, times, numbers."""

    words: wording.Translator
    zone: str

    def name(self, comment: Comment) -> str:
        """The name over a comment; of an account that is gone, none."""
        is_known = comment.author_id or comment.email
        return comment.name if is_known and comment.name else self.words.text(FORMER_WORDS)

    def time(self, moment: datetime) -> str:
        """Day and hour as people of the language write them, in the publisher's time zone."""
        return moment_in(moment, self.words.language, self.zone)


def address_of(edition: Edition, **asked: str | int) -> str:
    """Where comments are read and written; what is empty is left out."""
    path = reverse("edition-comments", args=[edition.publication.slug, edition.slug])
    said = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def thread_values(edition: Edition, language: str) -> dict[str, Any]:
    """What the template of threads is always given."""
    words = wording.translator(language)
    return {
        "said": Words(words, setting_of(edition, "time_zone")),
        "paragraphs_of": paragraphs_of,
        "comment_styles": asset_address("comments.css"),
    }


def beneath_of(edition: Edition) -> Under | None:
    """What stands under articles and the first page for everybody alike; None where the publisher wants no comments."""
    if not has_comments(edition):
        return None

    def under(article: str, language: str) -> Beneath:
        number, changed = state_of(edition, article)
        key = ("comments", article, number, changed, setting_of(edition, "time_zone"))
        return Beneath(
            key, lambda: _written(edition, article, number, language), lambda: _data(edition, article, number)
        )

    return under


def _written(edition: Edition, article: str, number: int, language: str) -> Markup:
    words = wording.translator(language)
    threads = threads_of(edition, article)
    html = templates_of("masthead.site").get_template("site/comments_beneath.html")
    return Markup(  # noqa: S704 - the template escapes
        html.render(
            t=words.text,
            tn=words.plural,
            language=words.language,
            direction=words.direction,
            threads=threads.object_list,
            number=number,
            more=threads.has_next(),
            comments_address=address_of(edition, article=article),
            **thread_values(edition, language),
        )
    )


def _data(edition: Edition, article: str, number: int) -> dict[str, Any]:
    """The comments as schema.org has them, for search engines."""
    rows = shown_in(threads_of(edition, article).object_list) if number else []
    if not rows:
        return {}
    return {
        "commentCount": number,
        "comment": [
            {
                "@type": "Comment",
                "text": row.text,
                "datePublished": row.posted_at.isoformat(timespec="seconds"),
                **({"author": {"@type": "Person", "name": row.name}} if row.name else {}),
            }
            for row in rows
        ],
    }


def own_ids(request: HttpRequest) -> list[str]:
    """The comments that somebody wrote as a guest in this browser."""
    kept = request.session.get("own-comments", [])
    return [str(one) for one in kept] if isinstance(kept, list) else []


def remember_own(request: HttpRequest, comment: Comment) -> None:
    """Let a guest's browser know its comment, so that it can be changed and removed from there."""
    request.session["own-comments"] = [*own_ids(request)[-19:], comment.pk]
