"""Ticks run at once and again, each for itself; one that fails is told, and counts as standing still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import ticks as module
from bot.adapters.clock import SystemClock
from bot.domain.errors import DepecheError, StoreUnavailable
from bot.ticks import Ticks
from tests.fakes.clock import FakeClock

FULL = StoreUnavailable(database="here", reason="database or disk is full")


@asynccontextmanager
async def ticking(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, **ticks: Callable[[], Awaitable[object]]
) -> AsyncIterator[Ticks]:
    """Ticks that come often."""
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)
    made = Ticks(clock, ticks, words=lambda error: f"in words: {error.key}")
    made.start()
    try:
        yield made
    finally:
        await made.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


async def test_each_runs_again_and_again_whatever_becomes_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    async def good() -> None:
        ran.append("good")

    async def bad() -> None:
        ran.append("bad")
        raise ZeroDivisionError

    with capture_logs():
        async with ticking(FakeClock(), monkeypatch, good=good, bad=bad) as ticks:
            await until(lambda: min(ran.count("good"), ran.count("bad")) >= 3)
    assert ticks.failures["bad"] >= 3
    assert ticks.failures["good"] == 0


async def test_one_that_only_fails_grows_old_and_its_trouble_is_told_once_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = FakeClock()
    trouble: list[DepecheError] = [FULL]

    async def tick() -> None:
        if trouble:
            raise trouble[0]

    with capture_logs() as said:
        async with ticking(clock, monkeypatch, tick=tick) as ticks:
            await until(lambda: ticks.failures["tick"] >= 3)
            clock.pass_by(seconds=90)
            assert ticks.ages() == {"tick": 90}
            trouble.clear()
            await until(lambda: ticks.ages() == {"tick": 0})
    lines = [(line["event"], line.get("error")) for line in said]
    assert lines == [("tick failed", "in words: store-unavailable"), ("tick works again", None)]


async def test_one_with_much_to_do_is_young_as_long_as_it_gets_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, open_ = FakeClock(), asyncio.Event()
    async with ticking(clock, monkeypatch, long=open_.wait) as ticks:
        clock.pass_by(seconds=90)
        assert ticks.ages() == {"long": 90}
        ticks.progress("long")
        assert ticks.ages() == {"long": 0}
        open_.set()


async def test_at_the_end_what_is_under_way_may_finish_and_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.05)
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hangs() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with ticking(FakeClock(), monkeypatch, hangs=hangs):
        await begun.wait()
    assert ended.is_set()


async def test_a_clock_set_back_by_a_day_does_not_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []

    async def tick() -> None:
        ran.append(1)

    clock = SystemClock()
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)
    ticks = Ticks(clock, {"tick": tick})
    ticks.start()
    await until(lambda: len(ran) >= 1)
    # For the scheduler it is as if its next run were tomorrow.
    (job,) = ticks._scheduler.get_jobs()
    job.modify(next_run_time=clock.now() + timedelta(days=1))
    before = len(ran)
    await until(lambda: len(ran) >= before + 2)
    await ticks.stop()


def test_a_clock_set_right_after_decades_makes_up_for_nothing() -> None:
    every = module._Regularly(timedelta(seconds=10))
    start = datetime(1970, 1, 1, tzinfo=UTC)
    now = datetime(2026, 3, 10, tzinfo=UTC)
    assert every.get_next_fire_time(None, now) == now
    assert every.get_next_fire_time(start, now) == now + timedelta(seconds=10)
    assert every.get_next_fire_time(now, now + timedelta(seconds=1)) == now + timedelta(seconds=10)
