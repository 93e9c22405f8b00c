"""The links by which a publisher's own site lets readers in: a query string, signed as it stands.

    key=KEY&expires=UNIX&nonce=RANDOM&opens=edition:fathom/no-1&reader=4711&to=/fathom/no-1/page/4&signature=HEX

What is signed is the text before `&signature=`, byte for byte, so that no site has to sort or encode anything our way.
What stands behind the signature, such as the marks that mail programs add, is passed over.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from masthead.access.identity.vouching import Reason, SignInRefusedError

LONGEST_SECONDS: Final = 900  # that a link may be good
SKEW: Final = 60  # seconds that two clocks may differ
FIELDS: Final = ("key", "expires", "nonce", "opens", "reader", "email", "name", "groups", "to")
_NEEDED: Final = ("key", "expires", "nonce")
_MARK: Final = "&signature="
_LONGEST: Final = 4096  # letters
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_SLUG: Final = r"[a-z0-9-]{1,80}"
_OPENS: Final = re.compile(rf"all|publication:{_SLUG}|edition:{_SLUG}/{_SLUG}")


@dataclass(frozen=True, slots=True)
class SiteLink:
    """What a link says, after it was checked."""

    key: str
    nonce: str
    expires: int  # seconds since 1970
    opens: str = ""  # "all", "publication:SLUG", "edition:SLUG/SLUG"; "" for nothing by itself
    reader: str = ""  # by which the site knows the reader; "" for nobody in particular
    email: str = ""
    name: str = ""
    groups: tuple[str, ...] = ()
    to: str = ""  # path of the house to go to


def link_signed(secret: str, fields: Mapping[str, str]) -> str:
    """The query string with its signature."""
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{query}{_MARK}{signature_of(secret, query)}"


def signature_of(secret: str, query: str) -> str:
    """HMAC-SHA-256 of the query string, as 64 hexadecimal digits."""
    return hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()


def link_read(query: str, secret_of: Callable[[str], str], now: float) -> SiteLink:
    """What a query string says, if it is signed with the secret of the key that it names and good at this moment.

    `secret_of` gives "" for a key that is not there or was taken back. Raises SignInRefusedError.
    """
    signed, mark, after = query.partition(_MARK)
    signature = after.partition("&")[0]
    if not mark or len(query) > _LONGEST or not query.isascii():
        raise SignInRefusedError(Reason.UNREADABLE, "no signature, or too long")
    said = _fields(signed)
    secret = secret_of(said["key"])
    expected = signature_of(secret or "no such key", signed)
    if not hmac.compare_digest(signature.lower().encode(), expected.encode()) or not secret:
        raise SignInRefusedError(Reason.SIGNATURE, "" if secret else f"no key {said['key'][:40]}")
    return _link(said, now)


def _fields(signed: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(signed, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=20)
    except (ValueError, UnicodeDecodeError) as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    said = dict(pairs)
    if len(said) != len(pairs):
        raise SignInRefusedError(Reason.UNREADABLE, "a field stands twice")
    if unknown := sorted(set(said) - set(FIELDS)):
        raise SignInRefusedError(Reason.UNREADABLE, f"unknown: {', '.join(unknown)[:200]}")
    if missing := [name for name in _NEEDED if not said.get(name)]:
        raise SignInRefusedError(Reason.UNREADABLE, f"missing: {', '.join(missing)}")
    if any("\x00" in value for value in said.values()):
        raise SignInRefusedError(Reason.UNREADABLE, "U+0000")
    return said


def _link(said: Mapping[str, str], now: float) -> SiteLink:
    """The fields as they are meant, judged one by one."""
    if not _NONCE.fullmatch(said["nonce"]):
        raise SignInRefusedError(Reason.UNREADABLE, "nonce: 16 to 64 of A-Z a-z 0-9 _ -")
    if not (said["expires"].isascii() and said["expires"].isdecimal() and len(said["expires"]) < 12):
        raise SignInRefusedError(Reason.UNREADABLE, "expires: seconds since 1970")
    expires = int(said["expires"])
    if expires < now - SKEW:
        raise SignInRefusedError(Reason.EXPIRED, f"{now - expires:.0f} seconds ago")
    if expires > now + LONGEST_SECONDS + SKEW:
        raise SignInRefusedError(Reason.EXPIRED, f"good for more than {LONGEST_SECONDS} seconds")
    opens, reader = said.get("opens", ""), said.get("reader", "").strip()
    if opens and not _OPENS.fullmatch(opens):
        raise SignInRefusedError(Reason.UNREADABLE, "opens: all, publication:SLUG or edition:SLUG/SLUG")
    if not opens and not reader:
        raise SignInRefusedError(Reason.UNREADABLE, "neither opens nor reader")
    if len(reader) > 200:
        raise SignInRefusedError(Reason.UNREADABLE, "reader: 200 letters at most")
    groups = tuple(one.strip() for one in said.get("groups", "").split(",") if one.strip())
    own = {name: said.get(name, "") for name in ("email", "name", "to")}
    return SiteLink(said["key"], said["nonce"], expires, opens, reader, groups=groups, **own)
