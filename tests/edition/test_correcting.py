"""Corrections applied to an edition: each kind, what it carries with it, and how it is found again in another build."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.edition.readings import block, reading

from masthead.document import corrections as kinds
from masthead.document.corrections import BlockPlace, Correction, PagePlace
from masthead.document.geometry import Box
from masthead.document.structure import OutlineEntry
from masthead.document.text import Article, Block, Join, Role
from masthead.edition.correcting.applying import applied, with_correction
from masthead.edition.correcting.pages import counted, from_roman, to_roman
from masthead.edition.correcting.places import block_place, figure_place, find_block, page_place
from masthead.edition.correcting.reading import DoesNotFitError, Reading
from masthead.edition.correcting.words import cell_words, differing, patched, with_text


def of(made: Reading, name: str) -> Block:
    """A block by its id."""
    return next(one for row in made.text.blocks.values() for one in row if one.id == name)


def at(name: str) -> BlockPlace:
    """The place of a block of the small edition."""
    return block_place(of(reading(), name))


def article(made: Reading, name: str) -> Article:
    """An article by its id."""
    return next(one for one in made.text.articles if one.id == name)


def corrected(*changes: Correction, start: Reading | None = None) -> Reading:
    made = start or reading()
    for change in changes:
        made = with_correction(made, change)
    return made


def words_of(one: Block) -> list[str]:
    return [word.text for line in one.lines for word in line.words]


def test_words_keep_their_boxes_and_new_ones_stand_where_the_old_ones_stood() -> None:
    before = of(reading(), "p1-b4")
    said = "The keeper of the lantern wrote his journal long before the lamp was lit."
    after = of(corrected(kinds.BlockText(block_place(before), before.text, said)), "p1-b4")
    assert after.text == said
    assert words_of(after) == said.replace("journal", "jour- nal").split()
    assert after.lines[0].words[4].box == before.lines[0].words[4].box
    assert after.lines[0].words[7].join is Join.HYPHEN
    long, nal = after.lines[1].words[1], before.lines[1].words[0]
    assert nal.box.x0 <= long.box.x0 < long.box.x1 <= nal.box.x1


def test_words_that_run_from_the_right_are_put_in_from_the_right() -> None:
    start = of(reading(), "p1-b1")
    turned = replace(start, lines=tuple(replace(line, right_to_left=True) for line in start.lines))
    first, second = with_text(turned, "The keeper alone").lines[0].words[1:]
    assert first.box.x0 > second.box.x1 > second.box.x0 >= start.lines[0].words[1].box.x0


@given(st.lists(st.sampled_from(["light", "lamp", "sea", "fog", "bell", "a", "of", "ship"]), min_size=1, max_size=12))
def test_whatever_is_written_is_what_the_words_say(said: list[str]) -> None:
    after = with_text(of(reading(), "p1-b4"), " ".join(said))
    joined = "".join(
        word.text[:-1] if word.join is Join.HYPHEN else word.text + " " if word.join is Join.SPACE else word.text
        for line in after.lines
        for word in line.words
    )
    assert joined.split() == said
    assert all(line.words for line in after.lines)


def test_a_corrected_headline_is_the_title_too_and_the_address_stays() -> None:
    made = corrected(
        kinds.ArticleWords(at("p1-b1"), title="The keeper of Harwick", byline="By Bo Ray", section="Coast")
    )
    one = article(made, "a1")
    assert (one.title, one.slug, one.section, one.authors) == (
        "The keeper of Harwick",
        "the-keeper",
        "Coast",
        ("Bo Ray",),
    )
    assert of(made, "p1-b1").text == "The keeper of Harwick"
    assert of(made, "p1-b3").text == "By Bo Ray"
    made = corrected(kinds.BlockText(at("p2-b2"), "Fog at sea", "Fog on shore"))
    assert article(made, "a2").title == "Fog on shore"


def test_a_standfirst_that_is_taken_away_stays_as_text() -> None:
    made = corrected(kinds.ArticleWords(at("p1-b1"), standfirst=""))
    assert article(made, "a1").standfirst == ""
    assert (of(made, "p1-b2").role, of(made, "p1-b2").text) == (Role.PARAGRAPH, "Every evening he lit the lamp.")


def test_roles_change_what_the_article_says_of_itself() -> None:
    made = corrected(kinds.BlockRole(at("p1-b2"), "paragraph"))
    assert article(made, "a1").standfirst == ""
    made = corrected(kinds.BlockRole(at("p2-b3"), "byline"), start=made)
    assert article(made, "a2").byline == "A bell is heard before the ship is seen."
    made = corrected(kinds.BlockRole(at("p2-b4"), "running_head"), start=made)
    assert "p2-b4" not in article(made, "a2").blocks
    made = corrected(kinds.BlockRole(at("p3-b1"), "paragraph"), start=made)
    assert of(made, "p3-b1").table is None


def test_an_advertisement_leaves_its_article() -> None:
    made = corrected(kinds.BlockHidden(at("p2-b4")))
    assert article(made, "a2").blocks == ("p2-b2", "p2-b3")
    assert (of(made, "p2-b4").role, of(made, "p2-b4").article) == (Role.ADVERTISEMENT, "")


def test_blocks_are_read_in_another_order() -> None:
    page = page_place(reading().text, 2)
    change = kinds.BlockOrder(page, (at("p2-b2"), at("p2-b4"), at("p2-b3"), at("p2-b1")))
    made = corrected(change)
    assert [one.id for one in made.text.blocks[2]] == ["p2-b2", "p2-b4", "p2-b3", "p2-b1"]
    assert article(made, "a2").blocks == ("p2-b2", "p2-b4", "p2-b3")


def test_articles_are_split_joined_and_made() -> None:
    made = corrected(kinds.ArticleSplit(at("p2-b1"), "A hundred years"))
    assert [(one.id, one.title) for one in made.text.articles] == [
        ("a1", "The keeper"),
        ("a3", "A hundred years"),
        ("a2", "Fog at sea"),
    ]
    assert (article(made, "a1").pages, article(made, "a3").blocks) == ((1,), ("p2-b1",))
    made = corrected(kinds.ArticleMerge(at("p2-b1"), at("p2-b2")), start=made)
    assert article(made, "a2").blocks == ("p2-b1", "p2-b2", "p2-b3", "p2-b4")
    made = corrected(kinds.ArticleNew((at("p3-b2"),), ""), start=made)
    new = article(made, "a3")
    assert (new.title, new.pages) == ("Read on in the next issue of the magazine.", (3,))
    made = corrected(kinds.BlockArticle((at("p3-b2"),), at("p2-b2")), start=made)
    assert article(made, "a2").pages == (2, 3)
    assert [one.id for one in made.text.articles] == ["a1", "a2"]
    made = corrected(kinds.BlockArticle((at("p3-b2"),), None), start=made)
    assert of(made, "p3-b2").article == ""


def test_pictures_go_with_the_article_that_stands_beside_them() -> None:
    made = corrected(kinds.ArticleSplit(at("p1-b4"), "Rest"))
    assert article(made, "a3").figures == ("p1-f1",)
    place = figure_place(made.text, made.text.figures[1][0])
    made = corrected(kinds.FigureWords(place, " A  lighthouse "), start=made)
    assert (made.text.figures[1][0].alt, made.text.figures[1][0].decorative) == ("A lighthouse", False)
    made = corrected(kinds.FigureWords(place, "kept", decorative=True), start=made)
    assert (made.text.figures[1][0].alt, made.text.figures[1][0].decorative) == ("", True)


def test_tables_get_headers() -> None:
    made = corrected(kinds.TableHeads(at("p3-b1"), 1, 0))
    table = of(made, "p3-b1").table
    assert table is not None
    assert [cell.header for cell in table.cells] == [True, True, False, False]
    with pytest.raises(DoesNotFitError):
        corrected(kinds.TableHeads(at("p3-b2"), 1, 0))


def test_cells_of_a_table_say_something_else_and_the_others_stay() -> None:
    change = kinds.CellText(at("p3-b1"), 0, 1, "Depth", "Depth in metres")
    made = corrected(change)
    made = corrected(kinds.CellText(block_place(of(made, "p3-b1")), 1, 0, "Harwick", "Wick"), start=made)
    block = of(made, "p3-b1")
    assert block.table is not None
    assert [cell_words(block, cell) for cell in block.table.cells] == ["Port", "Depth in metres", "Wick", "12"]
    assert block.text == "Port Depth in metres Wick 12"
    with pytest.raises(DoesNotFitError):
        corrected(replace(change, row=7))
    with pytest.raises(DoesNotFitError):
        corrected(replace(change, printed="Length"))


def test_pages_and_the_edition() -> None:
    made = corrected(
        kinds.PageLabel(PagePlace(2), "ix", counting=True),
        kinds.PageLanguage(PagePlace(3), "ar"),
        kinds.CoverPage(PagePlace(2)),
        kinds.EditionWords(title="Harbour 12", language="de"),
        kinds.Contents((kinds.ContentsLine("Fog", PagePlace(2), (kinds.ContentsLine("Bells", PagePlace(3)),)),)),
    )
    assert [shape.label for shape in made.report.pages] == ["1", "ix", "x"]
    assert (made.languages, made.cover, made.title, made.language) == ({3: "ar"}, 2, "Harbour 12", "de")
    assert made.contents == (OutlineEntry("Fog", 2, (OutlineEntry("Bells", 3),)),)
    made = corrected(kinds.PageLanguage(PagePlace(3), ""), start=made)
    assert made.languages == {}


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_as_they_are_written(number: int) -> None:
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize(
    ("label", "steps", "then"),
    [("12", 1, "13"), ("A9", 1, "A10"), ("IV", 2, "VI"), ("Cover", 3, "Cover"), ("S-1", 0, "S-1")],
)
def test_printed_numbers_count_on(label: str, steps: int, then: str) -> None:
    assert counted(label, steps) == then


def test_a_correction_is_found_again_when_pages_moved_and_lines_were_set_anew() -> None:
    start = reading()
    moved = block(
        "p3-b2", ["The keeper of the light", "wrote his journal", "before the lamp was lit."], 300, article="a1"
    )
    rows = {1: start.text.blocks[1][:3], 2: start.text.blocks[2], 3: (moved,)}
    other = replace(start, text=replace(start.text, blocks=rows))
    printed = of(start, "p1-b4").text
    made = corrected(kinds.BlockText(at("p1-b4"), printed, printed.replace("keeper", "warden")), start=other)
    assert of(made, "p3-b2").text == "The warden of the light wrote his journal before the lamp was lit."


def test_a_short_headline_is_not_taken_for_the_same_word_on_the_page_that_has_its_number_now() -> None:
    made = reading()
    place = block_place(of(made, "p2-b2"))
    blocks = {**made.text.blocks}
    moved = tuple(replace(one, id=f"p3-{one.id[3:]}", page=3) for one in blocks[2])
    before = (block("p2-b9", ["Fog at sea"], 440),)  # the same words, in small print lower on the page before
    later = replace(made, text=replace(made.text, blocks={**blocks, 2: before, 3: moved}))
    assert find_block(later.text, place).id == "p3-b2"


def test_what_the_publisher_changed_elsewhere_in_the_block_stays() -> None:
    now = "The old keeper of the light wrote his journal before the lamp was lit at last."
    printed = "The keeper of the light wrote his journal before the lamp was lit."
    assert patched(printed, printed.replace("journal", "diary"), now) == now.replace("journal", "diary")
    assert (
        patched(printed, printed.replace("The keeper", "Here the keeper"), printed)
        == "Here the keeper of the light wrote his journal before the lamp was lit."
    )
    with pytest.raises(DoesNotFitError):
        patched(printed, printed.replace("journal", "diary"), "The keeper of the light slept before the lamp was lit.")


def test_what_does_not_fit_is_named_and_the_rest_is_applied() -> None:
    gone = BlockPlace(1, Box(0, 0, 9, 9), "Words that were never printed anywhere in this issue")
    changes = (
        ("one", kinds.BlockHidden(gone)),
        ("two", kinds.BlockHidden(at("p2-b4"))),
        ("three", kinds.PageArrangement("b" * 64, ())),
    )
    made, outcome = applied(reading(), changes)
    assert outcome.fitting == ("two",)
    assert [name for name, _ in outcome.lost] == ["one", "three"]
    assert of(made, "p2-b4").role is Role.ADVERTISEMENT


def test_the_ledger_tells_only_what_differs() -> None:
    before = "one two three four five six seven eight nine ten eleven"
    assert differing(before, before.replace("six", "SIX")) == (
        "… two three four five six seven eight nine ten …",
        "… two three four five SIX seven eight nine ten …",
    )
    assert differing("", "new") == ("", "new")
