"""The ledger of deliveries: what was written, for whom, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.chat import ChatAddress
from bot.domain.message import RenderedPart
from bot.domain.subscription import Subscription


class PartState(StrEnum):
    """What became of one part. ``sending`` is committed just before the platform is called."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    """It may have arrived: never sent again by itself, visible to moderators."""
    DEAD = "dead"
    """It did not arrive and will not be tried again."""


class SendOutcome(StrEnum):
    """What a platform's answer to one call means. Each adapter's errors.py decides it, purely."""

    SENT = "sent"
    RETRY = "retry"
    """It certainly did not arrive; try again after ``retry_after``."""
    AMBIGUOUS = "ambiguous"
    """It may have arrived."""
    CHAT_GONE = "chat-gone"
    """Blocked, kicked, deleted, archived, or no right to write there."""
    MOVED = "moved"
    """The chat has a new address; the part can be sent there."""
    REFUSED = "refused"
    """The content was not accepted; sending it again can't help."""
    STOP = "stop"
    """The token is not accepted: nothing more can be sent with it until a person acts."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of one call, with what it needs to be acted on."""

    outcome: SendOutcome
    message_id: str | None = None
    retry_after: float | None = None
    """Seconds; None: the sender's own backoff."""
    whole_token: bool = False
    """``retry_after`` binds every sender of this token, not this chat only."""
    moved_to: ChatAddress | None = None
    may_have_arrived: bool = False
    """``RETRY`` only because the same nonce makes a second try harmless: it is one no longer than that."""
    detail: str = ""
    """For logs: the platform's own words, without addresses or secrets."""


class DeliveryKind(StrEnum):
    """Why it is sent."""

    DAILY = "daily"
    BREAKING = "breaking"
    EDIT = "edit"
    NOTICE = "notice"
    """To moderators."""


LASTING: Mapping[DeliveryKind, timedelta] = {
    DeliveryKind.BREAKING: timedelta(hours=12),
    DeliveryKind.DAILY: timedelta(hours=24),
    DeliveryKind.NOTICE: timedelta(days=3),
    DeliveryKind.EDIT: timedelta(days=7),
}
"""How long what waits is worth sending. Half-day-old news is left to the briefing, and a day-old briefing to the next
one; older messages than a week's are not corrected.
"""


class GivenUp(StrEnum):
    """Why a part is dead that no platform refused, as its ``detail`` and as the metrics say it."""

    SUPERSEDED = "superseded"
    """A newer briefing covers it."""
    EXPIRED = "expired"
    """Nothing could be sent until it was stale."""
    GONE = "gone"
    """Its chat left, or we did."""


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """What is written to the outbox in one transaction. ``key`` makes it happen once."""

    key: str
    chat_id: int
    kind: DeliveryKind
    parts: tuple[RenderedPart, ...]
    subscription_id: int | None = None
    briefing: str | None = None
    """The Briefing as JSON, kept for corrections."""
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Story id → article ids its point was written from: what this chat now knows."""
    window_end: datetime | None = None
    """Where the next briefing of this subscription starts."""
    edits: int | None = None
    """The delivery whose messages these parts take the place of, one by one; parts beyond them are new messages."""
    unfinished: bool = False
    """It said that the first reading was still going on: to be completed in place."""


@dataclass(frozen=True, slots=True)
class ClaimedPart:
    """A part this process may send now: nobody else will until the lease ends."""

    id: int
    delivery_id: int
    ordinal: int
    chat_id: int
    address: ChatAddress
    part: RenderedPart
    nonce: str
    """At most 25 characters, the same at every try (Discord's limit)."""
    attempts: int
    fence: int
    doubtful_since: datetime | None = None
    """When an earlier try may first have arrived; None: none did."""
    replaces: str | None = None
    """The message this part takes the place of; None: it is a message of its own."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A delivery that is to be completed in place."""

    delivery_id: int
    chat_id: int
    subscription_id: int
    created_at: datetime
    since: datetime
    """Where its window started."""


def edit_key(delivery_id: int, revision: int) -> str:
    """The unique key of a change to what was sent."""
    return f"edit:{delivery_id}:{revision}"


def daily_key(subscription: Subscription) -> str:
    """The unique key of the briefing due at a subscription's next slot: by its moment, since a slot's place in the day
    changes with the order's other times.
    """
    slot = subscription.next_slot
    return f"daily:{subscription.id}:{slot.local_date.isoformat()}:{slot.at:%H%M}"
