"""A server as discord.py knows it at this moment, from the gateway: asked from memory, nothing is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.domain.chat import ChatAddress
from bot.domain.server import Place, Role

CHATS = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel, discord.Thread)
"""What we can write in."""


class GuildView:
    """Fulfils ``ports.ServerView`` for whoever started an interaction."""

    def __init__(self, guild: discord.Guild, interaction: discord.Interaction[Any]) -> None:
        self._guild = guild
        self._interaction = interaction

    @property
    def id(self) -> str:
        """The guild's id, which is also its ``@everyone`` role's."""
        return str(self._guild.id)

    @property
    def asker_roles(self) -> frozenset[str]:
        """As the interaction says, not as we remember."""
        user = self._interaction.user
        return frozenset(str(role.id) for role in user.roles) if isinstance(user, discord.Member) else frozenset()

    def place(self, chat: str) -> Place | None:
        """See the port. Of an archived thread only the interaction knows."""
        channel = self._channel(int(chat)) if chat.isdecimal() else None
        if not isinstance(channel, CHATS):
            return self._resolved(chat)
        return Place(
            address=ChatAddress("discord", str(channel.id)),
            name=channel.name,
            writable=writable(channel, self._guild.me),
            published=isinstance(channel, discord.TextChannel) and channel.is_news(),
            tags=_tags(channel) if isinstance(channel, discord.ForumChannel) else None,
        )

    def _channel(self, chat: int) -> object:
        here = self._interaction.channel
        known = self._guild.get_channel_or_thread(chat)
        return here if known is None and here is not None and here.id == chat else known

    def _resolved(self, chat: str) -> Place | None:
        """A channel that was picked in an option: Discord says its name and vouches that it is this server's."""
        data: Mapping[str, Any] = self._interaction.data or {}
        found = data.get("resolved", {}).get("channels", {}).get(chat)
        return None if found is None else Place(ChatAddress("discord", chat), str(found["name"]))

    def role(self, role: str) -> Role | None:
        """See the port."""
        found = self._guild.get_role(int(role)) if role.isdecimal() else None
        if found is None:
            return None
        ringable = found.mentionable or self._guild.me.guild_permissions.mention_everyone
        return Role(str(found.id), found.name, for_all=found.is_default(), ringable=ringable)


def view_of(interaction: discord.Interaction[Any]) -> GuildView | None:
    """The server of an interaction; None in direct messages, and in a server that we are not in."""
    guild = interaction.guild
    return None if guild is None or guild.me is None else GuildView(guild, interaction)


def forum_tags(interaction: discord.Interaction[Any], chosen: str | None) -> tuple[tuple[str, str], ...]:
    """(id, name) of the tags of the forum that was chosen, else of the one it is asked in or below."""
    view = view_of(interaction)
    here = interaction.channel
    parent = here.parent_id if isinstance(here, discord.Thread) else None
    for chat in (chosen, None if here is None else str(here.id), None if parent is None else str(parent)):
        place = view.place(chat) if view is not None and chat is not None else None
        if place is not None and place.tags is not None:
            return place.tags
    return ()


def writable(channel: Any, us: discord.Member) -> bool:
    """Whether our permissions let us write there."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return not channel.locked  # Nothing is known of its rights: the first refusal will tell.
    permissions = channel.permissions_for(us)
    if isinstance(channel, discord.Thread) and channel.locked and not permissions.manage_threads:
        return False
    writing = permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages
    return bool(permissions.view_channel and writing)


def _tags(forum: discord.ForumChannel) -> tuple[tuple[str, str], ...]:
    return tuple((str(tag.id), tag.name) for tag in forum.available_tags)
