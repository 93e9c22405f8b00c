"""Corrections of articles: which blocks they hold, where one ends and another begins, what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from masthead.document.corrections import (
    ArticleMerge,
    ArticleNew,
    ArticleSplit,
    ArticleWords,
    BlockArticle,
    BlockPlace,
)
from masthead.document.text import Article, Block, ReadText, Role
from masthead.edition.arrangement import folded
from masthead.edition.correcting.places import find_article, find_block
from masthead.edition.correcting.reading import DoesNotFitError
from masthead.edition.correcting.settling import authors_of, settled
from masthead.edition.correcting.words import with_text
from masthead.layout.articles import slug_of

_MOST_TITLE = 200  # characters


def with_home(text: ReadText, correction: BlockArticle) -> ReadText:
    """Blocks that belong to another article, or to none."""
    blocks = _found(text, correction.blocks)
    home = "" if correction.article is None else find_article(text, correction.article).id
    return _moved(text, blocks, home)


def with_split(text: ReadText, correction: ArticleSplit) -> ReadText:
    """A new article from a block on."""
    first = find_block(text, correction.at)
    old = _named(text, first.article)
    own = [*old.blocks, *old.asides]
    places = {name: at for at, name in enumerate(_in_order(text, own))}
    if places.get(first.id, 0) == 0:
        raise DoesNotFitError("it begins there already")
    rest = [block for block in _all(text) if places.get(block.id, -1) >= places[first.id]]
    return _opened(text, rest, correction.title)


def with_new(text: ReadText, correction: ArticleNew) -> ReadText:
    """Chosen blocks as an article of their own."""
    return _opened(text, _found(text, correction.blocks), correction.title)


def with_merged(text: ReadText, correction: ArticleMerge) -> ReadText:
    """One article as the rest of another."""
    gone, kept = find_article(text, correction.article), find_article(text, correction.into)
    if gone.id == kept.id:
        return text
    blocks = [block for block in _all(text) if block.article == gone.id]
    figures = {
        number: tuple(replace(one, article=kept.id) if one.article == gone.id else one for one in row)
        for number, row in text.figures.items()
    }
    return _moved(replace(text, figures=figures), blocks, kept.id)


def with_article_words(text: ReadText, correction: ArticleWords) -> ReadText:
    """Title, standfirst, byline and section; the blocks that spell them are corrected with them."""
    article = find_article(text, correction.article)
    if correction.title is not None and correction.title.strip():
        title = " ".join(correction.title.split())[:_MOST_TITLE]
        text = _spelled(text, _title_blocks(text, article), title)
        article = replace(article, title=title)  # its address stays: people have it
    if correction.standfirst is not None:
        said = " ".join(correction.standfirst.split())
        text = _spelled(text, _of_role(text, article, Role.STANDFIRST), said)
        article = replace(article, standfirst=said)
    if correction.byline is not None:
        said = " ".join(correction.byline.split())
        text = _spelled(text, _of_role(text, article, Role.BYLINE), said)
        article = replace(article, byline=said, authors=authors_of(said))
    if correction.section is not None:
        article = replace(article, section=" ".join(correction.section.split()))
    return replace(text, articles=tuple(article if one.id == article.id else one for one in text.articles))


def _spelled(text: ReadText, blocks: Sequence[Block], said: str) -> ReadText:
    """The blocks saying it, as many words in each as it had; what is to say nothing becomes plain text."""
    if not said:
        return _with(text, [replace(block, role=Role.PARAGRAPH) for block in blocks])
    words = said.split()
    counts = [len(block.text.split()) for block in blocks]
    changed: dict[str, Block] = {}
    for at, block in enumerate(blocks):
        share = words if at == len(blocks) - 1 else words[: counts[at]]
        words = words[len(share) :]
        changed[block.id] = with_text(block, " ".join(share))
    return _with(text, changed.values())


def _title_blocks(text: ReadText, article: Article) -> list[Block]:
    """The headings that spell the title, in order; none where it is a picture."""
    headings = _of_role(text, article, Role.HEADING)
    wanted = folded(article.title)
    for start in range(len(headings)):
        said = ""
        for end in range(start, len(headings)):
            said += folded(headings[end].text)
            if said == wanted:
                return headings[start : end + 1]
    return []


def _of_role(text: ReadText, article: Article, role: Role) -> list[Block]:
    known = {block.id: block for block in _all(text)}
    return [known[name] for name in article.blocks if name in known and known[name].role is role]


def _opened(text: ReadText, blocks: Sequence[Block], title: str) -> ReadText:
    """A new article of these blocks, called by its title, else by its first heading or first words."""
    said = " ".join(title.split()) or _called(blocks)
    numbers = [int(article.id[1:]) for article in text.articles if article.id[1:].isdecimal()]
    name = f"a{max(numbers, default=0) + 1}"
    section = next((one.section for one in text.articles if one.id == blocks[0].article), "")
    slugs = {article.slug for article in text.articles}
    made = Article(name, said[:_MOST_TITLE], slug_of(said, slugs), pages=(), blocks=(), section=section)
    text = replace(text, articles=(*text.articles, made))
    text = _moved(text, blocks, name)
    article = _named(text, name)
    standfirst = " ".join(block.text for block in _of_role(text, article, Role.STANDFIRST))
    byline = " ".join(block.text for block in _of_role(text, article, Role.BYLINE))
    whole = replace(article, standfirst=standfirst, byline=byline, authors=authors_of(byline))
    return replace(text, articles=tuple(whole if one.id == name else one for one in text.articles))


def _called(blocks: Sequence[Block]) -> str:
    heading = next((block.text for block in blocks if block.role is Role.HEADING and block.text), "")
    return heading or " ".join(blocks[0].text.split()[:9])


def _moved(text: ReadText, blocks: Sequence[Block], home: str) -> ReadText:
    """Blocks in another article; what was furniture or sold reads as text there."""
    apart = {Role.RUNNING_HEAD, Role.FOLIO, Role.ADVERTISEMENT}
    changed = [
        replace(block, article=home, role=Role.PARAGRAPH if home and block.role in apart else block.role)
        for block in blocks
    ]
    return settled(_with(text, changed), {home, *(block.article for block in blocks)})


def _with(text: ReadText, changed: Collection[Block]) -> ReadText:
    names = {block.id: block for block in changed}
    pages = {block.page for block in changed}
    rows = {number: tuple(names.get(block.id, block) for block in text.blocks[number]) for number in pages}
    return replace(text, blocks={**text.blocks, **rows})


def _found(text: ReadText, places: Sequence[BlockPlace]) -> list[Block]:
    """The blocks in reading order; raises DoesNotFitError where one is gone."""
    names = {find_block(text, place).id for place in places}
    if not names:
        raise DoesNotFitError("no blocks are named")
    return [block for block in _all(text) if block.id in names]


def _in_order(text: ReadText, names: Collection[str]) -> list[str]:
    wanted = set(names)
    return [block.id for block in _all(text) if block.id in wanted]


def _all(text: ReadText) -> list[Block]:
    return [block for number in sorted(text.blocks) for block in text.blocks[number]]


def _named(text: ReadText, name: str) -> Article:
    for article in text.articles:
        if article.id == name:
            return article
    raise DoesNotFitError("it is in no article")
