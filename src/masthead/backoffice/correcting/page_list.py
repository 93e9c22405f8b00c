"""The pages of an edition: printed numbers, languages, cover, title; order, removal, splitting, replacing one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.correcting import showing
from masthead.backoffice.correcting.desk import desk, edition_to_correct, not_kept
from masthead.backoffice.forms import FileForm, language_name
from masthead.backoffice.framing import say, show
from masthead.backoffice.handing_over import arrived
from masthead.backoffice.staff import staff
from masthead.backoffice.verdicts import verdict_of
from masthead.document.corrections import (
    CoverPage,
    EditionWords,
    PageLabel,
    PageLanguage,
    PagePiece,
)
from masthead.edition.correcting.places import page_place
from masthead.edition.correcting.reading import Reading
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.particulars import LANGUAGES
from masthead.library.selectors import Edition
from masthead.production import page_pieces
from masthead.production.corrections import WorkingCopy, corrections_add, working_copy
from masthead.production.edits import Edits
from masthead.production.errors import NotKeptError
from masthead.production.page_order import PageOrder, page_order, page_replace

KEPT_WORDS = "Kept. Readers get it when you apply the corrections."
SAME_WORDS = "Nothing was changed."
REPLACED_WORDS = "The page will be replaced when you apply the corrections."


@dataclass(frozen=True, slots=True)
class Line:
    """A page in the list; `number` is that of the current build, 0 where it is not in it yet."""

    number: int
    label: str
    language: str
    picture: str
    can_split: bool
    half: str
    inserted: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def pages(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """The list of pages."""
    found = edition_to_correct(person, edition)
    try:
        copy = working_copy(found)
    except NotKeptError:
        return not_kept(request, found, "text-pages")
    order = page_order(found, copy.reading)
    if request.method == "POST":
        edits = Edits(copy.reading)
        _typed(edits, {name: str(request.POST[name]) for name in request.POST})
        at = _arrange(order, edits, request.POST.get("do", ""))
        corrections_add(by=person, edition=found, changes=edits.told)
        say(request, KEPT_WORDS if edits.told else SAME_WORDS)
        return HttpResponseRedirect(f"{request.path}{f'#at-{at}' if at is not None else ''}")
    words = wording.translator(language_of(request))
    lines = [_line(found, copy, piece, order) for piece in order.wanted]
    shown = {
        **desk(request, found, "text-pages"),
        "lines": lines,
        "gone": [(at, page_pieces.named([piece])) for at, piece in enumerate(order.left_out)],
        "cover": copy.reading.cover or 1,
        "title": copy.reading.title or copy.reading.report.title,
        "text_language": copy.reading.language,
        "languages": _languages(copy.reading, words),
    }
    return render(request, "office/correct/pages.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def replace_page(request: HttpRequest, person: User, edition: str, page: str) -> HttpResponse:
    """Hand over a PDF whose first page takes the place of one."""
    found = edition_to_correct(person, edition)
    try:
        copy = working_copy(found) if page.isdecimal() else None
    except NotKeptError:
        return not_kept(request, found, "text-pages")
    if copy is None:
        raise NotFoundError(page)
    order = page_order(found, copy.reading)
    at = int(page) - 1
    if not 0 <= at < len(order.wanted):
        raise NotFoundError(page)
    form = FileForm(request.POST or None, request.FILES or None, words=wording.translator(language_of(request)))
    arrival = None
    if request.method == "POST" and form.is_valid():
        arrival = arrived(request, person, found.publication.publisher, form)
        if arrival is not None and not form.errors:
            page_replace(by=person, edition=found, order=order, at=at, arrival=arrival)
            say(request, REPLACED_WORDS)
            return HttpResponseRedirect(f"{reverse('text-pages', args=[found.pk])}#at-{at}")
    about = desk(request, found, "text-pages")
    verdict = verdict_of(arrival) if arrival else None
    return show(request, "office/correct/replace_page.html", form, **about, at=at + 1, kept=arrival, verdict=verdict)


def _line(edition: Edition, copy: WorkingCopy, piece: PagePiece, order: PageOrder) -> Line:
    """A page as it is listed: found in the current build by what it is made of."""
    number = order.number(piece)
    if not number:
        shown = order.number(PagePiece(piece.sheet, "", piece.inserted)) if piece.half else 0
        picture = showing.picture_of(edition, copy, shown, 240) if shown else ""
        return Line(0, "", "", picture, can_split=False, half=piece.half, inserted=bool(piece.inserted))
    shape = copy.reading.report.pages[number - 1]
    return Line(
        number,
        shape.label,
        copy.reading.languages.get(number, ""),
        showing.picture_of(edition, copy, number, 240),
        can_split=order.can_split(piece),
        half="",
        inserted=bool(piece.inserted),
    )


def _typed(edits: Edits, said: Mapping[str, str]) -> None:
    """Title and language of the edition; label and language of each page; the cover."""
    reading = edits.reading
    changed: dict[str, Any] = {}
    title = " ".join(said.get("title", "").split())
    if title and title != (reading.title or reading.report.title):
        changed["title"] = title
    language = said.get("language", "")
    if language and language != reading.language:
        changed["language"] = language
    if changed:
        before = f"{reading.title or reading.report.title} · {reading.language}"
        edits.add(EditionWords(**changed), title, before, " · ".join(changed.values()))
    for shape in reading.report.pages:
        number = shape.number
        place = page_place(reading.text, number)
        now = edits.reading.report.pages[number - 1].label
        label = " ".join(said.get(f"label-{number}", shape.label).split())[:20]
        if label and label not in (shape.label, now):
            edits.add(PageLabel(place, label, f"count-{number}" in said), f"{number}", shape.label, label)
        spoken = said.get(f"language-{number}", reading.languages.get(number, ""))
        if spoken != reading.languages.get(number, ""):
            edits.add(PageLanguage(place, spoken), shape.label, reading.languages.get(number, ""), spoken)
    cover = said.get("cover", "")
    if cover.isdecimal() and 1 <= int(cover) <= len(reading.report.pages) and int(cover) != (reading.cover or 1):
        edits.add(CoverPage(page_place(reading.text, int(cover))), cover, f"{reading.cover or 1}", cover)


def _arrange(order: PageOrder, edits: Edits, said: str) -> int | None:
    """What the pressed button does to the order of the pages; the place to go on at."""
    deed, _, name = said.partition(":")
    at, wanted = int(name) if name.isdecimal() else -1, order.wanted
    if deed == "back":
        gone = order.left_out
        if 0 <= at < len(gone):
            _add(order, edits, page_pieces.brought_back(wanted, gone[at]))
        return None
    if not 0 <= at < len(wanted):
        return None
    step = {"up": -1, "down": 1}.get(deed, 0)
    made = {
        "up": lambda: page_pieces.moved(wanted, at, -1),
        "down": lambda: page_pieces.moved(wanted, at, 1),
        "remove": lambda: page_pieces.removed(wanted, at),
        "split": lambda: page_pieces.split(wanted, at),
    }.get(deed, lambda: list(wanted))()
    _add(order, edits, made)
    return min(max(0, at + step), len(made) - 1)


def _add(order: PageOrder, edits: Edits, made: list[PagePiece]) -> None:
    if tuple(made) != order.wanted:
        order.check(made)
        edits.add(order.arrangement(made), "", page_pieces.named(order.wanted), page_pieces.named(made))


def _languages(reading: Reading, words: wording.Translator) -> list[tuple[str, str]]:
    """Languages by name; those that the edition has are among them whatever they are."""
    codes = {*LANGUAGES, reading.language, *reading.languages.values()} - {"", "und"}
    return sorted(((code, language_name(code, words.language)) for code in codes), key=lambda pair: pair[1].casefold())
