"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.web.dates import EARLIEST, possible, read_date

SEEN = datetime(2025, 2, 10, 12, tzinfo=UTC)


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2025, 2, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 10 Feb 2025 09:00:00 +0000", at(10, 9)),
        ("Mon, 10 Feb 2025 09:00:00 GMT", at(10, 9)),
        ("Mon, 10 Feb 2025 09:00:00 +0100", at(10, 8)),
        ("Mon, 10 Feb 2025 09:00:00 -05:00", at(10, 14)),
        ("Mon, 10 Feb 2025 09:00:00 EST", at(10, 14)),
        ("Mon, 10 Feb 2025 09:00:00 CET", at(10, 8)),
        ("Mon,10 Feb 2025 9:00 UT", at(10, 9)),
        ("10 Feb 25 09:00 Z", at(10, 9)),
        ("Monday, 10-Feb-25 09:00:00 GMT", at(10, 9)),
        ("Mon Feb 10 09:00:00 2025", at(10, 9)),
        ("Mon Feb 10 09:00:00 CET 2025", at(10, 8)),
        ("2025-02-10T09:00:00Z", at(10, 9)),
        ("2025-02-10T09:00:00.123+01:00", at(10, 8)),
        ("2025-02-10 09:00", at(10, 9)),
        ("2025-02-10", at(10)),
        ("20250210T090000Z", at(10, 9)),
        ("2025/02/10 09:00", at(10, 9)),
        ("Sun, 09 Feb 2025 11:00:00 +0009", at(9, 11)),
        ("Sun, 09 Feb 2025 11:00:00 +9900", at(9, 11)),
        ("Sun, 09 Feb 2025 11:00:00 XYZ", at(9, 11)),
        ("dim., 09 févr. 2025", at(9)),
        ("dim. 9 févr. 2025 18:05", at(9, 18, 5)),
        ("dimanche 9 février 2025 à 18h05", at(9, 18, 5)),
        ("9 février 2025, 18 h", at(9, 18)),
        ("samedi 1er février 2025", at(1)),
        ("mar. 11 févr. 2025", at(11)),
        ("09/02/2025 18:05", at(9, 18, 5)),
        ("09.02.2025 - 18:05", at(9, 18, 5)),
        ("02/14/2025", at(14)),
        ("February 9, 2025 6:05 PM", at(9, 18, 5)),
        ("Feb 9, 2025, 12:05 am", at(9, 0, 5)),
        ("Sunday, 9 February 2025 at 18:05", at(9, 18, 5)),
        ("Mon, 10 Feb 2025 24:00:00 GMT", at(11)),
        ("Mon, 10 Feb 2025 09:00:60 GMT", at(10, 9, 1)),
        ("Mar 1, 2025", datetime(2025, 3, 1, tzinfo=UTC)),
        ("15 août 2024", datetime(2024, 8, 15, tzinfo=UTC)),
        ("25 décembre 2024", datetime(2024, 12, 25, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, expected: datetime) -> None:
    assert read_date(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "hier",
        "2025",
        "Mon, 32 Feb 2025 09:00",
        "30/02/2025",
        "2025-13-45",
        "10 Foo 2025",
        "99/99/9999",
        "Mon, 10 Feb 2025 29:00:00 GMT",
        "0000-00-00 00:00:00",
        "x" * 999,
    ],
)
def test_what_is_no_date_is_none(written: str | None) -> None:
    assert read_date(written) is None


seconds = st.integers(int(EARLIEST.timestamp()), int(datetime(2060, 1, 1, tzinfo=UTC).timestamp()))
zones = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=30 * (quarters // 2))))


@given(seconds, zones)
def test_standard_forms_come_back_exactly(second: int, zone: timezone) -> None:
    local = datetime.fromtimestamp(second, zone)
    for written in (format_datetime(local), local.isoformat(), local.isoformat(" ")):
        assert read_date(written) == local


@given(st.text(max_size=100) | st.text("0123456789/-:. TZ+apmfevrdimh,", max_size=40))
def test_any_text_is_read_without_an_error(written: str) -> None:
    moment = read_date(written)
    assert moment is None or moment.tzinfo is UTC


@given(st.none() | st.datetimes(timezones=st.just(UTC)))
def test_dates_stay_within_what_is_possible(moment: datetime | None) -> None:
    kept = possible(moment, SEEN)
    assert kept is None or EARLIEST <= kept <= SEEN
    assert moment is None or not EARLIEST <= moment <= SEEN or kept == moment


def test_a_date_in_the_future_is_now_and_the_epoch_is_no_date() -> None:
    assert possible(datetime(2031, 1, 1, tzinfo=UTC), SEEN) == SEEN
    assert possible(datetime(1985, 1, 1, tzinfo=UTC), SEEN) == EARLIEST
    assert possible(datetime(1970, 1, 1, tzinfo=UTC), SEEN) is None
    assert possible(datetime(1, 1, 1, tzinfo=UTC), SEEN) is None
