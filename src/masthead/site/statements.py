"""A publication's statement on accessibility, for everybody: what conforms, what does not, whom to write to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from masthead.exports.announcing import schema_org
from masthead.library.errors import NotFoundError
from masthead.library.selectors import public_publication
from masthead.production.accessibility_reports import statement_of
from masthead.production.selectors import AccessibilityStatement
from masthead.site.announced_facts import origin_of, publication_facts
from masthead.site.missing import missing
from masthead.site.presenting import look_of

CONFORMANCE_WORDS = (
    "The editions meet WCAG 2.2 at level AA: nothing is known that fails.",
    "The editions partially meet WCAG 2.2 at level AA: some parts of them fail, which are named below.",
    "The editions do not meet WCAG 2.2 at level AA.",
    "The editions were not judged by WCAG 2.2 yet.",
)
_CONFORMANCE = dict(zip(AccessibilityStatement.Conformance, CONFORMANCE_WORDS, strict=True))
FEATURE_WORDS = (
    "Every page and every article can be read as text, by screen readers and braille displays too.",
    "Text can be enlarged, set in other colours and with other spacing.",
    "Articles are read aloud by the browser's own voices.",
    "Everything can be done with the keyboard.",
    "Contents, headings and the numbers of the printed pages lead through an issue.",
)
_WCAG = "https://www.w3.org/TR/WCAG22/"
_FEATURES = (
    *("readingOrder", "structuralNavigation", "tableOfContents", "pageNavigation", "displayTransformability"),
    *("highContrastDisplay", "synchronizedAudioText"),
)


@require_safe
def statement(request: HttpRequest, publication: str) -> HttpResponse:
    """The statement, where the publication shows one."""
    try:
        found = public_publication(publication)
    except NotFoundError:
        return missing(request, publication)
    said = statement_of(found)
    if not said.is_public:
        return missing(request, publication)
    conformance = AccessibilityStatement.Conformance(said.conformance)
    facts = publication_facts(origin_of(request), found)
    is_full = conformance is AccessibilityStatement.Conformance.FULL
    about = {
        **schema_org.periodical(facts),
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": ["textual"]
        if conformance is AccessibilityStatement.Conformance.FULL
        else ["textual,visual"],
        "accessibilityFeature": list(_FEATURES),
        "accessibilityHazard": ["none"],
    }
    if is_full:
        about["conformsTo"] = f"{_WCAG}#cc1"
    shown = {
        "publication": found,
        "look": look_of(found),
        "said": said,
        "conformance": _CONFORMANCE[conformance],
        "features": FEATURE_WORDS,
        "data": schema_org.json_ld(about),
        "canonical": origin_of(request) + request.path,
        "standard": _WCAG,
    }
    response = render(request, "site/statement.html", shown)
    response["Cache-Control"] = "public, max-age=60"
    response["Vary"] = "Accept-Language, Cookie"
    return response
