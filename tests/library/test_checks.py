"""ISSNs, contrast, own CSS, times on a clock: what is checked before it is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from masthead.library import contrast, issn, own_css
from masthead.library.errors import (
    ColourFaintError,
    IssnInvalidError,
    StyleInvalidError,
    TimeMissingError,
    TimeTwiceError,
)
from masthead.library.zoned_times import FIRST, SECOND, moment


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0317-8471", "0317-8471"), (" issn 2434561x", "2434-561X"), ("1050–124X", "1050-124X"), ("", "")],
)
def test_an_issn_is_kept_as_it_is_printed(typed: str, kept: str) -> None:
    assert issn.checked(typed) == kept


@pytest.mark.parametrize("typed", ["0317-8472", "12345678", "0317-847", "٠٣١٧-٨٤٧١", "abcd-efgh"])
def test_what_is_no_issn_is_refused(typed: str) -> None:
    with pytest.raises(IssnInvalidError):
        issn.checked(typed)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known grey just too light
    with pytest.raises(ColourFaintError):
        contrast.require("#777777", "#ffffff")
    contrast.require("#767676", "#ffffff")
    assert contrast.ratio(contrast.lightened("#0000aa", "#292825"), "#292825") >= contrast.LEAST
    for ink, ground in (("#004488", "#fbfaf8"), ("#6a5acd", "#fbfaf8"), ("#7398be", "#1f1e1c")):
        washed = contrast.washed(ink, ground)
        assert washed != ground
        assert contrast.ratio(ink, washed) >= contrast.LEAST, "what is chosen is still read"
    assert contrast.washed("#777777", "#ffffff") == "#ffffff", "where there is no room nothing is mixed in"


def test_own_css_stays_below_the_branded_part() -> None:
    css = own_css.safe("body, h1 > a:is(.x, .y) { color: red } @media (width > 40em) { .head { gap: 1em !important } }")
    assert ".branded, .branded h1 > a:is(.x, .y) { color: red; }" in css
    assert "@media (width > 40em)" in css
    assert ".branded .head { gap: 1em !important; }" in css


@pytest.mark.parametrize(
    "css",
    [
        "@import 'https://elsewhere.example/x.css';",
        "@font-face { font-family: x; src: url(x.woff2) }",
        ".a { background: url(https://elsewhere.example/spy) }",
        ".a { background: U\\52L('https://elsewhere.example/spy') }",
        ".a { --x: url(//elsewhere.example) }",
        ".a { background: image-set('https://elsewhere.example/x.png' 1x) }",
        ".a { .b { color: red } }",
        "} .a { color: red }",
        "& .a { color: red }",
        ".a { color: red",
        ".a { x" + "x" * 20_000 + ": 1 }",
    ],
)
def test_css_that_fetches_or_breaks_out_is_refused_or_closed(css: str) -> None:
    try:
        made = own_css.safe(css)
    except StyleInvalidError:
        return
    assert css == ".a { color: red"  # the grammar closes an open block at the end
    assert made == ".branded .a { color: red; }"


def test_times_that_do_not_exist_and_times_that_come_twice() -> None:
    zone = "Europe/Berlin"

    def clock(*parts: int) -> datetime:
        return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - a clock on the wall knows no zone

    assert moment(clock(2026, 11, 1, 9), zone) == datetime(2026, 11, 1, 8, tzinfo=UTC)
    with pytest.raises(TimeMissingError):
        moment(clock(2026, 3, 29, 2, 30), zone)
    with pytest.raises(TimeTwiceError):
        moment(clock(2026, 10, 25, 2, 30), zone)
    assert moment(clock(2026, 10, 25, 2, 30), zone, FIRST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(clock(2026, 10, 25, 2, 30), zone, SECOND) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
