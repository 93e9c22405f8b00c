"""Operations on comments: what waits and why, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from ninja import Router
from pydantic import Field

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import In, Out, Page
from masthead.comments.moderating import APPROVE, REJECT, comments_decide
from masthead.comments.selectors import Comment, comment_get, comment_list, moderates_somewhere, open_reports
from masthead.library.errors import NotFoundError

router = Router(tags=["Comments"])
StateName = Literal["waiting", "shown", "rejected"]


class ReportOut(Out):
    """Somebody thinks that a comment should not be there. Who it was is not told."""

    reason: Literal["spam", "insult", "unlawful", "private", "other"]
    words: str
    at: datetime


class CommentOut(Out):
    """A comment, with what holds it and the reports that nobody has settled. Nobody's e-mail address is told."""

    id: str
    edition: str = Field(description="The edition's id.")
    article: str = Field(description="The article's slug; empty: the whole edition.")
    about: str = Field(description="The article's title when it was written.")
    answers: str | None = Field(description="The id of the comment that it answers.")
    name: str
    text: str
    is_staff: bool = Field(description="Written for the publisher.")
    state: StateName
    why: list[list[str]] = Field(description="What holds it: `word` with the word, `links` with their number, `first`.")
    reports: list[ReportOut]
    posted_at: datetime
    changed_at: datetime | None
    decided_at: datetime | None

    @staticmethod
    def of(row: Comment) -> CommentOut:
        """As it is answered."""
        reports = [{"reason": one.reason, "words": one.words, "at": one.at} for one in open_reports(row)]
        return CommentOut.filled(
            row,
            edition=row.edition_id,
            answers=row.answers_id,
            state=cast(StateName, str(row.state)),
            reports=[ReportOut.model_validate(one) for one in reports],
        )


class DecisionIn(In):
    """What becomes of a comment."""

    state: Literal["shown", "rejected"]


@router.get("/comments", response=Page[CommentOut], auth=Needs("comments:read"))
def list_comments(
    request: Call, state: Literal["queue", "shown", "rejected", "all"] = "queue", cursor: Cursor = "", limit: Limit = 50
) -> Page[CommentOut]:
    """Comments that the token decides on, latest first; `queue`: those that wait or were reported."""
    if not moderates_somewhere(request.person, request.house):
        raise NotAllowedError(Action.MODERATE.value)
    rows = comment_list(request.person, request.house, state)
    return page_of(rows, ("-posted_at", "-pk"), cursor, limit, lambda found: [CommentOut.of(row) for row in found])


@router.get("/comments/{slug:comment}", response=CommentOut, auth=Needs("comments:read"))
def get_comment(request: Call, comment: str) -> CommentOut:
    """One comment."""
    return CommentOut.of(_one(request, comment))


@router.patch("/comments/{slug:comment}", response=CommentOut, auth=Needs("comments:write"))
def decide_comment(request: Call, comment: str, body: DecisionIn) -> CommentOut:
    """Show or reject it; its reports are settled."""
    deed = APPROVE if body.state == "shown" else REJECT
    comments_decide(by=request.person, comments=[_one(request, comment)], deed=deed)
    return CommentOut.of(_one(request, comment))


def _one(request: Call, comment: str) -> Comment:
    found = comment_get(request.person, request.house, comment)
    if found is None:
        raise NotFoundError(comment)
    return found
