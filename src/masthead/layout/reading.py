"""The whole document's text understood: blocks with roles in reading order, then articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from masthead.document.text import Block, Line, PageLines, ReadText, Role
from masthead.layout.called_figures import figures_in_place
from masthead.layout.confidence import confidence_of
from masthead.layout.directions import line_as_read
from masthead.layout.figures import figures_of, with_articles
from masthead.layout.foot_matter import foot_in_place
from masthead.layout.furniture import furniture_role
from masthead.layout.habits import Habits, learn
from masthead.layout.hanging_numbers import with_hanging_numbers
from masthead.layout.headlines import headlines_first
from masthead.layout.hyphens import join_cells, join_lines, sentence
from masthead.layout.initials import with_initials
from masthead.layout.jumps import jump_of
from masthead.layout.leaders import with_their_numbers
from masthead.layout.leading_numbers import with_leading_numbers
from masthead.layout.leaflets import Panels, by_panel, panels_of
from masthead.layout.margin_notes import margins_in_place
from masthead.layout.meaning import understand
from masthead.layout.measures import size_of, text_of
from masthead.layout.ordering import Stretch, stretches_of
from masthead.layout.paragraphs import Group, group_lines
from masthead.layout.ruby import ruby_of
from masthead.layout.run_ins import Grouped, with_run_ins
from masthead.layout.signatures import apart
from masthead.layout.tables import FoundTable, find_tables, without_tables
from masthead.layout.tag_figures import with_tagged_figures
from masthead.layout.tags import heard, with_tags
from masthead.layout.template import NO_TEMPLATE, Template
from masthead.layout.unnamed_bullets import with_unnamed_bullets

_MAX_BOXES = 1000  # of one panel
_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")


def read(
    pages: Sequence[PageLines],
    *,
    language: str = "",
    tags: bool = True,
    template: Template = NO_TEMPLATE,
    habits: Habits | None = None,
) -> ReadText:
    """Blocks of every page in reading order, furniture last; and the articles they make.

    Without `tags` what a tagged PDF says of itself is ignored. `template` is what the publication's corrections taught;
    `habits` are those of the pages, if they are known.
    """
    pages = with_unnamed_bullets(pages)
    habits = habits or learn(pages, template)
    right_to_left = language.split("-", 1)[0].lower() in _RIGHT_TO_LEFT
    warnings = [warning for page in pages for warning in page.warnings]
    panels = panels_of(pages, right_to_left=right_to_left)
    grouped: dict[int, list[Grouped]] = {}
    for page in pages:
        try:
            grouped[page.number] = _groups(page, habits, right_to_left, panels.get(page.number, ()))
        except (ArithmeticError, LookupError, RecursionError, ValueError) as error:
            warnings.append(f"Page {page.number}: its order is that of the file ({type(error).__name__}).")
            grouped[page.number] = [(group, None, 0) for group in group_lines(page.lines, page.fonts)]
    with_run_ins(grouped, pages, habits.body_size)
    found = {page.number: _blocks(page, grouped[page.number], habits, language) for page in pages}
    tagged = with_tags(pages if tags else (), found, habits.vocabulary, language, right_to_left=right_to_left)
    figures, told = with_tagged_figures(figures_of(pages), tagged.figures, tagged.blocks)
    blocks, articles, figures = understand(told, pages, figures, template)
    figures, articles = with_articles(figures, blocks, articles)
    confidence = {page.number: confidence_of(page, blocks[page.number]) for page in pages}
    return heard(ReadText(blocks, articles, tuple(warnings), figures, confidence), tagged.verdicts)


def _groups(page: PageLines, habits: Habits, right_to_left: bool, panels: Panels) -> list[Grouped]:
    """The page's blocks in order, panel by panel; furniture after the rest."""
    tables = find_tables(page, page.lines)  # first: what repeats at the top of every page may be a table's head
    body: list[Line] = []
    furniture: list[tuple[Line, Role]] = []
    lines = without_tables(page.lines, tables)
    ruby = ruby_of(lines)
    lines = with_hanging_numbers([line for line in lines if id(line) not in ruby])
    for line in with_leading_numbers(with_their_numbers(lines)):
        role = habits.template.furniture_role(line, page) or furniture_role(line, page, habits.furniture)
        if role is not None and jump_of(text_of(line)) is None:  # "continued from page 2" is needed where it stands
            furniture.append((line, role))
        else:
            body.append(line)
    result: list[Grouped] = []
    places = [(Line(table.box, table.lines[0].words), table) for table in tables]
    body = [*with_initials(body, habits.body_size), *(place for place, _ in places)]
    stretches = [
        replace(stretch, group=stretch.group and stretch.group + _MAX_BOXES * number)
        for number, lines in enumerate(by_panel(body, panels))
        for stretch in stretches_of(page, lines, body_size=habits.body_size, right_to_left=right_to_left)
    ]
    for stretch in stretches:
        for part, table in _parted(stretch, places):
            if table is not None:
                group = Group(
                    table.lines, size_of(table.lines[0]), bold=False, italic=False, marker="", table=table.table
                )
                result.append((group, Role.TABLE, part.group))
            else:
                result += [(group, None, part.group) for group in _grouped(part, page)]
    order = headlines_first([group for group, _, _ in result], habits.body_size, page.height)
    result = [result[place] for place in order]
    order = foot_in_place([group for group, _, _ in result], habits.body_size, page.height)
    result = [result[place] for place in order]
    order = figures_in_place([group for group, _, _ in result], habits.body_size)
    result = [result[place] for place in order]
    order = margins_in_place([group for group, _, _ in result], habits.body_size)
    result = [result[place] for place in order]
    for line, role in sorted(furniture, key=lambda pair: (pair[0].box.y0, pair[0].box.x0)):
        result.append((group_lines([line], page.fonts)[0], role, 0))
    return result


def _parted(stretch: Stretch, places: Sequence[tuple[Line, FoundTable]]) -> Iterator[tuple[Stretch, FoundTable | None]]:
    """The stretch cut at the lines that keep the places of tables."""
    start = 0
    for index, line in enumerate(stretch.lines):
        table = next((table for place, table in places if place is line), None)
        if table is not None:
            if start < index:
                yield replace(stretch, lines=stretch.lines[start:index]), None
            yield stretch, table
            start = index + 1
    if start < len(stretch.lines):
        yield replace(stretch, lines=stretch.lines[start:]), None


def _grouped(stretch: Stretch, page: PageLines) -> list[Group]:
    """The stretch's blocks; grouped in the space in which they are read, returned as they stand on the page."""
    if not stretch.quarter:
        return apart(group_lines(stretch.lines, page.fonts), page.fonts)
    groups = group_lines([line_as_read(line, stretch.quarter) for line in stretch.lines], page.fonts)
    result = []
    start = 0
    for group in groups:
        end = start + len(group.lines)
        result.append(replace(group, lines=stretch.lines[start:end]))
        start = end
    return result


def _blocks(page: PageLines, groups: list[Grouped], habits: Habits, language: str) -> tuple[Block, ...]:
    """The groups as blocks whose roles, but for furniture and tables, are still to be found."""
    result = []
    for index, (group, known, box) in enumerate(groups, start=1):
        lines = _joined(group, habits, language)
        result.append(
            Block(
                f"p{page.number}-b{index}",
                page.number,
                known or Role.PARAGRAPH,
                group.box.rounded(),
                tuple(lines),
                sentence(lines),
                marker=group.marker,
                group=f"p{page.number}-g{box}" if box else "",
                table=group.table,
            )
        )
    return tuple(result)


def _joined(group: Group, habits: Habits, language: str) -> list[Line]:
    if group.table is None:
        return join_lines(list(group.lines), habits.vocabulary, language)
    return join_cells(list(group.lines), group.table, habits.vocabulary, language)
