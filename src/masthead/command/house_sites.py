"""Sites of files made from the house's rows: a publication's open editions as an archive, any edition alone.

Wants the framework set up: only commands that have done so import it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from masthead.access.announcing import announced
from masthead.exports.announcing.robots import rules
from masthead.exports.static.archive_site import Kept, write_archive, write_single
from masthead.library.build_folders import whole_build
from masthead.library.public import live_of
from masthead.library.reach import reach_of
from masthead.library.selectors import Edition, Publication
from masthead.production.overlays.selectors import file_for_files, laid_for_files
from masthead.site.announced_facts import edition_facts, publication_facts


def open_editions(publication: Publication) -> list[Edition]:
    """Those that everybody may hear of and read, newest first."""
    return announced(live_of(publication))


def open_site_write(
    publication: Publication, rows: Sequence[Edition], folder: Path, *, base: str, said: Callable[[str], object]
) -> None:
    """Write the archive of these of its open editions. Raises EditionInvalidError."""
    kept = []
    for row in rows:
        assert row.build is not None
        reach = reach_of(row)
        kept.append(
            Kept(
                whole_build(row.build.folder),
                row.slug,
                edition_facts("", row),
                with_pdf=reach.pdf,
                laid=laid_for_files(row),
                laid_file=partial(file_for_files, row),
                robots=rules(indexed=reach.indexing, ai_crawlers=reach.ai_crawlers),
            )
        )
    write_archive(publication_facts("", publication), kept, folder, base=base, said=said)


def edition_site_write(edition: Edition, folder: Path, language: str) -> None:
    """Write one edition alone, with all that it has, whoever may read it. Raises EditionInvalidError."""
    assert edition.build is not None
    laid, file = laid_for_files(edition), partial(file_for_files, edition)
    write_single(whole_build(edition.build.folder), folder, base="", language=language, laid=laid, laid_file=file)
