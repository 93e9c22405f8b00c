"""What can go wrong with an upload or a conversion, beside what a PDF itself can be blamed for."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class UploadTooLargeError(MastheadError):
    """More bytes than the operator allows."""

    code = "upload_too_large"
    sentence = "The file is larger than this installation allows."
    hint = "Export it with smaller pictures, or ask the operator to raise the limit."
    exit_status = 70


class UploadNotPdfError(MastheadError):
    """The first bytes are not those of a PDF."""

    code = "upload_not_pdf"
    sentence = "The file that was sent is not a PDF."
    hint = "Choose the PDF of the issue."
    exit_status = 71


class ConversionAbandonedError(MastheadError):
    """The process that converted it ended again and again."""

    code = "conversion_abandoned"
    sentence = "The conversion was interrupted too often."
    hint = "Try again; if it happens again, ask the operator to look at the log."
    exit_status = 72


class ConversionBrokenError(MastheadError):
    """An accident in the conversion that has no name."""

    code = "conversion_broken"
    sentence = "The conversion ended by an accident."
    hint = "Try again; if it happens again, report it with the number of the conversion."
    exit_status = 73
