"""Makes articles whole again after blocks were moved: order, pages, words, pictures, threads between blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from masthead.document.text import Article, Block, Figure, ReadText, Role
from masthead.layout.bylines import byline_of, names_of, signature_of

_BESIDE = frozenset({Role.SIDEBAR, Role.PULL_QUOTE, Role.FOOTNOTE})


def settled(text: ReadText, touched: Collection[str]) -> ReadText:
    """The text with these articles made of the blocks that name them; one without blocks is gone."""
    names = {name for name in touched if name}
    if not names:
        return text
    text = _unthreaded(text, names)
    rows: dict[str, list[Block]] = {name: [] for name in names}
    for number in sorted(text.blocks):
        for block in text.blocks[number]:
            if block.article in rows and not block.role.is_furniture:
                rows[block.article].append(block)
    figures = _homes(text.figures, rows)
    text = replace(text, figures=figures)
    articles = []
    for article in text.articles:
        if article.id not in names:
            articles.append(article)
        elif rows[article.id]:
            articles.append(_made(article, rows[article.id], figures.values()))
    return replace(text, articles=in_reading_order(articles, text))


def in_reading_order(articles: Iterable[Article], text: ReadText) -> tuple[Article, ...]:
    """Articles as they begin in the issue; those that begin at the same block as they were."""
    places = {block.id: (number, at) for number in sorted(text.blocks) for at, block in enumerate(text.blocks[number])}
    last = (len(places) + 1, 0)
    return tuple(
        sorted(
            articles, key=lambda article: min((places[name] for name in article.blocks if name in places), default=last)
        )
    )


def _made(article: Article, blocks: list[Block], figures: Iterable[tuple[Figure, ...]]) -> Article:
    flow = [block for block in blocks if block.role not in _BESIDE]
    return replace(
        article,
        blocks=tuple(block.id for block in flow),
        asides=tuple(block.id for block in blocks if block.role in _BESIDE),
        pages=tuple(sorted({block.page for block in blocks})),
        words=sum(len(block.text.split()) for block in blocks),
        figures=tuple(figure.id for row in figures for figure in row if figure.article == article.id),
    )


def _homes(figures: dict[int, tuple[Figure, ...]], rows: dict[str, list[Block]]) -> dict[int, tuple[Figure, ...]]:
    """Figures of these articles: each goes with its caption, else with the nearest block of its page."""
    captions = {block.figure: name for name, blocks in rows.items() for block in blocks if block.figure}

    def home(figure: Figure) -> str:
        if figure.id in captions:
            return captions[figure.id]
        if figure.article not in rows:
            return figure.article
        near = [
            (block.box.distance(figure.box), name != figure.article, name)
            for name, blocks in rows.items()
            for block in blocks
            if block.page == figure.page
        ]
        return min(near)[2] if near else ""

    return {number: tuple(replace(one, article=home(one)) for one in row) for number, row in sorted(figures.items())}


def _unthreaded(text: ReadText, names: set[str]) -> ReadText:
    """No block goes on from one of another article."""
    homes = {block.id: block.article for row in text.blocks.values() for block in row}

    def free(block: Block) -> Block:
        is_torn = block.continues and homes.get(block.continues) != block.article
        return replace(block, continues="") if is_torn else block

    blocks = {
        number: tuple(free(block) if block.article in names or block.continues else block for block in row)
        for number, row in text.blocks.items()
    }
    return replace(text, blocks=blocks)


def authors_of(byline: str) -> tuple[str, ...]:
    """The names in a byline; what is no byline as layout knows it is a pen name."""
    found = byline_of(byline) or signature_of(byline)
    if found is not None:
        return found.authors
    return names_of(byline) or ((byline,) if byline else ())
