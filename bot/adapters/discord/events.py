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
    """We are in a server: its channels and open threads, by whether we may write there. Of archived threads it does not
    tell: they open by themselves when we write.
    """
    ours: list[str] = []
    shut: list[str] = []
    for one in (*guild.channels, *guild.threads):
        if isinstance(one, CHATS):
            (ours if writable(one, guild.me) else shut).append(str(one.id))
    return ServerEvent("discord", str(guild.id), tuple(ours), tuple(shut))


def permission_events(before: GuildChannel, after: GuildChannel) -> Iterator[ChatEvent]:
    """A channel's own permissions changed: may we write there, or in its threads, where we could not, or the other way
    round?
    """
    could, can = before.permissions_for(before.guild.me), after.permissions_for(after.guild.me)
    if (could.view_channel and could.send_messages) != (can.view_channel and can.send_messages):
        yield chat_event(after.id, ChatChange.BACK if can.view_channel and can.send_messages else ChatChange.GONE)
    could_below = could.view_channel and could.send_messages_in_threads
    if could_below != (can.view_channel and can.send_messages_in_threads):
        for thread in getattr(after, "threads", ()):
            yield thread_event(thread)


def lock_event(before: discord.Thread, after: discord.Thread) -> ChatEvent | None:
    """A thread was locked or unlocked."""
    return None if before.locked == after.locked else thread_event(after)


def opened_event(thread: discord.Thread) -> ChatEvent | None:
    """A thread that nothing was known of, for it was archived, is open again; or it was locked in its sleep."""
    return None if thread.archived and not thread.locked else thread_event(thread)


def thread_event(thread: discord.Thread) -> ChatEvent:
    """Whether we may write in a thread."""
    return chat_event(thread.id, ChatChange.BACK if writable(thread, thread.guild.me) else ChatChange.GONE)


def our_rights_changed(before: discord.Role | discord.Member, after: discord.Role | discord.Member) -> bool:
    """Whether a role's change, or our own, may let us write elsewhere than before."""
    if isinstance(before, discord.Role) and isinstance(after, discord.Role):
        return before.permissions != after.permissions
    return isinstance(after, discord.Member) and after == after.guild.me


def chat_event(channel: int, change: ChatChange) -> ChatEvent:
    """What became of one channel or thread. Discord does not say who did it."""
    return ChatEvent(ChatAddress("discord", str(channel)), ChatKind.GROUP, change)
