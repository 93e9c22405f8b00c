"""Asks whether a web address answers, and never asks inside: `calling` judges every hop of a redirection.

No cookies, no credentials, little is read.
"""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final

from django.conf import settings

from masthead import __version__
from masthead.calling.errors import CallRefusedError, TooManyRedirectsError
from masthead.calling.judging import WEB_PORTS, Place, Rules, hosts_in
from masthead.calling.requesting import Answer as Said
from masthead.calling.requesting import followed, request
from masthead.document.addresses import safe_address
from masthead.production.models import LinkCheck

_AGENT: Final = f"Masthead/{__version__} (link check)"
_ASK_AGAIN: Final = frozenset({400, 403, 404, 405, 406, 410, 501})  # some servers know GET alone
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
State = LinkCheck.State


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking; `status` 0 where there was no answer, `moved_to` where it led elsewhere."""

    state: str
    status: int = 0
    moved_to: str = ""


def house_rules() -> Rules:
    """How links are asked: on the ports of the web; inside of the network only what the operator allows."""
    return Rules(ports=WEB_PORTS, allowed_hosts=hosts_in(settings.MASTHEAD.link_check_hosts))


def ask(address: str, rules: Rules | None = None) -> Answer:
    """Whether the address answers; nothing is raised."""
    bounds = rules or house_rules()
    start, last, status = safe_address(address) or "", "", 0
    try:
        for here, answer in followed(start, bounds, partial(_asked, rules=bounds)):
            last, status = here, answer.status
    except CallRefusedError:
        return Answer(State.REFUSED, status)
    except TooManyRedirectsError:
        return Answer(State.SILENT, status)
    except socket.gaierror as error:
        gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        return Answer(State.DEAD if gone else State.SILENT, 0)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(State.SILENT, 0)
    return Answer(_state_of(status), status, last if last != start else "")


def _asked(place: Place, rules: Rules) -> Said:
    """One place, asked for its head, and for itself where that says nothing."""
    headers = {"User-Agent": _AGENT, "Accept": "*/*"}
    answer = request(place, rules, "HEAD", headers=headers)
    if answer.status in _ASK_AGAIN or answer.status >= 500:
        headers["Range"] = f"bytes=0-{rules.answer_bytes - 1}"
        answer = request(place, rules, "GET", headers=headers)
    return answer


def _state_of(status: int) -> str:
    if status < 400 or status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return State.ALIVE
    if status in _GONE:
        return State.DEAD
    return State.SILENT if status >= 500 and status != 999 else State.CLOSED
