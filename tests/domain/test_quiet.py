"""Quiet hours, by the reader's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import QuietHours, quiet_at

NIGHT, NOON = QuietHours(time(22), time(7)), QuietHours(time(12), time(14))


@pytest.mark.parametrize(
    ("quiet", "wall", "is_quiet"),
    [
        (NIGHT, time(22), True), (NIGHT, time(3), True), (NIGHT, time(7), False), (NIGHT, time(12), False),
        (NOON, time(12), True), (NOON, time(13, 59), True), (NOON, time(14), False), (NOON, time(0), False),
    ],
)  # fmt: skip
def test_the_start_is_quiet_the_end_is_not_and_midnight_is_crossed(
    quiet: QuietHours, wall: time, is_quiet: bool
) -> None:
    assert (wall in quiet) is is_quiet


def test_it_is_the_readers_clock_that_counts() -> None:
    late = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)
    assert [quiet_at(NIGHT, late, zone) for zone in ("Africa/Dakar", "Europe/Kyiv")] == [False, True]
    assert not quiet_at(None, late, "Europe/Kyiv")


def test_all_day_is_no_quiet_hours() -> None:
    with pytest.raises(ValueError, match="end"):
        QuietHours(time(8), time(8))


@given(st.times(), st.times(), st.times())
def test_a_moment_is_quiet_in_a_span_or_in_the_one_that_completes_the_day(start: time, end: time, wall: time) -> None:
    if start != end:
        assert (wall in QuietHours(start, end)) is not (wall in QuietHours(end, start))
