"""The page file and the search text agree word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind, PageShape
from masthead.document.text import Block, Join, Line, Role, Word
from masthead.edition.folder import schema
from masthead.edition.page_files import page_file, search_text, to_bytes

WORDS = st.builds(
    lambda text, join: Word(text + ("-" if join is Join.HYPHEN else ""), Box(0, 0, 5, 5), 9, 0, join=join),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    st.sampled_from(Join),
)


def block_of(words: list[Word]) -> Block:
    box = Box(0, 0, 5, 5)
    return Block("p1-b1", 1, Role.PARAGRAPH, box, (Line(box, tuple(words)),), "x")


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_each_run_of_joined_words_is_one_search_token(words: list[Word]) -> None:
    runs = 1 + sum(word.join is Join.SPACE for word in words[:-1])
    assert len(search_text([block_of(words)]).split(" ")) == runs


def test_a_word_broken_by_a_hyphen_is_found_whole() -> None:
    box = Box(0, 0, 5, 5)
    words = [Word("sci-", box, 9, 0, join=Join.HYPHEN), Word("entific", box, 9, 0), Word("work", box, 9, 0)]
    assert search_text([block_of(words)]) == "scientific work"


def test_the_page_file_follows_its_schema_and_has_the_joins() -> None:
    shape = PageShape(1, "i", 612.004, 792.0, 0)
    words = [
        Word("sci-", Box(1.04, 2, 5, 6), 9, 0, join=Join.HYPHEN),
        Word("ence", Box(1, 8, 5, 12), 9, 0, join=Join.NONE),
        Word("!", Box(5, 8, 6, 12), 9, 0),
    ]
    link = Link(1, Box(1, 2, 5, 6), LinkKind.PAGE, "2", "annotation", "science")
    data = page_file(shape, [block_of(words)], [link], [], {})
    assert list(schema("page-1").iter_errors(data)) == []
    assert data["blocks"][0]["lines"][0]["words"] == [
        ["sci-", 1.0, 2.0, 5.0, 6.0, 2],
        ["ence", 1.0, 8.0, 5.0, 12.0, 1],
        ["!", 5.0, 8.0, 6.0, 12.0],
    ]
    assert to_bytes(data) == to_bytes(data)
