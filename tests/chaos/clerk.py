"""A bot that answers on Telegram and kills itself at one point of the first request, as the kernel might."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum, auto

from bot.adapters.sql.chats import SqlChatRows
from bot.adapters.sql.store import SqlStore, SqlUnitOfWork
from bot.adapters.telegram.platform import TelegramPlatform
from bot.app import opened
from bot.commands.command import Command, Context
from bot.commands.registry import Registry, discover
from bot.domain.message import Message, Paragraph, Text
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.settings import Settings
from tests.fakes import suggest
from tests.fakes.telegram.people import TOKEN


class Point(StrEnum):
    """Where it dies."""

    NEVER = auto()
    RECEIVED = auto()
    """It is on record that the request was begun."""
    BEFORE_COMMIT = auto()
    """The effect is written, and not committed."""
    CARRIED_OUT = auto()
    """The effect is committed, and nobody was answered."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Doom:
    """Watches units of work and strikes."""

    point: Point
    _received: bool = False
    _done: bool = False

    def hang_over(self, store: SqlStore) -> None:
        """From now on."""
        received, carried_out, write = SqlChatRows.receive, SqlChatRows.carried_out, store.write

        async def receive(rows: SqlChatRows, *arguments: object) -> object:
            self._received = True
            return await received(rows, *arguments)  # type: ignore[arg-type]

        async def carry_out(rows: SqlChatRows, *arguments: object) -> object:
            self._done = True
            return await carried_out(rows, *arguments)  # type: ignore[arg-type]

        @asynccontextmanager
        async def writing() -> AsyncIterator[SqlUnitOfWork]:
            async with write() as unit:
                yield unit
                if self._done and self.point is Point.BEFORE_COMMIT:
                    die()
            if self._done if self.point is Point.CARRIED_OUT else self._received and self.point is Point.RECEIVED:
                die()

        SqlChatRows.receive, SqlChatRows.carried_out = receive, carry_out  # type: ignore[method-assign, assignment]
        SqlStore.write = lambda _store: writing()  # type: ignore[method-assign, assignment]


async def one_more(context: Context) -> Message:
    """An order more: whoever does this twice can't hide it."""
    schedule = Schedule((time(8),), "Africa/Dakar")
    async with context.services.store.write() as unit:
        order = Subscription(0, context.chat.id, schedule, "fr", next_slot(schedule, datetime.now(UTC)))
        await unit.subscriptions.add(order)
    return Message("fr", (Paragraph((Text("one more"),)),))


async def main(database: str, api_url: str, point: Point) -> None:
    async with opened(Settings(database_url=database)) as app:
        Doom(point).hang_over(app.store)
        registry = Registry.of([*discover(), Command("onemore", one_more)], app.registry.services)
        platform = TelegramPlatform(
            TOKEN, commands=app.registry.descriptions(), suggest=suggest.nothing, api_url=api_url, clock=app.clock
        )
        await platform.serve(registry.dispatch)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Point(sys.argv[3])))
