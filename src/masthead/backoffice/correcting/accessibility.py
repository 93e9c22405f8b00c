"""The accessibility report of an edition: what was found, why it matters, and the way to where it is fixed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.correcting.desk import desk, edition_to_correct, not_kept
from masthead.backoffice.forms import language_name
from masthead.backoffice.staff import staff
from masthead.edition.accessibility import Check, Finding, Severity, Spot
from masthead.faces.languages import language_of
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition
from masthead.production.accessibility_reports import report_for

_SHOWN = 60  # places of one finding
SEVERITY_WORDS = ("Serious", "Moderate", "Minor")
_WORD_OF_SEVERITY = dict(zip(Severity, SEVERITY_WORDS, strict=True))
NAME_WORDS = (
    "Pictures have a description",
    "Descriptions say more than the caption",
    "Every page can be shown",
    "Every page has text",
    "Text is the PDF's own",
    "The reading order is sure",
    "Articles have a headline",
    "Headings skip no level",
    "The language is known",
    "Pages in another language say so",
    "Tables have headers",
    "Links say where they lead",
    "The edition has a title",
    "The edition has contents",
)
FAILING_WORDS = (
    "Pictures without a description",
    "Pictures described by their caption alone",
    "Pages that cannot be shown",
    "Pages without text",
    "Text that was recognised in pictures",
    "Pages whose reading order is not sure",
    "Articles without a headline",
    "Headings that skip a level",
    "The language is not known",
    "Pages in another language",
    "Tables without headers",
    "Links that do not say where they lead",
    "The edition has no title",
    "The edition has no contents",
)
WHY_WORDS = (
    "Who cannot see a picture hears nothing of it. Describe it, or say that it only decorates.",
    "The caption stands in for the description. That is enough if it says what is to be seen.",
    "These pages could not be read or drawn. Replace them, or the PDF.",
    "A page without text is silence to a screen reader. Describe its pictures, or hand over a PDF with text.",
    "The words were recognised in a picture. Read them through; letters may be wrong.",
    "Columns and boxes may be read in another order than they are meant. Look at these pages.",
    "People who cannot see jump from heading to heading. Give one block of the article the role of a headline.",
    "After a headline comes a subheading, not a smaller one. Change the role of these.",
    "A screen reader speaks with the sounds of the language. Say which it is.",
    "These pages seem to be in another language. Say so, and they are spoken right.",
    "Without headers nobody hears what a number in a table belongs to. Say how many rows or columns are headers.",
    "Such as “here” or a picture without words: out of context they say nothing. Name them in the PDF.",
    "The title is the first thing that is read out. Write it.",
    "Without contents one has to turn page after page. Write them, or take them from the articles.",
)
_NAME_OF = dict(zip(Check, NAME_WORDS, strict=True))
_FAILING_OF = dict(zip(Check, FAILING_WORDS, strict=True))
_WHY_OF = dict(zip(Check, WHY_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in words with the ways to its places."""

    finding: Finding
    name: str
    why: str
    severity: str
    ways: list[tuple[str, str]]  # address and words
    more: int


@require_safe
@staff
def accessibility(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What was found in the build that readers have."""
    found = edition_to_correct(person, edition)
    report = report_for(found)
    if report is None:
        return not_kept(request, found, "text-accessibility")
    words = wording.translator(language_of(request))
    labels = _labels(found)
    shown = {
        **desk(request, found, "text-accessibility"),
        "report": report,
        "failed": [_shown(found, finding, words, labels) for finding in report.failed],
        "passed": [_NAME_OF[one.check] for one in report.findings if one.has_passed and one.examined],
        "weights_said": ", ".join(f"{words.text(_WORD_OF_SEVERITY[one])} {one.weight}" for one in Severity),
    }
    return render(request, "office/correct/accessibility.html", shown)


def _labels(edition: Edition) -> dict[int, str]:
    assert edition.build is not None
    manifest = read_build(edition.build.folder).manifest
    return {page["number"]: page["label"] for page in manifest["pages"]}


def _shown(edition: Edition, finding: Finding, words: wording.Translator, labels: dict[int, str]) -> Shown:
    ways = [(_way(edition, finding.check, spot), _said(finding.check, spot, words, labels)) for spot in finding.spots]
    return Shown(
        finding,
        _FAILING_OF[finding.check],
        _WHY_OF[finding.check],
        _WORD_OF_SEVERITY[finding.severity],
        ways[:_SHOWN],
        max(0, len(ways) - _SHOWN),
    )


def _way(edition: Edition, check: Check, spot: Spot) -> str:
    """The screen where it is fixed."""
    if check in (Check.TITLE, Check.LANGUAGE):
        return reverse("text-pages", args=[edition.pk])
    if check is Check.CONTENTS:
        return reverse("text-contents", args=[edition.pk])
    if check in (Check.PAGE_LANGUAGES, Check.PAGES_FAILED):
        return f"{reverse('text-pages', args=[edition.pk])}#page-{spot.page}"
    if spot.article:
        place = f"#f-{spot.figure}" if spot.figure else f"#b-{spot.block}" if spot.block else ""
        return f"{reverse('text-article', args=[edition.pk, spot.article])}{place}"
    place = f"#f-{spot.figure}" if spot.figure else f"#b-{spot.block}" if spot.block else ""
    return f"{reverse('text-page', args=[edition.pk, spot.page or 1])}{place}"


def _said(check: Check, spot: Spot, words: wording.Translator, labels: dict[int, str]) -> str:
    if not spot.page:
        return words.text("Fix it")
    page = words.text("Page {label}", label=labels.get(spot.page, str(spot.page)))
    if check is Check.PAGE_LANGUAGES:
        return f"{page}: {language_name(spot.words, words.language)}"
    return f"{page}: {spot.words}" if spot.words else page
