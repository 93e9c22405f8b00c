"""An article as one fragment: title, paragraphs over pages, pictures, boxes, notes; each block once, all escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind
from masthead.document.text import Article, Block, Figure, Join, Line, ReadText, Role, Word
from masthead.edition.arrangement import QUOTATION_MARKS, arrange
from masthead.edition.article_files import Surroundings, article_fragment, article_plain_text


def block(
    name: str, text: str, role: Role = Role.PARAGRAPH, *, y: float = 0.0, x: float = 0.0, **more: object
) -> Block:
    """A block of one line at (x, y), ten points a word; its page stands in its name."""
    row = tuple(Word(word, Box(x + i * 10, y, x + i * 10 + 9, y + 8), 8, 0) for i, word in enumerate(text.split())) or (
        Word("", Box(x, y, x + 1, y + 8), 8, 0),
    )
    box = Box(x, y, x + max(1, len(row)) * 10, y + 8)
    page = int(name[1:].split("-", maxsplit=1)[0])
    values: dict[str, object] = {"article": "a1", "text": text, "lines": (Line(box, row),), **more}
    return Block(id=name, page=page, role=role, box=box, **values)  # type: ignore[arg-type]


def read_text(
    *blocks: Block, title: str = "", figures: tuple[Figure, ...] = (), asides: tuple[str, ...] = ()
) -> ReadText:
    pages = sorted({part.page for part in (*blocks, *figures)})
    article = Article(
        "a1", title or blocks[0].text, "story", tuple(pages), tuple(part.id for part in blocks), asides=asides
    )
    return ReadText(
        {page: tuple(part for part in blocks if part.page == page) for page in pages},
        (article,),
        figures={page: tuple(figure for figure in figures if figure.page == page) for page in pages},
    )


def fragment(text: ReadText, around: Surroundings | None = None) -> str:
    return article_fragment(arrange(text.articles[0], text), around or Surroundings({}))


def plain(text: ReadText) -> str:
    return article_plain_text(arrange(text.articles[0], text))


TITLE = block("p1-b1", "The keeper", Role.HEADING, level=1)


def test_a_story_has_its_title_as_h2_and_no_level_is_skipped() -> None:
    html = fragment(
        read_text(
            TITLE,
            block("p1-b2", "Alone at sea", Role.STANDFIRST),
            block("p1-b3", "By Ann Lee", Role.BYLINE),
            block("p1-b4", "Body."),
            block("p1-b5", "Later", Role.HEADING, level=5),
            block("p1-b6", "End."),
        )
    )
    assert html == (
        '<h2 data-block="p1-b1">The keeper</h2>\n'
        '<p class="standfirst" data-block="p1-b2">Alone at sea</p>\n'
        '<p class="byline" data-block="p1-b3">By Ann Lee</p>\n'
        '<p data-block="p1-b4">Body.</p>\n'
        '<h3 data-block="p1-b5">Later</h3>\n'
        '<p data-block="p1-b6">End.</p>\n'
    )


def test_a_title_of_two_blocks_is_one_heading_and_what_stands_over_it_a_kicker() -> None:
    kicker = block("p1-b1", "Travel", Role.HEADING, level=4)
    first, second = (
        block("p1-b2", "The keeper", Role.HEADING, level=1),
        block("p1-b3", "of light", Role.HEADING, level=1),
    )
    html = fragment(read_text(kicker, first, second, block("p1-b4", "Body."), title="The keeper of light"))
    assert '<p class="kicker" data-block="p1-b1">Travel</p>' in html
    assert '<h2 data-block="p1-b2">The keeper <span data-block="p1-b3">of light</span></h2>' in html


def test_a_headline_over_a_fold_is_one_title() -> None:
    html = fragment(
        read_text(
            block("p2-b1", "Where the candidates", Role.HEADING, level=1),
            block("p2-b2", "Left page.", y=50),
            block("p3-b1", "stand", Role.HEADING, level=1),
            block("p3-b2", "Right page.", y=50),
            title="Where the candidates stand",
        )
    )
    assert html.startswith('<h2 data-block="p2-b1">Where the candidates')
    assert '<span data-block="p3-b1">stand</span></h2>' in html
    assert html.count("stand</") == 1
    assert html.count("page-mark") == 1
    assert html.index("Left page.") < html.index("Right page.")


def test_a_title_that_stands_nowhere_is_written_all_the_same() -> None:
    html = fragment(read_text(block("p1-b1", "Body."), title="A & B"))
    assert html.startswith("<h2>A &amp; B</h2>\n")


def test_a_paragraph_over_two_pages_is_one_with_the_page_marked_inside() -> None:
    text = read_text(
        TITLE,
        block("p1-b2", "It was dark and"),
        block("p2-b1", "nobody came.", continues="p1-b2"),
        block("p2-b2", "End."),
    )
    html = fragment(text, Surroundings({1: "i", 2: "ii"}))
    mark = '<span class="page-mark" data-page="2" role="doc-pagebreak" aria-label="ii"></span>'
    assert f'<p data-block="p1-b2">It was dark and {mark}<span data-block="p2-b1">nobody came.</span></p>' in html
    assert html.count("page-mark") == 1
    assert "It was dark and nobody came." in plain(text)


def test_a_word_broken_at_the_end_of_a_page_is_one_word() -> None:
    box = Box(0, 0, 9, 8)
    broken = Word("jour-", box, 8, 0, join=Join.HYPHEN)
    first = Block("p1-b2", 1, Role.PARAGRAPH, box, (Line(box, (broken,)),), "jour", article="a1")
    text = read_text(TITLE, first, block("p2-b1", "nal it was", continues="p1-b2"))
    assert "journal it was" in plain(text)
    assert 'jour<span class="page-mark"' in fragment(text)


def test_page_marks_stand_between_paragraphs_and_inside_list_items() -> None:
    items = [
        block("p1-b2", "one", Role.LIST_ITEM, marker="1."),
        block("p2-b1", "two", Role.LIST_ITEM, marker="2."),
        block("p3-b1", "End."),
    ]
    html = fragment(read_text(TITLE, *items))
    assert '<li data-block="p2-b1" value="2"><span class="page-mark" data-page="2"' in html
    assert '</ol>\n<span class="page-mark" data-page="3" role="doc-pagebreak" aria-label="3"></span>\n<p ' in html


FIGURE = Figure("p1-f1", 1, Box(0, 110, 100, 160), article="a1")


def test_a_figure_follows_the_paragraph_that_it_stands_by_and_holds_its_caption() -> None:
    text = read_text(
        TITLE,
        block("p1-b2", "First.", y=50),
        block("p1-b3", "Second.", y=100),
        block("p1-b4", "Third.", y=300),
        block("p1-b5", "The lamp", Role.CAPTION, y=165, figure="p1-f1"),
        figures=(FIGURE,),
    )
    html = fragment(text, Surroundings({}, sizes={"p1-f1": (200, 100)}))
    assert (
        '<p data-block="p1-b3">Second.</p>\n'
        '<figure data-figure="p1-f1"><img src="figure:p1-f1" alt="The lamp" width="200" height="100" />\n'
        '<figcaption data-block="p1-b5">The lamp</figcaption>\n</figure>\n'
        '<p data-block="p1-b4">Third.</p>'
    ) in html
    assert plain(text) == "The keeper\n\nFirst.\n\nSecond.\n\nThe lamp\n\nThird.\n"


def test_a_figure_by_the_headline_comes_before_the_text() -> None:
    lead = Figure("p1-f1", 1, Box(0, 10, 100, 40), article="a1")
    text = read_text(
        TITLE, block("p1-b2", "Alone", Role.STANDFIRST, y=45), block("p1-b3", "Body.", y=60), figures=(lead,)
    )
    html = fragment(text, Surroundings({}, sizes={"p1-f1": (9, 9)}))
    assert html.index("standfirst") < html.index("<figure") < html.index("Body.")
    assert 'alt=""' in html


def test_a_figure_without_a_picture_leaves_its_caption() -> None:
    text = read_text(TITLE, block("p1-b2", "The lamp", Role.CAPTION, figure="p1-f1"), figures=(FIGURE,))
    assert '<p class="caption" data-block="p1-b2">The lamp</p>' in fragment(text)


def test_the_pdf_own_alternative_text_wins() -> None:
    figure = Figure("p1-f1", 1, Box(0, 0, 9, 9), article="a1", alt='A "lamp" <lit>')
    html = fragment(read_text(TITLE, figures=(figure,)), Surroundings({}, sizes={"p1-f1": (9, 9)}))
    assert 'alt="A &quot;lamp&quot; &lt;lit&gt;"' in html


def test_sidebars_stand_apart_by_their_paragraph_and_pull_quotes_are_not_said_twice() -> None:
    text = read_text(
        TITLE,
        block("p1-b2", "At first it was dark.", y=50),
        block("p1-b3", "Facts", Role.HEADING, level=3, y=52, x=200, group="p1-g1"),
        block("p1-b4", "Built in 1820.", Role.SIDEBAR, y=62, x=200, group="p1-g1"),
        block("p1-b5", "Dark at first", Role.PULL_QUOTE, y=70, repeats="p1-b2"),
        block("p1-b6", "Never said before", Role.PULL_QUOTE, y=300),
        block("p1-b7", "Last.", y=290),
    )
    html = fragment(text)
    assert (
        '<p data-block="p1-b2">At first it was dark.</p>\n<aside class="sidebar" data-group="p1-g1">\n'
        '<h3 data-block="p1-b3">Facts</h3>\n<p class="sidebar" data-block="p1-b4">Built in 1820.</p>\n</aside>'
    ) in html
    assert "Dark at first" not in html + plain(text)
    assert html.index("Last.") < html.index(
        '<aside class="pull-quote" data-block="p1-b6"><p>Never said before</p></aside>'
    )


def test_a_quotation_mark_as_an_ornament_is_no_pull_quote() -> None:
    text = read_text(TITLE, block("p1-b2", "Body.", y=50), block("p1-b3", "\u201c", Role.PULL_QUOTE, y=60))
    assert "pull-quote" not in fragment(text)


def test_notes_come_last_with_references_both_ways() -> None:
    text = read_text(
        TITLE,
        block("p1-b2", "The lamp1 was lit in 11 rooms."),
        block("p1-b3", "1 Built by Hill.", Role.FOOTNOTE, reference="p1-b2"),
        block("p1-b4", "End."),
    )
    html = fragment(text)
    reference = '<sup><a href="#note-p1-b3" id="ref-p1-b3" role="doc-noteref">1</a></sup>'
    assert f'<p data-block="p1-b2">The lamp{reference} was lit in 11 rooms.</p>' in html
    assert html.endswith(
        '<section class="footnotes">\n<p class="footnote" id="note-p1-b3" data-block="p1-b3">'
        '<a href="#ref-p1-b3" role="doc-backlink">1</a> Built by Hill.</p>\n</section>\n'
    )


def test_a_note_whose_mark_is_not_found_is_referred_to_at_the_end_of_the_paragraph() -> None:
    text = read_text(TITLE, block("p1-b2", "The lamp."), block("p1-b3", "* Hill.", Role.FOOTNOTE, reference="p1-b2"))
    assert 'The lamp.<sup><a href="#note-p1-b3" id="ref-p1-b3" role="doc-noteref">*</a></sup></p>' in fragment(text)


def test_links_stay_live() -> None:
    links = {1: [Link(1, Box(10, 50, 19, 58), LinkKind.PAGE, "12", "text")]}
    html = fragment(read_text(TITLE, block("p1-b2", "turn there now", y=50)), Surroundings({}, links))
    assert 'turn <a href="page:12">there</a> now' in html


def test_code_keeps_its_lines_and_indents() -> None:
    rows = [("if lit:", 0.0), ("burn()", 40.0)]
    lines = tuple(
        Line(Box(x, i * 10, x + 70, i * 10 + 8), (Word(words, Box(x, i * 10, x + 10 * len(words), i * 10 + 8), 8, 0),))
        for i, (words, x) in enumerate(rows)
    )
    code = Block("p1-b2", 1, Role.CODE, Box(0, 0, 99, 20), lines, "if lit: burn()", article="a1")
    assert '<pre data-block="p1-b2"><code>if lit:\n    burn()</code></pre>' in fragment(read_text(TITLE, code))


ROLES = [role for role in Role if not role.is_furniture]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ROLES),
            st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=12),
            st.integers(1, 4),
            st.booleans(),
            st.sampled_from(["", "p1-g1", "p2-g1"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_block_is_there_once_and_the_fragment_is_well_formed(
    rows: list[tuple[Role, str, int, bool, str]],
) -> None:
    blocks: list[Block] = []
    for index, (role, text, page, goes_on, group) in enumerate(sorted(rows, key=lambda row: row[2])):
        before = blocks[-1].id if blocks and goes_on else ""
        blocks.append(
            block(
                f"p{page}-b{index}",
                text,
                role,
                level=index % 5 if role is Role.HEADING else 0,
                continues=before,
                group=group,
            )
        )
    article = read_text(*blocks, title="Title")
    html = fragment(article)
    root = ET.fromstring(f"<main>{html}</main>")
    shown = [element.get("data-block") for element in root.iter() if element.get("data-block")]
    blocks = [part for part in blocks if part.role is not Role.PULL_QUOTE or set(part.text) - QUOTATION_MARKS]
    assert sorted(shown) == sorted(part.id for part in blocks)
    words = "".join("".join(root.itertext()).split())
    for part in blocks:
        assert "".join(part.text.split()) in words
        assert part.text in plain(article)


def test_what_the_publisher_added_stands_below_the_title() -> None:
    read = read_text(TITLE, block("p1-b2", "Ann Lee sat by the lamp.", y=20))
    article = replace(read.articles[0], standfirst="Alone & at sea", byline="Ann Lee")
    html = fragment(replace(read, articles=(article,)))
    assert '</h2>\n<p class="standfirst">Alone &amp; at sea</p>\n<p data-block' in html
    assert "byline" not in html  # the text says the name already
    assert plain(replace(read, articles=(article,))).startswith("Alone & at sea\n\n")


def test_a_picture_that_only_decorates_has_no_words() -> None:
    figure = Figure("p1-f1", 1, Box(0, 90, 50, 120), article="a1", alt="", decorative=True)
    html = fragment(read_text(TITLE, figures=(figure,)), Surroundings({}, sizes={"p1-f1": (20, 10)}))
    assert '<img src="figure:p1-f1" alt="" role="presentation" width="20" height="10" />' in html
