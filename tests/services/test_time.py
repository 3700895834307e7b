"""Editions through everything clocks and zones do, hour by hour on a clock the test moves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.adapters.sql.store import SqlStore
from tests.fakes.clock import FakeClock
from tests.services.editions import SWAP, Paper


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def hourly(paper: Paper, hours: int) -> list[str]:
    """When something arrived, looking every hour."""
    moments = []
    for _ in range(hours):
        if arrived := await paper.at(1):
            moments += [paper.clock.now().strftime("%d %H")] * len(arrived)
    return moments


CASES = {
    "an hour that does not happen": ("2026-03-27T12:00", "Europe/Paris", 2, ["28 01", "29 01", "30 00"]),
    "an hour that happens twice": ("2026-10-23T12:00", "Europe/Paris", 2, ["24 00", "25 00", "26 01"]),
    "a day that does not happen": ("2011-12-28T12:00", "Pacific/Apia", 8, ["28 18", "29 18", "30 18"]),
    "a zone without such things": ("2026-03-27T12:00", "Africa/Dakar", 2, ["28 02", "29 02", "30 02"]),
}


@pytest.mark.parametrize("case", CASES)
async def test_one_edition_a_local_date_at_its_first_valid_moment(store: SqlStore, case: str) -> None:
    start, zone, hour, expected = CASES[case]
    paper = Paper(store, FakeClock(utc(start)))
    await paper.appear(SWAP)
    await paper.reader(hour, zone=zone)
    assert await hourly(paper, 63) == expected


async def test_a_clock_set_back_repeats_no_edition(store: SqlStore, clock: FakeClock) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    await paper.reader(13)
    assert await hourly(paper, 2) == ["10 13"]
    clock.pass_by(hours=-6)
    assert await hourly(paper, 24) == []
    assert await hourly(paper, 12) == ["11 13"]


async def test_a_clock_set_forward_by_days_brings_one_edition(store: SqlStore, clock: FakeClock) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    await paper.reader(13)
    assert len(await paper.at(24 * 5)) == 1
    assert await hourly(paper, 24) == ["15 13"]


async def test_a_loop_that_stood_still_for_a_minute_is_a_minute_late(store: SqlStore, clock: FakeClock) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    await paper.reader(13)
    await paper.editions.turn()
    clock.time = clock.time.replace(hour=13, minute=1, second=0)
    await paper.editions.turn()
    assert len(await paper.deliver()) == 1
    await paper.editions.turn()
    assert await paper.deliver() == []
