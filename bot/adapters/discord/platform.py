"""Discord, connected."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import aiohttp
import discord

from bot.adapters.discord.answers import Admit, Desk, as_it_is
from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.sending import Sender
from bot.adapters.discord.sharing import Sharing
from bot.adapters.discord.tree import definitions, fingerprint, tagged_options
from bot.domain.chat import ChatAddress, PlatformName
from bot.domain.delivery import SendResult
from bot.domain.errors import PlatformRefused, PlatformUnavailable
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, RenderedPart
from bot.ports import AnswerBook, Clock, CommandDescription, Dispatch, Request, Suggest
from bot.ports.talking import ChatEvents, ServerEvents

FAREWELL = 3.0
"""Seconds for answers under way, for publishing, and for closing, at the end: within the 15 of a shutdown."""
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between two attempts to connect, doubled each time."""

_REFUSING_CLOSE_CODES = {4004, 4010, 4011, 4012, 4013, 4014}
"""Token, shards, version or intents not accepted: the gateway's words for a person has to act."""
_UNREACHABLE = (discord.HTTPException, discord.RateLimited, discord.GatewayNotFound, aiohttp.ClientError, OSError)
_log = logging.getLogger(__name__)


class DiscordPlatform:
    """Fulfils the ``Platform`` port with discord.py.

    ``api_url`` is a whole base such as ``http://127.0.0.1:8000/api/v10`` and ``gateway_url`` a ``ws://`` address;
    None is Discord itself. ``events`` is told when a channel is gone or back, ``servers`` which servers we are in;
    ``sharing`` says which answers a moderator can show to everyone, ``admit`` who moderates by a role, ``in_place``
    which commands change the card whose button was pressed, ``book`` keeps what is being answered;
    ``default_language`` is for clients in neither of ours.
    """

    def __init__(
        self,
        token: str,
        *,
        commands: Sequence[CommandDescription],
        suggest: Suggest,
        clock: Clock,
        api_url: str | None = None,
        gateway_url: str | None = None,
        events: ChatEvents | None = None,
        servers: ServerEvents | None = None,
        sharing: Sharing | None = None,
        admit: Admit = as_it_is,
        in_place: frozenset[str] = frozenset(),
        book: AnswerBook | None = None,
        default_language: ReaderLanguage = "fr",
    ) -> None:
        self._token = token
        self._definitions = definitions(commands)
        self._clock = clock
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._events = events
        self._servers = servers
        self._desk = Desk(
            dispatch=_silent,
            suggest=suggest,
            sharing=sharing or Sharing(),
            default_language=default_language,
            admit=admit,
            tags=tagged_options(commands),
            in_place=in_place,
            book=book,
        )
        self._renderer = DiscordRenderer()
        self._sender = Sender(clock)
        self._shown: str | None = None

    @property
    def name(self) -> PlatformName:
        """``discord``."""
        return "discord"

    @property
    def renderer(self) -> DiscordRenderer:
        """How Discord is written."""
        return self._renderer

    @property
    def connected(self) -> bool:
        """Whether the gateway tells us what happens."""
        client = self._sender.client
        return client is not None and client.online

    # --- Answering ---

    async def check(self) -> None:
        """Log in and leave. Raises PlatformRefused for a token that is not accepted, PlatformUnavailable otherwise."""
        client = self.client(_silent)
        try:
            await client.login(self._token)
        except discord.LoginFailure as error:
            raise PlatformRefused(platform=self.name) from error
        except _UNREACHABLE as error:
            raise PlatformUnavailable(platform=self.name) from error
        finally:
            await _leave(client)

    async def serve(self, dispatch: Dispatch) -> None:
        """Connect and answer until cancelled. Raises PlatformRefused for a token or intents that are not accepted.

        discord.py resumes or renews lost sessions by itself; what it gives up on is tried again here, later and later.
        """
        wait = SHORTEST_WAIT
        while True:
            client = self.client(dispatch)
            try:
                await self._stay(client)
            except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
                raise PlatformRefused(platform=self.name) from error
            except discord.ConnectionClosed as error:
                if error.code in _REFUSING_CLOSE_CODES:
                    raise PlatformRefused(platform=self.name) from error
                _log.warning("the gateway closed with %s", error.code)
            except _UNREACHABLE as error:
                _log.warning("Discord can't be reached, next attempt in %.0f s: %s", wait, error)
            await self._clock.sleep(wait)
            wait = SHORTEST_WAIT if client.is_ready() else min(wait * 2, LONGEST_WAIT)

    def client(self, dispatch: Dispatch) -> DiscordClient:
        """A new connection, not yet made."""
        return DiscordClient(
            replace(self._desk, dispatch=dispatch),
            events=self._events,
            servers=self._servers,
            trace=self._sender.invalid.trace(),
            api_url=self._api_url,
            gateway_url=self._gateway_url,
        )

    async def _stay(self, client: DiscordClient) -> None:
        beside: list[asyncio.Task[None]] = []
        try:
            await client.login(self._token)
            self._sender.client = client
            beside += [asyncio.create_task(self._show_commands(client)), await client.tell_interrupted()]
            await client.connect()
        finally:
            for task in beside:
                task.cancel()
            await client.finish(FAREWELL)
            await self._sender.finish(FAREWELL)
            self._sender.client = None
            await _leave(client)

    async def _show_commands(self, client: DiscordClient) -> None:
        """Bring Discord's own list of commands up to date, once: only when it differs from ours."""
        wanted = fingerprint(self._definitions)
        while self._shown != wanted:
            try:
                await self._replace_commands(client, wanted)
            except _UNREACHABLE as error:
                _log.warning("the commands could not be shown, next attempt in %.0f s: %s", LONGEST_WAIT, error)
                await self._clock.sleep(LONGEST_WAIT)

    async def _replace_commands(self, client: DiscordClient, wanted: str) -> None:
        application = client.application_id
        assert application is not None, "known since the login"
        if fingerprint(await client.calls.commands(application)) != wanted:
            await client.calls.replace_commands(application, self._definitions)
            _log.info("%d commands shown to Discord", len(self._definitions))
        self._shown = wanted

    # --- Sending ---

    def repeatable_for(self, address: ChatAddress) -> timedelta | None:
        """As long as Discord surely remembers a nonce; a forum's posts have none."""
        return self._sender.repeatable_for(address)

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:
        """One message; see ``Sender``: a failure that may have arrived is tried again with the same nonce."""
        return await self._sender.send(address, part, nonce)

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a message's content."""
        return await self._sender.edit(address, message_id, part)


async def _leave(client: DiscordClient) -> None:
    """Close, without waiting for a server that does not answer any more."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FAREWELL):
            await client.close()


async def _silent(request: Request) -> Message | None:  # noqa: ARG001  # fulfils Dispatch for a client nobody asks
    return None
