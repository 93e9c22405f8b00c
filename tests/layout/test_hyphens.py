"""Words at line ends: a list of cases made by hand in six languages, from papers, magazines and books.

`known` holds words that the document itself prints elsewhere. `old` are spellings that change a letter at the break
(Zuk-ker for Zucker, German before 1996): a hyphen that is only dropped or kept cannot give them back.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from masthead.document.geometry import Box
from masthead.document.text import Line, Word
from masthead.layout.hyphens import join_lines, sentence
from masthead.layout.lexicon import words_of

CASES = Path(__file__).with_name("hyphen_cases.tsv")
# Raised when the rules get better, never lowered.
FLOOR = 0.977
BOX = Box(0, 0, 10, 10)


def line(text: str) -> Line:
    """A line as printed."""
    return Line(BOX, tuple(Word(word, BOX, 10.0, 0) for word in text.split(" ")))


def rows() -> list[dict[str, str]]:
    """All cases."""
    with CASES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(case: dict[str, str]) -> str:
    """How the two lines read as a sentence."""
    known = frozenset((case["known"] or "").split())
    return sentence(join_lines([line(case["head"]), line(case["tail"])], known, case["language"]))


def test_the_list_is_long_and_says_each_case_once() -> None:
    cases = rows()
    assert len(cases) >= 200
    assert len({case["language"] for case in cases}) >= 5
    assert len({(case["head"], case["tail"], case["language"], case["known"]) for case in cases}) == len(cases)


def test_most_words_are_joined_as_their_language_writes_them(record_property: pytest.RecordProperty) -> None:
    cases = rows()
    wrong = [case for case in cases if read(case) != case["expected"]]
    share = 1 - len(wrong) / len(cases)
    record_property("share", round(share, 4))
    by_language = Counter(case["language"] for case in wrong)
    told = "\n".join(f"{case['language']} {case['kind']}: {read(case)!r}, not {case['expected']!r}" for case in wrong)
    assert share >= FLOOR, f"{share:.4f} of {len(cases)}; wrong {dict(by_language)}\n{told}"


@pytest.mark.parametrize(
    ("head", "tail", "known", "expected"),
    [
        ("per\u00ad", "son", "", "person"),  # a soft hyphen is never a word's own
        ("self-", "made", "selfmade", "selfmade"),  # the document's own words come before what English does
        ("inno-", "vation", "inno-vation", "inno-vation"),
        ("sodium hydroxide-alu-", "minum", "", "sodium hydroxide-aluminum"),
        ("INTER-", "NATIONAL", "", "INTERNATIONAL"),
        ("CDU-", "FDP", "", "CDU-FDP"),
    ],
)
def test_evidence_has_its_order(head: str, tail: str, known: str, expected: str) -> None:
    assert read({"head": head, "tail": tail, "known": known, "language": "en-GB"}) == expected


def test_a_language_nobody_taught_joins_what_was_broken() -> None:
    assert read({"head": "felelős-", "tail": "ség", "known": "", "language": "hu"}) == "felelősség"
    assert read({"head": "Győr-", "tail": "Moson", "known": "", "language": ""}) == "Győr-Moson"


def test_no_path_leads_out_of_the_word_lists() -> None:
    assert not words_of("../../etc/passwd")
    assert "innovation" in words_of("en")
