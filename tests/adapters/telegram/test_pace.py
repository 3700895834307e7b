"""Telegram's flood limits are never met."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.pace import ONE_CHAT, ONE_GROUP, WHOLE_TOKEN, Pace, Rule

START = datetime(2026, 3, 1, tzinfo=UTC)
SENDS = st.lists(st.tuples(st.sampled_from(["7", "8", "-100"]), st.floats(0, 5)), min_size=1, max_size=120)


def most_in_a_span(moments: list[datetime], rule: Rule) -> int:
    """The largest number of moments within any span of the rule."""
    return max((sum(start <= moment < start + rule[1] for moment in moments) for start in moments), default=0)


@given(SENDS)
def test_no_span_ever_holds_more_than_its_rule(sends: list[tuple[str, float]]) -> None:
    pace, now = Pace(), START
    sent: dict[str, list[datetime]] = {"7": [], "8": [], "-100": []}
    for chat, later in sends:
        now += timedelta(seconds=later / 10)
        room, wait = pace.reserve(chat, now, patience=2)
        assert room == (wait <= 2)
        if room:
            sent[chat].append(now + timedelta(seconds=wait))

    assert most_in_a_span([moment for moments in sent.values() for moment in moments], WHOLE_TOKEN) <= WHOLE_TOKEN[0]
    assert all(most_in_a_span(moments, ONE_CHAT) <= ONE_CHAT[0] for moments in sent.values())
    assert most_in_a_span(sent["-100"], ONE_GROUP) <= ONE_GROUP[0]


def test_a_first_message_goes_at_once() -> None:
    assert Pace().reserve("7", START, 2) == (True, 0.0)


def test_a_person_may_get_more_than_a_group() -> None:
    pace = Pace()
    moments = [START + timedelta(seconds=2 * number) for number in range(25)]

    assert all(pace.reserve("7", moment, 0)[0] for moment in moments)
    assert [pace.reserve("-100", moment, 0)[0] for moment in moments].count(False) == 5


def test_what_is_not_reserved_does_not_count() -> None:
    pace = Pace()
    for _ in range(3):
        pace.reserve("7", START, 0)

    assert [pace.reserve("7", START, 0) for _ in range(5)] == [(False, 3.0)] * 5
    assert pace.reserve("7", START + timedelta(seconds=3), 0) == (True, 0.0)


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_was_set_back_holds_nothing_for_long(hours: int) -> None:
    pace = Pace()
    for _ in range(25):
        pace.reserve("-100", START, 1000)

    _, wait = pace.reserve("-100", START - timedelta(hours=hours), 0)

    assert wait <= ONE_GROUP[1].total_seconds()
