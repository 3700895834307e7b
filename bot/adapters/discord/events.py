"""What becomes of servers, channels and threads, as events of chats. Pure.

On Discord every channel and every thread is a chat of its own, so one server's removal is many events.
"""

from __future__ import annotations

from collections.abc import Iterator

import discord
from discord.abc import GuildChannel

from bot.adapters.discord.server import CHATS, writable
from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import ChatChange, ChatEvent, ServerEvent


def losses(guild: discord.Guild) -> Iterator[ChatEvent]:
    """We were removed from a server: every channel and thread we know of."""
    for channel in (*guild.channels, *guild.threads):
        if not isinstance(channel, discord.CategoryChannel):
            yield chat_event(channel.id, ChatChange.GONE)


def server_event(guild: discord.Guild) -> ServerEvent:
    """We are in a server: its channels and open threads where we may write."""
    return ServerEvent(
        "discord",
        str(guild.id),
        tuple(str(one.id) for one in (*guild.channels, *guild.threads) if _is_ours(one, guild.me)),
    )


def permission_event(before: GuildChannel, after: GuildChannel) -> ChatEvent | None:
    """A channel's own permissions changed: may we write where we could not, or the other way round?"""
    could, can = _may_write(before), _may_write(after)
    if could == can:
        return None
    return chat_event(after.id, ChatChange.BACK if can else ChatChange.GONE)


def lock_event(before: discord.Thread, after: discord.Thread) -> ChatEvent | None:
    """A thread was locked or unlocked; an archived one opens by itself when we write."""
    if before.locked == after.locked:
        return None
    return chat_event(after.id, ChatChange.GONE if after.locked else ChatChange.BACK)


def chat_event(channel: int, change: ChatChange) -> ChatEvent:
    """What became of one channel or thread. Discord does not say who did it."""
    return ChatEvent(ChatAddress("discord", str(channel)), ChatKind.GROUP, change)


def _may_write(channel: GuildChannel) -> bool:
    permissions = channel.permissions_for(channel.guild.me)
    return permissions.view_channel and permissions.send_messages


def _is_ours(channel: object, us: discord.Member) -> bool:
    if isinstance(channel, discord.Thread) and channel.locked:
        return False
    return isinstance(channel, CHATS) and writable(channel, us)
