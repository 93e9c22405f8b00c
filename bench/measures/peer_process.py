"""Runs one other tool over PDFs, in the tools' own environment; imports nothing of ours.

Usage: peer_process.py TOOL FOLDER PDF…  For each PDF it writes FOLDER/<name of the PDF>.json: what the tool says of
each page, its form ("text" or "markdown"), and the processor seconds it took, start and imports left out.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Reader = Callable[[str], list[str]]
_MARK = "@@@page %page-number%@@@"


def pypdfium2_text() -> Reader:
    import pypdfium2  # noqa: PLC0415

    return lambda pdf: [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def pymupdf_text() -> Reader:
    import pymupdf  # noqa: PLC0415

    return lambda pdf: [page.get_text() for page in pymupdf.open(pdf)]


def pdftotext() -> Reader:
    def read(pdf: str) -> list[str]:
        done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace").removesuffix("\f").split("\f")

    return read


def liteparse_markdown() -> Reader:
    from liteparse import LiteParse  # noqa: PLC0415

    parser = LiteParse(ocr_enabled=False, output_format="markdown", quiet=True)
    return lambda pdf: [page.markdown or "" for page in parser.parse(pdf).pages]


def pdf_oxide_text() -> Reader:
    import pdf_oxide  # noqa: PLC0415

    def read(pdf: str) -> list[str]:
        document = pdf_oxide.PdfDocument(pdf)
        return [document.extract_text(number) for number in range(document.page_count())]

    return read


def pdf_oxide_markdown() -> Reader:
    import pdf_oxide  # noqa: PLC0415

    def read(pdf: str) -> list[str]:
        document = pdf_oxide.PdfDocument(pdf)
        return [document.to_markdown(number) for number in range(document.page_count())]

    return read


def opendataloader_markdown() -> Reader:
    import opendataloader_pdf  # noqa: PLC0415

    def read(pdf: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            opendataloader_pdf.convert(
                pdf, output_dir=folder, format="markdown", quiet=True, image_output="off", markdown_page_separator=_MARK
            )
            (result,) = Path(folder).iterdir()
            parts = re.split(r"@@@page (\d+)@@@", result.read_text(encoding="utf-8"))
        pages = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
        return [pages.get(number, "") for number in range(1, max(pages) + 1)]

    return read


def pymupdf4llm_markdown() -> Reader:
    import pymupdf4llm  # noqa: PLC0415

    def read(pdf: str) -> list[str]:
        chunks = pymupdf4llm.to_markdown(pdf, page_chunks=True, show_progress=False)
        return [chunk["text"] for chunk in chunks]

    return read


TOOLS: dict[str, tuple[Callable[[], Reader], str]] = {
    "pypdfium2": (pypdfium2_text, "text"),
    "pymupdf": (pymupdf_text, "text"),
    "pdftotext": (pdftotext, "text"),
    "liteparse": (liteparse_markdown, "markdown"),
    "pdf-oxide-text": (pdf_oxide_text, "text"),
    "pdf-oxide": (pdf_oxide_markdown, "markdown"),
    "opendataloader": (opendataloader_markdown, "markdown"),
    "pymupdf4llm": (pymupdf4llm_markdown, "markdown"),
}


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    """Read every PDF; one that the tool cannot read is written down as an error."""
    tool, folder, *pdfs = sys.argv[1:]
    start_reader, form = TOOLS[tool]
    read = start_reader()
    for pdf in pdfs:
        start = _seconds()
        answer: dict[str, object] = {"form": form, "pages": [], "error": ""}
        try:
            answer["pages"] = read(pdf)
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"[:300]
        answer["seconds"] = _seconds() - start
        (Path(folder) / f"{Path(pdf).stem}.json").write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
