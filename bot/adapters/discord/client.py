"""discord.py's client: hears what people do and what becomes of servers and channels."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import aiohttp
import discord
from discord.abc import GuildChannel

from bot.adapters.discord.answers import Answers, Desk
from bot.adapters.discord.buttons import ActionButton
from bot.adapters.discord.calls import Calls
from bot.adapters.discord.endpoints import redirect
from bot.adapters.discord.events import (
    chat_event,
    lock_event,
    losses,
    opened_event,
    our_rights_changed,
    permission_events,
    server_event,
)
from bot.adapters.discord.inbound import command_request
from bot.adapters.discord.once import raise_instead_of_repeating
from bot.adapters.discord.redact import keep_tokens_quiet
from bot.ports import Request
from bot.ports.talking import ChatChange, ChatEvent, ChatEvents, ServerEvents

LONGEST_RATE_LIMIT = 5.0
"""Seconds discord.py may wait out inside a call; a longer wait is the ledger's. Its own option stops at 30."""


SETTLING = 2.0
"""Seconds without another server after which a connection counts as ready (discord.py's default)."""


class DiscordClient(discord.AutoShardedClient):
    """One connection of one bot. Its members are never listed and its messages never read: no privileged intent."""

    def __init__(
        self,
        desk: Desk,
        *,
        trace: aiohttp.TraceConfig,
        events: ChatEvents | None = None,
        servers: ServerEvents | None = None,
        api_url: str | None = None,
        gateway_url: str | None = None,
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=SETTLING,
            http_trace=raise_instead_of_repeating(trace),
        )
        keep_tokens_quiet()
        self.http.max_ratelimit_timeout = LONGEST_RATE_LIMIT
        redirect(self.http, api_url=api_url, gateway_url=gateway_url)
        self.add_dynamic_items(ActionButton)
        self.calls = Calls(self)
        """This connection's REST calls; usable once logged in."""
        self._answers = Answers(desk, self.calls)
        self._events = events
        self._servers = servers
        self._one_after_another = asyncio.Lock()
        self.online = False
        """The gateway tells us what happens."""

    # --- People ---

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Slash commands and what is being typed in their options; ``ActionButton`` hears the buttons."""
        if interaction.type is discord.InteractionType.application_command:
            await self.answer(interaction, command_request(interaction))
        elif interaction.type is discord.InteractionType.autocomplete:
            await self._answers.suggest(interaction)

    async def answer(self, interaction: discord.Interaction[Any], request: Request) -> None:
        """Answer a command or a press."""
        await self._answers.answer(interaction, request)

    async def tell_interrupted(self) -> asyncio.Task[None]:
        """Find what an earlier process left unanswered, then tell its askers in the background. Logged in, and before
        the gateway tells us of anything.
        """
        assert self.application_id is not None, "known since the login"
        interruptions = self._answers.interruptions
        return asyncio.create_task(interruptions.tell(self.application_id, await interruptions.found()))

    async def finish(self, seconds: float) -> None:
        """Let answers under way end, then stop them."""
        await self._answers.finish(seconds)

    # --- Servers, channels, threads ---

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """We were added, perhaps again."""
        await self._find_in(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """We are still in a server, or again: it may have removed and invited us while we were not connected."""
        await self._find_in(guild)

    async def on_ready(self) -> None:
        """Every server is known, those in an outage too: any other has removed us while we were not connected."""
        self.online = True
        async with self._one_after_another:
            if self._servers is not None:
                await self._servers.find_out("discord", frozenset(str(guild.id) for guild in self.guilds))

    async def on_resumed(self) -> None:
        """The gateway tells us again what happens."""
        self.online = True

    async def on_disconnect(self) -> None:
        """It tells us nothing for now; discord.py connects again by itself."""
        self.online = False

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were removed, or the server was deleted."""
        await self._tell(losses(guild))

    async def on_guild_channel_update(self, before: GuildChannel, after: GuildChannel) -> None:
        """Perhaps our permission to write, there and in its threads."""
        await self._tell(permission_events(before, after))

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """A channel is gone; its threads are told one by one."""
        await self._tell([chat_event(channel.id, ChatChange.GONE)])

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Perhaps its lock."""
        await self._tell([lock_event(before, after)])

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """A thread we did not know of, since it was archived: perhaps it is open again."""
        await self._tell([opened_event(thread)])

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Perhaps our rights, everywhere in the server."""
        if our_rights_changed(before, after):
            await self._find_in(after.guild)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Perhaps it was ours."""
        await self._find_in(role.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Perhaps our roles; of nobody else are we told."""
        if our_rights_changed(before, after):
            await self._find_in(after.guild)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone, archived ones included."""
        await self._tell([chat_event(payload.thread_id, ChatChange.GONE)])

    async def _tell(self, events: Iterable[ChatEvent | None]) -> None:
        """In the order they came: what was lost and regained is not told the other way round."""
        async with self._one_after_another:
            for event in events:
                if event is not None and self._events is not None:
                    await self._events(event)

    async def _find_in(self, guild: discord.Guild) -> None:
        async with self._one_after_another:
            if self._servers is not None:
                await self._servers.find_in(server_event(guild))
