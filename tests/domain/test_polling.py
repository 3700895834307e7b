"""When a feed is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import polling
from bot.domain.errors import HttpStatus, Unreachable
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState, Origin, Rhythm, Validators
from bot.domain.polling import Answer, after_answer, after_failure

NOW = datetime(2025, 2, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed(1, FeedSpec("https://daily.example/feed"), Origin.FILE, FeedState.ACTIVE, public=True)
BLANK = FeedReading(1)
ETAG = Validators(etag='W/"abc"')


def wait(reading: FeedReading) -> timedelta:
    assert reading.next_poll is not None
    return reading.next_poll - NOW


def test_a_first_answer_is_followed_by_an_hour_and_at_most_a_tenth_more() -> None:
    reading = after_answer(FEED, BLANK, Answer(ETAG, "aa", 0), NOW, HOUR)
    assert HOUR <= wait(reading) <= HOUR * (1 + polling.JITTER)


def test_a_server_that_asks_for_more_time_gets_it() -> None:
    reading = after_answer(FEED, BLANK, Answer(ETAG, "aa", 3 * 3600), NOW, HOUR)
    assert wait(reading) >= 3 * HOUR


def test_a_server_that_asks_for_a_month_is_asked_again_after_a_day() -> None:
    reading = after_answer(FEED, BLANK, Answer(ETAG, "aa", 30 * 86400), NOW, HOUR)
    assert wait(reading) <= polling.DAY * (1 + polling.JITTER)


def test_an_unchanged_body_still_brings_its_new_validators() -> None:
    known = replace(BLANK, validators=Validators(etag="old"), body_hash="aa")
    assert after_answer(FEED, known, Answer(ETAG, "aa", 0), NOW, HOUR).validators == ETAG


def test_a_304_keeps_the_validators_and_the_fingerprint() -> None:
    known = replace(BLANK, validators=ETAG, body_hash="aa")
    reading = after_answer(FEED, known, Answer(Validators(), None, 0), NOW, HOUR)
    assert (reading.validators, reading.body_hash) == (ETAG, "aa")


def test_a_server_without_validators_is_asked_ever_less_often_while_nothing_changes() -> None:
    reading, waits = replace(BLANK, body_hash="aa"), []
    now = NOW
    for _ in range(7):
        reading = after_answer(FEED, reading, Answer(Validators(), "aa", 0), now, HOUR)
        assert reading.next_poll is not None
        waits.append(reading.next_poll - now)
        now = reading.next_poll
    assert waits == sorted(waits)
    assert waits[-1] <= polling.DAY * (1 + polling.JITTER)
    assert waits[-1] > 20 * HOUR


def test_a_success_heals_everything() -> None:
    failed = after_failure(FEED, BLANK, Unreachable(url="x"), NOW, HOUR)
    healed = after_answer(FEED, failed, Answer(ETAG, "aa", 0), NOW, HOUR)
    assert (healed.failures, healed.failing_since, healed.error_key) == (0, None, None)


def test_failures_remember_when_they_began_and_wait_ever_longer_up_to_a_day() -> None:
    first = after_failure(FEED, BLANK, Unreachable(url="x"), NOW, HOUR)
    many = replace(first, failures=30)
    later = after_failure(FEED, many, Unreachable(url="x"), NOW + HOUR, HOUR)
    assert later.failing_since == NOW
    assert later.next_poll is not None
    assert later.next_poll - (NOW + HOUR) <= polling.DAY * (1 + polling.JITTER)
    assert wait(first) < wait(later)


def test_retry_after_is_honoured() -> None:
    error = HttpStatus(url="x", status=429, retry_after=5 * 3600.0)
    assert wait(after_failure(FEED, BLANK, error, NOW, HOUR)) >= 5 * HOUR


def test_a_retry_after_of_a_year_is_an_error_of_the_servers() -> None:
    error = HttpStatus(url="x", status=503, retry_after=365 * 86400.0)
    assert wait(after_failure(FEED, BLANK, error, NOW, HOUR)) <= polling.LONGEST_PAUSE * (1 + polling.JITTER)


@given(st.text(min_size=1), st.integers(1, 86400))
def test_jitter_only_ever_adds(url: str, seconds: int) -> None:
    asked = timedelta(seconds=seconds)
    assert asked <= polling.spread(asked, url) <= asked * (1 + polling.JITTER)


# --- How busy a feed is ---

MET = replace(BLANK, last_success=NOW - HOUR, body_hash="aa", validators=ETAG)


def asked_again_after(gap: int | None) -> timedelta:
    answer = Answer(ETAG, "bb", 0, rhythm=Rhythm(gap_seconds=gap))
    return wait(after_answer(FEED, MET, answer, NOW, HOUR))


def test_a_busy_feed_is_asked_more_often_than_a_quiet_one() -> None:
    assert asked_again_after(600) < asked_again_after(6 * 3600) < asked_again_after(3 * 86400)


def test_a_feed_met_for_the_first_time_is_asked_again_soon_however_quiet_it_looks() -> None:
    answer = Answer(ETAG, "aa", 0, rhythm=Rhythm(gap_seconds=30 * 86400))
    assert wait(after_answer(FEED, BLANK, answer, NOW, HOUR)) <= HOUR * (1 + polling.JITTER)


def test_what_a_document_asked_for_still_holds_after_a_304() -> None:
    known = replace(MET, rhythm=Rhythm(interval_seconds=5 * 3600))
    assert wait(after_answer(FEED, known, Answer(ETAG, None, 0), NOW, HOUR)) >= 5 * HOUR


def test_the_silence_since_the_last_entry_counts() -> None:
    dates = [NOW - hours * HOUR for hours in (1, 2, 3, 4)]
    assert polling.gap_seconds(dates, NOW) == 3600
    assert polling.gap_seconds(dates, NOW + 4 * HOUR) == 2 * 3600


def test_one_dated_entry_says_nothing_of_a_feeds_pace() -> None:
    assert polling.gap_seconds([NOW, None, None], NOW) is None


def test_a_feed_is_left_alone_on_the_days_it_names() -> None:
    friday_night = datetime(2025, 2, 14, 23, 30, tzinfo=UTC)
    assert polling.welcome(friday_night + HOUR, Rhythm(skipped_days=(5, 6))) == datetime(2025, 2, 17, 0, 30, tzinfo=UTC)


def test_a_feed_that_names_every_hour_is_taken_to_have_meant_none() -> None:
    assert polling.welcome(NOW, Rhythm(skipped_hours=tuple(range(24)))) == NOW


rhythms = st.builds(
    Rhythm,
    interval_seconds=st.integers(0, 10**7),
    gap_seconds=st.none() | st.integers(0, 10**9),
    skipped_hours=st.sets(st.integers(0, 23), max_size=23).map(tuple),
    skipped_days=st.sets(st.integers(0, 6), max_size=6).map(tuple),
)


@given(rhythms, st.booleans(), st.integers(0, 10**8), st.timedeltas(timedelta(minutes=1), timedelta(days=1)))
def test_no_answer_brings_the_next_request_below_the_minimum_or_into_an_unwelcome_hour(
    rhythm: Rhythm, changed: bool, fresh: int, minimum: timedelta
) -> None:
    answer = Answer(ETAG, "bb" if changed else None, fresh, rhythm=rhythm if changed else None)
    reading = after_answer(FEED, replace(MET, rhythm=rhythm), answer, NOW, minimum)
    assert reading.next_poll is not None
    assert wait(reading) >= max(minimum, min(timedelta(seconds=max(fresh, rhythm.interval_seconds)), polling.DAY))
    assert reading.next_poll.hour not in rhythm.skipped_hours
    assert reading.next_poll.weekday() not in rhythm.skipped_days
    assert wait(reading) <= polling.DAY * (1 + polling.JITTER) * polling.QUIETEST + timedelta(days=7)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.timedeltas(timedelta(minutes=1), timedelta(days=1)))
def test_the_longer_between_two_entries_the_longer_between_two_requests(
    one: int, other: int, minimum: timedelta
) -> None:
    busy, quiet = (polling.pace(gap, minimum) for gap in sorted((one, other)))
    assert minimum <= busy <= quiet <= polling.QUIETEST * minimum


@given(st.lists(st.none() | st.timedeltas(timedelta(0), timedelta(days=400)), max_size=60))
def test_a_pace_is_known_from_two_dates_on_and_never_negative(ages: list[timedelta | None]) -> None:
    found = polling.gap_seconds([None if age is None else NOW - age for age in ages], NOW)
    assert (found is None) == (sum(age is not None for age in ages) < 2)
    assert found is None or found >= 0


@given(
    st.integers(0, 60), st.none() | st.floats(0, 1e9), rhythms, st.timedeltas(timedelta(minutes=1), timedelta(days=1))
)
def test_after_a_failure_a_server_is_left_alone_as_long_as_it_asks_and_never_for_good(
    failures: int, asked: float | None, rhythm: Rhythm, minimum: timedelta
) -> None:
    error = HttpStatus(url="x", status=503, retry_after=asked)
    kept = (replace(BLANK, failures=number, rhythm=rhythm) for number in (failures, failures + 1))
    once, again = (after_failure(FEED, reading, error, NOW, minimum) for reading in kept)
    least = max(minimum, min(timedelta(seconds=asked or 0), polling.LONGEST_PAUSE))
    for one in (once, again):
        assert least <= wait(one)
        assert wait(one) <= polling.LONGEST_PAUSE * (1 + polling.JITTER) + timedelta(hours=polling.LONGEST_SKIP_HOURS)
        assert polling.welcome(NOW + wait(one), rhythm) == NOW + wait(one)
    assert rhythm.skipped_hours or rhythm.skipped_days or wait(once) <= wait(again)
