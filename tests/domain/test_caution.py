"""How a platform that is down is tried."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.caution import FIRST_PAUSE, IN_A_ROW, LONGEST_PAUSE, Caution
from tests.fakes.clock import FakeClock


def test_a_few_doubts_slow_nothing_down_and_an_answer_ends_the_row() -> None:
    caution, now = Caution(), FakeClock().now()
    for _ in range(3):
        for _ in range(IN_A_ROW - 1):
            caution.doubted(now)
            assert caution.room(now, 0) is None
        caution.answered()


def test_then_one_call_at_a_time_goes_later_and_later_until_one_is_answered() -> None:
    caution, clock = Caution(), FakeClock()
    for _ in range(IN_A_ROW):
        caution.doubted(clock.now())
    pauses = []
    for _ in range(6):
        began = clock.now()
        while caution.room(clock.now(), 0) == 0:
            clock.pass_by(seconds=1)
        pauses.append(clock.now() - began)
        assert (caution.room(clock.now(), 0), caution.room(clock.now(), 1)) == (1, 0)
        caution.doubted(clock.now())
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (FIRST_PAUSE, LONGEST_PAUSE)
    caution.answered()
    assert caution.room(clock.now(), 3) is None


def test_a_clock_that_is_set_back_keeps_nobody_waiting() -> None:
    caution, clock = Caution(), FakeClock()
    for _ in range(IN_A_ROW):
        caution.doubted(clock.now())
    assert caution.room(clock.now() - timedelta(hours=1), 0) == 1
