"""After the PDF was replaced annotations sit on their words, wherever those went; what is gone is kept and marked."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from tests.annotations.notes import body, change, highlight, note
from tests.cast import Cast, ready_edition, signed_in
from tests.editions import write_edition

from masthead.annotations.following import annotations_follow, strays_follow
from masthead.annotations.models import Annotation
from masthead.annotations.services import tombstones_forget
from masthead.edition.folder import read_edition
from masthead.library.selectors import Build, Edition
from masthead.library.services import build_add, edition_publish
from masthead.production.rebuilding import edition_roll_back

ADDRESS = "/fathom/no-1/annotations"
OLD = {
    1: ["Cover story"],
    2: ["The keeper of the light wrote his jour-", "nal every evening before the lamp was lit."],
    3: ["Nobody read it for a hundred years."],
}
# A page more in front, and one word changed; the sentence about nobody is gone.
NEW = {
    1: ["Cover story"],
    2: ["An advertisement for lamps"],
    3: ["Once more:", "the keeper of the lamp wrote his journal every", "evening before it was lit, and slept."],
}


def blocks(pages: dict[int, list[str]]) -> dict[int, list[Any]]:
    """A block a page, its lines one below the other, words eight points a letter."""
    found = {}
    for number, texts in pages.items():
        lines = []
        for at, text in enumerate(texts):
            words, x = [], 20.0
            for word in text.split():
                y = 40.0 + 20 * at + 40 * number
                entry: list[Any] = [word, x, y, x + 5 * len(word), y + 10]
                if word.endswith("-"):
                    entry.append(2)
                words.append(entry)
                x += 5 * len(word) + 3
            lines.append({"box": [20, words[0][2], x, words[0][4]], "words": words})
        box = [20, 40, 380, 200]
        found[number] = [{"id": f"p{number}-b1", "role": "paragraph", "box": box, "lines": lines, "article": "a1"}]
    return found


def replaced(edition: Edition, data: Path, pages: dict[int, list[str]], name: str = "later") -> Build:
    """Another build of the edition, which becomes the current one."""
    folder = f"editions/{edition.pk}/{name}"
    write_edition(data / folder, len(pages), blocks=blocks(pages))
    made = read_edition(data / folder)
    return build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=3, failures=0, version="0")


def send(cast: Cast, *contents: Any) -> None:
    said = body(*(change(f"note-{at:04}", content) for at, content in enumerate(contents)))
    answer = signed_in(cast.reader).post(ADDRESS, json.dumps(said), content_type="application/json").json()
    assert [result["outcome"] for result in answer["results"]] == ["applied"] * len(contents)


def on(words: str, page: int, build: str, box: list[float]) -> dict[str, Any]:
    made = highlight(words, page, build)
    made["locator"]["places"] = [{"page": page, "boxes": [box]}]
    return made


def test_they_go_where_their_words_went(cast: Cast, data: Path) -> None:
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data, blocks=blocks(OLD)))
    assert edition.build is not None
    first = edition.build.build_id
    words = "keeper of the light wrote his journal every evening"
    box = [0.0875, 0.24, 0.5, 0.26]
    pin = {**note("Ask him", 2), "locator": on(words, 2, first, box)["locator"], "at": [0.3, 0.3]}
    bare = note("no words near", 1)
    bare["locator"]["build"] = first
    send(cast, on(words, 2, first, box), pin, on("Nobody read it for a hundred years.", 3, first, box), bare)
    later = replaced(edition, data, NEW)
    assert annotations_follow(edition=edition) == 4
    mark, moved, lost, plain = Annotation.objects.order_by("name")
    assert mark.content is not None
    locator = mark.content["locator"]
    assert (locator["build"], locator["page"]) == (later.build_id, 3)
    assert locator["spans"][0]["block"] == "p3-b1"
    lines = locator["places"][0]["boxes"]
    assert len(lines) == 2  # it runs over two lines now
    assert [round(value * 400, 1) for value in lines[0][::2]] == [38.0, 234.0]
    assert locator["quote"]["exact"] == words  # as it was marked
    assert locator["article"] == "a1"
    assert mark.revision == 2
    by = [lines[0][0] - box[0], lines[0][1] - box[1]]
    assert moved.content is not None
    assert moved.content["at"] == [round(0.3 + by[0], 4), round(0.3 + by[1], 4)]
    assert lost.content is not None
    assert lost.content["locator"]["unplaced"] == later.build_id
    assert lost.content["locator"]["page"] == 3
    assert plain.content is not None
    assert plain.content["locator"]["build"] == later.build_id
    assert annotations_follow(edition=edition) == 0
    rows = signed_in(cast.reader).get(ADDRESS, {"since": 4}).json()["rows"]
    assert len(rows) == 4  # every device hears of it


def test_going_back_to_the_older_build_brings_them_back(cast: Cast, data: Path) -> None:
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data, blocks=blocks(OLD)))
    first = edition.build
    assert first is not None
    box = [0.05, 0.32, 0.4, 0.34]
    send(cast, on("Nobody read it for a hundred years.", 3, first.build_id, box))
    replaced(edition, data, NEW)
    annotations_follow(edition=edition)
    edition_roll_back(by=cast.owner, edition=edition, build=first)
    content = Annotation.objects.get().content
    assert content is not None
    assert content["locator"]["build"] == first.build_id
    assert "unplaced" not in content["locator"]
    assert content["locator"]["page"] == 3


def test_what_was_left_behind_is_found_by_the_clock(cast: Cast, data: Path) -> None:
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data, blocks=blocks(OLD)))
    send(cast, on("a quote that is nowhere in this issue", 2, "older", [0, 0, 1, 1]), note("old page", 2))
    assert strays_follow() == 2
    assert strays_follow() == 0
    assert edition.is_live


def test_graves_are_forgotten_after_half_a_year(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    send(cast, note("kept"), note("deleted"))
    said = json.dumps(body(change("note-0001", None, base=1)))
    signed_in(cast.reader).post(ADDRESS, said, content_type="application/json")
    assert tombstones_forget(now=timezone.now()) == 0
    assert tombstones_forget(now=timezone.now() + timedelta(days=181)) == 1
    assert Annotation.objects.get().content["text"] == "kept"
