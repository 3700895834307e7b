"""Forget: nothing of a chat is left."""

from __future__ import annotations

from bot.domain.chat import Chat
from bot.domain.moderation import Actor
from bot.ports import Store


async def forget(store: Store, chat: Chat, actor: Actor | None = None) -> None:
    """Remove every trace of a chat in one transaction; of a chat with threads those too, of a thread only itself.

    ``actor``: the person whose private chat it is. What they moderated elsewhere no longer says that it was them.
    """
    async with store.write() as unit:
        whole = [chat] if chat.address.thread else await unit.chats.with_threads(chat.address)
        for one in whole:
            await unit.chats.forget(one.id)
        if actor is not None:
            await unit.moderators.forget(actor)
