"""Chats come, go and move: take note, delete nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.chat import Chat, ChatState, PlatformName
from bot.ports import ChatChange, ChatEvent, ServerEvent, Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class ChatBook:
    """Keeps chats as they are on their platforms."""

    store: Store

    async def note(self, event: ChatEvent) -> None:
        """Take note of an event. Told twice, it changes nothing the second time."""
        async with self.store.write() as unit:
            if event.change is ChatChange.MOVED and event.moved_to is not None:
                await unit.chats.move(event.chat, event.moved_to)
            else:
                state = ChatState.GONE if event.change is ChatChange.GONE else ChatState.ACTIVE
                for chat in await _concerned(unit, event):
                    await unit.chats.mark(chat.id, state)

    async def find_in(self, event: ServerEvent) -> None:
        """A server's chats that were gone are back, and known to be its own; nothing is written where they are already.

        A chat that was lost and regained while we were not looking would else wait for a command. Those where we may
        not write are gone.
        """
        async with self.store.read() as unit:
            astray = await unit.servers.astray(event.platform, event.server, event.chats)
            shut = await unit.servers.shut(event.platform, event.shut)
        if not astray and not shut:
            return
        async with self.store.write() as unit:
            for chat_id in await unit.servers.astray(event.platform, event.server, event.chats):
                await unit.servers.own(chat_id, event.server)
                await unit.chats.mark(chat_id, ChatState.ACTIVE)
            for chat_id in await unit.servers.shut(event.platform, event.shut):
                await unit.chats.mark(chat_id, ChatState.GONE)

    async def find_out(self, platform: PlatformName, present: frozenset[str]) -> None:
        """Chats of servers that we are no longer in are gone: nobody told us, and nothing may be due there."""
        async with self.store.read() as unit:
            lost = await unit.servers.left(platform, present)
        for chat_id in lost:
            async with self.store.write() as unit:
                await unit.chats.mark(chat_id, ChatState.GONE)


async def _concerned(unit: UnitOfWork, event: ChatEvent) -> tuple[Chat, ...]:
    """A thread alone, or a chat with all its threads."""
    if not event.chat.thread:
        return await unit.chats.with_threads(event.chat)
    thread = await unit.chats.find(event.chat)
    return () if thread is None else (thread,)
