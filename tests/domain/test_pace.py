"""A limit is kept wherever in between start and answer the other side counts a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Pace

START = datetime(2026, 3, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALLS = st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 3), st.floats(0, 1)), min_size=1, max_size=60)
"""Seconds of idling before a call, of its duration, and the place within it where the other side counts it."""


@given(CALLS)
def test_no_span_ever_holds_more_calls_than_allowed(calls: list[tuple[float, float, float]]) -> None:
    pace, now = Pace(5, SECOND), START
    counted: list[datetime] = []
    answers: list[datetime] = []
    for idle, lasts, place in calls:
        now += timedelta(seconds=idle)
        while True:
            for answer in sorted(moment for moment in answers if moment <= now):
                pace.give_back(answer)
                answers.remove(answer)
            wait = pace.wait(now)
            if wait == 0:
                break
            now = min(answers) if wait is None else now + timedelta(seconds=wait)
        pace.take()
        counted.append(now + timedelta(seconds=lasts * place))
        answers.append(now + timedelta(seconds=lasts))
    for start in counted:
        assert sum(start <= moment < start + SECOND for moment in counted) <= 5


def test_a_first_call_goes_at_once_and_as_many_as_allowed_beside_it() -> None:
    pace = Pace(3, SECOND)
    assert (pace.room(START), pace.wait(START)) == (3, 0)


def test_a_place_is_free_again_one_span_after_the_answer() -> None:
    pace = Pace(1, SECOND)
    pace.take()
    assert (pace.room(START), pace.wait(START)) == (0, None)
    pace.give_back(START + 2 * SECOND)
    assert pace.wait(START + 2 * SECOND) == pytest.approx(1)
    assert pace.room(START + 3 * SECOND) == 1


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_was_set_back_holds_nothing_for_long(hours: int) -> None:
    pace = Pace(1, SECOND)
    pace.take()
    pace.give_back(START)
    wait = pace.wait(START - timedelta(hours=hours))
    assert wait is not None
    assert wait <= SECOND.total_seconds()
