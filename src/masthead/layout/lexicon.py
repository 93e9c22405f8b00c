"""Words of a language, where a hyphen can only be judged by knowing them: English, whose compounds stand both ways.

The other languages here say by their spelling what a hyphen is (see `compounds`). The list is taken from SCOWL (sizes
up to 60, American and British; see NOTICE), lower case, names included. Reading it takes about 15 ms, once a process,
and only when a document in that language has a hyphen that its own words do not settle.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources


@cache
def words_of(language: str) -> frozenset[str]:
    """Every word known of a language (its first subtag), in lower case; nothing where there is no list."""
    path = resources.files("masthead.layout") / "words" / f"{language}.txt.gz"
    if not language.isalpha() or not path.is_file():
        return frozenset()
    return frozenset(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"))
