"""Which pictures of a page are figures: tiles and shadows are one, grounds and repeated logos are none."""

from __future__ import annotations

from masthead.document.geometry import Box, union_of
from masthead.document.text import Article, Block, Line, PageLines, Role, Shape, Word
from masthead.layout.figures import figures_of, with_articles


def page(*pictures: Box, number: int = 1, lines: tuple[Line, ...] = ()) -> PageLines:
    return PageLines(number, 600, 800, lines, (), tuple(Shape("picture", box, 0) for box in pictures))


def line(count: int, x: float, y: float) -> Line:
    words = tuple(Word("word", Box(x + i * 20, y, x + i * 20 + 18, y + 8), 8, 0) for i in range(count))
    return Line(union_of(word.box for word in words), words)


def boxes(*pages: PageLines) -> list[Box]:
    return [figure.box for row in figures_of(pages).values() for figure in row]


def test_pictures_are_figures_from_top_to_bottom() -> None:
    low, high = Box(50, 400, 250, 500), Box(300, 100, 500, 200)
    figures = figures_of([page(low, high, number=3)])
    assert [(figure.id, figure.box) for figure in figures[3]] == [("p3-f1", high), ("p3-f2", low)]


def test_tiles_of_one_picture_are_one_figure() -> None:
    strips = [Box(50, 100 + step * 20, 250, 120 + step * 20) for step in range(5)]
    halves = [Box(300, 100, 400, 200), Box(400.5, 100, 500, 200)]
    assert sorted(boxes(page(*strips, *halves))) == [Box(50, 100, 250, 200), Box(300, 100, 500, 200)]


def test_pictures_side_by_side_with_a_gap_stay_two() -> None:
    pair = [Box(50, 100, 200, 200), Box(212, 100, 362, 200)]
    assert boxes(page(*pair)) == pair


def test_a_shadow_under_a_picture_belongs_to_it() -> None:
    assert boxes(page(Box(45, 95, 255, 210), Box(50, 100, 250, 200))) == [Box(45, 95, 255, 210)]


def test_icons_and_rules_are_no_figures() -> None:
    assert boxes(page(Box(50, 100, 70, 120), Box(50, 200, 500, 210))) == []


def test_pictures_over_the_edge_end_at_the_edge() -> None:
    assert boxes(page(Box(-20, -30, 200, 200))) == [Box(0, 0, 200, 200)]


def test_the_ground_of_a_text_is_no_figure_and_a_photograph_with_a_few_words_is() -> None:
    ground = Box(40, 40, 560, 400)
    text = tuple(line(10, 60, 60 + step * 12) for step in range(20))
    assert boxes(page(ground, lines=text)) == []
    assert boxes(page(ground, lines=text[:2])) == [ground]


def test_the_band_under_a_headline_is_no_figure() -> None:
    band = Box(0, 100, 600, 170)
    headline = Line(Box(100, 110, 400, 160), (Word("Outreach", Box(100, 110, 400, 160), 50, 0),))
    assert boxes(page(band, lines=(headline,))) == []
    assert boxes(page(band)) == [band]


def test_a_photograph_that_fills_a_page_counts_where_it_is_alone() -> None:
    full, small = Box(0, 0, 600, 800), Box(50, 100, 250, 200)
    assert boxes(page(full)) == [full]
    assert boxes(page(full, small)) == [small]


def test_a_logo_at_the_same_place_on_several_pages_is_furniture() -> None:
    logo = Box(500, 20, 580, 70)
    photo = Box(50, 200, 300, 400)
    pages = [page(logo, number=1), page(logo, photo, number=2), page(logo, number=3)]
    assert boxes(*pages) == [photo]


def test_a_figure_belongs_to_the_nearest_story_or_to_the_one_around_its_page() -> None:
    def story(name: str, number: int, y: float, article: str) -> Block:
        return Block(name, number, Role.PARAGRAPH, Box(50, y, 550, y + 50), (), "Body.", article=article)

    blocks = {
        1: (story("p1-b1", 1, 100, "a1"), story("p1-b2", 1, 600, "a2")),
        2: (),
        3: (story("p3-b1", 3, 100, "a2"),),
    }
    articles = [Article("a1", "One", "one", (1,), ("p1-b1",)), Article("a2", "Two", "two", (1, 3), ("p1-b2", "p3-b1"))]
    figures = figures_of([page(Box(50, 160, 250, 300)), page(Box(50, 100, 400, 400), number=2)])
    placed, told = with_articles(figures, blocks, articles)
    assert [figure.article for row in placed.values() for figure in row] == ["a1", "a2"]
    assert [article.figures for article in told] == [("p1-f1",), ("p2-f1",)]
