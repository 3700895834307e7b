"""The budget: tokens are set aside before a call and the set is kept, so that no restart spends a day twice."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.adapters.writers.client import ModelClient
from bot.adapters.writers.wires import Answer, Prompt
from bot.domain.errors import ModelError, StoreError
from bot.ports import Clock, Lease, Purpose, Store
from bot.services.holding import holding

SHARES: Mapping[Purpose, float] = {Purpose.BRIEFING: 1.0, Purpose.STATUS: 0.8, Purpose.SINGLE: 0.6}
"""How much of the day's tokens may be gone when something is still written for a purpose: briefings come first."""


WEEK = timedelta(days=7)
MONTH_DAYS = 30
LEASE = timedelta(seconds=15)
"""Renewed for as long as a model takes."""
AGAIN_SECONDS = 0.5
"""How often somebody who waits for another process asks whether it is done."""
_TRIAL = Prompt(
    "You are being tested. Answer with one JSON object and nothing else.",
    'Answer {"ready": true}',
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["ready"],
        "properties": {"ready": {"type": "boolean"}},
    },
    50,
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a model was used for, and what a month of it comes to, in tokens."""

    today: int
    daily: int
    """At most."""
    a_month: int
    """As the last week went; where nothing was asked yet, the most there can be."""


@dataclass(frozen=True, slots=True)
class PaidModel:
    """A model whose tokens are counted."""

    client: ModelClient
    store: Store
    clock: Clock
    daily_tokens: int
    _busy: dict[str, asyncio.Lock] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def alone(self, *about: str) -> AsyncIterator[None]:
        """Wait until nobody else asks about the same, in this process or another on this database.

        Whoever waited looks first whether the answer is there.
        """
        name = "writing:" + hashlib.sha256("\x00".join(about).encode("utf-8", "replace")).hexdigest()
        lock = self._busy.setdefault(name, asyncio.Lock())
        try:
            async with lock, self._leased(name):
                yield
        finally:
            if not lock.locked():
                self._busy.pop(name, None)

    async def check(self) -> None:
        """Ask for next to nothing. Raises ModelError where no answer comes."""
        await self.ask(_TRIAL, Purpose.BRIEFING)

    async def use(self) -> Use:
        """What was used, by every process on this database."""
        today = self.clock.now().date()
        async with self.store.read() as unit:
            spent = await unit.writings.spent(today - WEEK)
        whole = [day for day in spent if day.day < today]
        used = next((day.tokens for day in spent if day.day == today), 0)
        if not whole:
            return Use(used, self.daily_tokens, self.daily_tokens * MONTH_DAYS)
        days = (today - whole[0].day).days
        return Use(used, self.daily_tokens, MONTH_DAYS * sum(day.tokens for day in whole) // max(1, days))

    async def ask(self, prompt: Prompt, purpose: Purpose) -> Answer:
        """The answer, paid for. Raises ModelError, also where the day's tokens are used up."""
        if not self.client.available:
            raise ModelError("model-resting")
        day = self.clock.now().date()
        limit = int(self.daily_tokens * SHARES[purpose])
        async with self.store.write() as unit:
            if not await unit.writings.reserve(day, prompt.cost, limit):
                raise ModelError("model-spent")
        answer = await self.client.ask(prompt)
        if answer.tokens is not None and answer.tokens != prompt.cost:
            async with self.store.write() as unit:
                await unit.writings.settle(day, answer.tokens - prompt.cost)
        return answer

    @contextlib.asynccontextmanager
    async def _leased(self, name: str) -> AsyncIterator[None]:
        owner = secrets.token_hex(8)
        while (lease := await self._lease(name, owner)) is None:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(AGAIN_SECONDS)
        try:
            async with holding(lambda: self._lease(name, owner)):
                yield
        finally:
            with contextlib.suppress(StoreError):  # then it ends by itself
                async with self.store.write() as unit:
                    await unit.leases.release(lease)

    async def _lease(self, name: str, owner: str) -> Lease | None:
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.leases.acquire(name, owner, now, now + LEASE)
