"""discord.py's client: hears what people do, asks for the answer, writes it where they asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord

from bot.adapters.discord.buttons import ActionButton
from bot.adapters.discord.calls import Calls
from bot.adapters.discord.endpoints import redirect
from bot.adapters.discord.inbound import command_request, in_private, typing
from bot.adapters.discord.redact import keep_tokens_quiet
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.tree import choices
from bot.domain.message import RenderedPart
from bot.ports import Dispatch, Request, Suggest

LONGEST_RATE_LIMIT = 10.0
"""Seconds discord.py may wait out inside a call; a longer wait is the ledger's. Its own option stops at 30."""

_ATTEMPTS = 3
_ALREADY_ACKNOWLEDGED = 40060
_log = logging.getLogger(__name__)


class DiscordClient(discord.AutoShardedClient):
    """One connection of one bot. Its members are never listed and its messages never read: no privileged intent."""

    def __init__(
        self, dispatch: Dispatch, suggest: Suggest, *, api_url: str | None = None, gateway_url: str | None = None
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
        )
        keep_tokens_quiet()
        self.http.max_ratelimit_timeout = LONGEST_RATE_LIMIT
        redirect(self.http, api_url=api_url, gateway_url=gateway_url)
        self.add_dynamic_items(ActionButton)
        self._dispatch_request = dispatch
        self._suggest = suggest
        self._renderer = DiscordRenderer()
        self._answering: set[asyncio.Task[Any]] = set()

    @property
    def calls(self) -> Calls:
        """This connection's REST calls; usable once logged in."""
        return Calls(self.http)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Slash commands and what is being typed in their options; ``ActionButton`` hears the buttons."""
        if interaction.type is discord.InteractionType.application_command:
            await self.answer(interaction, command_request(interaction))
        elif interaction.type is discord.InteractionType.autocomplete:
            await self._complete(interaction)

    async def answer(self, interaction: discord.Interaction[Any], request: Request) -> None:
        """Defer within Discord's three seconds, then write the answer: in a server for the asker's eyes only."""
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        try:
            private = not in_private(interaction)
            if await self._deferred(interaction, private=private):
                await self._answer(interaction, request, private=private)
        finally:
            self._answering.discard(task)

    async def finish(self, seconds: float) -> None:
        """Let answers under way end, then stop them."""
        if self._answering:
            _, late = await asyncio.wait(self._answering, timeout=seconds)
            for task in late:
                task.cancel()

    async def _deferred(self, interaction: discord.Interaction[Any], *, private: bool) -> bool:
        """False: the three seconds are over and Discord takes no answer, so nothing may happen either."""
        try:
            await _persist(lambda: self.calls.defer(interaction, private=private))
        except discord.HTTPException as error:
            if error.code == _ALREADY_ACKNOWLEDGED:
                return True
            _log.warning("interaction %s could not be deferred: %s", interaction.id, error)
            return False
        return True

    async def _answer(self, interaction: discord.Interaction[Any], request: Request, *, private: bool) -> None:
        try:
            message = await self._dispatch_request(request)
        except Exception:
            _log.exception("the request of interaction %s failed", interaction.id)
            message = None
        try:
            if message is None:
                await _persist(lambda: self.calls.withdraw_answer(interaction))
            else:
                await self._write(interaction, self._renderer.render(message), private=private)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            _log.warning("the answer to interaction %s could not be written: %s", interaction.id, error)

    async def _write(
        self, interaction: discord.Interaction[Any], parts: tuple[RenderedPart, ...], *, private: bool
    ) -> None:
        await _persist(lambda: self.calls.complete_answer(interaction, parts[0]))
        for part in parts[1:]:
            await self.calls.add_answer(interaction, part, private=private)

    async def _complete(self, interaction: discord.Interaction[Any]) -> None:
        filling = typing(interaction)
        if filling is None:
            return
        suggestions = self._suggest(filling.verb, filling.option, filling.text, filling.language)
        try:
            await self.calls.suggest(interaction, choices(suggestions))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.info("suggestions for interaction %s came too late: %s", interaction.id, error)


async def _persist(call: Callable[[], Awaitable[None]]) -> None:
    """Repeat a call that may be repeated: discord.py gives up at once on a dropped connection and on a 503."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return await call()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            if attempt == _ATTEMPTS:
                raise
    return None
