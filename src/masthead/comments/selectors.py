"""Reads comments: threads as readers see them, what waits for a moderator, what one person wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User
from masthead.comments.errors import CommentOverError
from masthead.comments.models import Blocked as Blocked
from masthead.comments.models import Comment as Comment
from masthead.comments.models import HeldWord as HeldWord
from masthead.comments.models import Moderator as Moderator
from masthead.comments.models import Report as Report
from masthead.comments.models import State as State
from masthead.library.selectors import Edition, Publication, can_do, publication_list

THREADS_A_PAGE: Final = 30
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "newest": ("-posted_at", "-pk"),
    "oldest": ("posted_at", "pk"),
    "reports": ("-open_reports", "-posted_at", "-pk"),
}


@dataclass(slots=True)
class Thread:
    """The first comment and what was answered, oldest first. A first one that is not shown has no words."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the first one is there to be read."""
        return self.first.state in (State.SHOWN, State.WAITING)


def threads_of(
    edition: Edition, article: str, page: int = 1, own: Collection[str] = (), person: Person = None
) -> Page[Thread]:
    """Threads under an article, or under the edition where `article` is "", latest first.

    Whoever waits for a moderator sees their own: those of the person, and those with an id in `own`.
    """
    seen = Q(state=State.SHOWN) | _waiting_of(person, own)
    answered = Comment.objects.filter(seen, thread=OuterRef("pk"))
    rows = Comment.objects.filter(edition=edition, article=article, thread=None)
    rows = rows.filter(seen | Exists(answered)).order_by("-posted_at", "-pk")
    found: Page[Comment] = Paginator(rows, THREADS_A_PAGE).get_page(page)
    threads = {row.pk: Thread(row) for row in found.object_list}
    for row in Comment.objects.filter(seen, thread__in=list(threads)).select_related("answers"):
        threads[str(row.thread_id)].answers.append(row)
    paged: Page[Thread] = Page(list(threads.values()), found.number, found.paginator)  # type: ignore[arg-type]
    return paged


def page_with(edition: Edition, comment: Comment) -> int:
    """The page of threads on which a comment stands."""
    first = comment.thread or comment
    rows = Comment.objects.filter(edition=edition, article=first.article, thread=None, posted_at__gt=first.posted_at)
    answered = Comment.objects.filter(state=State.SHOWN, thread=OuterRef("pk"))
    return rows.filter(Q(state=State.SHOWN) | Exists(answered)).count() // THREADS_A_PAGE + 1


def numbers_of(edition: Edition) -> Counter[str]:
    """How many comments are shown under each article of an edition; "" is the edition itself."""
    rows = Comment.objects.filter(edition=edition, state=State.SHOWN).order_by()
    return Counter(dict(rows.values_list("article").annotate(number=Count("pk"))))


def state_of(edition: Edition, article: str) -> tuple[int, datetime | None]:
    """The number of comments shown, and when something about them changed last: another state, another page."""
    rows = Comment.objects.filter(edition=edition, article=article)
    told = rows.aggregate(number=Count("pk", filter=Q(state=State.SHOWN)), last=Max("touched_at"))
    return told["number"], told["last"]


def comment_in(edition: Edition, comment_id: str) -> Comment:
    """A comment of an edition that is shown, or waits; raises CommentOverError."""
    rows = Comment.objects.filter(pk=comment_id, edition=edition, state__in=(State.SHOWN, State.WAITING))
    found = rows.select_related("edition__publication__publisher", "thread", "answers").first()
    if found is None:
        raise CommentOverError(comment_id)
    return found


def last_name_of(person: User) -> str:
    """The name under which somebody commented last; "" where they have not."""
    return (
        Comment.objects.filter(author=person)
        .exclude(name="")
        .order_by("-posted_at")
        .values_list("name", flat=True)
        .first()
        or ""
    )


def own_comments(person: User) -> QuerySet[Comment]:
    """All that somebody wrote, latest first."""
    rows = Comment.objects.filter(author=person).exclude(state=State.REMOVED)
    return rows.select_related("edition__publication").order_by("-posted_at")


def moderated_publications(person: Person, publisher: Publisher) -> list[Publication]:
    """The publications of which the person decides on comments, by name."""
    return [row for row in publication_list(person, publisher) if can_do(person, Action.MODERATE, row)]


def comment_list(
    person: Person,
    publisher: Publisher,
    state: str = "queue",
    words: str = "",
    publication: str = "",
    sort: str = "newest",
) -> QuerySet[Comment]:
    """Comments that a moderator sees: what waits for them or was reported, or all of a state; of one publication."""
    publications = [row.pk for row in moderated_publications(person, publisher)]
    if publication in publications:
        publications = [publication]
    rows = Comment.objects.filter(edition__publication__in=publications).exclude(
        state__in=(State.UNCONFIRMED, State.REMOVED)
    )
    reported = Report.objects.filter(comment=OuterRef("pk"), settled_at=None)
    if state == "queue":
        rows = rows.filter(Q(state=State.WAITING) | Exists(reported))
    elif state in State.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(text__icontains=words) | Q(name__icontains=words))
    rows = rows.select_related("edition__publication__publisher", "author", "answers", "decided_by")
    if sort == "reports":
        rows = rows.annotate(open_reports=Count("reports", filter=Q(reports__settled_at=None)))
    return rows.prefetch_related("reports").order_by(*SORTS[sort])


def comment_get(person: Person, publisher: Publisher, comment_id: str) -> Comment | None:
    """One of them; None where it is not there, or somebody else's."""
    return comment_list(person, publisher, "").filter(pk=comment_id).first()


def moderates_somewhere(person: Person, publisher: Publisher) -> bool:
    """Whether the person decides on comments of any publication of the publisher."""
    return bool(moderated_publications(person, publisher))


def held_words(publisher: Publisher) -> list[str]:
    """The words that hold a comment, in order."""
    return list(HeldWord.objects.filter(publisher=publisher).values_list("word", flat=True))


def blocked_people(publisher: Publisher) -> QuerySet[Blocked]:
    """Who may not comment, latest first."""
    return Blocked.objects.filter(publisher=publisher)


def moderator_wants_mail(person: User, publisher: Publisher) -> bool:
    """Whether somebody of the staff is told by mail; they are unless they said no."""
    row = Moderator.objects.filter(user=person, publisher=publisher).first()
    return row is None or row.wants_mail


def open_reports(comment: Comment) -> list[Report]:
    """The reports of a comment that nobody has settled."""
    return [report for report in comment.reports.all() if report.settled_at is None]


def shown_in(threads: Iterable[Thread]) -> list[Comment]:
    """All comments of these threads that everybody sees."""
    rows = [row for thread in threads for row in (thread.first, *thread.answers)]
    return [row for row in rows if row.state == State.SHOWN]


def _waiting_of(person: Person, own: Collection[str]) -> Q:
    waits = Q(state=State.WAITING)
    mine = Q(pk__in=list(own))
    if person is not None:
        mine |= Q(author=person)
    return waits & mine
