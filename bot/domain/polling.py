"""When to read a feed again, and what to remember of the last time. Pure.

The manners are the "feed reader score" ones: an hour at least between two requests, whatever the server asks on top of
it, longer after failures, and never exactly together with everyone else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import DepecheError, HttpStatus
from bot.domain.feed import Feed, FeedReading, Validators

DAY = timedelta(days=1)
LONGEST_PAUSE = timedelta(days=7)
"""A Retry-After beyond this is an error of the server's."""
JITTER = 0.1
"""At most this share is added to every interval, always the same for one address, so that feeds spread out."""
GONE = 410
"""The HTTP status by which a server says that a feed will not come back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a successful request told us."""

    validators: Validators
    body_hash: str | None
    """None: 304, the server itself says that nothing changed."""
    asked_seconds: int
    """The longest of the server's freshness and the feed's own wishes (ttl, skipHours, sy:updatePeriod); 0: none."""
    skipped_entries: int = 0


def body_hash(body: bytes) -> str:
    """A body's fingerprint: 0.08 ms for a typical feed, so that an unchanged one is never parsed."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def after_answer(feed: Feed, reading: FeedReading, answer: Answer, now: datetime, minimum: timedelta) -> FeedReading:
    """The reading after a 200 or a 304. Both validators are those of the newest 200, even of an unchanged body."""
    unchanged = answer.body_hash is None or answer.body_hash == reading.body_hash
    validators = reading.validators if answer.body_hash is None else answer.validators
    wait = max(minimum, min(timedelta(seconds=answer.asked_seconds), DAY))
    if unchanged and validators == Validators():
        # The server gives us no way to ask "has it changed?": ask less and less often.
        wait = max(wait, min(2 * _last_wait(reading, minimum), DAY))
    return replace(
        reading,
        validators=validators,
        body_hash=answer.body_hash or reading.body_hash,
        next_poll=now + spread(wait, feed.spec.url),
        last_attempt=now,
        last_success=now,
        failing_since=None,
        failures=0,
        error_key=None,
        error_arguments=None,
        skipped_entries=reading.skipped_entries if answer.body_hash is None else answer.skipped_entries,
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
        next_poll=now + spread(wait, feed.spec.url),
        last_attempt=now,
        failing_since=reading.failing_since or now,
        failures=reading.failures + 1,
        error_key=error.key,
        error_arguments=dict(error.arguments),
    )


def spread(wait: timedelta, url: str) -> timedelta:
    """A wait with this address's own upward jitter."""
    share = int.from_bytes(hashlib.blake2b(url.encode(), digest_size=4).digest()) / 2**32
    return wait * (1 + JITTER * share)


def _last_wait(reading: FeedReading, minimum: timedelta) -> timedelta:
    if reading.last_attempt is None or reading.next_poll is None:
        return minimum
    return max(minimum, (reading.next_poll - reading.last_attempt) / (1 + JITTER))
