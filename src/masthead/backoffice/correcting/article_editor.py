"""The article editor: a page's picture with its blocks numbered, beside it the text as it reads, all of it one form.

Every button sends all that was typed: nothing is lost by moving a block, and a mistake comes back with every field as
it was left.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.correcting import showing
from masthead.backoffice.correcting.desk import desk, edition_to_correct, not_kept
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.document.text import Article, Block
from masthead.edition.arrangement import arrange
from masthead.edition.article_files import Surroundings, article_fragment
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.corrections import WorkingCopy, corrections_add, working_copy
from masthead.production.edits import Edits, is_shown
from masthead.production.errors import NotKeptError

KEPT_WORDS = "Kept. Readers get it when you apply the corrections."
SAME_WORDS = "Nothing was changed."


@require_safe
@staff
def articles(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """All articles, and pages whose text is in none."""
    found = edition_to_correct(person, edition)
    try:
        copy = working_copy(found)
    except NotKeptError:
        return not_kept(request, found, "text-articles")
    text = copy.reading.text
    shown = {
        **desk(request, found, "text-articles"),
        "facts": showing.article_facts(copy),
        "pages": [
            {
                "number": shape.number,
                "label": shape.label,
                "picture": showing.picture_of(found, copy, shape.number, 240),
                "loose": sum(
                    not block.article and not block.role.is_furniture and is_shown(block)
                    for block in text.blocks.get(shape.number, ())
                ),
            }
            for shape in copy.reading.report.pages
        ],
    }
    return render(request, "office/correct/articles.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def article(request: HttpRequest, person: User, edition: str, article: str) -> HttpResponse:
    """One article over all its pages."""
    found = edition_to_correct(person, edition)
    copy = _copy(found, article[:1] == "a" and article[1:].isdecimal())
    if copy is None:
        return not_kept(request, found, "text-articles")
    one = _article(copy, article)
    if request.method == "POST":
        return _kept(request, person, found, copy, one, None)
    return _screen(request, found, copy, one, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def page(request: HttpRequest, person: User, edition: str, page: str) -> HttpResponse:
    """One page, whatever articles its blocks are in."""
    found = edition_to_correct(person, edition)
    copy = _copy(found, page.isdecimal())
    if copy is None:
        return not_kept(request, found, "text-articles")
    if not 1 <= int(page) <= len(copy.reading.report.pages):
        raise NotFoundError(page)
    if request.method == "POST":
        return _kept(request, person, found, copy, None, int(page))
    return _screen(request, found, copy, None, int(page))


@require_safe
@staff
def preview(request: HttpRequest, person: User, edition: str, article: str) -> HttpResponse:
    """The article as readers will have it."""
    found = edition_to_correct(person, edition)
    copy = _copy(found, article[:1] == "a" and article[1:].isdecimal())
    if copy is None:
        return not_kept(request, found, "text-articles")
    one = _article(copy, article)
    labels = {shape.number: shape.label for shape in copy.reading.report.pages}
    figures = {figure.id: (800, 600) for row in copy.reading.text.figures.values() for figure in row}
    fragment = article_fragment(arrange(one, copy.reading.text), Surroundings(labels, sizes=figures))
    for name in one.figures:
        address = showing.file_of(found, f"figures/{name}.webp")
        fragment = fragment.replace(f'src="figure:{name}"', f'src="{address}"')
    fragment = fragment.replace(' width="800" height="600"', "")
    shown = {**desk(request, found, "text-articles"), "article": one, "fragment": fragment, "text_in": copy.reading}
    return render(request, "office/correct/preview.html", shown)


def _copy(edition: Edition, is_name: bool) -> WorkingCopy | None:
    """The edition with its corrections; None where it was not kept. Raises NotFoundError for what is no name."""
    if not is_name:
        raise NotFoundError(edition.pk)
    try:
        return working_copy(edition)
    except NotKeptError:
        return None


def _article(copy: WorkingCopy, name: str) -> Article:
    for one in copy.reading.text.articles:
        if one.id == name:
            return one
    raise NotFoundError(name)


def _blocks(copy: WorkingCopy, article: Article | None, page: int | None) -> list[Block]:
    if article is not None:
        return showing.article_blocks(copy, article)
    return list(copy.reading.text.blocks.get(page or 0, ()))


def _kept(
    request: HttpRequest, person: User, edition: Edition, copy: WorkingCopy, article: Article | None, page: int | None
) -> HttpResponse:
    """Keep what the form changes; with a mistake in it nothing is kept and all comes back as typed."""
    said = {name: str(request.POST[name]) for name in request.POST}
    chosen = request.POST.getlist("chosen")
    shown = [block.id for block in _blocks(copy, article, page)]
    edits = Edits(copy.reading)
    _typed(edits, said, article)
    where = _deed(edits, said, chosen, shown, article)
    if edits.mistakes:
        return _screen(request, edition, copy, article, page, said, edits)
    corrections_add(by=person, edition=edition, changes=edits.told)
    say(request, KEPT_WORDS if edits.told else SAME_WORDS)
    names = {one.id for one in edits.reading.text.articles}
    if article is not None and article.id not in names:
        return HttpResponseRedirect(reverse("text-articles", args=[edition.pk]))
    return HttpResponseRedirect(f"{request.path}{where}")


def _typed(edits: Edits, said: Mapping[str, str], article: Article | None) -> None:
    """What stands in the fields."""
    edits.roles(said)
    edits.cells(said)
    edits.heads(said)
    for name, value in said.items():
        if name.startswith("order-") and name.removeprefix("order-").isdecimal() and value:
            edits.order(int(name.removeprefix("order-")), value.split(","))
    edits.words(said)
    edits.figures(said)
    if article is not None:
        edits.about(article.id, said)


def _deed(edits: Edits, said: Mapping[str, str], chosen: list[str], shown: list[str], article: Article | None) -> str:
    """What the pressed button asks for beside keeping; says where on the page to go on."""
    deed, _, name = said.get("do", "").partition(":")
    if deed in ("up", "down") and name:
        edits.step(name, shown, -1 if deed == "up" else 1)
        return f"#b-{name}"
    if deed == "split" and name:
        edits.split(name)
    elif deed == "move":
        edits.move(chosen, said.get("target", ""), said.get("new_title", ""))
    elif deed == "merge" and article is not None and said.get("into"):
        edits.merge(article.id, said["into"])
    return ""


def _screen(
    request: HttpRequest,
    edition: Edition,
    copy: WorkingCopy,
    article: Article | None,
    page: int | None,
    typed: Mapping[str, str] | None = None,
    edits: Edits | None = None,
) -> HttpResponse:
    words = wording.translator(language_of(request))
    mistakes = {
        name: f"{words.text(error.sentence)} {words.text(error.hint)}"
        for name, error in (edits.mistakes if edits else {}).items()
    }
    said: Mapping[str, str] = typed or {}
    text = copy.reading.text
    if article is not None:
        figures = [one for row in text.figures.values() for one in row if one.article == article.id]
    else:
        figures = list(text.figures.get(page or 0, ()))
    fields = {
        name: said.get(name, getattr(article, name))
        for name in ("title", "standfirst", "byline", "section")
        if article is not None
    }
    shown: dict[str, Any] = {
        **desk(request, edition, "text-articles"),
        "article": article,
        "page": page,
        "page_count": len(copy.reading.report.pages),
        "label": copy.reading.report.pages[page - 1].label if page else "",
        "fields": fields,
        "leaves": showing.leaves(edition, copy, _blocks(copy, article, page), words, said, mistakes),
        "shots": showing.shots(edition, copy, figures, said),
        "articles": text.articles,
        "mistakes": mistakes,
        "text_language": copy.reading.language,
        "sections": sorted({one.section for one in text.articles if one.section}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistakes else HTTPStatus.OK
    return render(request, "office/correct/article.html", shown, status=status)
