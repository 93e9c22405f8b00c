"""People who comment, and what they send: shared by the tests of comments."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.cast import Cast

from masthead.comments.models import Comment
from masthead.library.particulars import publication_settings_change
from masthead.library.selectors import Edition

HOME = "/fathom/no-1/"
HERE = f"{HOME}comments"
STORY = f"{HERE}?article=harbour-lights"
STORIES = {
    "a1": '<h2 data-block="p1-b1">Harbour lights</h2><p data-block="p1-b2">The keeper lit his lamp and wrote.</p>',
    "a2": '<h2 data-block="p2-b1">Deep water</h2><p data-block="p2-b2">Divers saw a light far below the pier.</p>',
}


def allow(cast: Cast, edition: Edition, comments: str = "readers", checked: str = "after") -> None:
    """Let people comment on what the publication has."""
    values = {"comments": comments, "comments_checked": checked}
    publication_settings_change(by=cast.owner, publication=edition.publication, values=values)


def post(client: Client, text: str, address: str = STORY, **more: Any) -> Any:
    """Send a comment as the form does."""
    return client.post(address, {"deed": "write", "name": "Rita", "text": text, **more})


def said(client: Client, address: str = STORY) -> str:
    """The page as text."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def one() -> Comment:
    """The only comment there is."""
    return Comment.objects.select_related("edition__publication__publisher").get()


def link_in(text: str, part: str) -> str:
    """The path of the link in a mail whose address has this part."""
    found = re.search(rf"https?://[^/\s]+((?:/\S*)?{re.escape(part)}\S*)", text)
    assert found, text
    return found[1]
