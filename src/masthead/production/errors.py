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


class UploadGoneError(MastheadError):
    """An upload that does not exist any more, or never did for this person."""

    code = "upload_gone"
    sentence = "This upload is not there any more."
    hint = "Choose the file again; it is sent from the beginning."
    exit_status = 74


class UploadOffsetError(MastheadError):
    """The bytes that were sent do not go on where the others ended."""

    code = "upload_offset"
    sentence = "The upload does not go on where it stopped."
    hint = "Ask how much has arrived and send the rest."
    exit_status = 75


class UploadChecksumError(MastheadError):
    """Bytes were changed on their way."""

    code = "upload_checksum"
    sentence = "A part of the file was damaged on its way."
    hint = "Send this part again."
    exit_status = 76


class UploadBusyError(MastheadError):
    """Another connection is sending the same upload just now."""

    code = "upload_busy"
    sentence = "This upload is being sent by another connection."
    hint = "Wait a moment and try again."
    exit_status = 77


class SheetInvalidError(MastheadError):
    """A spreadsheet that cannot be read as one."""

    code = "sheet_invalid"
    sentence = "The spreadsheet cannot be read."
    hint = "Save it as XLSX or CSV, with the columns of the template in its first row."
    exit_status = 78


class WatchedFolderError(MastheadError):
    """What lies in the watched folder cannot become an edition."""

    code = "watched_folder"
    sentence = "The file lies in no folder that is called like a publication's address."
    hint = "Put it into a folder with the publication's address as its name, such as fathom/November 2026.pdf."
    exit_status = 79


class PersonUnknownError(MastheadError):
    """The named staff account does not exist."""

    code = "person_unknown"
    sentence = "Nobody signs in with this e-mail address."
    hint = "Name somebody of the publisher's staff."
    exit_status = 80


class NotKeptError(MastheadError):
    """The build was made before corrections were, or what was read for it is gone."""

    code = "reading_not_kept"
    sentence = "The text of this edition cannot be corrected yet."
    hint = "Convert the edition again; that takes as long as the first time."
    exit_status = 131


class CorrectionInvalidError(MastheadError):
    """A change that cannot be made."""

    code = "correction_invalid"
    sentence = "This change cannot be made."
    hint = "Load the page again and look whether the text is still there."
    exit_status = 132


class TextMissingError(MastheadError):
    """A text that must not be empty."""

    code = "text_missing"
    sentence = "There is no text here."
    hint = "Write the text, or hide the block if readers should not get it."
    exit_status = 133
