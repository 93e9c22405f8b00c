"""The failures that a person can meet in a conversion: each has a code, a sentence, a hint and an exit status."""

from __future__ import annotations


class MastheadError(Exception):
    """A failure that is expected, named and explained; subclasses set `code`, `sentence`, `hint`, `exit_status`."""

    code = "failed"
    sentence = "Something went wrong."
    hint = "Try again; if it happens again, report it with this code."
    exit_status = 1

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.sentence)
        self.detail = detail


class FileMissingError(MastheadError):
    """The path names no readable file."""

    code = "file_missing"
    sentence = "The file was not found or cannot be read."
    hint = "Check the path and that you may read the file."
    exit_status = 10


class NotAPdfError(MastheadError):
    """The file is not a PDF at all."""

    code = "not_a_pdf"
    sentence = "This file is not a PDF."
    hint = "Export the issue as PDF from your layout program and hand over that file."
    exit_status = 11


class PdfDamagedError(MastheadError):
    """The file is a PDF, but so damaged that no page can be read, even after repair."""

    code = "pdf_damaged"
    sentence = "The PDF is damaged and could not be repaired."
    hint = "Export it again, or open it in a PDF program and save a copy."
    exit_status = 12


class PasswordRequiredError(MastheadError):
    """The PDF wants a password and none was given."""

    code = "password_required"
    sentence = "The PDF is protected by a password."
    hint = "Give it with --password, or export the issue without one."
    exit_status = 13


class PasswordWrongError(MastheadError):
    """The password given does not open the PDF."""

    code = "password_wrong"
    sentence = "The password does not open this PDF."
    hint = "Check capital letters and spaces, and try again."
    exit_status = 14


class EncryptionUnsupportedError(MastheadError):
    """The PDF is encrypted in a way that nobody but its own program can open."""

    code = "encryption_unsupported"
    sentence = "The PDF is encrypted in a way that cannot be opened here."
    hint = "Export the issue without protection, or with a standard password."
    exit_status = 15


class NoPagesError(MastheadError):
    """The PDF opens but holds no page."""

    code = "no_pages"
    sentence = "The PDF has no pages."
    hint = "Check that you exported the right document."
    exit_status = 16


class TooLargeError(MastheadError):
    """The PDF goes over a limit on bytes or pages."""

    code = "too_large"
    sentence = "The PDF is larger than this installation allows."
    hint = "Export it with smaller pictures, split it, or ask the operator to raise the limit."
    exit_status = 17


class TimeLimitError(MastheadError):
    """Opening the PDF took longer than allowed."""

    code = "time_limit"
    sentence = "The PDF took too long to open."
    hint = "Save a fresh copy from a PDF program; very complex files may need a higher limit."
    exit_status = 18


class MemoryLimitError(MastheadError):
    """Opening the PDF needed more memory than allowed."""

    code = "memory_limit"
    sentence = "The PDF needed more memory than this installation allows."
    hint = "Export it with smaller pictures, or ask the operator to raise the limit."
    exit_status = 19


class ReaderProcessError(MastheadError):
    """The separate process that opens PDFs ended unexpectedly."""

    code = "reader_process_died"
    sentence = "The PDF made the program that opens it stop."
    hint = "Save a fresh copy from a PDF program and try again."
    exit_status = 20


class NoPageReadableError(MastheadError):
    """Every page of the PDF failed."""

    code = "no_page_readable"
    sentence = "None of the pages could be drawn."
    hint = "Save a fresh copy from a PDF program and try again."
    exit_status = 21


class OutputExistsError(MastheadError):
    """The output folder exists and holds something that is not an edition."""

    code = "output_exists"
    sentence = "The output folder is not empty and is not an edition."
    hint = "Choose another folder, or empty this one."
    exit_status = 30


class OutputFailedError(MastheadError):
    """The edition could not be written (disk full, no permission)."""

    code = "output_failed"
    sentence = "The edition could not be written."
    hint = "Check free space and permissions of the output folder."
    exit_status = 31


class ExportExistsError(MastheadError):
    """The folder that an export should make is there and holds files."""

    code = "export_exists"
    sentence = "The folder for the export is not empty."
    hint = "Choose another folder, or empty this one."
    exit_status = 33


class EditionInvalidError(MastheadError):
    """A folder is not an edition, or one with missing or changed files."""

    code = "edition_invalid"
    sentence = "This folder is not a complete edition."
    hint = "Run `masthead check` on it to see what is wrong, or build it again."
    exit_status = 32


class PageFailedError(MastheadError):
    """A page could not be drawn or read, for a reason that has no name of its own."""

    code = "page_failed"
    sentence = "The page could not be drawn."
    hint = "The other pages are fine. Save a fresh copy of the PDF and replace it."
    exit_status = 22
