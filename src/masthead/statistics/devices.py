"""What a program says of itself: a robot, or a browser on a phone, a tablet or a computer."""

from __future__ import annotations

import re
from functools import lru_cache

from counter_robots import is_machine, is_robot
from crawleruseragents import is_crawler

PHONE, TABLET, COMPUTER, OTHER = "phone", "tablet", "computer", "other"
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|android(?!.*mobi)", re.IGNORECASE)
_PHONE = re.compile(r"mobi|iphone|ipod|phone", re.IGNORECASE)
_COMPUTER = re.compile(r"windows nt|macintosh|x11|cros|linux", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Whether no person looks: it is on COUNTER's lists of robots and of programs that fetch, on the list of crawlers,
    or does not say what it is.
    """
    return not agent or bool(is_robot(agent)) or bool(is_machine(agent)) or is_crawler(agent)


@lru_cache(maxsize=4096)
def device_of(agent: str) -> str:
    """The class of device by the User-Agent header. Tablets that say that they are computers count as computers."""
    if _TABLET.search(agent):
        return TABLET
    if _PHONE.search(agent):
        return PHONE
    return COMPUTER if _COMPUTER.search(agent) else OTHER
