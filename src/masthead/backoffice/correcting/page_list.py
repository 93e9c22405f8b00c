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
from masthead.backoffice.correcting import arranging, showing
from masthead.backoffice.correcting.desk import desk, edition_to_correct, not_kept
from masthead.backoffice.forms import FileForm, language_name
from masthead.backoffice.framing import say, show
from masthead.backoffice.handing_over import arrived
from masthead.backoffice.staff import staff
from masthead.backoffice.verdicts import verdict_of
from masthead.document.corrections import (
    CoverPage,
    EditionWords,
    PageArrangement,
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
from masthead.production.correction_rows import arrangements
from masthead.production.corrections import Told, WorkingCopy, arrival_insert, corrections_add, working_copy
from masthead.production.edits import Edits
from masthead.production.errors import NotKeptError

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
    built, wanted = _pieces(found, copy.reading)
    if request.method == "POST":
        edits = Edits(copy.reading)
        _typed(edits, {name: str(request.POST[name]) for name in request.POST})
        at = _arrange(found, edits, request.POST.get("do", ""), wanted)
        corrections_add(by=person, edition=found, changes=edits.told)
        say(request, KEPT_WORDS if edits.told else SAME_WORDS)
        return HttpResponseRedirect(f"{request.path}{f'#at-{at}' if at is not None else ''}")
    words = wording.translator(language_of(request))
    lines = [_line(found, copy, piece, built) for piece in wanted]
    shown = {
        **desk(request, found, "text-pages"),
        "lines": lines,
        "gone": [(at, _told([piece])) for at, piece in enumerate(_left_out(found, copy.reading, wanted))],
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
    _, wanted = _pieces(found, copy.reading)
    at = int(page) - 1
    if not 0 <= at < len(wanted):
        raise NotFoundError(page)
    form = FileForm(request.POST or None, request.FILES or None, words=wording.translator(language_of(request)))
    arrival = None
    if request.method == "POST" and form.is_valid():
        arrival = arrived(request, person, found.publication.publisher, form)
        if arrival is not None and not form.errors:
            upload = arrival_insert(by=person, edition=found, arrival=arrival)
            pieces = arranging.replaced(wanted, at, upload.sha256)
            change = _arrangement(found, copy.reading, pieces)
            corrections_add(by=person, edition=found, changes=[Told(change, page, _told(wanted), upload.name)])
            say(request, REPLACED_WORDS)
            return HttpResponseRedirect(f"{reverse('text-pages', args=[found.pk])}#at-{at}")
    about = desk(request, found, "text-pages")
    verdict = verdict_of(arrival) if arrival else None
    return show(request, "office/correct/replace_page.html", form, **about, at=at + 1, kept=arrival, verdict=verdict)


def _pieces(edition: Edition, reading: Reading) -> tuple[list[PagePiece], list[PagePiece]]:
    """What the pages of the current build are made of, and those of the next."""
    built, wanted = arrangements(edition.pk, reading.report.sha256)
    now = arranging.pieces_of(reading.report, built)
    if wanted is not None:
        return now, list(wanted.pages)
    return now, list(built.whole) if built is not None else now


def _arrangement(edition: Edition, reading: Reading, pieces: list[PagePiece]) -> PageArrangement:
    """Pages in another order, with all that the PDF has."""
    built, wanted = arrangements(edition.pk, reading.report.sha256)
    known = wanted or built
    whole = known.whole if known is not None else tuple(arranging.pieces_of(reading.report, None))
    return PageArrangement(reading.report.sha256, tuple(pieces), whole)


def _line(edition: Edition, copy: WorkingCopy, piece: PagePiece, built: list[PagePiece]) -> Line:
    """A page as it is listed: found in the current build by what it is made of."""
    number = built.index(piece) + 1 if piece in built else 0
    if not number:
        whole = PagePiece(piece.sheet, "", piece.inserted)
        shown = built.index(whole) + 1 if piece.half and whole in built else 0
        picture = showing.picture_of(edition, copy, shown, 240) if shown else ""
        return Line(0, "", "", picture, can_split=False, half=piece.half, inserted=bool(piece.inserted))
    shape = copy.reading.report.pages[number - 1]
    return Line(
        number,
        shape.label,
        copy.reading.languages.get(number, ""),
        showing.picture_of(edition, copy, number, 240),
        can_split=arranging.can_split(piece, shape.width, shape.height),
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


def _arrange(edition: Edition, edits: Edits, said: str, wanted: list[PagePiece]) -> int | None:
    """What the pressed button does to the order of the pages; the place to go on at."""
    deed, _, name = said.partition(":")
    at = int(name) if name.isdecimal() else -1
    if deed == "back":
        gone = _left_out(edition, edits.reading, wanted)
        made = arranging.brought_back(wanted, gone[at]) if 0 <= at < len(gone) else wanted
        if made != wanted:
            edits.add(_arrangement(edition, edits.reading, made), "", _told(wanted), _told(made))
        return None
    if not 0 <= at < len(wanted):
        return None
    step = {"up": -1, "down": 1}.get(deed, 0)
    made = {
        "up": lambda: arranging.moved(wanted, at, -1),
        "down": lambda: arranging.moved(wanted, at, 1),
        "remove": lambda: arranging.removed(wanted, at),
        "split": lambda: arranging.split(wanted, at),
    }.get(deed, lambda: wanted)()
    if made != wanted:
        edits.add(_arrangement(edition, edits.reading, made), "", _told(wanted), _told(made))
    return min(max(0, at + step), len(made) - 1)


def _left_out(edition: Edition, reading: Reading, wanted: list[PagePiece]) -> list[PagePiece]:
    """What the PDF has and the edition will not."""
    whole = _arrangement(edition, reading, wanted).whole
    there = {(piece.sheet, piece.half) for piece in wanted if not piece.inserted}
    return [
        piece
        for piece in whole
        if (piece.sheet, piece.half) not in there and (piece.half or (piece.sheet, "first") not in there)
    ]


def _told(pieces: list[PagePiece]) -> str:
    marks = {"": "", "first": "a", "second": "b"}
    return " ".join(f"{'+' if piece.inserted else ''}{piece.sheet}{marks[piece.half]}" for piece in pieces)


def _languages(reading: Reading, words: wording.Translator) -> list[tuple[str, str]]:
    """Languages by name; those that the edition has are among them whatever they are."""
    codes = {*LANGUAGES, reading.language, *reading.languages.values()} - {"", "und"}
    return sorted(((code, language_name(code, words.language)) for code in codes), key=lambda pair: pair[1].casefold())
