"""A limit is kept wherever in between start and answer the other side counts a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import ENOUGH, Pace

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
        pace.take(now)
        counted.append(now + timedelta(seconds=lasts * place))
        answers.append(now + timedelta(seconds=lasts))
    for start in counted:
        assert sum(start <= moment < start + SECOND for moment in counted) <= 5


OUT, BACK = 0.08, 0.03
"""Seconds that no call's way out and back is ever shorter than."""


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 2), st.floats(0, 2)), min_size=1, max_size=60))
def test_a_long_way_is_made_use_of_and_no_span_holds_more_for_it(calls: list[tuple[float, float, float]]) -> None:
    """Whatever a call takes beyond the shortest way, out or back."""
    pace, now = Pace(5, SECOND), START
    counted: list[datetime] = []
    answers: list[tuple[datetime, datetime]] = []
    for idle, out, back in [*[(0.0, 0.0, 0.0)] * (ENOUGH + 10), *calls]:
        now += timedelta(seconds=idle)
        while True:
            for answer, began in sorted(pair for pair in answers if pair[0] <= now):
                pace.give_back(answer, answer - began)
                answers.remove((answer, began))
            wait = pace.wait(now)
            if wait == 0:
                break
            now = min(answers)[0] if wait is None else now + timedelta(seconds=wait)
        pace.take(now)
        counted.append(now + timedelta(seconds=OUT + out))
        answers.append((now + timedelta(seconds=OUT + out + BACK + back), now))
    for start in counted:
        assert sum(start <= moment < start + SECOND for moment in counted) <= 5


def test_with_steady_answers_the_limit_is_nearly_reached_however_long_they_take() -> None:
    pace, now, calls = Pace(30, SECOND), START, 0
    answers: list[datetime] = []
    while now < START + 60 * SECOND:
        for answer in [moment for moment in answers if moment <= now]:
            pace.give_back(answer, timedelta(seconds=0.1))
            answers.remove(answer)
        if pace.wait(now) == 0:
            pace.take(now)
            answers.append(now + timedelta(seconds=0.1))
            calls += 1
        else:
            now += timedelta(milliseconds=1)
    assert calls >= 0.98 * 30 * 60


def test_a_few_calls_say_nothing_of_the_way() -> None:
    pace = Pace(1, SECOND)
    for number in range(ENOUGH - 1):
        pace.take(START + number * SECOND)
        pace.give_back(START + number * SECOND, SECOND / 2)
    assert pace.wait(START + (ENOUGH - 2) * SECOND) == 1.0


def test_a_first_call_goes_at_once_and_as_many_as_allowed_beside_it() -> None:
    pace = Pace(3, SECOND)
    assert (pace.room(START), pace.wait(START)) == (3, 0)


def test_a_place_is_free_again_one_span_after_the_answer() -> None:
    pace = Pace(1, SECOND)
    pace.take(START)
    assert (pace.room(START), pace.wait(START)) == (0, None)
    pace.give_back(START + 2 * SECOND)
    assert pace.wait(START + 2 * SECOND) == pytest.approx(1)
    assert pace.room(START + 3 * SECOND) == 1


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_was_set_back_holds_nothing_for_long(hours: int) -> None:
    pace = Pace(1, SECOND)
    pace.take(START)
    pace.give_back(START)
    wait = pace.wait(START - timedelta(hours=hours))
    assert wait is not None
    assert wait <= SECOND.total_seconds()
    back = START - timedelta(hours=hours) + SECOND
    assert (pace.room(back), pace.wait(back)) == (1, 0)


def test_calls_that_are_kept_apart_start_one_after_the_other() -> None:
    apart = SECOND / 10
    pace = Pace(5, SECOND, apart)
    assert (pace.room(START), pace.room(START + SECOND)) == (5, 5)
    pace.take(START)
    assert pace.room(START) == 0
    assert pace.wait(START) == pytest.approx(0.1)
    assert pace.room(START + 2.5 * apart) == 2
    pace.take(START + apart)
    assert pace.wait(START) == pytest.approx(0.2)
    assert pace.room(START + 10 * apart) == 3
