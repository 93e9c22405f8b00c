"""Letters: written by a reader, confirmed by whoever is named as the sender, then handed to the outbox.

Decision 24 says why nothing leaves before the sender is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from masthead.accounts.selectors import User
from masthead.library.selectors import Edition
from masthead.sharing import pacing
from masthead.sharing.checking import address_checked, comment_of, recipients_of
from masthead.sharing.composing import NO_PICTURE, letter_mail, picture_for, question_mail
from masthead.sharing.errors import LetterOverError
from masthead.sharing.models import Letter
from masthead.sharing.refusing import token_of, without_refusers
from masthead.sharing.things import Thing

_SIGNER: Final = signing.Signer(salt="masthead.letter")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: from where, to whom, and a comment; `typed_sender` counts for those not signed in only."""

    typed_sender: str
    recipients: str
    comment: str


def known_sender(by: User | None) -> str:
    """The address of somebody who signed in and proved that it is theirs; "" for everybody else."""
    if by is None:
        return ""
    return by.email if EmailAddress.objects.filter(user=by, email__iexact=by.email, verified=True).exists() else ""


def letter_write(
    *,
    by: User | None,
    edition: Edition,
    thing: Thing,
    written: Written,
    address: str,
    origin: str,
    visitor: str,
    language: str,
) -> bool:
    """Send a letter, or ask its sender first. Says whether it is on its way already.

    `address` is the absolute one that is shared, `visitor` the network address. The caller asked `access` before.
    Raises RecipientsRefusedError, CommentRefusedError, SharedTooOftenError.
    """
    sender = known_sender(by)
    letter = Letter(
        edition=edition,
        sender=sender or address_checked(written.typed_sender),
        recipients=recipients_of(written.recipients),
        comment=comment_of(written.comment),
        title=" ".join(thing.title.split())[:600],
        page=thing.page,
        passage=thing.passage,
        address=address,
        origin=origin,
        language=language,
    )
    number = len(letter.recipients)
    pacing.require_room(pacing.VISITOR, visitor or "unknown", number)
    pacing.require_room(pacing.SENDER, letter.sender, number)
    with transaction.atomic():
        pacing.count(pacing.VISITOR, visitor or "unknown", number)
        if sender:
            _send(letter)
            return True
        letter.save()
        _ask(letter)
    return False


def letter_of(token: str, edition: Edition) -> Letter:
    """The letter of a link that waits for its sender; raises LetterOverError."""
    try:
        name = _SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise LetterOverError(token) from error
    since = timezone.now() - pacing.DAY
    rows = Letter.objects.filter(pk=name, edition=edition, written_at__gt=since)
    letter = rows.select_related("edition__publication__publisher", "edition__build").first()
    if letter is None:
        raise LetterOverError(name)
    return letter


def letter_confirm(*, token: str, edition: Edition) -> Letter:
    """Send a letter whose sender said yes; each is sent once. Raises LetterOverError, SharedTooOftenError."""
    letter = letter_of(token, edition)
    with transaction.atomic():
        removed, _ = Letter.objects.filter(pk=letter.pk).delete()
        if not removed:
            raise LetterOverError(token)
        _send(letter)
    return letter


def forget_old(now: datetime | None = None) -> int:
    """Forget letters that nobody confirmed within a day, and what was counted; says how many rows went."""
    moment = now or timezone.now()
    removed, _ = Letter.objects.filter(written_at__lt=moment - pacing.DAY).delete()
    return removed + pacing.forget_counted(moment)


def _send(letter: Letter) -> None:
    """Hand a mail for each recipient to the outbox. Who refused, or got enough today, gets none; nobody is told who."""
    house = letter.edition.publication.publisher_id
    reached = [one for one in without_refusers(letter.recipients) if pacing.room_for(pacing.RECIPIENT, one)]
    pacing.require_room(pacing.SENDER, letter.sender, len(letter.recipients))
    pacing.require_room(pacing.HOUSE, house, len(reached))
    pacing.count(pacing.SENDER, letter.sender, len(letter.recipients))
    pacing.count(pacing.HOUSE, house, len(reached))
    picture = picture_for(letter.edition, letter.page, letter.passage) if reached else NO_PICTURE
    for recipient in reached:
        pacing.count(pacing.RECIPIENT, recipient)
        letter_mail(letter, recipient, _never(letter, recipient), picture).send()


def _ask(letter: Letter) -> None:
    house = letter.edition.publication.publisher_id
    pacing.require_room(pacing.HOUSE, house)
    if not without_refusers([letter.sender]) or not pacing.room_for(pacing.ASKED, letter.sender):
        return  # the page says the same either way: it tells nobody whose address is on the list
    pacing.count(pacing.HOUSE, house)
    pacing.count(pacing.ASKED, letter.sender)
    publication = letter.edition.publication
    path = reverse("edition-share-confirm", args=[publication.slug, letter.edition.slug, _SIGNER.sign(letter.pk)])
    question_mail(letter, f"{letter.origin}{path}", _never(letter, letter.sender)).send()


def _never(letter: Letter, address: str) -> str:
    return f"{letter.origin}{reverse('no-mail', args=[token_of(address)])}"
