"""The next moment of a schedule, across everything clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import instant, next_slot
from bot.domain.subscription import Schedule, Slot

MOMENTS = st.datetimes(
    datetime(2010, 1, 1),  # noqa: DTZ001 - Hypothesis takes naive bounds
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = ("Africa/Dakar", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe")


def utc(*parts: int) -> datetime:
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_time_in_the_hour_that_does_not_happen_becomes_the_first_valid_moment() -> None:
    assert instant(date(2025, 3, 30), time(2, 30), "Europe/Paris") == utc(2025, 3, 30, 1, 0)


def test_a_time_in_the_hour_that_happens_twice_is_the_first_of_the_two() -> None:
    assert instant(date(2025, 10, 26), time(2, 30), "Europe/Paris") == utc(2025, 10, 26, 0, 30)


def test_a_midnight_that_does_not_happen_becomes_one_in_the_morning() -> None:
    assert instant(date(2018, 11, 4), time(0, 0), "America/Sao_Paulo") == utc(2018, 11, 4, 3, 0)


def test_a_half_hour_jump_is_followed_too() -> None:
    assert instant(date(2025, 10, 5), time(2, 15), "Australia/Lord_Howe") == utc(2025, 10, 4, 15, 30)


def test_a_day_the_zone_skipped_has_no_moment() -> None:
    assert instant(date(2011, 12, 30), time(8), "Pacific/Apia") is None


def test_over_a_skipped_day_the_next_slot_is_on_the_day_after_it() -> None:
    daily = Schedule((time(8),), "Pacific/Apia")
    told = Slot(utc(2011, 12, 29, 18), date(2011, 12, 29), 0)
    assert next_slot(daily, told.at, told).local_date == date(2011, 12, 31)


def test_a_slot_told_at_its_very_minute_is_followed_by_tomorrow() -> None:
    daily = Schedule((time(8),), "Africa/Dakar")
    assert next_slot(daily, utc(2025, 2, 10, 8)).at == utc(2025, 2, 11, 8)


def test_after_three_days_down_the_next_slot_is_in_the_future_and_only_one_is_late() -> None:
    daily = Schedule((time(8),), "Africa/Dakar")
    late = Slot(utc(2025, 2, 10, 8), date(2025, 2, 10), 0)
    assert next_slot(daily, utc(2025, 2, 13, 9), late) == Slot(utc(2025, 2, 14, 8), date(2025, 2, 14), 0)


def test_moving_to_a_zone_further_west_after_sending_does_not_tell_the_same_date_twice() -> None:
    told = Slot(utc(2025, 2, 10, 7), date(2025, 2, 10), 0)  # 8:00 in Paris
    moved = Schedule((time(8),), "America/New_York")
    assert next_slot(moved, told.at, told).local_date == date(2025, 2, 11)


def test_a_clock_set_back_does_not_tell_the_same_date_twice() -> None:
    daily = Schedule((time(8),), "Africa/Dakar")
    told = Slot(utc(2025, 2, 10, 8), date(2025, 2, 10), 0)
    assert next_slot(daily, utc(2025, 2, 10, 7), told).local_date == date(2025, 2, 11)


def test_two_times_a_day_are_two_slots_of_one_date() -> None:
    twice = Schedule((time(8), time(19, 30)), "Africa/Dakar")
    morning = next_slot(twice, utc(2025, 2, 10, 0))
    evening = next_slot(twice, morning.at, morning)
    assert (morning.ordinal, evening.ordinal, evening.at) == (0, 1, utc(2025, 2, 10, 19, 30))


def test_only_the_chosen_days_have_slots() -> None:
    sundays = Schedule((time(8),), "Africa/Dakar", days=frozenset({6}))
    assert next_slot(sundays, utc(2025, 2, 10)).local_date == date(2025, 2, 16)


def test_a_schedule_without_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one time"):
        next_slot(Schedule((), "Africa/Dakar"), utc(2025, 2, 10))


@given(
    zone=st.sampled_from(ZONES),
    wall=st.times().map(lambda wall: wall.replace(second=0, microsecond=0)),
    start=MOMENTS,
)
def test_following_slots_move_forward_and_never_repeat_a_date(zone: str, wall: time, start: datetime) -> None:
    schedule = Schedule((wall,), zone)
    slot = next_slot(schedule, start)
    for _ in range(4):
        following = next_slot(schedule, slot.at, slot)
        assert following.at > slot.at
        assert following.local_date > slot.local_date
        assert following.at - slot.at <= timedelta(hours=50)
        slot = following


@given(zone=st.sampled_from(ZONES), start=MOMENTS)
def test_a_slot_never_comes_before_its_wall_time_on_its_date(zone: str, start: datetime) -> None:
    slot = next_slot(Schedule((time(8, 30),), zone), start)
    local = slot.at.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time() >= time(8, 30)) == (slot.local_date, True)
