"""The watched folder and the command: a file laid down becomes an edition, or lies beside a text that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cast import Cast
from tests.pdfs import story_pdf

from masthead.command import main
from masthead.library.selectors import Edition
from masthead.production import watching
from masthead.production.models import Arrival, Conversion
from masthead.production.watching import WatchedFolder


@pytest.fixture
def watched(cast: Cast, data: Path, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "watched"
    (folder / "fathom").mkdir(parents=True)
    changed = {"watched": folder, "watched_by": cast.editor.email}
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update=changed)  # type: ignore[attr-defined]
    monkeypatch.setattr(watching, "_QUIET_SECONDS", 0.0)
    return folder


def test_a_file_becomes_an_edition_when_nobody_writes_to_it_any_more(watched: Path, cast: Cast) -> None:
    file = watched / "fathom" / "November 2026.pdf"
    content = story_pdf(watched.parent / "a.pdf").read_bytes()
    looks = WatchedFolder(watched)
    file.write_bytes(content[:500])
    assert looks.look() == []  # seen for the first time
    file.write_bytes(content)
    assert looks.look() == []  # it has grown
    assert looks.look() == [watched / "done" / "fathom" / "November 2026.pdf"]
    edition = Edition.objects.get()
    assert (edition.label, str(edition.date), edition.state) == ("November 2026", "2026-11-01", "converting")
    assert Conversion.objects.get().by == cast.editor
    assert not file.exists()
    assert looks.look() == []


def test_what_cannot_be_taken_says_why_and_is_in_nobodys_way(watched: Path) -> None:
    for _ in range(2):  # the second lies beside the first
        (watched / "fathom" / "bad.pdf").write_bytes(b"%PDF-1.7 nothing more")
        story_pdf(watched / "lost.pdf")
        looks = WatchedFolder(watched)
        looks.look()
        looks.look()
    (watched / "nobody").mkdir()
    story_pdf(watched / "nobody" / "a.pdf")
    (watched / "fathom" / "link.pdf").symlink_to(watched.parent / "elsewhere.pdf")
    looks.look()
    looks.look()
    failed = watched / "failed"
    assert "[pdf_damaged]" in (failed / "fathom" / "bad.txt").read_text()
    assert "[watched_folder]" in (failed / "lost.txt").read_text()
    assert "[watched_folder]" in (failed / "nobody" / "a.txt").read_text()
    assert len(list((failed / "fathom").glob("bad*.pdf"))) == 2
    assert not Edition.objects.exists()
    assert not Arrival.objects.exists()


def test_the_command_hands_over_and_lists(cast: Cast, data: Path, tmp_path: Path) -> None:
    good, bad = story_pdf(tmp_path / "fathom-2026-11.pdf"), tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing more")
    by = ["--by", cast.editor.email]
    done = CliRunner().invoke(main, ["add", str(good), str(bad), "--publication", "fathom", *by])
    assert done.exit_code == 1
    assert "[pdf_damaged]" in done.output
    assert "Fathom: November 2026 is converting, /fathom/november-2026/" in done.output
    listed = CliRunner().invoke(main, ["editions", *by])
    assert listed.output.startswith("converting\t2026-11-01\t0\t")
    stranger = CliRunner().invoke(main, ["editions", "--by", "nobody@example.org"])
    assert (stranger.exit_code, "[person_unknown]" in stranger.output) == (80, True)
    other = CliRunner().invoke(main, ["add", str(good), "--publication", "fathom", "--by", cast.outsider.email])
    assert other.exit_code == 60  # there is no such publication for somebody else
    shop = CliRunner().invoke(main, ["add", str(good), "--publication", "fathom", "--by", cast.shop.email])
    assert shop.exit_code == 1
    assert "[not_allowed]" in shop.output
    assert Edition.objects.count() == 1
