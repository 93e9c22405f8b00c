"""What a publisher's corrections teach about all issues: rules of type and place that a person can read and switch off.

Nothing is learned from a role that the body's own type was given, since most of an issue is set in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from masthead.document.corrections import ArticleWords, BlockRole, Correction
from masthead.document.template import TemplateRule
from masthead.document.text import Block, Font, ReadText, Role
from masthead.edition.arrangement import folded
from masthead.edition.correcting.places import find_article, find_block
from masthead.edition.correcting.reading import DoesNotFitError, Reading
from masthead.layout.template import Template, masked, type_of, zone_of

_TAUGHT = frozenset(
    {
        *(Role.HEADING, Role.STANDFIRST, Role.BYLINE, Role.PULL_QUOTE, Role.CAPTION, Role.SIDEBAR, Role.FOOTNOTE),
        *(Role.QUOTATION, Role.RUNNING_HEAD, Role.FOLIO),
    }
)
_MOST_WORDS = 12  # of what repeats: a longer text is no furniture

Fonts = Mapping[int, Sequence[Font]]


def lessons(printed: Reading, corrections: Iterable[Correction], fonts: Fonts) -> tuple[TemplateRule, ...]:
    """The rules; where two contradict each other, the later one."""
    body = _body_type(printed.text, fonts)
    found: dict[tuple[str, str, float, str], TemplateRule] = {}
    for correction in corrections:
        try:
            rule = _lesson(printed, correction, fonts, body)
        except DoesNotFitError:
            continue
        if rule is not None:
            found[rule.about] = rule
    return tuple(found.values())


def with_sections(text: ReadText, template: Template, heights: Mapping[int, float], fonts: Fonts) -> ReadText:
    """The text whose articles are in the sections that the template finds on their first pages."""
    if not any(rule.is_section for rule in template.rules):
        return text
    named = {
        number: template.section_of(row, fonts.get(number, ()), heights.get(number, 0.0))
        for number, row in text.blocks.items()
    }
    return replace(
        text,
        articles=tuple(
            replace(article, section=named[article.pages[0]])
            if article.pages and named.get(article.pages[0])
            else article
            for article in text.articles
        ),
    )


def _lesson(printed: Reading, correction: Correction, fonts: Fonts, body: tuple[str, float]) -> TemplateRule | None:
    if isinstance(correction, BlockRole) and correction.role in _TAUGHT:
        return _of_role(printed, find_block(printed.text, correction.at), correction, fonts, body)
    if isinstance(correction, ArticleWords) and correction.section:
        return _of_section(printed, correction, fonts, body)
    return None


def _of_role(
    printed: Reading, block: Block, correction: BlockRole, fonts: Fonts, body: tuple[str, float]
) -> TemplateRule | None:
    role = Role(correction.role)
    zone = zone_of(block.box, printed.report.pages[block.page - 1].height)
    if role.is_furniture and _repeats(printed, block, zone):
        return TemplateRule(role.value, zone, words=masked(block.text))
    name, size = type_of(block.lines[0], fonts.get(block.page, ())) if block.lines else ("", 0.0)
    if not name or (name, size) == body:
        return None
    if role.is_furniture:
        return TemplateRule(role.value, zone, name, size) if zone != "anywhere" else None
    return TemplateRule(role.value, "anywhere", name, size, correction.level)


def _of_section(
    printed: Reading, correction: ArticleWords, fonts: Fonts, body: tuple[str, float]
) -> TemplateRule | None:
    """The section stands at the top of the article's first page in a type of its own: that type names sections."""
    article = find_article(printed.text, correction.article)
    wanted = folded(correction.section or "")
    first = article.pages[0] if article.pages else 0
    for block in printed.text.blocks.get(first, ()):
        zone = zone_of(block.box, printed.report.pages[first - 1].height)
        if folded(block.text) == wanted and zone == "top" and block.lines:
            name, size = type_of(block.lines[0], fonts.get(first, ()))
            if name and (name, size) != body:
                return TemplateRule(Role.RUNNING_HEAD.value, zone, name, size, is_section=True)
    return None


def _repeats(printed: Reading, block: Block, zone: str) -> bool:
    """Whether another page says the same in the same part."""
    if zone == "anywhere" or len(block.text.split()) > _MOST_WORDS:
        return False
    words = masked(block.text)
    return any(
        number != block.page
        and masked(other.text) == words
        and zone_of(other.box, printed.report.pages[number - 1].height) == zone
        for number, row in printed.text.blocks.items()
        for other in row
    )


def _body_type(text: ReadText, fonts: Fonts) -> tuple[str, float]:
    """The type that most letters are set in."""
    letters: Counter[tuple[str, float]] = Counter()
    for number, row in text.blocks.items():
        for line in (line for block in row for line in block.lines):
            letters[type_of(line, fonts.get(number, ()))] += sum(len(word.text) for word in line.words)
    return letters.most_common(1)[0][0] if letters else ("", 0.0)
