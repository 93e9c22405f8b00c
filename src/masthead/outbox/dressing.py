"""How mails look: one frame for all that leave, in light and dark; what is plain text alone is set in it too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from masthead.exports.templates import templates_of

_LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}»”])")
_CODE = re.compile(r"\d{4,8}")
_FOOT = "\n-- \n"  # what mail programs know as the beginning of a signature

Line = list[tuple[str, bool]]  # its words in pieces, and whether each is a link


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph; a code that is to be typed stands alone and large."""

    lines: list[Line]
    is_code: bool


def framed(subject: str, content: str, *, language: str = "", direction: str = "auto") -> str:
    """The HTML of a mail: its subject as heading, and what stands below it, which is markup."""
    frame = templates_of("masthead.outbox").get_template("mail.html")
    return frame.render(subject=subject, content=Markup(content), language=language, direction=direction)  # noqa: S704


def dressed(subject: str, text: str, *, language: str = "") -> str:
    """The HTML of a mail that was written as plain text: paragraphs, live links, codes large, the foot small."""
    said, _, foot = text.replace("\r\n", "\n").partition(_FOOT)
    html = templates_of("masthead.outbox").get_template("said.html")
    return framed(subject, html.render(parts=_parts(said), foot=_parts(foot)), language=language)


def _parts(text: str) -> list[Part]:
    found = [part.strip("\n") for part in re.split(r"\n\s*\n", text)]
    return [
        Part([_line(line) for line in part.split("\n")], _CODE.fullmatch(part.strip()) is not None)
        for part in found
        if part.strip()
    ]


def _line(line: str) -> Line:
    return [(piece, number % 2 == 1) for number, piece in enumerate(_LINK.split(line.strip())) if piece]
