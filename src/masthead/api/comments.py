"""Operations on comments: what waits and why, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from ninja import Router, Status
from pydantic import Field

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import require
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Id, In, Out, Page, Text
from masthead.comments.moderating import (
    APPROVE,
    MOST_WORDS,
    REJECT,
    comments_decide,
    person_block,
    person_unblock,
    words_set,
)
from masthead.comments.selectors import (
    Blocked,
    Comment,
    blocked_people,
    comment_get,
    comment_list,
    held_words,
    moderates_somewhere,
    open_reports,
)
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


class HeldWords(In):
    """Words that hold a comment until somebody decides; capitals and accents make no difference."""

    words: list[Annotated[Text, Field(min_length=1, max_length=80)]] = Field(max_length=MOST_WORDS)


class HeldWordsOut(Out):
    """The same, as they are kept: in small letters, by the alphabet."""

    words: list[str]


class BlockedOut(Out):
    """Somebody who writes no more at this house; the name is that of the comment for which they were blocked."""

    id: str
    name: str
    blocked_at: datetime


class BlockedNow(Out):
    """Whether they write no more."""

    is_blocked: bool = Field(description="Who writes for the publisher cannot be blocked, nor who has left.")


class BlockIn(In):
    """Whose comment it is that shall write no more."""

    comment: Id = Field(description="The id of one of their comments.")


@router.get("/comments", response=Page[CommentOut], auth=Needs("comments:read"))
def list_comments(
    request: Call,
    state: Literal["queue", "shown", "rejected", "all"] = "queue",
    words: Annotated[str, Field(max_length=120, description="What stands in it, or the name.")] = "",
    publication: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$", description="Its id; empty: all.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CommentOut]:
    """Comments that the token decides on, latest first; `queue`: those that wait or were reported."""
    if not moderates_somewhere(request.person, request.house):
        raise NotAllowedError(Action.MODERATE.value)
    rows = comment_list(request.person, request.house, state, words, publication)
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


@router.get("/held_words", response=HeldWordsOut, auth=Needs("comments:read"))
def get_held_words(request: Call) -> HeldWordsOut:
    """The words that hold comments of the house."""
    require(request.person, Action.MODERATE, request.house.pk)
    return HeldWordsOut(words=held_words(request.house))


@router.put("/held_words", response=HeldWordsOut, auth=Needs("comments:write"))
def set_held_words(request: Call, body: HeldWords) -> HeldWordsOut:
    """Hold comments with these words from now on, and with no others."""
    return HeldWordsOut(words=words_set(by=request.person, publisher=request.house, words=body.words))


@router.get("/blocked_people", response=Page[BlockedOut], auth=Needs("comments:read"))
def list_blocked_people(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[BlockedOut]:
    """Who writes no comments at this house any more, those blocked last first."""
    require(request.person, Action.MODERATE, request.house.pk)
    rows = blocked_people(request.house)
    return page_of(rows, ("-at", "-pk"), cursor, limit, lambda found: [_blocked(row) for row in found])


@router.post("/blocked_people", response=BlockedNow, auth=Needs("comments:write"))
def block_person(request: Call, body: BlockIn) -> BlockedNow:
    """Let whoever wrote a comment write no more; the comment is decided on by itself."""
    return BlockedNow(is_blocked=person_block(by=request.person, comment=_one(request, body.comment)))


@router.delete("/blocked_people/{slug:blocked}", response={204: None}, auth=Needs("comments:write"))
def unblock_person(request: Call, blocked: str) -> Status[None]:
    """Let them write again."""
    if not blocked_people(request.house).filter(pk=blocked).exists():
        raise NotFoundError(blocked)
    person_unblock(by=request.person, publisher=request.house, blocked_id=blocked)
    return Status(204, None)


def _blocked(row: Blocked) -> BlockedOut:
    return BlockedOut(id=str(row.pk), name=row.name, blocked_at=row.at)


def _one(request: Call, comment: str) -> Comment:
    found = comment_get(request.person, request.house, comment)
    if found is None:
        raise NotFoundError(comment)
    return found
