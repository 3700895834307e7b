"""When a feed is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import polling
from bot.domain.errors import HttpStatus, Unreachable
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState, Origin, Validators
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
