"""Corrections in a house: kept as rows, built quickly, undone, applied again to another PDF, closed to others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cast import Cast, ready_edition
from tests.corrected import block_of, convert_waiting, converted_edition, issue_pdf

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry
from masthead.document import corrections as kinds
from masthead.document.template import TemplateRule as Rule
from masthead.edition.correcting.places import block_place
from masthead.edition.folder import Edition as Folder
from masthead.edition.folder import read_edition
from masthead.edition.kept import kept_path
from masthead.library.builds import build_list
from masthead.library.errors import NotFoundError, StateError
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.correction_rows import waiting
from masthead.production.corrections import (
    Told,
    correction_restore,
    correction_undo,
    correction_undo_last,
    corrections_add,
    corrections_apply,
    working_copy,
)
from masthead.production.errors import CorrectionInvalidError, NotKeptError
from masthead.production.models import Conversion, Correction, TemplateRule
from masthead.production.rebuilding import build_forget, edition_convert_again, edition_roll_back
from masthead.production.services import conversion_start, upload_store
from masthead.production.templates import rule_remove, rule_switch, template_learn, template_of


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return converted_edition(cast, data)


def retitled(cast: Cast, edition: Edition, before: str, after: str) -> Correction:
    change = kinds.ArticleWords(block_place(block_of(edition, before)), title=after)
    return corrections_add(by=cast.editor, edition=edition, changes=[Told(change, before, before, after)])[0]


def current(data: Path) -> tuple[Edition, Folder]:
    found = Edition.objects.select_related("publication__publisher", "build").get()
    assert found.build is not None
    return found, read_edition(data / found.build.folder)


def test_several_changes_go_into_one_quick_build_that_readers_get(cast: Cast, data: Path, edition: Edition) -> None:
    edition_publish(by=cast.owner, edition=edition)
    retitled(cast, edition, "The keeper of the light", "The warden of the light")
    paragraph = block_of(edition, "wrote his log", 2)
    change = kinds.BlockText(block_place(paragraph), paragraph.text, paragraph.text.replace("his log", "her log"))
    corrections_add(by=cast.editor, edition=edition, changes=[Told(change, "log")])
    assert waiting(edition.pk) == 2
    started = corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    started.refresh_from_db()
    assert started.state == Conversion.State.DONE
    found, folder = current(data)
    assert (found.state, waiting(edition.pk)) == ("live", 0)
    assert folder.manifest["articles"][0]["title"] == "The warden of the light"
    assert "her log" in folder.text_fragment(2)
    before = data / (edition.build.folder if edition.build else "")
    assert (folder.path / "pictures/800/1.webp").stat().st_ino == (before / "pictures/800/1.webp").stat().st_ino
    said = LogEntry.objects.filter(action="edition.correct").earliest("at")
    assert (said.before["text"], said.after["text"]) == ("The keeper of the light", "The warden of the light")


def test_what_is_undone_is_gone_with_the_next_build_and_can_come_back(cast: Cast, data: Path, edition: Edition) -> None:
    row = retitled(cast, edition, "Fog on the northern sea", "Fog")
    assert correction_undo_last(by=cast.editor, edition=edition) == row
    assert correction_undo_last(by=cast.editor, edition=edition) is None
    assert waiting(edition.pk) == 0
    correction_restore(by=cast.editor, edition=edition, correction_id=row.pk)
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    edition, _ = current(data)
    correction_undo(by=cast.editor, edition=edition, correction_id=row.pk)
    assert waiting(edition.pk) == 1
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    found, folder = current(data)
    assert (waiting(found.pk), folder.manifest["articles"][1]["title"]) == (0, "Fog on the northern sea")
    with pytest.raises(NotFoundError):
        correction_undo(by=cast.editor, edition=found, correction_id=row.pk)
    with_it = build_list(found)[1]
    edition_roll_back(by=cast.owner, edition=found, build=with_it)
    assert waiting(found.pk) == 1  # readers have again what was taken back


def test_corrections_survive_another_pdf_and_those_that_do_not_fit_are_named(
    cast: Cast, data: Path, edition: Edition, tmp_path: Path
) -> None:
    kept = retitled(cast, edition, "A chart is not the coast", "Charts")
    lost = retitled(cast, edition, "The keeper of the light", "The warden")
    pdf = issue_pdf(tmp_path / "new.pdf", ("An altogether other headline", "A chart is not the coast"))
    with pdf.open("rb") as stream:
        upload = upload_store(by=cast.editor, edition=edition, stream=stream, name="new.pdf")
    conversion_start(by=cast.editor, edition=edition, upload=upload)
    with pytest.raises(StateError):
        corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    _, folder = current(data)
    assert [article["title"] for article in folder.manifest["articles"]] == ["An altogether other headline", "Charts"]
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.is_built, kept.fits, lost.fits) == (True, True, False)
    assert lost.reason


def test_pages_are_left_out_and_come_back(cast: Cast, data: Path, edition: Edition) -> None:
    source = working_copy(edition).reading.report.sha256
    pieces = tuple(kinds.PagePiece(sheet) for sheet in (1, 2, 3, 4))
    change = kinds.PageArrangement(source, (pieces[3], pieces[0]), pieces)
    corrections_add(by=cast.editor, edition=edition, changes=[Told(change, "")])
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    edition, folder = current(data)
    assert folder.page_count == 2
    assert "Letters" in folder.plain_text(1)
    correction_undo(by=cast.editor, edition=edition, correction_id=Correction.objects.get().pk)
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    assert current(data)[1].page_count == 4


def test_a_change_that_says_all_of_something_replaces_the_one_before_it(cast: Cast, edition: Edition) -> None:
    for title in ("One", "Two"):
        change = kinds.Contents((kinds.ContentsLine(title, kinds.PagePlace(1)),))
        corrections_add(by=cast.editor, edition=edition, changes=[Told(change, "", title, title)])
    assert Correction.objects.get().after == "Two"


def test_what_cannot_be_made_changes_nothing(cast: Cast, edition: Edition) -> None:
    gone = kinds.BlockPlace(
        1, block_of(edition, "keeper").box, "words that stand nowhere in it, whatever one looks for"
    )
    fine = kinds.ArticleWords(block_place(block_of(edition, "The keeper of the light")), title="Fine")
    with pytest.raises(CorrectionInvalidError):
        corrections_add(by=cast.editor, edition=edition, changes=[Told(fine, ""), Told(kinds.BlockHidden(gone), "")])
    assert not Correction.objects.exists()


def test_only_who_may_edit_corrects(cast: Cast, edition: Edition) -> None:
    for person in (cast.shop, cast.outsider, cast.reader):
        with pytest.raises(NotAllowedError):
            corrections_add(by=person, edition=edition, changes=[])
        with pytest.raises(NotAllowedError):
            corrections_apply(by=person, edition=edition)
        with pytest.raises(NotAllowedError):
            correction_undo_last(by=person, edition=edition)


def test_an_edition_that_was_not_kept_is_converted_first(cast: Cast, data: Path) -> None:
    with pytest.raises(NotKeptError):
        working_copy(ready_edition(cast, data))


def test_what_was_kept_goes_with_its_build(cast: Cast, data: Path, edition: Edition) -> None:
    first = edition.build
    assert first is not None
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    assert kept_path(data / first.folder).is_file()
    build_forget(by=cast.owner, build=first)
    assert not kept_path(data / first.folder).exists()
    again = edition_convert_again(by=cast.editor, edition=current(data)[0])
    assert "from" not in again.options


def test_a_publication_learns_and_the_next_issue_is_read_by_it(cast: Cast, data: Path, edition: Edition) -> None:
    byline = block_of(edition, "By Ann Lee", 1)
    change = kinds.BlockRole(block_place(byline), "pull_quote")
    corrections_add(by=cast.editor, edition=edition, changes=[Told(change, "By Ann Lee")])
    corrections_apply(by=cast.editor, edition=edition)
    convert_waiting()
    rule = TemplateRule.objects.get()
    assert (rule.data["role"], rule.is_on) == ("pull_quote", True)
    rules = template_of(cast.fathom.pk)
    assert [one.role for one in rules] == ["pull_quote"]
    with pytest.raises(NotAllowedError):
        rule_switch(by=cast.shop, publication=cast.fathom, rule_id=rule.pk, is_on=False)
    rule_switch(by=cast.editor, publication=cast.fathom, rule_id=rule.pk, is_on=False)
    assert template_of(cast.fathom.pk) == ()
    template_learn(edition_id=edition.pk, rules=rules)
    assert TemplateRule.objects.get().is_on is False  # what was switched off stays off
    other = converted_edition(cast, data, "No. 2")
    template_learn(edition_id=other.pk, rules=rules)
    assert TemplateRule.objects.get().times == 2
    rule_remove(by=cast.editor, publication=cast.fathom, rule_id=rule.pk)
    assert not TemplateRule.objects.exists()


def test_what_is_not_taught_any_more_is_forgotten(cast: Cast, edition: Edition) -> None:
    rule = Rule("byline", "anywhere", "Helvetica", 10.0)
    template_learn(edition_id=edition.pk, rules=[rule])
    template_learn(edition_id=edition.pk, rules=[])
    assert template_of(cast.fathom.pk) == ()
