"""Every failure as application/problem+json (RFC 9457): with a code that stays, words for people and the request id."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from masthead import wording
from masthead.access import errors as access_errors
from masthead.access.errors import SignInLinkInvalidError, TermsInvalidError
from masthead.accounts.errors import NotAllowedError, ScopeMissingError, ScopeTooWideError, TokenInvalidError
from masthead.api import errors
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.faces.logged_paths import logged_path
from masthead.faces.outages import outage_of
from masthead.forms import errors as forms_errors
from masthead.library import errors as library_errors
from masthead.orders import errors as orders_errors
from masthead.production import errors as production_errors
from masthead.production.overlays import errors as overlays_errors

log = logging.getLogger("masthead.api")
REFERENCE: Final = "/api/v1/reference"
_UNPROCESSABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY
STATUSES: Final[dict[type[MastheadError], int]] = {
    TokenInvalidError: HTTPStatus.UNAUTHORIZED,
    ScopeMissingError: HTTPStatus.FORBIDDEN,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    ScopeTooWideError: _UNPROCESSABLE,
    library_errors.NotFoundError: HTTPStatus.NOT_FOUND,
    library_errors.DatabaseAwayError: HTTPStatus.SERVICE_UNAVAILABLE,
    library_errors.DiskFullError: HTTPStatus.INSUFFICIENT_STORAGE,
    library_errors.SlugInvalidError: _UNPROCESSABLE,
    library_errors.TimeInvalidError: _UNPROCESSABLE,
    library_errors.SettingInvalidError: _UNPROCESSABLE,
    library_errors.IssnInvalidError: _UNPROCESSABLE,
    library_errors.ColourFaintError: _UNPROCESSABLE,
    library_errors.StyleInvalidError: _UNPROCESSABLE,
    library_errors.DomainInvalidError: _UNPROCESSABLE,
    library_errors.LogoInvalidError: _UNPROCESSABLE,
    library_errors.FontInvalidError: _UNPROCESSABLE,
    TermsInvalidError: _UNPROCESSABLE,
    access_errors.PeriodInvalidError: _UNPROCESSABLE,
    access_errors.SubscriptionNameTakenError: HTTPStatus.CONFLICT,
    access_errors.ReaderNumberTakenError: HTTPStatus.CONFLICT,
    access_errors.ImportUnreadableError: _UNPROCESSABLE,
    access_errors.MetadataUnreadableError: _UNPROCESSABLE,
    access_errors.DiscoveryUnreadableError: _UNPROCESSABLE,
    access_errors.SiteAddressInvalidError: _UNPROCESSABLE,
    forms_errors.FormChangedError: HTTPStatus.CONFLICT,
    forms_errors.FormEmptyError: HTTPStatus.CONFLICT,
    forms_errors.FormInvalidError: _UNPROCESSABLE,
    orders_errors.OrdersToError: _UNPROCESSABLE,
    orders_errors.ProductInvalidError: _UNPROCESSABLE,
    orders_errors.PriceListInvalidError: _UNPROCESSABLE,
    production_errors.UploadGoneError: HTTPStatus.NOT_FOUND,
    production_errors.UploadTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    production_errors.UploadNotPdfError: _UNPROCESSABLE,
    production_errors.CorrectionInvalidError: _UNPROCESSABLE,
    production_errors.TextMissingError: _UNPROCESSABLE,
    production_errors.NotKeptError: HTTPStatus.NOT_FOUND,
    overlays_errors.OverlayChangedError: HTTPStatus.CONFLICT,
    overlays_errors.OverlayError: _UNPROCESSABLE,
    SignInLinkInvalidError: _UNPROCESSABLE,
    errors.RequestMalformedError: HTTPStatus.BAD_REQUEST,
    errors.CursorInvalidError: HTTPStatus.BAD_REQUEST,
    errors.KeyInvalidError: HTTPStatus.BAD_REQUEST,
    errors.FieldsInvalidError: _UNPROCESSABLE,
    errors.MethodWrongError: HTTPStatus.METHOD_NOT_ALLOWED,
    errors.RateExceededError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.KeyReusedError: _UNPROCESSABLE,
    errors.BusyError: HTTPStatus.CONFLICT,
    errors.ChangedMeanwhileError: HTTPStatus.PRECONDITION_FAILED,
    errors.FileMissingHereError: HTTPStatus.NOT_FOUND,
    errors.ReportEarlyError: HTTPStatus.NOT_FOUND,
    errors.AccidentError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status of each; what is not named is a conflict with how things stand: 409."""

_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "issn_invalid": ("issn",),
    "address_invalid": ("slug",),
    "address_taken": ("slug", "domain", "name", "label"),
    "time_invalid": ("publish_at", "withdraw_at", "time_zone"),
    "shelf_inside_itself": ("parent",),
    "colour_faint": ("accent", "ground"),
    "style_invalid": ("css",),
    "domain_invalid": ("domain",),
    "logo_invalid": ("file",),
    "font_invalid": ("file",),
    "scope_too_wide": ("scopes",),
    "webhook_address": ("address",),
    "sign_in_link_invalid": ("opens", "reader"),
    "metadata_unreadable": ("address", "metadata"),
    "discovery_unreadable": ("address",),
    "site_address_invalid": ("address",),
    "period_invalid": ("ends", "subscription"),
    "subscription_taken": ("name",),
    "reader_number_taken": ("number",),
}
"""Which field of a request a refusal is about: the first of these that was sent."""


def status_of(error: MastheadError) -> int:
    """The status that a refusal is answered with."""
    return status_of_kind(type(error))


def status_of_kind(kind: type[MastheadError]) -> int:
    """The same for all refusals of a kind."""
    return next((status for known, status in STATUSES.items() if issubclass(kind, known)), HTTPStatus.CONFLICT)


def problem(
    request: HttpRequest,
    error: MastheadError,
    *,
    mistakes: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for a refusal, in the language that the program or its person asks for."""
    words = wording.translator(language_of(request))
    status = status_of(error)
    said = words.text(error.sentence)
    body: dict[str, Any] = {
        "type": f"{REFERENCE}#{error.code}",
        "title": said,
        "status": int(status),
        "detail": words.text(error.hint),
        "code": error.code,
        "request_id": getattr(request, "request_id", ""),
    }
    found = list(mistakes) or _at_its_field(request, error, f"{said} {words.text(error.hint)}")
    if found:
        body["errors"] = found
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, headers=headers)
    answer["Content-Type"] = "application/problem+json"
    answer["Cache-Control"] = "no-store"
    return answer


def problem_of(request: HttpRequest, failure: Exception | type[Exception]) -> HttpResponse:
    """The answer for whatever was raised while a request was answered."""
    if isinstance(failure, MastheadError):
        return problem(request, failure)
    if isinstance(failure, ValidationError):
        return problem(request, errors.FieldsInvalidError(), mistakes=[_mistake(entry) for entry in failure.errors])
    if isinstance(failure, Http404):
        return problem(request, library_errors.NotFoundError(request.path))
    if isinstance(failure, RequestDataTooBig):
        return problem(request, production_errors.UploadTooLargeError())
    if isinstance(failure, HttpError | MultiPartParserError | UnicodeDecodeError):
        return problem(request, errors.RequestMalformedError(str(failure)))
    if isinstance(failure, OperationalError) and "could not serialize" in str(failure):
        return problem(request, errors.ChangedMeanwhileError())
    if isinstance(failure, OperationalError) and "locked" in str(failure):
        return problem(request, errors.BusyError(), headers={"Retry-After": "1"})
    identity = getattr(request, "request_id", "")
    known = failure if isinstance(failure, Exception) else None
    outage = outage_of(known)
    log.error("request %s failed: %s %s", identity, request.method, logged_path(request), exc_info=known)
    if outage is not None:
        request.user = AnonymousUser()  # who it is, and what they speak, stands in the database too
        return problem(request, outage, headers={"Retry-After": "10"})
    return problem(request, errors.AccidentError())


def _mistake(entry: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with one field: its place as it was sent, and what is wanted there."""
    source, *place = entry["loc"]
    named = [str(part) for part in place if part not in ("body", "data")] or [str(place[-1] if place else source)]
    return {"in": str(source), "field": ".".join(named), "message": str(entry["msg"])}


def _at_its_field(request: HttpRequest, error: MastheadError, said: str) -> list[dict[str, str]]:
    if isinstance(error, TermsInvalidError):
        inside = error.detail in ("password", "ranges", "domains", "denied_domains")
        return [{"in": "body", "field": f"ways.{error.detail}" if inside else error.detail, "message": said}]
    own = getattr(error, "field", "")
    candidates = _FIELDS.get(error.code, ((own, "file") if own else ()))
    if not candidates:
        return []
    try:
        sent = json.loads(request.body) if request.content_type == "application/json" else dict(request.FILES)
    except Exception:  # whatever it was, it named no field
        return []
    if not isinstance(sent, dict):
        return []
    usual = f"content.{own}" if isinstance(sent.get("content"), dict) else candidates[0]
    named = next((name for name in candidates if name in sent), usual)
    return [{"in": "body", "field": named, "message": said}]
