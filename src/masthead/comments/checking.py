"""What may stand in a comment and over it: plain text, a name, and what holds it until somebody has seen it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from masthead.comments.errors import CommentNameRefusedError, CommentTextRefusedError
from masthead.comments.models import HeldWord
from masthead.comments.rules import LINKS, is_checked_first
from masthead.document.typed_text import links_in
from masthead.library.selectors import Edition

LONGEST: Final = 3000  # characters
LONGEST_NAME: Final = 50
# What is not seen, or turns the direction of what follows, has no place in what others read.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_ADDRESS: Final = re.compile(r"@|://|\bwww\.|[\w-]\.[^\W\d_]{2,}", re.IGNORECASE)
_WORD_EDGE: Final = r"(?<![^\W_]){}(?![^\W_])"

WORD, BEFORE, MANY_LINKS = "word", "first", "links"


def text_of(typed: str) -> str:
    """A comment as plain text; raises CommentTextRefusedError."""
    text = _UNSEEN.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
    if not text or len(text) > LONGEST:
        raise CommentTextRefusedError(f"{len(text)} characters")
    return text


def name_of(typed: str, edition: Edition, *, is_staff: bool) -> str:
    """A name that can stand over a comment; raises CommentNameRefusedError.

    Only the publisher's own people may write under the names of the publisher and the publication.
    """
    name = " ".join(_UNSEEN.sub(" ", typed).split())
    own = {folded(edition.publication.name), folded(edition.publication.publisher.name)}
    is_word = any(sign.isalnum() for sign in name)
    if not 2 <= len(name) <= LONGEST_NAME or not is_word or _ADDRESS.search(name):
        raise CommentNameRefusedError(name[:60])
    if folded(name) in own and not is_staff:
        raise CommentNameRefusedError(name)
    return name


def folded(text: str) -> str:
    """A text without case, marks and how it was set, so that words are found however they are written."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def held_by(text: str, name: str, edition: Edition) -> list[list[str]]:
    """What holds a comment until a moderator has seen it: [kind, what] each; empty where nothing does."""
    said = folded(f"{name} {text}")
    words = HeldWord.objects.filter(publisher=edition.publication.publisher_id).values_list("word", flat=True)
    found = [[WORD, word] for word in words if re.search(_WORD_EDGE.format(re.escape(word)), said)]
    if len(links_in(text)) > LINKS:
        found.append([MANY_LINKS, str(len(links_in(text)))])
    if is_checked_first(edition):
        found.append([BEFORE, ""])
    return found
