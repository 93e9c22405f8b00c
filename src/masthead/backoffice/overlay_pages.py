"""The page editor: a page's picture with what lies on it, drawn and moved by mouse or keys; steps can be undone."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.framing import say
from masthead.backoffice.overlay_form import KIND_WORDS, OverlayForm, initial_of, kept_files, received, rows_of, said_of
from masthead.backoffice.staff import staff
from masthead.document.overlays import Area, OverlayKind
from masthead.faces.failures import failure_response
from masthead.faces.languages import language_of
from masthead.faces.sending import file_response
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_get, require
from masthead.orders.selectors import codes_offered
from masthead.production.overlays.errors import OverlayAreaError, OverlayChangedError, OverlayError
from masthead.production.overlays.files import file_of, local_file
from masthead.production.overlays.questions import forms_offered
from masthead.production.overlays.selectors import Overlay, files_of, overlay_get, overlay_list, steps_of
from masthead.production.overlays.services import (
    overlay_change,
    overlay_create,
    overlay_move,
    overlay_remove,
    step_again,
    step_back,
    version_of,
)

LAID_WORDS = "It lies on the page."
KEPT_WORDS = "Saved."
REMOVED_WORDS = "{title} was taken away. Undo brings it back."
UNDONE_WORDS = ("The last step was taken back.", "The step was made again.", "There is no step to take back.")
_PICTURE = 1200  # pixels across
_THUMBNAIL = 240
_FRESH = {"x": 30.0, "y": 40.0, "width": 40.0, "height": 12.0}  # percent: where a new one lies that nobody has drawn

_WHOLE = {"x": 0.0, "y": 0.0, "width": 100.0, "height": 100.0}


@require_safe
@staff
def overlays(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """A page with what lies on it."""
    found = _editable(person, edition)
    return _editor(request, person, found, _page(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_overlay(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Say what a new thing is, and lay it on the page."""
    found = _editable(person, edition)
    kind, page = _kind(request, found), _page(request, found)
    words = wording.translator(language_of(request))
    if request.method != "POST":
        drawn = {name: _percent(request.GET.get(name), usual) for name, usual in _FRESH.items()}
        if "whole" in request.GET:
            drawn = dict(_WHOLE)
        said = {name: request.GET.get(name, "")[:200] for name in ("title", "advertiser")}
        initial = {**drawn, **said}
        form = OverlayForm(None, kind=kind, edition=found, words=words, initial=initial)
        return _editor(request, person, found, page, form=form, kept=kept_files(None, None))
    data, wrong = received(request, found, kind)
    form = OverlayForm(data, kind=kind, edition=found, words=words)
    if form.is_valid() and not wrong:
        said, title = said_of(form, data), form.cleaned_data["title"]
        try:
            overlay_create(by=person, edition=found, kind=kind, page=page, area=form.area, title=title, said=said)
        except OverlayError as error:
            wrong = [error]
        else:
            say(request, LAID_WORDS)
            return _back(found, page)
    for each in wrong:
        form.refuse(each)
    return _editor(request, person, found, page, form=form, kept=kept_files(None, data), rows=rows_of(None, data))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def overlay(request: HttpRequest, person: User, edition: str, overlay: str) -> HttpResponse:
    """Say other things of what lies there, or put it elsewhere."""
    found = _editable(person, edition)
    row = overlay_get(found, overlay)
    kind, page = OverlayKind(row.kind), _page(request, found, row.page)
    words = wording.translator(language_of(request))
    if request.method != "POST":
        form = OverlayForm(None, kind=kind, edition=found, words=words, initial=initial_of(row))
        kept, rows = kept_files(row, None), rows_of(row, None)
        return _editor(request, person, found, page, chosen=row, form=form, kept=kept, rows=rows)
    data, wrong = received(request, found, kind)
    form = OverlayForm(data, kind=kind, edition=found, words=words)
    if form.is_valid() and not wrong:
        said, title = said_of(form, data), form.cleaned_data["title"]
        try:
            seen = data.get("seen", "")
            overlay_change(by=person, overlay=row, page=page, area=form.area, title=title, said=said, seen=seen)
        except OverlayError as error:
            wrong = [error]
        else:
            say(request, KEPT_WORDS)
            return _back(found, page)
    for each in wrong:
        form.refuse(each)
    kept, rows = kept_files(row, data), rows_of(row, data)
    return _editor(request, person, found, page, chosen=row, form=form, kept=kept, rows=rows)


@require_POST
@staff
def move(request: HttpRequest, person: User, edition: str, overlay: str) -> HttpResponse:
    """Put it where it was drawn; four fractions of the page. Answers where it is, or what is wrong, for the script."""
    found = _editable(person, edition)
    row = overlay_get(found, overlay)
    words = wording.translator(language_of(request))
    try:
        area = Area(*(float(request.POST.get(name, "")) for name in ("x", "y", "width", "height")))
        moved = overlay_move(by=person, overlay=row, page=_page(request, found, row.page), area=area)
    except (ValueError, OverlayError) as error:
        refused = error if isinstance(error, OverlayError) else OverlayAreaError()
        said = f"{words.text(refused.sentence)} {words.text(refused.hint)}"
        return JsonResponse({"said": said}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    place = {name: getattr(moved, name) for name in ("page", "x", "y", "width", "height")}
    return JsonResponse({**place, "seen": version_of(moved)})


@require_POST
@staff
def remove(request: HttpRequest, person: User, edition: str, overlay: str) -> HttpResponse:
    """Take it away; the next step can bring it back."""
    found = _editable(person, edition)
    row = overlay_get(found, overlay)
    overlay_remove(by=person, overlay=row)
    say(request, REMOVED_WORDS, title=row.title)
    return _back(found, row.page)


@require_POST
@staff
def step(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Take the person's last step back, or make it again."""
    found = _editable(person, edition)
    again = request.POST.get("way") == "again"
    try:
        changed = (step_again if again else step_back)(by=person, edition=found)
    except OverlayChangedError as error:
        words = wording.translator(language_of(request))
        say(request, f"{words.text(error.sentence)} {words.text(error.hint)}")
        return _back(found, _page(request, found))
    say(request, UNDONE_WORDS[2] if not changed else UNDONE_WORDS[int(again)])
    row = next((one for one in overlay_list(found) if one.pk == changed), None)
    return _back(found, row.page if row else _page(request, found))


@require_safe
@staff
def overlay_upload(request: HttpRequest, person: User, edition: str, name: str, ending: str) -> HttpResponseBase:
    """A file that was kept for an overlay, for the form that shows it before it lies on a page."""
    found = _editable(person, edition)
    kept = file_of(found, f"{name}.{ending}")
    file = local_file(found.pk, kept.name) if kept else None
    if file is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    return file_response(request, file, immutable=True)


def _editable(person: User, edition: str) -> Edition:
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    return found


def _page(request: HttpRequest, edition: Edition, usual: int = 1) -> int:
    """The page that is asked for, within the edition."""
    asked = request.POST.get("page") or request.GET.get("page") or str(usual)
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else usual
    return max(1, min(number, edition.build.pages if edition.build else 1))


def _kind(request: HttpRequest, edition: Edition) -> OverlayKind:
    asked = request.POST.get("kind") or request.GET.get("kind") or OverlayKind.LINK.value
    if asked not in dict(_kinds(edition)):
        raise NotFoundError(asked)
    return OverlayKind(asked)


def _kinds(edition: Edition) -> list[tuple[str, str]]:
    """The kinds that can be laid, with their English names; forms only where there are any."""
    named = zip((kind.value for kind in OverlayKind), KIND_WORDS, strict=True)
    return [(kind, name) for kind, name in named if kind != OverlayKind.FORM or forms_offered(edition)]


def _percent(asked: str | None, usual: float) -> float:
    try:
        number = float(asked or "")
    except ValueError:
        return usual
    return round(number, 2) if 0 <= number <= 100 else usual


def _back(edition: Edition, page: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('edition-overlays-office', args=[edition.pk])}?page={page}")


def _editor(
    request: HttpRequest,
    person: User,
    edition: Edition,
    page: int,
    *,
    form: OverlayForm | None = None,
    chosen: Overlay | None = None,
    **shown: Any,
) -> HttpResponse:
    if edition.build is None:
        return render(request, "office/overlays.html", {"house": edition.publication.publisher, "edition": edition})
    every = overlay_list(edition)
    on_pages = Counter(row.page for row in every if not row.is_lost)
    can_undo, can_redo = steps_of(person, edition)

    def file(path: str) -> str:
        build = edition.build.build_id if edition.build else ""
        return reverse("edition-file", args=[edition.publication.slug, edition.slug, build, path])

    return render(
        request,
        "office/overlays.html",
        {
            "house": edition.publication.publisher,
            "edition": edition,
            "number": page,
            "has_products": bool(codes_offered(edition.publication, 1)),
            "pages": [(n, file(f"pictures/{_THUMBNAIL}/{n}.webp"), on_pages[n]) for n in _around(edition, page)],
            "picture": file(f"pictures/{_PICTURE}/{page}.webp"),
            "words_of_page": file(f"pages/{page}.json"),
            "things": sorted((row for row in every if row.page == page and not row.is_lost), key=_depth),
            "lost": [row for row in every if row.is_lost],
            "kinds": _kinds(edition),
            "kind_words": dict(zip((kind.value for kind in OverlayKind), KIND_WORDS, strict=True)),
            "kind": form.kind.value if form else request.GET.get("kind", OverlayKind.LINK.value),
            "chosen": chosen,
            "form": form,
            "files": files_of(edition) if form else {},
            "can_undo": can_undo,
            "can_redo": can_redo,
            "seen": version_of(chosen) if chosen else "",
            "kept": {},
            "rows": [],
            **shown,
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK,
    )


def _depth(row: Overlay) -> bool:
    """Advertisements lie below all else, so that what stands in them can be taken."""
    return row.kind != OverlayKind.ADVERTISEMENT


def _around(edition: Edition, page: int) -> list[int]:
    """The pages whose thumbnails stand beside: all of them, of long editions the neighbours."""
    count = edition.build.pages if edition.build else 0
    return [n for n in range(1, count + 1) if count <= 160 or abs(n - page) <= 40]
