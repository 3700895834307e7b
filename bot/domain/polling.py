"""When to read a feed again, and what to remember of the last time. Pure.

The manners are the "feed reader score" ones: an hour at least between two requests, whatever the server asks on top of
it, longer for a feed that seldom says something new and after failures, never in the hours a feed asks to be left
alone, and never exactly together with everyone else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import DepecheError, HttpStatus
from bot.domain.feed import NO_RHYTHM, Feed, FeedReading, Rhythm, Validators

DAY = timedelta(days=1)
LONGEST_PAUSE = timedelta(days=7)
"""A Retry-After beyond this is an error of the server's."""
JITTER = 0.1
"""At most this share is added to every interval, always the same for one address, so that feeds spread out."""
QUIETEST = 4
"""A quiet feed is asked at least once in so many of the shortest intervals: four hours, by default."""
OBSERVED = 20
"""Entries whose dates say how busy a feed is: the newest."""
LONGEST_SKIP_HOURS = 7 * 24
GONE = 410
"""The HTTP status by which a server says that a feed will not come back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a successful request told us."""

    validators: Validators
    body_hash: str | None
    """None: 304, the server itself says that nothing changed."""
    asked_seconds: int
    """How long the server says its answer stays fresh; 0: nothing said."""
    skipped_entries: int = 0
    rhythm: Rhythm | None = None
    """None: there was no new document; the last one's stands."""


def body_hash(body: bytes) -> str:
    """A body's fingerprint: 0.08 ms for a typical feed, so that an unchanged one is never parsed."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def after_answer(feed: Feed, reading: FeedReading, answer: Answer, now: datetime, minimum: timedelta) -> FeedReading:
    """The reading after a 200 or a 304. Both validators are those of the newest 200, even of an unchanged body."""
    unchanged = answer.body_hash is None or answer.body_hash == reading.body_hash
    validators = reading.validators if answer.body_hash is None else answer.validators
    rhythm = answer.rhythm or reading.rhythm
    asked = timedelta(seconds=max(answer.asked_seconds, rhythm.interval_seconds))
    # A feed met for the first time is asked again soon: nobody knows yet how it behaves.
    own = minimum if reading.last_success is None else pace(rhythm.gap_seconds, minimum)
    wait = max(own, min(asked, DAY))
    if unchanged and validators == Validators():
        # The server gives us no way to ask "has it changed?": ask less and less often.
        wait = max(wait, min(2 * _last_wait(reading, minimum), DAY))
    return replace(
        reading,
        validators=validators,
        body_hash=answer.body_hash or reading.body_hash,
        next_poll=welcome(now + spread(wait, feed.spec.url), rhythm),
        last_attempt=now,
        last_success=now,
        failing_since=None,
        failures=0,
        error_key=None,
        error_arguments=None,
        skipped_entries=reading.skipped_entries if answer.body_hash is None else answer.skipped_entries,
        rhythm=rhythm,
    )


def after_failure(
    feed: Feed, reading: FeedReading, error: DepecheError, now: datetime, minimum: timedelta
) -> FeedReading:
    """The reading after an error: the pause doubles with every failure in a row, up to a day, and heals by itself."""
    wait = min(minimum * (2.0 ** min(reading.failures, 10)), DAY)
    if isinstance(error, HttpStatus) and error.retry_after is not None:
        wait = max(wait, min(timedelta(seconds=error.retry_after), LONGEST_PAUSE))
    return replace(
        reading,
        next_poll=welcome(now + spread(wait, feed.spec.url), reading.rhythm),
        last_attempt=now,
        failing_since=reading.failing_since or now,
        failures=reading.failures + 1,
        error_key=error.key,
        error_arguments=dict(error.arguments),
    )


def pace(gap_seconds: int | None, minimum: timedelta) -> timedelta:
    """How long a feed may be left alone: half of what lies between two of its entries, within the limits."""
    if gap_seconds is None:
        return minimum
    return max(minimum, min(timedelta(seconds=gap_seconds) / 2, QUIETEST * minimum))


def gap_seconds(published: Iterable[datetime | None], now: datetime) -> int | None:
    """The mean time between a feed's newest entries, the silence since the last one counted; None: too few dates."""
    newest = sorted((moment for moment in published if moment is not None), reverse=True)[:OBSERVED]
    if len(newest) < 2:
        return None
    return max(0, int((now - newest[-1]).total_seconds() / len(newest)))


def welcome(moment: datetime, rhythm: Rhythm) -> datetime:
    """The first moment from then on that lies in none of the hours and days the feed asks to be left alone.

    ``moment`` is UTC. Its minutes stay, so that feeds with equal wishes don't all come at the stroke of the hour.
    """
    if rhythm == NO_RHYTHM:
        return moment
    for hours in range(LONGEST_SKIP_HOURS + 1):
        later = moment + timedelta(hours=hours)
        if later.hour not in rhythm.skipped_hours and later.weekday() not in rhythm.skipped_days:
            return later
    return moment


def spread(wait: timedelta, url: str) -> timedelta:
    """A wait with this address's own upward jitter."""
    share = int.from_bytes(hashlib.blake2b(url.encode(), digest_size=4).digest()) / 2**32
    return wait * (1 + JITTER * share)


def _last_wait(reading: FeedReading, minimum: timedelta) -> timedelta:
    if reading.last_attempt is None or reading.next_poll is None:
        return minimum
    return max(minimum, (reading.next_poll - reading.last_attempt) / (1 + JITTER))
