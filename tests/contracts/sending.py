"""Writing to the outbox and sending from it, a call a step."""

from __future__ import annotations

from datetime import datetime

from bot.adapters.sql.store import SqlStore
from bot.domain.delivery import ClaimedPart, NewDelivery, SendOutcome, SendResult
from tests.contracts.examples import LEASE, NOON

SENT = SendResult(SendOutcome.SENT, message_id="77")
RETRY = SendResult(SendOutcome.RETRY, retry_after=30)
AMBIGUOUS = SendResult(SendOutcome.AMBIGUOUS, detail="connection dropped")
CHAT_GONE = SendResult(SendOutcome.CHAT_GONE)
REFUSED = SendResult(SendOutcome.REFUSED)
STOP = SendResult(SendOutcome.STOP)


async def enqueue(store: SqlStore, wanted: NewDelivery, now: datetime = NOON) -> bool:
    async with store.write() as unit:
        return await unit.deliveries.enqueue(wanted, now)


async def claim(
    store: SqlStore, now: datetime = NOON, *, limit: int = 10, platforms: tuple[str, ...] = ("telegram",)
) -> tuple[ClaimedPart, ...]:
    async with store.write() as unit:
        return await unit.deliveries.claim("us", platforms, now, now + LEASE, limit)


async def settle(
    store: SqlStore, part: ClaimedPart, result: SendResult, now: datetime = NOON, retry_at: datetime | None = None
) -> None:
    async with store.write() as unit:
        await unit.deliveries.settle(part, result, now, retry_at)
