"""The command line: reads arguments, calls the rooms below, and turns failures into sentences and exit statuses."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from masthead import __version__
from masthead.command.counting import statistics
from masthead.command.leaving import leave
from masthead.command.page_ranges import PageRanges
from masthead.command.progress import BuildProgress
from masthead.command.safekeeping import backup, check_house, move, restore
from masthead.command.searching import search
from masthead.command.working import work
from masthead.document.errors import MastheadError

if TYPE_CHECKING:
    from masthead.edition.options import Spreads


class _Commands(click.Group):
    """Ends with the documented exit status and a sentence for every expected failure."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except MastheadError as error:
            detail = f" ({error.detail})" if error.detail else ""
            click.echo(f"masthead: {error.sentence}{detail}\n{error.hint} [{error.code}]", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="masthead")
def main() -> None:
    """Turn the PDF of an issue into an edition that people read on the web."""


_PDF = click.Path(path_type=Path)
_PASSWORD = click.option("--password", default="", help="Opens a protected PDF.")
_SPREADS = click.option(
    "--split-spreads/--keep-spreads",
    "split_spreads",
    default=None,
    help="Wide pages are two pages each, or stay as they are; default: split where that is clear.",
)
_BLEED = click.option("--keep-bleed", is_flag=True, help="Do not cut pages to their finished size.")
_NO_TAGS = click.option("--no-tags", is_flag=True, help="Ignore a tagged PDF's tags: let the pages alone tell.")
_NO_OCR = click.option("--no-ocr", is_flag=True, help="Do not read pages without text from their pictures.")
_LANGUAGES = click.option(
    "--languages",
    default="",
    metavar="CODES",
    help="Languages of pages that are read from their pictures, such as eng,deu; default: what the text says.",
)
_LANGUAGE = click.option("--language", default="", metavar="CODE", help="Language of the text, such as en or de-AT.")


def _spreads(split: bool | None) -> Spreads:
    return "auto" if split is None else "split" if split else "keep"


@main.command()
@click.argument("pdf", type=_PDF, metavar="FILE.pdf")
@click.option("--out", required=True, type=_PDF, metavar="DIR", help="The edition folder to make or replace.")
@_PASSWORD
@click.option("--title", default="", help="Title of the edition; default: what the PDF says.")
@_LANGUAGE
@click.option("--direction", type=click.Choice(["ltr", "rtl"]), help="Side of the binding; default: by the language.")
@_SPREADS
@_BLEED
@click.option("--without-source", is_flag=True, help="Do not keep the PDF in the folder (no sharp tiles, no download).")
@_NO_TAGS
@_LANGUAGES
@_NO_OCR
@click.option("--workers", type=click.IntRange(1, 64), help="Processes at work; default: one a core.")
def build(
    pdf: Path,
    out: Path,
    password: str,
    title: str,
    language: str,
    direction: str | None,
    split_spreads: bool | None,
    keep_bleed: bool,
    without_source: bool,
    no_tags: bool,
    languages: str,
    no_ocr: bool,
    workers: int | None,
) -> None:
    """Make an edition folder from a PDF."""
    from masthead.command.conversion import options_from_settings  # noqa: PLC0415 - keeps --help quick
    from masthead.config.settings import load_settings  # noqa: PLC0415
    from masthead.edition.build import build as build_edition  # noqa: PLC0415

    options = options_from_settings(
        load_settings(),
        password=password,
        title=title,
        language=language,
        direction=direction or "",
        spreads=_spreads(split_spreads),
        trim=not keep_bleed,
        keep_source=not without_source,
        tags=not no_tags,
        recognise=not no_ocr,
        languages=languages,
        workers=workers,
    )
    with BuildProgress(pdf.name) as progress:
        edition = build_edition(pdf, out, options, progress)
    failures = edition.manifest["failures"]
    click.echo(f"{out}: {edition.page_count} pages, build {edition.build}")
    for failure in failures:
        click.echo(f"Page {failure['page']}: {failure['message']} [{failure['code']}]", err=True)


@main.command()
@click.argument("pdf", type=_PDF, metavar="FILE.pdf")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON; else a summary to read.")
@click.option("--words", is_flag=True, help="With --json: also every word with its box.")
@click.option("--explain", type=_PDF, metavar="DIR", help="Draw each page with its blocks, roles and order into DIR.")
@click.option("--pages", type=PageRanges(), default=(), help="With --explain: only these pages, such as 3,7-9.")
@_PASSWORD
@_LANGUAGE
@_SPREADS
@_BLEED
@_NO_TAGS
@_LANGUAGES
@_NO_OCR
def inspect(
    pdf: Path,
    as_json: bool,
    words: bool,
    explain: Path | None,
    pages: tuple[int, ...],
    password: str,
    language: str,
    split_spreads: bool | None,
    keep_bleed: bool,
    no_tags: bool,
    languages: str,
    no_ocr: bool,
) -> None:
    """Tell what is understood of a PDF: blocks in reading order, articles, outline, links."""
    from masthead.command.conversion import options_from_settings  # noqa: PLC0415
    from masthead.command.explaining import explain_pdf  # noqa: PLC0415
    from masthead.config.settings import load_settings  # noqa: PLC0415
    from masthead.edition.inspection import inspect as inspect_pdf  # noqa: PLC0415

    options = options_from_settings(
        load_settings(),
        password=password,
        language=language,
        spreads=_spreads(split_spreads),
        trim=not keep_bleed,
        tags=not no_tags,
        recognise=not no_ocr,
        languages=languages,
    )
    if explain:
        explain_pdf(pdf, explain, options, pages)
        return
    found = inspect_pdf(pdf, options, words=words)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{found['title'] or pdf.name}: {len(found['pages'])} pages, language {found['language']}")
    for article in found["articles"]:
        where = ", ".join(str(page) for page in article["pages"])
        click.echo(f"  {article['title']} (page {where}; {article['words']} words)")
    for warning in found["warnings"]:
        click.echo(f"  ! {warning}")


@main.command()
@click.argument("folder", type=_PDF, metavar="[DIR]", required=False)
@click.option("--quick", is_flag=True, help="Of the house: only whether all is there, with the right sizes.")
def check(folder: Path | None, quick: bool) -> None:
    """Validate an edition folder: schema, hashes, missing files. Without one: all of the publishing house."""
    from masthead.edition.check import check as check_folder  # noqa: PLC0415

    if folder is None:
        check_house(quick=quick)
        return
    findings = check_folder(folder)
    for finding in findings:
        click.echo(f"{finding.path}: {finding.message}")
    if findings:
        click.echo(f"{len(findings)} findings.", err=True)
        sys.exit(32)
    click.echo(f"{folder}: the edition is whole.")


@main.command()
@click.argument("source", type=_PDF, metavar="DIR_OR_PDF")
@click.option("--epub", type=_PDF, metavar="FILE", help="An EPUB 3 book.")
@click.option("--text", type=_PDF, metavar="DIR", help="Plain text, one file an article.")
@click.option("--markdown", type=_PDF, metavar="DIR", help="Markdown, one file an article, figures beside.")
@click.option("--html", type=_PDF, metavar="DIR", help="HTML, one file an article, figures beside.")
@click.option("--json", "json_file", type=_PDF, metavar="FILE", help="All that is known of the issue.")
@click.option("--static", type=_PDF, metavar="DIR", help="A web site; a publication of the house can be named too.")
@click.option("--base", default="", metavar="ADDRESS", help="With --static: where the site will stand, for feeds.")
@click.option("--words", is_flag=True, help="With --json: also every word with its box.")
@click.option("--without-advertisements", is_flag=True, help="Leave advertisements out (of --json never).")
@_PASSWORD
@_LANGUAGE
def export(
    source: Path,
    epub: Path | None,
    text: Path | None,
    markdown: Path | None,
    html: Path | None,
    json_file: Path | None,
    static: Path | None,
    base: str,
    words: bool,
    without_advertisements: bool,
    password: str,
    language: str,
) -> None:
    """Write an edition, or a PDF, as a book, as files for other programs, or as a web site."""
    from masthead.command.exporting import Wanted, export_source  # noqa: PLC0415 - keeps --help quick
    from masthead.command.static_export import export_static  # noqa: PLC0415

    if static:
        export_static(source, static, base=base, password=password, language=language, said=click.echo)
        click.echo(f"{static}")
        if not any((epub, text, markdown, html, json_file)):
            return
    wanted = Wanted(epub, text, markdown, html, json_file, words, not without_advertisements)
    if not wanted.targets:
        raise click.UsageError("Say at least one of --epub, --text, --markdown, --html, --json, --static.")
    for target in export_source(source, wanted, password=password, language=language):
        click.echo(f"{target}")


@main.command()
@click.argument("source", type=_PDF, metavar="[DIR_OR_PDF]", required=False)
@click.option("--host", default=None, help="Address to listen on; default 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="Port to listen on; default 8400.")
@_PASSWORD
@click.option("--title", default="", help="Title, when a PDF is served.")
@_LANGUAGES
@_NO_OCR
@click.option("--open", "open_browser", is_flag=True, help="Open the edition in the browser.")
def serve(
    source: Path | None,
    host: str | None,
    port: int | None,
    password: str,
    title: str,
    languages: str,
    no_ocr: bool,
    open_browser: bool,
) -> None:
    """Run the publishing house; or serve the reader for an edition folder, or for a PDF while it is converted."""
    from masthead.command.house import serve_house  # noqa: PLC0415
    from masthead.command.serving import PdfChoices, serve_source  # noqa: PLC0415

    if source is None:
        if password or title or languages or no_ocr:
            raise click.UsageError("--password, --title, --languages and --no-ocr are for a PDF that is served.")
        serve_house(host=host, port=port, open_browser=open_browser)
        return
    choices = PdfChoices(password, title, languages, recognise=not no_ocr)
    serve_source(source, choices, host=host, port=port, open_browser=open_browser)


_BY = click.option(
    "--by",
    envvar="MASTHEAD_BY",
    required=True,
    metavar="E-MAIL",
    help="E-mail address of the staff member in whose name it is done; else MASTHEAD_BY.",
)


@main.command()
@click.argument("files", type=_PDF, metavar="FILE.pdf …", nargs=-1, required=True)
@click.option("--publication", required=True, help="Address or name of the publication.")
@click.option("--label", default="", help="What the issue is called; default: what the file's name says.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Date of the issue; default: by the file's name."
)
@_PASSWORD
@_BY
@click.option("--publish", is_flag=True, help="Wait for the conversion, which the running house makes, and publish.")
def add(
    files: tuple[Path, ...],
    publication: str,
    label: str,
    day: datetime | None,
    password: str,
    by: str,
    publish: bool,
) -> None:
    """Hand over PDFs to the publishing house, each as an edition."""
    from masthead.command.editions import add_files  # noqa: PLC0415 - keeps --help quick

    if label and len(files) > 1:
        raise click.UsageError("--label names one issue: give one file.")
    about = {"publication": publication, "label": label, "by": by, "password": password}
    if add_files(files, day=day.date() if day else None, publish=publish, **about):
        sys.exit(1)


@main.command()
@click.option("--publication", default="", help="Address or name of a publication: only its editions.")
@_BY
def editions(publication: str, by: str) -> None:
    """List the editions of the publishing house."""
    from masthead.command.editions import list_editions  # noqa: PLC0415

    list_editions(publication=publication, by=by)


@main.command("convert-again")
@click.option(
    "--older-than", default=__version__, metavar="VERSION", help="Only what an older one made; default: this."
)
@_BY
def convert_again(older_than: str, by: str) -> None:
    """Convert editions anew that an older version of Masthead made; readers keep the old ones meanwhile."""
    from masthead.command.editions import convert_again as convert_all  # noqa: PLC0415

    click.echo(f"{convert_all(older_than=older_than, by=by)} editions.")


main.add_command(search)
main.add_command(work)
main.add_command(statistics)
main.add_command(backup)
main.add_command(restore)
main.add_command(move)
main.add_command(leave)
