"""Templates keep what they are built on."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/masthead"
EXTENDS = re.compile(r'{%\s*extends\s+"([^"]+)"')
HEAD = re.compile(r"{%\s*block\s+head\s*%}(.*?){%\s*endblock\s*%}", re.DOTALL)


def test_a_screen_adds_to_the_styles_of_its_base_and_replaces_none() -> None:
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in SOURCE.glob("*/templates")
        for path in folder.rglob("*.html")
    }
    heads = {name: found[1] for name, text in texts.items() if (found := HEAD.search(text))}
    checked, bare = 0, []
    for name, head in heads.items():
        base = EXTENDS.search(texts[name])
        if base is not None and heads.get(base[1], "").strip():
            checked += 1
            bare += [name] if "super()" not in head else []
    assert checked > 10
    assert bare == []
