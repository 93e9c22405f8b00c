"""What a publisher's own site has opened to a visit: kept in the session as text, asked for with each page."""

from __future__ import annotations

import time
from typing import Final

from masthead.access.models import SiteKey
from masthead.library.selectors import Edition

GRANT_SECONDS: Final = 24 * 3600  # then the site has to let the reader in again


def grant_made(key_id: str, opens: str) -> str:
    """What is kept of a link that opens something: `opens` is "all", or the id of a publication or an edition."""
    return f"{key_id} {int(time.time()) + GRANT_SECONDS} {opens}"


def grants_open(grants: tuple[str, ...], edition: Edition) -> bool:
    """Whether one of them opens the edition, and its key still counts. Without one for it no rows are read."""
    wanted = {"all", edition.publication_id, edition.pk}
    now, keys = time.time(), set()
    for grant in grants:
        key, until, opens = grant.split(" ")
        if opens in wanted and int(until) > now:
            keys.add(key)
    good = SiteKey.objects.filter(revoked_at__isnull=True, provider__is_on=True)
    return bool(keys) and good.filter(pk__in=keys, provider__publisher=edition.publication.publisher_id).exists()
