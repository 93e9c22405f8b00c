"""The mails of sharing: plain and HTML parts with a picture in them, and the question whether somebody meant it."""

from __future__ import annotations

from dataclasses import dataclass
from email.mime.image import MIMEImage
from typing import Final

from django.core.mail import EmailMultiAlternatives

from masthead import wording
from masthead.access.announcing import shows_cover
from masthead.access.rules import may_read
from masthead.document.errors import MastheadError
from masthead.edition.folder import read_inventory
from masthead.exports.templates import templates_of
from masthead.library.build_folders import file_here, read_build
from masthead.library.selectors import Edition
from masthead.outbox.dressing import framed
from masthead.pictures.transcoding import jpeg_of
from masthead.sharing.clipping import clipping_of, passage_of
from masthead.sharing.models import Letter

_WIDTH = 800  # pixels of the picture; the mail shows it half as wide: sharp on every screen
_NAME = "page"
SUBJECT_WORDS = "Recommended to you: {title}"
SENDER_WORDS = "{sender} recommends this to you:"
READ_WORDS = "Read it"
WHY_WORDS = "{house} sent this mail because {sender} asked for it, and uses your address for nothing else."
NEVER_WORDS = "Never send me mail from here"
QUESTION_SUBJECT_WORDS = "Did you want to share something from {publication}?"
QUESTION_WORDS = (
    "Somebody wants to share “{title}” by mail and gave your address as the sender’s.\n\n"
    "If it was you, open this link and press the button; it is good for a day:\n\n{link}\n\n"
    "If it was not you, do nothing: then nothing is sent."
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a mail shows of the issue: JPEG, how wide it is shown (CSS pixels), and the words if it is a clipping."""

    data: bytes
    width: int
    words: str = ""


NO_PICTURE: Final = Picture(b"", 0)


def letter_mail(letter: Letter, recipient: str, never: str, picture: Picture) -> EmailMultiAlternatives:
    """The mail to one of the recipients. `never` is the address at which they refuse."""
    words = wording.translator(letter.language)
    house = letter.edition.publication.publisher.name
    said = {
        "sender": words.text(SENDER_WORDS, sender=letter.sender),
        "read": words.text(READ_WORDS),
        "why": words.text(WHY_WORDS, house=house, sender=letter.sender),
        "never": words.text(NEVER_WORDS),
    }
    quoted = [f"“{picture.words}”"] if picture.words else []
    plain = [said["sender"], letter.title, *quoted, *([letter.comment] if letter.comment else [])]
    plain += [f"{said['read']}: {letter.address}", "-- \n" + said["why"], f"{said['never']}: {never}"]
    mail = EmailMultiAlternatives(
        subject=_line(words.text(SUBJECT_WORDS, title=letter.title)),
        body="\n\n".join(plain),
        to=[recipient],
        reply_to=[letter.sender],
        headers=_headers(never),
    )
    html = templates_of("masthead.sharing").get_template("letter.html")
    values = {"letter": letter, "said": said, "never": never, "picture": picture, "name": _NAME}
    framing = {"language": words.language, "direction": words.direction}
    mail.attach_alternative(framed(letter.title, html.render(**values), **framing), "text/html")
    if picture.data:
        mail.mixed_subtype = "related"  # type: ignore[attr-defined]
        part = MIMEImage(picture.data, "jpeg")
        part.add_header("Content-ID", f"<{_NAME}>")
        part.add_header("Content-Disposition", "inline", filename="page.jpg")
        mail.attach(part)
    return mail


def question_mail(letter: Letter, link: str, never: str) -> EmailMultiAlternatives:
    """The mail that asks a sender who did not sign in. Nothing in it was written by whoever asked for it."""
    words = wording.translator(letter.language)
    subject = words.text(QUESTION_SUBJECT_WORDS, publication=letter.edition.publication.name)
    body = words.text(QUESTION_WORDS, title=letter.title, link=link)
    body = f"{body}\n\n-- \n{words.text(NEVER_WORDS)}: {never}"
    headers = {**_headers(never), "Content-Language": words.language}
    return EmailMultiAlternatives(subject=_line(subject), body=body, to=[letter.sender], headers=headers)


def picture_for(edition: Edition, page: int, passage: str = "") -> Picture:
    """The page where everybody may see it, of a passage the piece with its words; else the cover, else nothing."""
    if not may_read(None, edition, page).allowed:
        page, passage = 1 if shows_cover(edition) else 0, ""
    if not page or edition.build is None:
        return NO_PICTURE
    try:
        found = passage_of(edition, passage) if passage else None
        if found:
            return Picture(*clipping_of(edition, page, found), found.text)
        return Picture(_whole(edition.build.folder, page), _WIDTH // 2)
    except (OSError, MastheadError):  # a page without a picture: the mail goes without one
        return NO_PICTURE


def _whole(built: str, page: int) -> bytes:
    folder = read_build(built)
    widths = [size[0] for size in folder.manifest["pages"][page - 1]["sizes"]]
    width = next((one for one in sorted(widths) if one >= _WIDTH), max(widths, default=0))
    name = folder.manifest["pictures"]["template"].format(width=width, page=page)
    path = file_here(built, name, read_inventory(folder).get(name))
    return jpeg_of(path) if path else b""


def _headers(never: str) -> dict[str, str]:
    """Mail programs show a button of their own for it (RFC 8058)."""
    return {"List-Unsubscribe": f"<{never}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
