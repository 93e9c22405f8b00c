"""No regular expression lets a text of a few letters keep a process busy: proved by its structure, without timing."""

from __future__ import annotations

from functools import cache

import pytest
from tests.hardening.ambiguity import doubles, grows
from tests.hardening.expressions import Expression, all_expressions, put_together

# Where the work grows faster than the text, something else keeps the text short. By module and beginning.
SHORT = {
    ("masthead.edition.correcting.pages", "(.*?)"): "the printed number of a page, which its form keeps short",
    ("masthead.exports.frame.overlays", r"<a\b"): "a fragment that we wrote, in which every tag ends",
    ("masthead.layout.bylines", r"^[\s–—|•·(\["): "`_MOST_LETTERS` are looked at",
    ("masthead.layout.compounds", r"\w*[áéíóú]"): "`_LONGEST_WORD` letters are looked at",
    ("masthead.layout.furniture", "(?:page|seite"): "`_MOST_LETTERS` are looked at",
    ("masthead.layout.jumps", r"^[\s(\[–—►"): "`_MOST_LETTERS` are looked at",
    ("masthead.layout.listing", r"^(.*?[^\W"): "`_LONGEST` letters are looked at",
    ("masthead.layout.listing", r"^(\d{1,3})[\s|"): "`_LONGEST` letters are looked at",
    ("masthead.layout.tables.pieces", "[-–−+±~"): "`_MOST_SIGNS` are looked at",
    ("masthead.recognition.hocr", r"\s*(\w+)"): "what our own child process wrote between two semicolons",
}
# Put together when they are called, of words that are escaped; each is tried below with a word that could do harm.
WITH_ESCAPED_WORDS = {
    "comments/checking.py:held_by",  # re.escape
    "exports/frame/fragments.py:_title_as_link",  # the id of a block, letters and digits
    "layout/bylines.py:_without_credits",  # pieces of the module
    "layout/jumps.py:jump_at_end",  # pieces of the module
    "production/file_names.py:_date_in",  # pieces of the module
    "production/file_names.py:_without",  # re.escape
}


@cache
def expressions() -> list[Expression]:
    return all_expressions()


@pytest.mark.parametrize(
    "bad",
    [r"(a+)+b", r"(a|a)*b", r"(a*)*b", r"(\w+\s?)*$", r"(a|b|ab)*c", r"(?:a?){30}a{30}", r"(x+x+)+y", r"(?=(a+)+b)"],
)
def test_the_proof_finds_what_doubles(bad: str) -> None:
    assert doubles(bad)


@pytest.mark.parametrize("bad", [r"a*a*b", r"\s*,?\s*x", r".*x.*y.*z", r"\w+\d+x"])
def test_the_proof_finds_what_grows(bad: str) -> None:
    assert not doubles(bad)
    assert grows(bad)


@pytest.mark.parametrize("good", [r"(ab)*", r"[a-z]+(-[a-z]+)*", r"a+b+c", r"\d+\.\d+", r"(\w+\s)*$", r"\s+x\s+"])
def test_the_proof_lets_others_pass(good: str) -> None:
    assert not doubles(good)
    assert not grows(good)


def test_no_expression_doubles_its_work() -> None:
    found = expressions()
    assert len(found) > 200
    assert not [one for one in found if doubles(one.pattern, one.flags)]


def test_expressions_whose_work_grows_are_given_short_texts() -> None:
    growing = [(one.where, str(one.pattern)) for one in expressions() if grows(one.pattern, one.flags)]
    explained = {
        (where, begin) for where, text in growing for known, begin in SHORT if where == known and text.startswith(begin)
    }
    assert not [
        one for one in growing if not any(one[0] == where and one[1].startswith(begin) for where, begin in explained)
    ]
    assert explained == set(SHORT), "nothing is left to explain"


def test_what_is_put_together_is_known() -> None:
    assert put_together() == WITH_ESCAPED_WORDS


def test_long_lines_of_a_pdf_are_not_read_in_ever_more_ways() -> None:
    from masthead.layout.furniture import _NUMBER
    from masthead.layout.tables.pieces import is_number

    assert grows(_NUMBER.pattern, _NUMBER.flags), "else the limit is not needed any more"
    assert not is_number("-" * 100_000 + "1"), "without the limit this would not end today"
    assert is_number("−1.234,50 €")
