"""Answering an interaction: acknowledged within its three seconds, written within its fifteen minutes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

from bot.adapters.discord.calls import Calls
from bot.adapters.discord.inbound import in_private, typing
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.sharing import Sharing, shared_request, with_share_button
from bot.adapters.discord.tree import choices
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, RenderedPart
from bot.ports import Dispatch, Request, Suggest

ATTEMPTS = 3
"""Tries of a call that may be repeated."""
_ALREADY_ACKNOWLEDGED = 40060
_FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom a connection asks for answers."""

    dispatch: Dispatch
    suggest: Suggest
    sharing: Sharing = field(default_factory=Sharing)
    default_language: ReaderLanguage = "fr"
    """For clients in neither of our languages."""


class Answers:
    """Writes answers where they were asked; in a server for the asker's eyes only."""

    def __init__(self, desk: Desk, calls: Calls) -> None:
        self._desk = desk
        self._calls = calls
        self._renderer = DiscordRenderer()
        self._under_way: set[asyncio.Task[Any]] = set()

    async def answer(self, interaction: discord.Interaction[Any], request: Request) -> None:
        """Defer, ask, complete. Never raises for what Discord or a command does."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            shared = shared_request(request, self._desk.sharing)
            private = shared is None and not in_private(interaction)
            if await self._deferred(interaction, private=private):
                message = await self._ask(interaction, shared or request)
                if message is not None and shared is None:
                    message = with_share_button(message, request, self._desk.sharing)
                await self._complete(interaction, message, private=private)
        finally:
            self._under_way.discard(task)

    async def suggest(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what is being typed, from memory: this can't be deferred."""
        filling = typing(interaction, self._desk.default_language)
        if filling is None:
            return
        found = self._desk.suggest(filling.verb, filling.option, filling.text, filling.language)
        try:
            await self._calls.suggest(interaction, choices(found))
        except _FAILURES as error:
            _log.info("suggestions for interaction %s came too late: %s", interaction.id, error)

    async def finish(self, seconds: float) -> None:
        """Let answers under way end, then stop them."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=seconds)
            for task in late:
                task.cancel()

    async def _deferred(self, interaction: discord.Interaction[Any], *, private: bool) -> bool:
        """False: the three seconds are over and Discord takes no answer, so nothing may happen either."""
        try:
            await _persist(lambda: self._calls.defer(interaction, private=private))
        except _FAILURES as error:
            if isinstance(error, discord.HTTPException) and error.code == _ALREADY_ACKNOWLEDGED:
                return True
            _log.warning("interaction %s could not be deferred: %s", interaction.id, error)
            return False
        return True

    async def _ask(self, interaction: discord.Interaction[Any], request: Request) -> Message | None:
        try:
            return await self._desk.dispatch(request)
        except Exception:
            _log.exception("the request of interaction %s failed", interaction.id)
            return None

    async def _complete(self, interaction: discord.Interaction[Any], message: Message | None, *, private: bool) -> None:
        try:
            if message is None:
                await _persist(lambda: self._calls.withdraw_answer(interaction))
            else:
                await self._write(interaction, self._renderer.render(message), private=private)
        except _FAILURES as error:
            _log.warning("the answer to interaction %s could not be written: %s", interaction.id, error)

    async def _write(
        self, interaction: discord.Interaction[Any], parts: Sequence[RenderedPart], *, private: bool
    ) -> None:
        """Completing may be repeated; adding may not, it would be a second part."""
        await _persist(lambda: self._calls.complete_answer(interaction, parts[0]))
        for part in parts[1:]:
            await self._calls.add_answer(interaction, part, private=private)


async def _persist(call: Callable[[], Awaitable[None]]) -> None:
    """Repeat a call that may be repeated: discord.py gives up at once on a dropped connection and on a 503."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await call()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            if attempt == ATTEMPTS:
                raise
    return None
