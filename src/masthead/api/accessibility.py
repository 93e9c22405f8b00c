"""Operations on accessibility: the report of an edition, a publication's statement, and what its corrections teach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, cast

from ninja import Router, Status
from pydantic import Field, model_validator

from masthead.accounts.rights import Action
from masthead.api.errors import FileMissingHereError
from masthead.api.gate import Call, Needs
from masthead.api.overlays import editable
from masthead.api.publications import publication_of
from masthead.api.shapes import Day, Email, In, OneOf, Out, Text
from masthead.document.text import Role
from masthead.edition.accessibility import Check, Finding, Severity, Spot
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication
from masthead.production.accessibility_reports import report_for, statement_change, statement_of
from masthead.production.selectors import AccessibilityStatement
from masthead.production.templates import rule_list, rule_of, rule_remove, rule_switch

router = Router(tags=["Accessibility"])
_STATEMENT = "/publications/{slug:publication}/accessibility_statement"
_TEMPLATE = "/publications/{slug:publication}/template"
CheckName = Annotated[str, OneOf(check.value for check in Check)]
SeverityName = Annotated[str, OneOf(severity.value for severity in Severity)]
RoleName = Annotated[str, OneOf(role.value for role in Role)]
Conformance = Literal["full", "partial", "none", "unknown"]


class SpotOut(Out):
    """Where something fails."""

    page: int = Field(description="0: the whole edition.")
    words: str
    block: str
    figure: str
    article: str

    @staticmethod
    def of(spot: Spot) -> SpotOut:
        """As it is answered."""
        return SpotOut.filled(spot)


class FindingOut(Out):
    """One thing that was looked at."""

    check: CheckName
    severity: SeverityName
    references: list[str] = Field(description="Rules that ask for it, such as WCAG 2.2 1.1.1.")
    examined: int = Field(description="How many things were looked at.")
    has_passed: bool
    spots: list[SpotOut] = Field(description="Where it fails.")

    @staticmethod
    def of(one: Finding) -> FindingOut:
        """As it is answered."""
        return FindingOut(
            check=one.check.value,
            severity=one.severity.value,
            references=list(one.references),
            examined=one.examined,
            has_passed=one.has_passed,
            spots=[SpotOut.of(spot) for spot in one.spots],
        )


class AccessibilityOut(Out):
    """What was found in the build that readers have."""

    build: str
    score: int = Field(description="From 0 to 100: each check counts by its weight.")
    findings: list[FindingOut]


class StatementIn(In):
    """What a publication says in public of how accessible its editions are."""

    is_public: bool = False
    conformance: Conformance = "unknown"
    limitations: Annotated[Text, Field(max_length=4000)] = ""
    feedback_email: Email | Literal[""] = ""
    feedback_phone: Annotated[Text, Field(max_length=40)] = ""
    feedback_address: Annotated[Text, Field(max_length=500)] = ""
    answer_days: Annotated[int, Field(ge=1, le=90)] = 14
    enforcement: Annotated[Text, Field(max_length=1000)] = Field(
        default="", description="The authority to turn to where the publisher does not help."
    )
    assessed_on: Day | None = None

    @model_validator(mode="after")
    def _is_reachable(self) -> StatementIn:
        if self.is_public and not (self.feedback_email or self.feedback_phone or self.feedback_address):
            raise ValueError("Say where readers can turn to: an e-mail address, a telephone number or an address.")
        return self


class StatementOut(Out):
    """The statement as it stands."""

    is_public: bool
    conformance: Conformance
    limitations: str
    feedback_email: str
    feedback_phone: str
    feedback_address: str
    answer_days: int
    enforcement: str
    assessed_on: date | None

    @staticmethod
    def of(row: AccessibilityStatement) -> StatementOut:
        """As it is answered."""
        return StatementOut.filled(row)


class RuleOut(Out):
    """What corrections taught about all issues of a publication."""

    id: str
    is_on: bool = Field(description="The next conversions heed it.")
    role: RoleName
    level: int = Field(description="Of a heading.")
    zone: Literal["top", "bottom", "anywhere"] = Field(description="Of the page.")
    font: str
    size: float = Field(description="Points.")
    words: str = Field(description="That repeat; empty: the rule is about type.")
    is_section: bool = Field(description="The text names the section.")
    times: int = Field(description="How many issues taught it.")
    edition: str | None = Field(description="Id of the one that taught it last.")
    created_at: datetime

    @staticmethod
    def of(row: Any) -> RuleOut | None:
        """As it is answered; None where this version does not understand it."""
        rule = rule_of(row)
        if rule is None:
            return None
        own = {name: getattr(row, name) for name in ("id", "is_on", "times", "created_at")}
        said = {name: getattr(rule, name) for name in ("role", "level", "font", "size", "words", "is_section")}
        zone = cast(Literal["top", "bottom", "anywhere"], rule.zone)
        return RuleOut(edition=row.edition_id, zone=zone, **own, **said)


class RuleChange(In):
    """Whether the next conversions heed it."""

    is_on: bool


@router.get("/editions/{slug:edition}/accessibility", response=AccessibilityOut, auth=Needs("texts:read"))
def get_accessibility_report(request: Call, edition: str) -> AccessibilityOut:
    """What was found in the build that readers have, with each place to mend."""
    report = report_for(editable(request, edition))
    if report is None:
        raise FileMissingHereError(edition)
    findings = [FindingOut.of(one) for one in report.findings]
    return AccessibilityOut(build=report.build, score=report.score, findings=findings)


@router.get(_STATEMENT, response=StatementOut, auth=Needs("publications:read"))
def get_accessibility_statement(request: Call, publication: str) -> StatementOut:
    """What the publication says; one that was never written is not public."""
    return StatementOut.of(statement_of(publication_of(request, publication, Action.MANAGE_PUBLICATIONS)))


@router.put(_STATEMENT, response=StatementOut, auth=Needs("publications:write"))
def set_accessibility_statement(request: Call, publication: str, body: StatementIn) -> StatementOut:
    """Say something else; a public one needs a way to reach the publisher."""
    found = publication_of(request, publication, Action.MANAGE_PUBLICATIONS)
    return StatementOut.of(statement_change(by=request.person, publication=found, fields=body.model_dump()))


@router.get(_TEMPLATE, response=list[RuleOut], auth=Needs("texts:read"))
def get_template(request: Call, publication: str) -> list[RuleOut]:
    """What corrections taught, the latest first: it wins where two rules are about the same."""
    rows = rule_list(publication_of(request, publication, Action.EDIT))
    return [told for row in rows if (told := RuleOut.of(row)) is not None]


@router.patch(f"{_TEMPLATE}/{{slug:rule}}", response=RuleOut, auth=Needs("texts:write"))
def switch_template_rule(request: Call, publication: str, rule: str, body: RuleChange) -> RuleOut:
    """Let the next conversions heed a rule, or not."""
    found = publication_of(request, publication, Action.EDIT)
    rule_switch(by=request.person, publication=found, rule_id=rule, is_on=body.is_on)
    return _told(found, rule)


@router.delete(f"{_TEMPLATE}/{{slug:rule}}", response={204: None}, auth=Needs("texts:write"))
def forget_template_rule(request: Call, publication: str, rule: str) -> Status[None]:
    """Forget a rule; corrections may teach it again."""
    found = publication_of(request, publication, Action.EDIT)
    rule_remove(by=request.person, publication=found, rule_id=rule)
    return Status(204, None)


def _told(publication: Publication, rule: str) -> RuleOut:
    told = RuleOut.of(rule_list(publication).filter(pk=rule).first())
    if told is None:
        raise NotFoundError(rule)
    return told
