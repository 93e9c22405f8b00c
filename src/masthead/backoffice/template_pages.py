"""A publication's template for staff: each rule in words, where it was learned, switched on or off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.document.template import TemplateRule
from masthead.document.text import Role
from masthead.faces.languages import language_of
from masthead.library.selectors import publication_get, require
from masthead.production.correction_words import role_value, role_word
from masthead.production.templates import rule_list, rule_of, rule_remove, rule_switch

SAVED_WORDS = "Saved. The next conversion heeds it."
ZONE_WORDS = ("at the top of a page", "at the bottom of a page", "anywhere")
_ZONES = dict(zip(("top", "bottom", "anywhere"), ZONE_WORDS, strict=True))
TYPE_WORDS = "Text in {font}, {size} points, {zone}: {role}"
REPEAT_WORDS = "“{words}” {zone}, on page after page: {role}"
SECTION_WORDS = "Text in {font}, {size} points, {zone} names the section"


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def template(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """The rules, and the buttons that switch and forget them."""
    found = publication_get(person, publication)
    require(person, Action.EDIT, found)
    if request.method == "POST":
        deed, named = request.POST.get("do", ""), request.POST.get("rule", "")
        if deed == "forget":
            rule_remove(by=person, publication=found, rule_id=named)
        else:
            rule_switch(by=person, publication=found, rule_id=named, is_on=deed == "on")
        say(request, SAVED_WORDS)
        return HttpResponseRedirect(reverse("publication-template", args=[found.pk]))
    words = wording.translator(language_of(request))
    rules = [(row, rule) for row in rule_list(found) if (rule := rule_of(row)) is not None]
    shown = {
        "house": found.publisher,
        "publication": found,
        "rules": [(row, _said(rule, words)) for row, rule in rules],
    }
    return render(request, "office/publication_template.html", shown)


def _said(rule: TemplateRule, words: wording.Translator) -> str:
    """The rule as a sentence."""
    values = {
        "font": rule.font,
        "size": f"{rule.size:g}",
        "zone": words.text(_ZONES[rule.zone]),
        "role": words.text(role_word(role_value(Role(rule.role), rule.level))),
        "words": rule.words,
    }
    sentence = SECTION_WORDS if rule.is_section else REPEAT_WORDS if rule.words else TYPE_WORDS
    return words.text(sentence, **values)
