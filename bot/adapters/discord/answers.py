"""Answering an interaction: acknowledged within its three seconds, written within its fifteen minutes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

import discord

from bot.adapters.discord.calls import FAILURES, Calls, persist
from bot.adapters.discord.inbound import Typing, address, in_private, stays, typing, update_id
from bot.adapters.discord.interruptions import Interruptions
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.server import forum_tags
from bot.adapters.discord.sharing import SHARE, Sharing, shared_request, with_share_button
from bot.adapters.discord.tree import choices, matching_tags
from bot.domain.language import ReaderLanguage, reader_language
from bot.domain.message import Message
from bot.ports import AnswerBook, Dispatch, Request, Suggest, Unanswered

Admit = Callable[[Request], Awaitable[Request]]
"""The request, a moderator's also where the server has given their role that right."""

PATIENCE = 2.0
"""Seconds to look something up before the first answer, which Discord takes within three."""
_ALREADY_ACKNOWLEDGED = 40060
_log = logging.getLogger(__name__)


async def as_it_is(request: Request) -> Request:
    """Admit nobody by a role."""
    return request


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom a connection asks for answers."""

    dispatch: Dispatch
    suggest: Suggest
    sharing: Sharing = field(default_factory=Sharing)
    default_language: ReaderLanguage = "fr"
    """For clients in neither of our languages."""
    admit: Admit = as_it_is
    tags: frozenset[tuple[str, str]] = frozenset()
    """(verb, option) of options that take a forum's tag."""
    in_place: frozenset[str] = frozenset()
    """Commands whose answer to a press takes the place of the message pressed, where nobody else reads that."""
    book: AnswerBook | None = None
    """Where it is noted what is being answered: Discord tells nothing again to a process that takes our place."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an answer is given."""

    private: bool
    """For the asker's eyes only."""
    in_place: bool
    """It may take the place of the message whose button was pressed."""


class Deferred(Enum):
    """What became of saying that an answer will come."""

    NOW = auto()
    BEFORE = auto()
    """Discord knew: our first try had arrived, or the interaction is told again. An answer may stand there."""
    REFUSED = auto()
    """The three seconds are over and Discord takes no answer, so nothing may happen either."""


class Answers:
    """Writes answers where they were asked; in a server for the asker's eyes only."""

    def __init__(self, desk: Desk, calls: Calls) -> None:
        self._desk = desk
        self._calls = calls
        self._renderer = DiscordRenderer()
        self._under_way: set[asyncio.Task[Any]] = set()
        self.interruptions = Interruptions(desk.book, calls, self._renderer)
        """Should we be killed meanwhile."""

    async def answer(self, interaction: discord.Interaction[Any], request: Request) -> None:
        """Defer, ask, complete. Never raises for what Discord or a command does."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            if request.command == SHARE:
                request = await self._admitted(request)
            shared = shared_request(request, self._desk.sharing)
            way = self._way(interaction, request, shared)
            _, deferred = await asyncio.gather(self._note(interaction, way), self._deferred(interaction, way))
            told = deferred is not Deferred.REFUSED
            message = await self._carried_out(interaction, request, shared) if told else None
            await self.interruptions.settle(update_id(interaction))
            if message is not None:
                await self._complete(interaction, message, way)
            elif deferred is Deferred.NOW and not way.in_place:
                await self._withdraw(interaction)
        finally:
            self._under_way.discard(task)

    async def _carried_out(
        self, interaction: discord.Interaction[Any], request: Request, shared: Request | None
    ) -> Message | None:
        request = await self._admitted(request)
        message = await self._ask(interaction, shared or request)
        if message is None or shared is not None:
            return message
        message = with_share_button(message, request, self._desk.sharing)
        return replace(message, other_language=None)  # They were asked in their own.

    async def _note(self, interaction: discord.Interaction[Any], way: Way) -> None:
        """On record beside the deferral, which must not wait for it."""
        language = reader_language(interaction.locale.value, self._desk.default_language)
        noted = Unanswered(update_id(interaction), interaction.token, language, way.private, way.in_place)
        await self.interruptions.note(noted)

    def _way(self, interaction: discord.Interaction[Any], request: Request, shared: Request | None) -> Way:
        pressed = interaction.message
        alone = in_private(interaction) or (pressed is not None and pressed.flags.ephemeral)
        return Way(
            private=shared is None and not in_private(interaction),
            in_place=pressed is not None
            and alone
            and not stays(interaction)
            and request.command in self._desk.in_place,
        )

    async def _admitted(self, request: Request) -> Request:
        """Where nobody can say whether a role moderates, it does not."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._desk.admit(request)
        except Exception:
            _log.exception("nobody could say who moderates")
            return request

    async def suggest(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what is being typed: this can't be deferred."""
        filling = typing(interaction, self._desk.default_language)
        if filling is None:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._found(interaction, filling)
        except Exception as error:  # A mistake of ours, or a slow database: typing goes on without us.
            _log.warning("nothing was suggested for interaction %s: %s", interaction.id, type(error).__name__)
            found = ()
        try:
            await self._calls.suggest(interaction, choices(found))
        except FAILURES as error:
            _log.info("suggestions for interaction %s came too late: %s", interaction.id, error)

    async def _found(self, interaction: discord.Interaction[Any], filling: Typing) -> Sequence[tuple[str, str]]:
        if (filling.verb, filling.option) in self._desk.tags:
            return matching_tags(forum_tags(interaction, filling.beside.get("channel")), filling.text)
        return await self._desk.suggest(
            filling.verb, filling.option, filling.text, filling.language, address(interaction)
        )

    async def finish(self, seconds: float) -> None:
        """Let answers under way end, then stop them."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=seconds)
            for task in late:
                task.cancel()

    async def _deferred(self, interaction: discord.Interaction[Any], way: Way) -> Deferred:
        try:
            if way.in_place:
                await persist(lambda: self._calls.defer_in_place(interaction))
            else:
                await persist(lambda: self._calls.defer(interaction, private=way.private))
        except FAILURES as error:
            if isinstance(error, discord.HTTPException) and error.code == _ALREADY_ACKNOWLEDGED:
                return Deferred.BEFORE
            _log.warning("interaction %s could not be deferred: %s", interaction.id, error)
            return Deferred.REFUSED
        return Deferred.NOW

    async def _ask(self, interaction: discord.Interaction[Any], request: Request) -> Message | None:
        try:
            return await self._desk.dispatch(request)
        except Exception:
            _log.exception("the request of interaction %s failed", interaction.id)
            return None

    async def _complete(self, interaction: discord.Interaction[Any], message: Message, way: Way) -> None:
        try:
            await self._write(interaction, message, way)
        except FAILURES as error:
            _log.warning("the answer to interaction %s could not be written: %s", interaction.id, error)

    async def _withdraw(self, interaction: discord.Interaction[Any]) -> None:
        """There is nothing to say: nobody is to wait for it."""
        try:
            await persist(lambda: self._calls.withdraw_answer(interaction))
        except FAILURES as error:
            _log.warning("interaction %s is left waiting: %s", interaction.id, error)

    async def _write(self, interaction: discord.Interaction[Any], message: Message, way: Way) -> None:
        """Completing may be repeated; adding may not, it would be a second part."""
        parts = self._renderer.render(message)
        if message.replaces or not way.in_place:
            await persist(lambda: self._calls.complete_answer(interaction, parts[0]))
            parts = parts[1:]
        for part in parts:
            await self._calls.add_answer(interaction, part, private=way.private)
