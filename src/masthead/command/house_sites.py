"""Sites of files made from the house's rows: a publication's open editions as an archive, any edition alone.

Wants the framework set up: only commands that have done so import it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from masthead import wording
from masthead.access.announcing import announced
from masthead.exports.announcing.robots import rules
from masthead.exports.reader_files import reader_strings
from masthead.exports.static.archive_site import Kept, write_archive, write_single
from masthead.exports.static.place import Dress
from masthead.library.branding import brand_file, style_of
from masthead.library.build_folders import whole_build
from masthead.library.public import live_of
from masthead.library.reach import reach_of
from masthead.library.selectors import Edition, Publication
from masthead.library.typefaces import typeface_files
from masthead.production.overlays.selectors import file_for_files, laid_for_files
from masthead.site.announced_facts import edition_facts, publication_facts
from masthead.site.presenting import presentation_of

_STYLE, _STRINGS = "style.css", "strings.json"


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
                dress=dress_of(row, publication.language),
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
    dress = dress_of(edition, language)
    dress = replace(dress, presentation=replace(dress.presentation, downloads=True, indexed=True))
    build = whole_build(edition.build.folder)
    write_single(build, folder, base="", language=language, laid=laid, laid_file=file, dress=dress)


def dress_of(edition: Edition, language: str) -> Dress:
    """What readers of the house see the edition in, as files; without what only a house can do."""
    publication, language = edition.publication, wording.translator(language).language
    worn = presentation_of(edition, language)
    logo, icon = (str(publication.branding.get(name) or "") for name in ("logo", "icon"))
    wanted = typeface_files(publication) | {logo, icon} - {""}
    files = {name: data for name in sorted(wanted) if (data := brand_file(publication, name)) is not None}
    if style := style_of(publication):
        files[_STYLE] = style.encode()
    if worn.own_words:
        files[_STRINGS] = json.dumps(reader_strings(language, dict(worn.own_words)), ensure_ascii=False).encode()
    style, strings, logo, icon = (name if name in files else "" for name in (_STYLE, _STRINGS, logo, icon))
    plain = replace(worn, annotations="", share="", comments="", cart="", counting="")
    return Dress(replace(plain, style=style, strings=strings, logo=logo, icon=icon), files)
