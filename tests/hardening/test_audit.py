"""What `bin/audit` makes of what registries say: silence is no all-clear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hardening.audit import HOLES, NOT_ALL_ASKED, heard, main, status_of

FINE = {"dependencies": [{"name": "django", "version": "5.2.1", "vulns": []}], "fixes": []}
HOLE = {"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"], "aliases": ["CVE-2019-10906"]}
WITH_HOLE = {"dependencies": [{"name": "jinja2", "version": "2.10", "vulns": [HOLE]}]}
SKIPPED = {"dependencies": [*FINE["dependencies"], {"name": "jinja2", "skip_reason": "not found on PyPI"}]}
READER_FINE = {"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {"dependencies": {"total": 412}}}
READER_HOLE = {**READER_FINE, "vulnerabilities": {"left": {"severity": "high"}}}
READER_AWAY = {"message": "404 Not Found", "error": {"summary": "", "detail": ""}}


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([FINE, READER_FINE], 0),
        ([FINE, READER_HOLE], HOLES),
        ([WITH_HOLE, READER_AWAY], HOLES),
        ([SKIPPED, READER_FINE], NOT_ALL_ASKED),
        ([FINE, READER_AWAY], NOT_ALL_ASKED),
        ([{"dependencies": []}], NOT_ALL_ASKED),
        ([[]], NOT_ALL_ASKED),
        ([], NOT_ALL_ASKED),
    ],
)
def test_only_what_was_answered_for_is_clean(reports: list[object], status: int) -> None:
    assert status_of(heard(json.dumps(report)) for report in reports) == status


def test_it_names_what_it_could_not_ask_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, report in (("requirements.lock", SKIPPED), ("reader", READER_AWAY), ("other", WITH_HOLE)):
        (tmp_path / f"{name}.json").write_text(json.dumps(report))
    (tmp_path / "torn.json").write_text("")
    assert main([str(path) for path in sorted(tmp_path.iterdir())]) == HOLES
    said = capsys.readouterr().out
    assert "HOLE jinja2 2.10: PYSEC-2019-217, mended in 2.10.1" in said
    assert "jinja2: not found on PyPI" in said
    assert "all: 404 Not Found" in said
    assert "— torn: 0 packages were asked about" in said
    assert "NOT clean" in said
