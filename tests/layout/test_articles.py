"""The stories of an issue: where they begin, how they run, and what belongs to none."""

from __future__ import annotations

from tests.setting import BOLD, ITALIC, SANS, Sheet, block, line, understood

from masthead.document.geometry import Box
from masthead.document.text import Role, Shape


def _pages(text: object) -> list[tuple[str, tuple[int, ...]]]:
    return [(article.title, article.pages) for article in text.articles]  # type: ignore[attr-defined]


def _story(title: str, author: str = "Ann Lee", size: float = 30) -> Sheet:
    return Sheet().put(title, size, BOLD).put(f"By {author}", 8, SANS)


def test_a_story_runs_over_pages_until_the_next_headline() -> None:
    text = understood(
        _story("The lamp is on").prose("oil", "wick"),
        Sheet().prose("rope").put("The last winter", 13, BOLD, 16).prose("coal"),
        _story("Seven moons", "Bob Roe", 44).prose("moon", "tide"),
        _story("A supper for bad weather", "Cy Doe", 26).prose("fish", "rice"),
    )
    assert _pages(text) == [("The lamp is on", (1, 2)), ("Seven moons", (3,)), ("A supper for bad weather", (4,))]
    assert block(text, "The last winter").level > 1
    assert [article.authors for article in text.articles] == [("Ann Lee",), ("Bob Roe",), ("Cy Doe",)]


def test_the_first_words_of_the_text_set_larger_are_no_standfirst() -> None:
    head = Sheet().put("Welcome new students", 30, BOLD).put("I am the dean of the college of science,", 15, SANS)
    text = understood(head.put("and I am delighted that you came to us.", 10).prose("reef", "lamp"))
    assert block(text, "I am the dean").role is Role.PARAGRAPH
    whole = Sheet().put("Welcome new students", 30, BOLD).put("Here is what the dean of science says", 15, SANS)
    text = understood(whole.put("I am delighted that you came to us.", 10).prose("reef", "lamp"))
    assert block(text, "Here is what").role is Role.STANDFIRST


def test_two_stories_side_by_side_keep_their_columns() -> None:
    sheet = Sheet(y=100).put("Harbour wall falls", 20, BOLD).prose("wall", "stone").column(330, 100)
    text = understood(sheet.put("Ferry is late again", 20, BOLD).prose("ferry", "quay"))
    assert [article.title for article in text.articles] == ["Harbour wall falls", "Ferry is late again"]
    assert block(text, "Wall 0").article == block(text, "Stone 0").article == "a1"
    assert block(text, "Ferry 0").article == block(text, "Quay 0").article == "a2"


def test_a_jump_takes_the_rest_of_the_story_where_it_stands() -> None:
    text = understood(
        _story("The light on the rock").prose("rock", "reef").put("Continued on page 3", 8, SANS),
        _story("How to hear fog", "Bob Roe").prose("horn", "fog"),
        Sheet()
        .put("LIGHT, from page 1", 8, SANS)
        .prose("lens", "oil")
        .put("Five lights to walk to", 30, BOLD)
        .put("By Cy Doe", 8, SANS)
        .prose("walk"),
    )
    assert _pages(text) == [
        ("The light on the rock", (1, 3)),
        ("How to hear fog", (2,)),
        ("Five lights to walk to", (3,)),
    ]
    assert block(text, "Lens 0").article == "a1"
    assert block(text, "LIGHT, from").role.is_furniture


def test_the_contents_page_is_no_article_and_proves_headlines() -> None:
    contents = Sheet().put("Contents", 40, BOLD)
    titles = ["A lamp left on", "Letters from readers", "How to hear fog", "Seven moons over Harwick"]
    for number, title in enumerate(titles, start=2):
        contents.lines += [line(str(number), 50, contents.y + 20, 14), line(title, 90, contents.y + 20, 14)]
        contents.y += 40
    stories = [Sheet().put(title, 24, BOLD).prose("oil", "wick") for title in titles]
    text = understood(contents, *stories)
    assert _pages(text) == [(title, (number,)) for number, title in enumerate(titles, start=2)]


def test_a_boxed_text_stands_beside_the_story_around_it() -> None:
    sheet = _story("The lamp is on").prose("oil", "wick", "rope", "coal")
    box = Box(330, 300, 560, 460)
    sheet.shapes.append(Shape("fill", box, 0xEEEEEE))
    sheet.column(340, 300).put("What a lens does", 12, BOLD).column(340, sheet.y)
    for index in range(6):
        sheet.put(f"glass {index} bends the light into one beam.", 8, SANS, 2)
    text = understood(sheet)
    assert [article.title for article in text.articles] == ["The lamp is on"]
    aside = next(one for one in text.blocks[1] if one.text.startswith("glass 0"))
    assert aside.role is Role.SIDEBAR
    assert aside.id in text.articles[0].asides


def test_an_advertisement_belongs_to_no_article() -> None:
    advertisement = Sheet().put("Leave it on.", 48, BOLD).put("The lamp that burns for three hundred hours", 12, SANS)
    advertisement.put("www.lamps.example · Tel. +44 1632 960 340 · £148.00", 9, SANS)
    text = understood(
        _story("The lamp is on").prose("oil", "wick"),
        advertisement,
        Sheet().prose("rope", "coal"),
        _story("Seven moons", "Bob Roe").prose("moon", "tide"),
    )
    assert {one.role for one in text.blocks[2]} == {Role.ADVERTISEMENT}
    assert _pages(text) == [("The lamp is on", (1, 3)), ("Seven moons", (4,))]


def test_a_title_page_with_the_address_of_its_paper_sells_nothing() -> None:
    page = Sheet().put("Sound and Light", 40, BOLD).put("Ann Lee", 12).put("The Lamps.com Company", 10)
    page.put("https://doi.org/10.6028/lamps.223", 10).put("https://doi.org/10.6028/lamps.224", 10)
    text = understood(Sheet().prose("rope", "coal"), page, Sheet().prose("oil", "wick"), Sheet().prose("moon", "tide"))
    assert Role.ADVERTISEMENT not in {one.role for one in text.blocks[2]}


def test_a_signature_ends_a_story_and_names_its_author() -> None:
    sheet = Sheet().put("Cold pizza", 20, BOLD).prose("dough").put("– Ann Lee, Marine Biology", 10, ITALIC)
    text = understood(sheet.put("Dear August", 20, BOLD, 20).prose("song").put("– Bob Roe, Chemistry", 10, ITALIC))
    assert [(article.title, article.authors) for article in text.articles] == [
        ("Cold pizza", ("Ann Lee",)),
        ("Dear August", ("Bob Roe",)),
    ]


def test_a_paper_is_one_article() -> None:
    first = Sheet().put("On lenses and the light of lamps", 20, BOLD).put("Abstract", 11, BOLD).prose("oil")
    first.put("1 Introduction", 14, BOLD).prose("wick", "rope")
    last = Sheet().put("2 Method", 14, BOLD).prose("coal", "glass").put("References", 14, BOLD).prose("book")
    text = understood(first, last)
    assert _pages(text) == [("On lenses and the light of lamps", (1, 2))]


def test_a_report_without_large_type_is_parted_by_its_heaviest_headings() -> None:
    sheets = [
        Sheet().put(f"{name} of the harbour", 10, BOLD).prose("oil", "wick") for name in ("History", "Trade", "Future")
    ]
    assert [title for title, _ in _pages(understood(*sheets))] == [
        "History of the harbour",
        "Trade of the harbour",
        "Future of the harbour",
    ]


def test_a_kicker_stands_before_the_title_and_names_the_section() -> None:
    first = (
        Sheet()
        .put("ENGINEERING", 8, SANS)
        .put("The light on the rock", 40, BOLD)
        .put("By Ann Lee", 8, SANS)
        .prose("oil", "wick")
    )
    text = understood(first, _story("Seven moons", "Bob Roe", 40).prose("moon", "tide"))
    article = text.articles[0]
    assert article.title == "The light on the rock"
    assert article.section == "ENGINEERING"
    assert article.blocks[0] == block(text, "ENGINEERING").id
    assert block(text, "ENGINEERING").role is Role.HEADING


def test_a_running_head_of_every_other_page_is_no_section() -> None:
    sheets = []
    for number in range(1, 11):
        sheet = _story(f"Story of tower {number}", f"Ann Lee{'abcdefghij'[number - 1]}").prose("oil", "wick")
        sheet.number = number
        if number % 3 == 0:
            sheet.lines.append(line("Fathom Autumn", 50, 20, 8, SANS))
        sheets.append(sheet)
    articles = understood(*sheets).articles
    assert len(articles) == 10
    assert not any(article.section for article in articles)
