"""The template: what the corrections of one issue teach, and how the next issue is read by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.pdfs import new_pdf, text_at

from masthead.document.corrections import ArticleWords, BlockRole
from masthead.document.template import TemplateRule, rule_from_json, rule_to_json
from masthead.document.text import Block, Role
from masthead.edition.build import build
from masthead.edition.correcting.learning import lessons
from masthead.edition.correcting.places import block_place
from masthead.edition.kept import Kept, kept_path, read_kept
from masthead.edition.options import BuildOptions
from masthead.edition.texts import reading_of

OPTIONS = BuildOptions(widths=(240,), workers=2, language="en", recognise=False)
_PROSE = (
    "The keeper wrote his journal every evening before the lamp was lit,",
    "and nobody read it for a hundred years, because nobody knew where it",
    "was kept. The pages tell of storms and of ships that came too near.",
    "They tell of bread and oil, of birds against the glass, and of winter.",
)


def issue(path: Path, titles: tuple[str, ...], section: str) -> Path:
    """Pages with the section at the top in 13 points, a line in 11 that says who took the pictures, and an address."""
    contents = []
    for number, title in enumerate(titles, start=1):
        rows = [text_at(40, 30, section, 13), text_at(40, 80, title, 26), text_at(40, 110, "By Ann Lee", 10)]
        rows += [text_at(40, 140 + 14 * at, words, 9.5) for at, words in enumerate(_PROSE * 2)]
        rows += [text_at(40, 330, "Told to somebody who was there", 11.5)]
        rows += [text_at(40, 360 + 14 * at, words, 9.5) for at, words in enumerate(_PROSE)]
        rows += [text_at(40, 450, f"Fathom Quarterly reader service {number}", 9.5)]
        contents.append("\n".join(rows))
    with new_pdf(contents) as pdf:
        pdf.save(path, deterministic_id=True)
    return path


def read(pdf: Path, rules: tuple[TemplateRule, ...] = ()) -> Kept:
    """The issue as it is read by the template."""
    out = pdf.with_suffix("")
    build(pdf, out, replace(OPTIONS, template=rules, keep_reading=kept_path(out)))
    kept = read_kept(kept_path(out))
    assert kept is not None
    return kept


def saying(kept: Kept, words: str) -> list[Block]:
    return [block for row in kept.state.text.blocks.values() for block in row if words in block.text]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return read(issue(tmp_path_factory.mktemp("first") / "a.pdf", ("The keeper", "Fog at sea", "Charts"), "Coast"))


def test_what_one_issue_teaches_the_next_one_knows(first: Kept, tmp_path: Path) -> None:
    printed = reading_of(first.state)
    told, service = saying(first, "Told to somebody")[0], saying(first, "reader service")[0]
    article = first.state.text.articles[0]
    title = next(block for block in first.state.text.blocks[1] if block.text == "The keeper")
    assert told.role is not Role.STANDFIRST
    rules = lessons(
        printed,
        [
            BlockRole(block_place(told), "standfirst"),
            BlockRole(block_place(service), "running_head"),
            ArticleWords(block_place(title), section="Coast"),
        ],
        first.fonts,
    )
    assert [(rule.role, rule.zone, rule.size, rule.words, rule.is_section) for rule in rules] == [
        ("standfirst", "anywhere", 11.5, "", False),
        ("running_head", "bottom", 0.0, "fathom quarterly reader service #", False),
        ("running_head", "top", 13.0, "", True),
    ]
    assert article.title == "The keeper"
    pdf = issue(tmp_path / "b.pdf", ("Bells", "Tides"), "Open water")
    before, after = read(pdf), read(pdf, rules)
    assert {block.role for block in saying(after, "Told to")} == {Role.STANDFIRST}
    assert {block.role for block in saying(after, "reader service")} == {Role.RUNNING_HEAD}
    assert [one.section for one in after.state.text.articles] == ["Open water", "Open water"]
    assert {block.role for block in saying(before, "Told to")} != {Role.STANDFIRST}


def test_the_type_of_the_text_teaches_nothing(first: Kept) -> None:
    body = saying(first, "nobody read it")[0]
    assert lessons(reading_of(first.state), [BlockRole(block_place(body), "caption")], first.fonts) == ()


def test_of_two_that_contradict_each_other_the_later_counts(first: Kept) -> None:
    told = saying(first, "Told to somebody")
    changes = [BlockRole(block_place(told[0]), "standfirst"), BlockRole(block_place(told[1]), "pull_quote")]
    assert [rule.role for rule in lessons(reading_of(first.state), changes, first.fonts)] == ["pull_quote"]


def test_a_rule_comes_back_as_it_was() -> None:
    rule = TemplateRule("heading", "anywhere", "Helvetica", 13.5, 2)
    assert rule_from_json(rule_to_json(rule)) == rule
    assert rule_from_json(rule_to_json(rule)).key == rule.key
    for changes in ({"version": 9}, {"zone": "left"}, {"more": 1}):
        with pytest.raises(ValueError, match=r"\w"):
            rule_from_json({**rule_to_json(rule), **changes})
