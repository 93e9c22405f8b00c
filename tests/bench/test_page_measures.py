"""Pages beside a truth made by hand: a column, a caption and a sidebar, read well and read badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from measures.page_score import FoundBlock, PlaceScore
    from measures.page_truth import PageTruth, TruthBlock

# A page of two columns: a headline over both, a story that goes on in the second, a picture's caption, a folio.
_PLACES = {
    "head": (0.0, 0.0, 200.0, 20.0),
    "left": (0.0, 30.0, 90.0, 60.0),
    "right": (110.0, 30.0, 200.0, 60.0),
    "caption": (0.0, 70.0, 90.0, 80.0),
    "folio": (90.0, 190.0, 110.0, 200.0),
}
_WORDS = {
    "head": "a great day",
    "left": "once upon a time there was",
    "right": "a king who lived happily ever after",
    "caption": "the king himself",
    "folio": "12",
}


def _truth(**changes: object) -> PageTruth:
    from measures.page_truth import PageTruth

    fields: dict[str, object] = {
        "name": "story",
        "file": "story.pdf",
        "number": 1,
        "split": "develop",
        "blocks": (
            _wanted("head", "heading"),
            _wanted("left", "paragraph"),
            _wanted("right", "paragraph", continues=True),
            _wanted("caption", "caption", part="picture"),
        ),
        "furniture": (_PLACES["folio"],),
        "loose": (),
        "anywhere": frozenset({"picture"}),
        "either": frozenset(),
    }
    return PageTruth(**{**fields, **changes})  # type: ignore[arg-type]


def _wanted(name: str, *roles: str, part: str = "story", continues: bool = False) -> TruthBlock:
    from measures.page_truth import TruthBlock, letters

    words = _WORDS[name].split()
    size = len(letters(_WORDS[name]))
    return TruthBlock(roles, part, " ".join(words[:3]), " ".join(words[-3:]), _PLACES[name], size, continues=continues)


def _found(name: str, role: str, *, continues: str = "", more: str = "") -> FoundBlock:
    from measures.page_score import FoundBlock

    words = [(word, _PLACES[name]) for word in _WORDS[name].split()]
    words += [(word, _PLACES[more]) for word in _WORDS[more].split()] if more else []
    return FoundBlock(name, role, tuple(words), continues)


def _score(*found: FoundBlock, **changes: object) -> PlaceScore:
    from measures.page_score import score_places

    return score_places(_truth(**changes), found)


def _well() -> list[FoundBlock]:
    return [
        _found("head", "heading"),
        _found("left", "paragraph"),
        _found("right", "paragraph", continues="left"),
        _found("caption", "caption"),
        _found("folio", "folio"),
    ]


def test_a_page_read_as_a_person_does_has_full_marks() -> None:
    score = _score(*_well())

    assert (score.order, score.blocks, score.found, score.whole, score.joined, score.furniture) == (1, 1, 1, 1, 1, 1)
    assert not score.faults


def test_a_caption_may_be_read_at_any_time_but_columns_may_not_be_swapped() -> None:
    head, left, right, caption, folio = _well()

    assert _score(caption, head, left, right, folio).order == 1
    assert _score(head, right, left, caption, folio).order == pytest.approx(2 / 3)  # of three pairs one is turned


def test_stories_side_by_side_may_be_read_either_way_but_not_through_each_other() -> None:
    blocks = (_wanted("head", "heading"), _wanted("left", "paragraph"))
    other = (_wanted("right", "paragraph", part="other"), _wanted("caption", "paragraph", part="other"))
    either = {"blocks": blocks + other, "anywhere": frozenset(), "either": frozenset({frozenset({"story", "other"})})}
    head, left, right, caption, folio = _well()

    turned = _score(right, caption, head, left, folio, **either)
    torn = _score(head, right, left, caption, folio, **either)

    assert (turned.order, turned.whole) == (1, 1)
    assert (torn.order, torn.whole) == (1, 0)


def test_a_block_that_is_not_read_is_in_no_order() -> None:
    head, _, right, caption, folio = _well()

    score = _score(head, right, caption, folio)

    assert score.order == pytest.approx(1 / 3)
    assert score.found == pytest.approx(3 / 4)
    assert score.joined == 0


def test_two_columns_run_together_are_two_bad_blocks() -> None:
    head, _, _, caption, folio = _well()
    left, right = len("onceuponatimetherewas"), len("akingwholivedhappilyeverafter")

    score = _score(head, _found("left", "paragraph", more="right"), caption, folio)

    together = left + right
    assert score.blocks == pytest.approx((1 + 2 * left / (together + left) + 2 * right / (together + right) + 1) / 4)
    assert score.found == pytest.approx(1 / 2)


def test_borders_inside_a_run_do_not_count() -> None:
    from dataclasses import replace

    truth = _truth()
    run = replace(truth.blocks[1], box=(0.0, 30.0, 200.0, 60.0), size=50, last="happily ever after", run=True)
    head, left, right, caption, folio = _well()

    assert _score(head, left, right, caption, folio, blocks=(truth.blocks[0], run, truth.blocks[3])).blocks == 1


def test_roles_are_counted_for_what_was_meant_and_for_what_was_said() -> None:
    head, left, right, _, folio = _well()

    roles = _score(head, left, right, _found("caption", "paragraph"), folio).roles

    assert roles["caption"] == {"missed": 1}
    assert roles["paragraph"] == {"right": 2, "wrong": 1}


def test_a_folio_in_the_text_is_not_kept_out_and_a_headline_as_furniture_is_not_read() -> None:
    head, left, right, caption, _ = _well()

    assert _score(head, left, right, caption, _found("folio", "paragraph")).furniture == 0
    lost = _score(_found("head", "running_head"), left, right, caption, _found("folio", "folio"))
    assert lost.order == pytest.approx(1 / 3)
    assert lost.roles["running_head"] == {"wrong": 1}


def test_plain_text_is_judged_by_first_and_last_words() -> None:
    from measures.page_score import score_text

    well = "A great day. Once upon a time there was a king who lived happily ever after. The king himself"
    mixed = "A great day. Once upon a time a king who lived there was happily ever after. The king himself"

    assert score_text(_truth(), well).order == 1
    assert score_text(_truth(), well).pieces == 1
    assert score_text(_truth(), mixed).order == 1  # the first words stand in order,
    assert score_text(_truth(), mixed).pieces == pytest.approx(3 / 4)  # but the second column cuts the first
    assert score_text(_truth(), "").order == 0


def test_accents_signs_and_letter_case_do_not_count() -> None:
    from measures.page_truth import letters

    assert letters("É\u00a0un’ÉPOCA – ﬁne") == "eunepocafine"
    assert letters("كتابي") == letters("کتابی")
