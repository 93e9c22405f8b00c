"""Writes the HTML of an edition's articles and of the list of all articles."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from babel import Locale, UnknownLocaleError

from masthead import wording
from masthead.document.overlays import NOTHING, Laid
from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.beneath import NOTHING as NOTHING_BENEATH
from masthead.exports.frame.beneath import Beneath
from masthead.exports.frame.fragments import article_text, first_figure
from masthead.exports.frame.metadata import article_data, description_of
from masthead.exports.frame.overlays import shown_on
from masthead.exports.frame.presentation import PLAIN, Presentation
from masthead.exports.frame.rendering import page_picture, preview_of, render


def find_article(edition: Edition, slug: str) -> dict[str, Any] | None:
    """The manifest's entry of an article whose text is in the folder."""
    entries: list[dict[str, Any]] = edition.manifest["articles"]
    found = next((entry for entry in entries if entry["slug"] == slug), None)
    return found if found and found["pages"] and edition.article_fragment(found["id"]) else None


def render_article(
    edition: Edition,
    article: dict[str, Any],
    *,
    language: str,
    addresses: Addresses,
    presentation: Presentation = PLAIN,
    laid: Laid = NOTHING,
    beneath: Beneath = NOTHING_BENEATH,
) -> str:
    """The HTML of an article with its text, its place in the issue, and its neighbours."""
    manifest = edition.manifest
    entries = manifest["articles"]
    at = entries.index(article)
    words = wording.translator(language)
    title = f"{article['title']} – {manifest['title']}"
    description = description_of(article.get("standfirst") or _beginning(edition, article))
    preview = _preview(edition, article, addresses)
    changes = [change for page in article["pages"] for change in laid.changes_on(page)]
    fragment = article_text(edition, article, addresses, changes)
    return render(
        "article.html",
        language,
        presentation,
        edition=edition,
        manifest=manifest,
        article=article,
        title=title,
        description=description or article["title"],
        canonical=addresses.canonical_article(article["slug"]),
        previous=entries[at - 1] if at else None,
        following=entries[at + 1] if at + 1 < len(entries) else None,
        source=manifest["source"].get("path", "") if addresses.offers_source and presentation.downloads else "",
        author=manifest.get("author", ""),
        preview=preview,
        fragment=fragment,
        laid=laid,
        shown=shown_on(laid, article["pages"], addresses, words.language),
        section="" if _has_kicker(fragment) else article.get("section", ""),
        content_language=manifest["language"] if manifest["language"] != "und" else words.language,
        text_direction=text_direction(manifest),
        where=where(manifest, article, words),
        data=article_data(edition, article, description, preview["src"], addresses, beneath.data()),
        beneath=beneath.html(),
        addresses=addresses,
    )


def _has_kicker(fragment: str) -> bool:
    """Whether the text itself names its section, above its title."""
    return '<p class="kicker"' in fragment.partition("<h1")[0]


def render_all_articles(
    edition: Edition, *, language: str, addresses: Addresses, presentation: Presentation = PLAIN
) -> str:
    """The list of all articles, under the sections they stand in."""
    manifest = edition.manifest
    words = wording.translator(language)
    entries = [entry for entry in manifest["articles"] if entry["pages"]]
    sections = [(name, list(group)) for name, group in groupby(entries, key=lambda entry: entry.get("section", ""))]
    return render(
        "articles.html",
        language,
        presentation,
        edition=edition,
        manifest=manifest,
        sections=sections,
        where={entry["id"]: where(manifest, entry, words) for entry in entries},
        canonical=addresses.absolute(f"{addresses.home}articles{addresses.tail}"),
        title=f"{words.text('All articles')} – {manifest['title']}",
        content_language=manifest["language"] if manifest["language"] != "und" else words.language,
        text_direction=text_direction(manifest),
        addresses=addresses,
    )


def _beginning(edition: Edition, article: dict[str, Any]) -> str:
    """The article's text after its title and byline."""
    known = {article["title"], article.get("byline", "")}
    rows = edition.article_plain_text(article["id"]).split("\n\n")
    return " ".join(row for row in rows if row.strip() not in known)


def where(manifest: dict[str, Any], article: dict[str, Any], words: wording.Translator) -> str:
    """ "Pages 8–11, 24", by the numbers printed on them."""
    runs: list[list[int]] = []
    for number in article["pages"]:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    labels = [[manifest["pages"][number - 1]["label"] for number in run] for run in runs]
    if len(article["pages"]) == 1:
        return words.text("Page {label}", label=labels[0][0])
    if len(labels) == 1:
        return words.text("Pages {first}–{last}", first=labels[0][0], last=labels[0][-1])
    named = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in labels]
    return words.text("Pages {labels}", labels=", ".join(named))


def text_direction(manifest: dict[str, Any]) -> str:
    """Which way the text runs: as its script does, which need not be the side that the edition is bound on."""
    if manifest["language"] == "und":
        direction: str = manifest["direction"]
        return direction
    try:
        return "rtl" if Locale.parse(manifest["language"], sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _preview(edition: Edition, article: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    """The picture of link previews: the article's first, else its first page's, else the cover."""
    # Where no JPEG can be had of figures, not every program that shows links takes them: the page's is sure.
    figure = None if addresses.jpegs else first_figure(edition, article)
    if figure is not None:
        return {**figure, "src": addresses.absolute(addresses.file(figure["path"]))}
    picture = page_picture(edition, article["pages"][0], addresses)
    if picture is not None:
        return preview_of(article["pages"][0], picture, addresses)
    return {"src": addresses.absolute(addresses.file(edition.manifest["pictures"]["cover"]))}
