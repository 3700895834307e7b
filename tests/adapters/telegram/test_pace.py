"""Telegram's flood limits are never met."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.pace import ONE_CHAT, ONE_GROUP, WHOLE_TOKEN, ChatPace, Rule, Turns
from tests.adapters.telegram.conftest import QuickClock

START = datetime(2026, 3, 1, tzinfo=UTC)
SENDS = st.lists(st.tuples(st.sampled_from(["7", "8", "-100"]), st.floats(0, 5)), min_size=1, max_size=120)


def most_in_a_span(moments: list[datetime], rule: Rule) -> int:
    """The largest number of moments within any span of the rule."""
    return max((sum(start <= moment < start + rule[1] for moment in moments) for start in moments), default=0)


@given(SENDS)
def test_no_span_ever_holds_more_than_its_rule(sends: list[tuple[str, float]]) -> None:
    pace, now = ChatPace(), START
    sent: dict[str, list[datetime]] = {"7": [], "8": [], "-100": []}
    for chat, later in sends:
        now += timedelta(seconds=later / 10)
        room, wait = pace.reserve(chat, now, patience=2)
        assert room == (wait <= 2)
        if room:
            sent[chat].append(now + timedelta(seconds=wait))

    assert all(most_in_a_span(moments, ONE_CHAT) <= ONE_CHAT[0] for moments in sent.values())
    assert most_in_a_span(sent["-100"], ONE_GROUP) <= ONE_GROUP[0]


def test_a_first_message_goes_at_once() -> None:
    assert ChatPace().reserve("7", START, 2) == (True, 0.0)


def test_a_person_may_get_more_than_a_group() -> None:
    pace = ChatPace()
    moments = [START + timedelta(seconds=2 * number) for number in range(25)]

    assert all(pace.reserve("7", moment, 0)[0] for moment in moments)
    assert [pace.reserve("-100", moment, 0)[0] for moment in moments].count(False) == 5


def test_what_is_not_reserved_does_not_count() -> None:
    pace = ChatPace()
    for _ in range(3):
        pace.reserve("7", START, 0)

    assert [pace.reserve("7", START, 0) for _ in range(5)] == [(False, 3.0)] * 5
    assert pace.reserve("7", START + timedelta(seconds=3), 0) == (True, 0.0)


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_was_set_back_holds_nothing_for_long(hours: int) -> None:
    pace = ChatPace()
    for _ in range(25):
        pace.reserve("-100", START, 1000)

    _, wait = pace.reserve("-100", START - timedelta(hours=hours), 0)

    assert wait <= ONE_GROUP[1].total_seconds()


# --- The whole token ---


async def test_calls_to_many_chats_keep_to_the_tokens_limit_in_the_order_they_came() -> None:
    clock = QuickClock()
    turns = Turns(clock)
    moments: list[datetime] = []
    order: list[int] = []

    async def call(number: int) -> None:
        async with turns.one():
            order.append(number)
            moments.append(clock.now())
            await asyncio.sleep(0)

    await asyncio.gather(*(call(number) for number in range(3 * WHOLE_TOKEN[0])))

    assert order == list(range(3 * WHOLE_TOKEN[0]))
    assert most_in_a_span(moments, WHOLE_TOKEN) <= WHOLE_TOKEN[0]


async def test_calls_that_are_not_answered_keep_their_places() -> None:
    turns = Turns(QuickClock())
    answered = asyncio.Event()
    begun: list[int] = []

    async def call(number: int) -> None:
        async with turns.one():
            begun.append(number)
            await answered.wait()

    calls = [asyncio.create_task(call(number)) for number in range(WHOLE_TOKEN[0] + 1)]
    await asyncio.sleep(0.05)
    assert len(begun) == WHOLE_TOKEN[0]

    answered.set()
    await asyncio.gather(*calls)
    assert len(begun) == WHOLE_TOKEN[0] + 1


async def test_a_token_told_to_wait_gives_nobody_a_turn_before() -> None:
    clock = QuickClock()
    turns = Turns(clock)
    turns.hold(30)
    started = clock.now()

    async with turns.one():
        assert clock.now() - started >= timedelta(seconds=30)

    turns.hold(30)
    clock.time -= timedelta(days=1)
    assert turns.held() == 30
