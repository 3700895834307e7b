"""The budget: tokens are set aside before a call and the set is kept, so that no restart spends a day twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.adapters.writers.client import ModelClient
from bot.adapters.writers.wires import Answer, Prompt
from bot.domain.errors import ModelError
from bot.ports import Clock, Purpose, Store

SHARES: Mapping[Purpose, float] = {Purpose.BRIEFING: 1.0, Purpose.STATUS: 0.8, Purpose.SINGLE: 0.6}
"""How much of the day's tokens may be gone when something is still written for a purpose: briefings come first."""


@dataclass(frozen=True, slots=True)
class PaidModel:
    """A model whose tokens are counted."""

    client: ModelClient
    store: Store
    clock: Clock
    daily_tokens: int

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
