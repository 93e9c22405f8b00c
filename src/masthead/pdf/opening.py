"""Opens a PDF inside the sandboxed process: PDFium first, after a repair by pikepdf where PDFium refuses."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document.errors import (
    EncryptionUnsupportedError,
    FileMissingError,
    NoPagesError,
    NotAPdfError,
    PasswordRequiredError,
    PasswordWrongError,
    PdfDamagedError,
)

_HEADER_WITHIN = 1024  # bytes; ISO 32000-1, 7.5.2, note: readers accept a header in the first 1024 bytes


@dataclass(slots=True)
class OpenedPdf:
    """A PDF that is open in this process. Page numbers are 1-based."""

    path: Path
    document: pypdfium2.PdfDocument
    password: str
    repaired: bool
    encrypted: bool
    _held: tuple[int, pypdfium2.PdfPage] | None = None

    @contextmanager
    def page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        """The page, loaded; the one that is held is not loaded twice."""
        if self._held is not None and self._held[0] == number:
            yield self._held[1]
            return
        page = self.document[number - 1]
        try:
            yield page
        finally:
            page.close()

    @contextmanager
    def held_page(self, number: int) -> Iterator[tuple[float, float]]:
        """Keep a page loaded over several renders, so that its images are decoded once; gives its size in points."""
        page = self.document[number - 1]
        self._held = (number, page)
        try:
            yield page.get_size()
        finally:
            self._held = None
            page.close()

    def structure(self) -> pikepdf.Pdf:
        """The same file through pikepdf, for what PDFium does not tell; raises pikepdf.PdfError where it cannot."""
        return pikepdf.open(self.path, password=self.password)

    def normalised_bytes(self) -> bytes:
        """A copy without encryption and with a sound structure; the same bytes for the same file."""
        try:
            with self.structure() as pdf:
                buffer = io.BytesIO()
                pdf.save(buffer, deterministic_id=True, encryption=False)
                return buffer.getvalue()
        except (pikepdf.PdfError, RuntimeError, ValueError):
            if self.encrypted:
                raise PdfDamagedError("the decrypted copy could not be written") from None
            return self.path.read_bytes()

    def close(self) -> None:
        """Close the document."""
        self.document.close()


def open_pdf(path: Path, password: str = "") -> OpenedPdf:
    """Open the file; raises the error of `masthead.document.errors` that says why it cannot be read."""
    _require_pdf(path)
    opened = _open(path, password)
    if len(opened.document) == 0:
        raise NoPagesError
    return opened


def _require_pdf(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER_WITHIN)
    except OSError as error:
        raise FileMissingError(error.strerror or "") from error
    if not head:
        raise NotAPdfError("the file is empty")
    if b"%PDF-" not in head and not _has_pdf_objects(path, head):
        raise NotAPdfError


def _has_pdf_objects(path: Path, head: bytes) -> bool:
    """A PDF that lost its header still has objects and a trailer."""
    data = head + path.read_bytes()[-_HEADER_WITHIN:]
    return b" obj" in head or b"startxref" in data


def _open(path: Path, password: str) -> OpenedPdf:
    try:
        document = _document(path, password)
    except pypdfium2.PdfiumError as error:
        return _open_repaired(path, password, error)
    if len(document) == 0:
        document.close()
        return _open_repaired(path, password, None)
    encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0
    return OpenedPdf(path, document, password, repaired=False, encrypted=encrypted)


def _document(source: Path | bytes, password: str) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(source, password=password or None)
    document.init_forms()
    return document


def _open_repaired(path: Path, password: str, first: pypdfium2.PdfiumError | None) -> OpenedPdf:
    try:
        with pikepdf.open(path, password=password) as pdf:
            encrypted = pdf.is_encrypted
            if len(pdf.pages) == 0:
                raise NoPagesError
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True, encryption=False)
    except pikepdf.PasswordError:
        raise (PasswordWrongError if password else PasswordRequiredError) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        raise _verdict(first, str(error).removeprefix(f"{path}: ")) from error
    try:
        document = _document(buffer.getvalue(), "")
    except pypdfium2.PdfiumError as error:
        raise PdfDamagedError(str(error)) from error
    if len(document) == 0:
        raise NoPagesError
    return OpenedPdf(path, document, password, repaired=True, encrypted=encrypted)


def _verdict(first: pypdfium2.PdfiumError | None, complaint: str) -> Exception:
    """The error to show when both libraries refuse the file; `complaint` is the second's, without the file's path."""
    code = getattr(first, "err_code", None)
    if code == pdfium.FPDF_ERR_SECURITY or "encrypt" in complaint.lower():
        return EncryptionUnsupportedError(complaint)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return EncryptionUnsupportedError(complaint)
    return PdfDamagedError(complaint)
