"""A house with the sample issue on which people comment; run in a process of its own before the server."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.journeys.stocking import EDITION, PASSWORD, edition_of, owner_made, run

SAID = (
    ("ana", "Ana Brandt", "", "I kept a light like this one for nine years, and never read it described so well."),
    (
        "ben",
        "Ben",
        "Ana Brandt",
        "Where was that? My grandfather served near Skagen: https://example.org/skagen-light.",
    ),
    ("ana", "Ana Brandt", "Ben", "On the other side of the bay.\n\nWe must have seen each other’s light every night."),
    ("ben", "Ben", "", "A" + "h" * 70 + "! Averylongwordthatnobodyeverbreaks."),
    ("ana", "أمينة", "", "مقال جميل، شكرًا لكم. اقرؤوا أيضًا https://example.org/ar عن المنارات."),
)


def seed() -> None:
    """Two readers who talk with each other under the first long article; one comment waits, one is reported."""
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import user_create
    from masthead.edition.folder import read_edition
    from masthead.library.particulars import publication_settings_change
    from masthead.library.services import edition_publish, publication_create

    owner = owner_made()
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    values = {"comments": "readers", "comments_checked": "after", "guide": "no"}
    publication_settings_change(by=owner, publication=fathom, values=values)
    made = edition_of(EDITION, by=owner, publication=fathom, label="No. 1", day=date(2026, 3, 1))
    live = edition_publish(by=owner, edition=made)
    people = {
        name: user_create(email=f"{name}@reader.example", password=PASSWORD, name=name.title(), is_confirmed=True)
        for name in ("ana", "ben")
    }
    seed_comments(owner, people, live, read_edition(EDITION))


def seed_comments(owner: Any, people: dict[str, Any], edition: Any, folder: Any) -> None:
    """What they said."""
    from masthead.comments.moderating import words_set
    from masthead.comments.posting import About, Visit, Written, comment_post, comment_report
    from masthead.comments.selectors import Comment
    from masthead.edition.article_places import beginning_of

    entry = next(one for one in folder.manifest["articles"] if one["words"] > 300)
    about = About(entry["slug"], entry["title"], beginning_of(folder, entry), folder.build)
    visit = Visit("192.0.2.1", "en", "http://127.0.0.1")

    def say(who: str, name: str, to: str, text: str, on: Any = about) -> Any:
        answers = Comment.objects.filter(name=to).order_by("-posted_at").first() if to else None
        written = Written(name, text, answers=answers.pk if answers else "")
        return comment_post(by=people[who], edition=edition, about=on, written=written, visit=visit)

    for one in SAID:
        say(*one)
    say("ben", "Ben", "", "The whole issue is worth its price.", About())
    words_set(by=owner, publisher=edition.publication.publisher, words=["cheap watches"])
    say("ben", "Watch man", "", "Cheap watches for every reader!")
    rude = Comment.objects.get(text__startswith="Ahh")
    comment_report(by=people["ana"], comment=rude, reason="spam", words="That is no comment.", network="192.0.2.2")


if __name__ == "__main__":
    run(seed)
