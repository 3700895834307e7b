"""The outbox and ledger: what was written for a chat, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.chat import PlatformName
from bot.domain.delivery import ClaimedPart, NewDelivery, SendResult, Unfinished


class DeliveryRows(Protocol):
    """The outbox and ledger."""

    # --- Writing ---

    async def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """Write a delivery with its parts; False, and nothing written, where its key is there already."""
        ...

    async def answered(self, delivery: NewDelivery, now: datetime) -> bool:
        """Remember a briefing that was the answer to a command: its chat knows it, and nothing is sent.

        Its ``parts`` are not read. False, and nothing written, where its key is there already.
        """
        ...

    async def supersede(self, subscription_id: int, now: datetime) -> int:
        """Give up a subscription's briefings of which no part was tried: a newer one covers them. How many parts."""
        ...

    # --- Sending ---

    async def claim(
        self, owner: str, platforms: Sequence[PlatformName], now: datetime, until: datetime, limit: int
    ) -> tuple[ClaimedPart, ...]:
        """Take the first unsent part of chats with nothing in flight, and commit them as ``sending``.

        Nothing of a platform that pauses.
        """
        ...

    async def renew(self, owner: str, parts: Sequence[ClaimedPart], until: datetime) -> None:
        """Hold parts longer, while a slow platform is still answering."""
        ...

    async def settle(self, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None) -> None:
        """Record what became of a claimed part; ``retry_at`` set: it is pending again from then on."""
        ...

    async def pause(self, platform: PlatformName, until: datetime) -> None:
        """Nobody claims a part of a platform before then; an earlier, longer pause stays."""
        ...

    async def doubt_interrupted(self, now: datetime, repeatable: Sequence[PlatformName] = ()) -> int:
        """Parts whose sender vanished while ``sending`` may have arrived: they are unknown; how many.

        Those of ``repeatable`` platforms, and those that only replace a message, wait again instead: whoever claims
        them is told since when they are in doubt.
        """
        ...

    async def expire(self, now: datetime) -> int:
        """Give up what waits, on whatever platform, and is stale (``LASTING``); how many parts.

        One that an earlier try may have brought stays in doubt.
        """
        ...

    # --- Remembering ---

    async def find(self, key: str) -> int | None:
        """The delivery with a key."""
        ...

    async def last_window_end(self, subscription_id: int) -> datetime | None:
        """Where the newest briefing of a subscription ended."""
        ...

    async def first_window_start(self, subscription_id: int) -> datetime | None:
        """Where the oldest briefing of a subscription that is kept started, whatever became of it."""
        ...

    async def told(self, chat_id: int, since: datetime) -> Mapping[str, tuple[datetime, frozenset[str]]]:
        """Story id → when the last words about it were written for this chat, and from which articles.

        What waits to be sent counts, or two briefings written in one minute would tell the same; what will never
        arrive does not. What became known between writing and sending was not told.
        """
        ...

    async def unfinished(self, limit: int) -> tuple[Unfinished, ...]:
        """Deliveries that said the first reading was still going on, oldest first."""
        ...

    async def finish(self, delivery_id: int) -> None:
        """It is complete, or will never be."""
        ...
