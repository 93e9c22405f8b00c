"""Which issues a period covers on which day: held for any dates, not only for some."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masthead.access.coverage import Cover, Run, cover_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
KINDS = st.sampled_from(["traditional", "club", "whole"])
ONE_DAY = timedelta(days=1)


@st.composite
def runs(draw: st.DrawFn, kinds: st.SearchStrategy[str] = KINDS) -> Run:
    starts = draw(DAYS)
    ends = draw(st.none() | st.integers(0, 4000).map(lambda days: starts + timedelta(days=days)))
    return Run(draw(kinds), starts, ends, draw(st.integers(0, 60)))


def is_covered(run: Run, issue: date, today: date) -> bool:
    return cover_of(run, issue, today) == Cover.COVERED


@given(runs(st.just("traditional")), DAYS, DAYS, DAYS)
def test_what_a_traditional_subscription_opens_is_kept_for_ever(run: Run, issue: date, one: date, other: date) -> None:
    assert is_covered(run, issue, one) == is_covered(run, issue, other)


@given(runs(st.just("traditional")), DAYS)
def test_a_traditional_subscription_has_its_first_and_last_day_and_no_other(run: Run, today: date) -> None:
    assert is_covered(run, run.starts, today)
    assert not is_covered(run, run.starts - ONE_DAY, today)
    if run.ends is not None:
        assert is_covered(run, run.last_day, today)
        assert not is_covered(run, run.last_day + ONE_DAY, today)


@given(runs(st.just("club")), DAYS, DAYS, DAYS)
def test_a_club_asks_for_the_day_and_never_for_the_issue(run: Run, one: date, other: date, today: date) -> None:
    assert cover_of(run, one, today) == cover_of(run, other, today)
    assert is_covered(run, one, today) == (run.starts <= today <= run.last_day)


@given(runs(), DAYS, DAYS)
def test_whole_opens_whatever_the_others_open_once_it_has_begun(run: Run, issue: date, today: date) -> None:
    whole = Run("whole", run.starts, run.ends, run.grace_days)
    if is_covered(run, issue, today) and today >= run.starts:
        assert is_covered(whole, issue, today)


@given(runs(), DAYS, DAYS, st.integers(0, 90))
def test_more_grace_never_closes_anything(run: Run, issue: date, today: date, more: int) -> None:
    kinder = Run(run.kind, run.starts, run.ends, run.grace_days + more)
    assert not is_covered(run, issue, today) or is_covered(kinder, issue, today)


@given(runs(), DAYS, DAYS, st.integers(0, 1000))
def test_a_longer_period_never_closes_anything(run: Run, issue: date, today: date, more: int) -> None:
    longer = Run(run.kind, run.starts, run.ends and run.ends + timedelta(days=more), run.grace_days)
    assert not is_covered(run, issue, today) or is_covered(longer, issue, today)


@given(runs(), DAYS, DAYS)
def test_a_refusal_says_on_which_side_it_stands(run: Run, issue: date, today: date) -> None:
    found = cover_of(run, issue, today)
    if found == Cover.NOT_STARTED:
        assert today < run.starts
    if found == Cover.OVER:
        assert today > run.last_day


def test_the_last_days_of_the_calendar_are_days_too() -> None:
    assert is_covered(Run("club", date(2026, 1, 1), date.max, 400), date(2026, 1, 1), date.max)
