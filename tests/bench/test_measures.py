"""The measures say what they claim to, on cases small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

_TEXT = st.text(alphabet="abcde ", max_size=30)


def test_similarity_counts_what_has_to_go_and_come() -> None:
    from measures.strings import similarity

    assert similarity("abcd", "abcd") == 1
    assert similarity("", "") == 1
    assert similarity("abc", "xyz") == 0
    assert similarity("abcd", "acbd") == pytest.approx(1 - 2 / 8)  # one letter out, the same in elsewhere


@given(one=_TEXT, other=_TEXT)
def test_similarity_agrees_with_the_table_that_textbooks_give(one: str, other: str) -> None:
    from measures.strings import similarity

    row = [0] * (len(other) + 1)
    for char in one:
        before = row[:]
        for index, mate in enumerate(other, start=1):
            row[index] = before[index - 1] + 1 if char == mate else max(before[index], row[index - 1])
    expected = 2 * row[-1] / (len(one) + len(other)) if one or other else 1.0
    assert similarity(one, other) == pytest.approx(expected)


def test_white_space_hyphens_and_ligatures_do_not_count() -> None:
    from measures.strings import bare

    assert bare("a ﬁne inno-\nvation\u00ad \u2010 x\x02") == "afineinnovationx"


def test_shingles_are_lost_where_columns_run_together() -> None:
    from measures.strings import share_found, shingles

    left, right = "the left column goes on and on", "the right column does the same here"
    wanted = shingles(left.replace(" ", ""))
    assert share_found(wanted, (left + right).replace(" ", "")) == 1
    across = "the left thecolumnrightgoes oncolumnand on".replace(" ", "")
    assert share_found(wanted, across) == 0


def test_markdown_gives_words_headings_items_and_tables() -> None:
    from measures.markdown import Markdown

    page = Markdown("## Big **news**\n\nSome text\n- one\n  more\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert [text.split() for text in page.headings] == [["Big", "news"]]
    assert [text.split() for text in page.items] == [["one", "more"], ["two"]]
    assert page.tables == [[["a", "b"], ["1", "2"]]]
    assert page.text.split() == ["Big", "news", "Some", "text", "-", "one", "more", "2.", "two", "a", "b", "1", "2"]


def test_cells_are_related_over_empty_ones_and_spans() -> None:
    from measures.table_cells import relations
    from measures.understood import Cell

    cells = [Cell(0, 0, 1, 3, "Head"), Cell(1, 0, 1, 1, "a"), Cell(1, 1, 1, 1, ""), Cell(1, 2, 1, 1, "c")]
    assert relations(cells) == {("head", "a", "below"), ("head", "c", "below"), ("a", "c", "right")}


def test_facts_about_cells_ask_for_neighbours_and_headings() -> None:
    from measures.facts import holds
    from measures.understood import Cell, Found, PageFound

    table = [Cell(0, 0, 1, 1, "Year"), Cell(0, 1, 1, 1, "Sum"), Cell(1, 0, 1, 1, "1999"), Cell(1, 1, 1, 1, "12")]
    found = Found([PageFound("Year 1999 and then 12 more words", tables=[table])], 1.0)
    fact = {"page": 1, "type": "table", "cell": "12"}
    assert holds(fact | {"left": "1999", "top_heading": "Sum"}, found)
    assert not holds(fact | {"up": "Year"}, found)
    assert holds({"page": 1, "type": "order", "before": "1999", "after": "more words"}, found)
    assert not holds({"page": 1, "type": "absent", "text": "12"}, found)
    assert holds({"page": 1, "type": "absent", "text": "99"}, found)


@pytest.mark.corpus
def test_the_truth_about_tables_agrees_with_itself() -> None:
    from measures import corpus, table_cells
    from measures.understood import Cell, Found, PageFound

    if not (corpus.ROOT.parent / "shared/corpus/bench").is_dir():
        pytest.skip("no corpus")
    pdf = table_cells.table_pdfs()[0]
    regions = table_cells.true_regions(pdf.with_name(f"{pdf.stem}-str.xml"))
    pages: dict[int, list[list[Cell]]] = {}
    for page, cells in regions:
        pages.setdefault(page, []).append(cells)
    found = Found([PageFound("", tables=pages.get(n, [])) for n in range(1, max(pages) + 1)], 1.0)
    assert table_cells.document_score(pdf, found) == (1.0, 1.0, 1.0)


_HERE, _THERE = "the keeper of the lamp went up the stairs", "and saw the boats come home before the storm"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (_HERE + _THERE, _HERE),
        (_HERE, _HERE),
        (_THERE, ""),
        (_HERE + "words that stand on neither page", _HERE + "words that stand on neither page"),
    ],
)
def test_a_block_is_cut_where_it_goes_on_overleaf(text: str, kept: str) -> None:
    from measures.overleaf import place_of_cut, runs_of

    here, overleaf = frozenset(runs_of(_HERE + " (12)")), frozenset(runs_of("HEAD " + _THERE))
    assert text[: place_of_cut(text, here, overleaf)] == kept


def test_what_stands_on_both_pages_stays_on_the_first() -> None:
    from measures.overleaf import place_of_cut, runs_of

    both = frozenset(runs_of(_HERE))
    assert place_of_cut(_HERE, both, both) == len(_HERE)


def test_a_paragraph_that_goes_on_overleaf_counts_where_it_begins() -> None:
    from measures.whole_paragraphs import as_we_say

    def block(name: str, text: str, role: str = "paragraph", continues: str = "") -> dict[str, str]:
        return {"id": name, "role": role, "text": text, **({"continues": continues} if continues else {})}

    pages = [
        {"blocks": [block("a", "first"), block("b", "begins"), block("c", "after"), block("d", "7", "folio")]},
        {"blocks": [block("e", "goes on", continues="b"), block("f", "its own")]},
        {"blocks": [block("g", "and ends", continues="e")]},
    ]
    assert as_we_say(pages, lambda one: one["text"]) == ["first\nbegins\ngoes on\nand ends\nafter", "its own", ""]


def test_tools_that_say_nothing_of_paragraphs_are_joined_plainly() -> None:
    from measures.whole_paragraphs import plainly

    assert plainly(["It was the end of", "a long\nsentence.\nMore", "Of it"]) == [
        "It was the end of\na long\nsentence.",
        "More",
        "Of it",
    ]
    assert plainly(["It ended.", "a list"]) == ["It ended.", "a list"]
