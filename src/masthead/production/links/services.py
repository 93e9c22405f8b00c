"""Writes what staff change about found links: switched off, led elsewhere, or as the PDF has them again."""

from __future__ import annotations

from django.db import transaction

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.document.addresses import safe_address
from masthead.document.overlays import LinkChange as Change
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, require
from masthead.library.services import edition_laid
from masthead.library.telling import step_log
from masthead.production.links.found import FoundLink, found_links, links_of_folder, places_of
from masthead.production.models import LinkChange
from masthead.production.overlays.errors import OverlayAddressError, OverlayPageError
from masthead.production.overlays.particulars import page_count


def link_off(*, by: User, edition: Edition, link: FoundLink) -> None:
    """Take the link off the page; its words stay. Raises NotAllowedError, NotFoundError."""
    _change(by, edition, link, "")


def link_lead(*, by: User, edition: Edition, link: FoundLink, to: str) -> None:
    """Let it lead elsewhere: to an address, or from a link to a page to another page.

    Raises NotAllowedError, NotFoundError, OverlayAddressError, OverlayPageError.
    """
    wanted = to.strip()
    if link.kind == "page":
        if not wanted.isascii() or not wanted.isdecimal() or not 1 <= int(wanted) <= page_count(edition):
            raise OverlayPageError(wanted, field="to")
        _change(by, edition, link, str(int(wanted)))
        return
    address = safe_address(wanted)
    if address is None:
        raise OverlayAddressError(wanted, field="to")
    _change(by, edition, link, address)


def link_restore(*, by: User, edition: Edition, link: FoundLink) -> None:
    """As the PDF has it. Raises NotAllowedError, NotFoundError."""
    _change(by, edition, link, None)


def links_follow(*, edition_id: str, folder: str, pages: int) -> None:
    """Keep what was changed about links with them when another build takes the place of the current one."""
    with transaction.atomic():
        rows = list(LinkChange.objects.select_for_update().filter(edition_id=edition_id))
        if not rows:
            return
        changes = [Change(row.page, row.kind, row.target, row.text, row.to) for row in rows]
        for row, link in zip(rows, places_of(changes, links_of_folder(folder, pages)), strict=True):
            if link is not None and (row.page, row.target) != (link.page, link.target):
                LinkChange.objects.filter(pk=row.pk).update(page=link.page, target=link.target)
        edition_laid(edition_id=edition_id)


def _change(by: User, edition: Edition, link: FoundLink, to: str | None) -> None:
    """Keep where a link leads now; None, or where it led before: nothing is kept."""
    require(by, Action.EDIT, edition)
    if link not in found_links(edition):
        raise NotFoundError(link.target)
    with transaction.atomic():
        rows = LinkChange.objects.select_for_update().filter(
            edition=edition, page=link.page, kind=link.kind, target=link.target, text=link.text
        )
        before = rows.first()
        if to is None or to == link.target:
            rows.delete()
        elif before is not None:
            rows.update(to=to, by=by)
        else:
            values = {"page": link.page, "kind": link.kind, "target": link.target, "text": link.text}
            LinkChange.objects.create(edition=edition, to=to, by=by, **values)
        edition_laid(edition_id=edition.pk)
        about = {"link": link.text or link.target, "page": link.page}
        was = {**about, "to": before.to if before else link.target}
        step_log(by, "link.change", edition, was, {**about, "to": link.target if to is None else to})
