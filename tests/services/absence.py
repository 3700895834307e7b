"""A chat that goes and comes back, with everything that writes and sends: what is tried there, and what arrives."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import ChatAddress, ChatKind, ChatState
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.message import Message, Paragraph, Text
from bot.domain.subscription import Schedule
from bot.ports import Platform, Request
from bot.services.brief import Briefer
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from bot.services.subscribe import subscribe
from tests.fakes.clock import FakeClock
from tests.patience import PATIENCE

HOURS = {9: frozenset(range(6)), 13: frozenset(range(7))}
"""Two orders, hour by days, so that two editions are due after an absence."""


def words(text: str) -> Message:
    return Message("fr", (Paragraph((Text(text),)),))


@dataclass
class Desk:
    """One platform, connected; it is noon on a Tuesday."""

    store: SqlStore
    clock: FakeClock
    platform: Platform
    deliverer: Deliverer = field(init=False)
    _alerts: int = 0

    def __post_init__(self) -> None:
        self.deliverer = Deliverer(self.store, self.clock, {self.platform.name: self.platform}, "me")

    async def answer(self, request: Request) -> Message | None:
        """As the registry: who writes to us is there again."""
        async with self.store.write() as unit:
            await unit.chats.meet(request.chat, request.chat_kind)
        return words("hello")

    async def order(self, address: ChatAddress, kind: ChatKind = ChatKind.GROUP, server: str = "") -> None:
        async with self.store.write() as unit:
            chat = await unit.chats.meet(address, kind)
            if server:
                await unit.servers.own(chat.id, server)
        for hour, days in HOURS.items():
            await subscribe(self.store, chat, Schedule((time(hour),), "Africa/Dakar", days), "fr", self.clock.now())

    async def state(self, address: ChatAddress) -> ChatState:
        async with self.store.read() as unit:
            chat = await unit.chats.find(address)
        assert chat is not None
        return chat.state

    async def until(self, address: ChatAddress, state: ChatState) -> None:
        """Wait until we have understood what we were told."""
        async with asyncio.timeout(PATIENCE):
            while await self.state(address) is not state:  # noqa: ASYNC110 - another task writes it, in the database
                await asyncio.sleep(0.02)

    async def alert(self, address: ChatAddress) -> None:
        """Something is written for the chat, wherever it is."""
        self._alerts += 1
        parts = self.platform.renderer.render(words("an old alert"))
        async with self.store.write() as unit:
            chat = await unit.chats.find(address)
            assert chat is not None
            wanted = NewDelivery(f"alert:{self._alerts}", chat.id, DeliveryKind.BREAKING, parts)
            await unit.deliveries.enqueue(wanted, self.clock.now())

    async def turn(self) -> tuple[int, int]:
        """Write what is due and send it: how many calls there were, and how many parts arrived."""
        before = self._counted()
        renderers = {self.platform.name: self.platform.renderer}
        briefer = Briefer(self.store, ExtractiveWriter())
        await Editions(self.store, self.clock, briefer, renderers, "me").turn()
        await self.deliverer.turn()
        tried, sent = self._counted()
        return tried - before[0], sent - before[1]

    async def day(self) -> tuple[int, int]:
        """The same at one in the afternoon of the next day."""
        self.clock.time = (self.clock.time + timedelta(days=1)).replace(hour=13, minute=0, second=0)
        return await self.turn()

    def _counted(self) -> tuple[int, int]:
        outcomes = self.deliverer.outcomes
        return sum(outcomes.values()), outcomes[self.platform.name, "sent"]

    # --- The promises ---

    async def is_left_alone(self, address: ChatAddress) -> None:
        """Nothing more is tried there, whatever is due or written; nothing is deleted."""
        await self.alert(address)
        assert await self.day() == (0, 0)
        async with self.store.read() as unit:
            chat = await unit.chats.find(address)
            assert chat is not None
            assert chat.state is ChatState.GONE
            assert len(await unit.subscriptions.of(chat.id)) == len(HOURS)

    async def is_found_gone(self, address: ChatAddress) -> None:
        """One call finds out, and it is the last."""
        assert await self.day() == (1, 0)
        await self.is_left_alone(address)

    async def is_known_gone(self, address: ChatAddress) -> None:
        """We were told, and did not have to try."""
        await self.until(address, ChatState.GONE)
        assert await self.day() == (0, 0)
        await self.is_left_alone(address)

    async def resumes(self, address: ChatAddress) -> None:
        """One edition, and none of what was written meanwhile; then everything goes on."""
        await self.until(address, ChatState.ACTIVE)
        assert await self.turn() == (1, 1)
        assert await self.turn() == (0, 0)
        assert await self.day() == (1, 1)
