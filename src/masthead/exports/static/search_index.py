"""Makes the index with which a browser searches a whole archive: words in small files by their first letters.

A file holds, for each word, the editions and pages that have it. The browser fetches the files of the words asked for,
and the search files of the editions whose hits it shows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from masthead.edition.folder import Edition

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")
_FIRST = 2  # letters that name a file
_LONGEST = 40  # letters of a word: more is noise


def words_of(text: str) -> Iterator[str]:
    """The words as they are looked up: small letters without accents; pairs of letters where no spaces part words."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    for word in _WORD.findall(unicodedata.normalize("NFC", plain).lower()):
        at = 0
        for run in _UNSPACED.finditer(word):
            if run.start() > at:
                yield word[at : run.start()][:_LONGEST]
            letters = run[0]
            yield from (letters[start : start + 2] for start in range(max(1, len(letters) - 1)))
            at = run.end()
        if at < len(word):
            yield word[at:][:_LONGEST]


def file_of(word: str) -> str:
    """The file in which a word stands, by its first letters."""
    return "-".join(f"{ord(letter):x}" for letter in word[:_FIRST]) + ".json"


def write_index(folder: Path, editions: Sequence[tuple[Edition, Mapping[str, Any]]]) -> None:
    """Write the index; each edition comes with what the browser is told of it."""
    files: dict[str, dict[str, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for number, (edition, _) in enumerate(editions):
        pages: dict[str, list[int]] = defaultdict(list)
        for page, text in _texts(edition):
            for word in set(words_of(text)):
                pages[word].append(page)
        for word, found in pages.items():
            files[file_of(word)][word].append([number, *found])
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in files.items():
        (folder / name).write_text(_json(words), encoding="utf-8")
    told = {"editions": [dict(facts) for _, facts in editions], "files": sorted(files)}
    (folder / "index.json").write_text(_json(told), encoding="utf-8")


def _texts(edition: Edition) -> Iterator[tuple[int, str]]:
    search = edition.manifest["search"]
    for chunk in range(1, search["chunks"] + 1):
        file = edition.path / search["template"].format(chunk=chunk)
        if file.is_file():
            for page in json.loads(file.read_bytes())["pages"]:
                yield page["number"], page["text"]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
