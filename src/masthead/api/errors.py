"""What can go wrong with a request of a program, beside what the rooms below refuse."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class RequestMalformedError(MastheadError):
    """A request that cannot be read at all."""

    code = "request_malformed"
    sentence = "The request cannot be read."
    hint = "Send JSON in UTF-8 with Content-Type: application/json, or a form where a file is asked for."
    exit_status = 120


class FieldsInvalidError(MastheadError):
    """Fields that are missing, unknown or have a value they cannot have."""

    code = "fields_invalid"
    sentence = "Some fields cannot have these values."
    hint = "Each is named under “errors”, with what is wrong with it."
    exit_status = 121


class MethodWrongError(MastheadError):
    """A method that the address does not know."""

    code = "method_wrong"
    sentence = "This address does not know this method."
    hint = "The header Allow lists those that it knows."
    exit_status = 122


class RateExceededError(MastheadError):
    """More requests of a token than a minute may have."""

    code = "rate_exceeded"
    sentence = "This token has used up its requests for this minute."
    hint = "Go on after as many seconds as the header Retry-After says."
    exit_status = 123


class KeyReusedError(MastheadError):
    """An idempotency key that came before with another request."""

    code = "key_reused"
    sentence = "This idempotency key came before with another request."
    hint = "Use a new key for each thing that is to be done."
    exit_status = 124


class BusyError(MastheadError):
    """Another request writes just now and does not come to an end."""

    code = "busy"
    sentence = "Another request is being written just now."
    hint = "Wait a moment and send it again, with the same idempotency key."
    exit_status = 125


class KeyInvalidError(MastheadError):
    """An idempotency key that cannot be one."""

    code = "key_invalid"
    sentence = "This cannot be an idempotency key."
    hint = "Use 1 to 64 letters, digits, hyphens and underscores, such as a UUID."
    exit_status = 126


class ChangedMeanwhileError(MastheadError):
    """The thing is not any more as the program knew it."""

    code = "changed_meanwhile"
    sentence = "Somebody has changed this meanwhile."
    hint = "Fetch it again, and send your change with its new ETag in If-Match."
    exit_status = 127


class CursorInvalidError(MastheadError):
    """A place in a list that was not given out for this list."""

    code = "cursor_invalid"
    sentence = "This cursor does not belong to this list."
    hint = "Take it from “next” of the page before, and keep the other parameters as they were."
    exit_status = 128


class AccidentError(MastheadError):
    """Something that should not happen."""

    code = "accident"
    sentence = "Something went wrong on our side."
    hint = "Try again; if it happens again, report it with the request id."
    exit_status = 129


class FileMissingHereError(MastheadError):
    """A build that lacks the file which was asked for."""

    code = "export_missing"
    sentence = "This edition has no such file yet."
    hint = "Wait until it is converted."
    exit_status = 130


class ReportEarlyError(MastheadError):
    """A report of full months before the first one is over."""

    code = "report_early"
    sentence = "There is no report yet."
    hint = "Reports are of full months: come back when the first month of counting is over."
    exit_status = 250
