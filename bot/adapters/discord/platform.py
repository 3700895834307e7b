"""Discord, connected."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import aiohttp
import discord

from bot.adapters.discord.calls import Calls
from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.errors import result_of
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.tree import definitions, fingerprint
from bot.domain.chat import ChatAddress, PlatformName
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.errors import PlatformRefused, PlatformUnavailable
from bot.domain.message import Message, RenderedPart
from bot.ports import Clock, CommandDescription, Dispatch, Request, Suggest

CALL_DEADLINE = 20.0
"""Seconds for one send. discord.py repeats 500, 502 and 504 itself for up to 25 s and sleeps until a channel's bucket
is full again (5 s) before it returns; the ledger repeats the rest."""
FAREWELL = 5.0
"""Seconds for answers under way, and again for closing, at the end: well within the 15 of a shutdown."""
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between two attempts to connect, doubled each time."""

_REFUSING_CLOSE_CODES = {4004, 4010, 4011, 4012, 4013, 4014}
"""Token, shards, version or intents not accepted: the gateway's words for a person has to act."""
_UNREACHABLE = (discord.HTTPException, discord.RateLimited, discord.GatewayNotFound, aiohttp.ClientError, OSError)
_log = logging.getLogger(__name__)


class DiscordPlatform:
    """Fulfils the ``Platform`` port with discord.py.

    ``api_url`` is a whole base such as ``http://127.0.0.1:8000/api/v10`` and ``gateway_url`` a ``ws://`` address;
    None is Discord itself.
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
    ) -> None:
        self._token = token
        self._definitions = definitions(commands)
        self._suggest = suggest
        self._clock = clock
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._renderer = DiscordRenderer()
        self._calls: Calls | None = None
        self._shown: str | None = None

    @property
    def name(self) -> PlatformName:
        """``discord``."""
        return "discord"

    @property
    def renderer(self) -> DiscordRenderer:
        """How Discord is written."""
        return self._renderer

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
        return DiscordClient(dispatch, self._suggest, api_url=self._api_url, gateway_url=self._gateway_url)

    async def _stay(self, client: DiscordClient) -> None:
        showing: asyncio.Task[None] | None = None
        try:
            await client.login(self._token)
            self._calls = client.calls
            showing = asyncio.create_task(self._show_commands(client))
            await client.connect()
        finally:
            if showing is not None:
                showing.cancel()
            await client.finish(FAREWELL)
            self._calls = None
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

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:
        """One message. The nonce makes it one: a failure that may have arrived is ``RETRY``, with the same nonce.

        Discord remembers a nonce for a few minutes; a retry within two is answered with the first message's id.
        """
        return await self._outcome(lambda calls: calls.create_message(address.chat, part, nonce))

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a message's content. Repeating it changes nothing, so a doubtful failure is ``RETRY``."""
        return await self._outcome(lambda calls: calls.edit_message(address.chat, message_id, part))

    async def _outcome(self, call: Callable[[Calls], Awaitable[str]]) -> SendResult:
        calls = self._calls
        if calls is None:
            return SendResult(SendOutcome.RETRY, detail="not connected")
        try:
            async with asyncio.timeout(CALL_DEADLINE):
                return SendResult(SendOutcome.SENT, message_id=await call(calls))
        except Exception as error:
            return result_of(error)


async def _leave(client: DiscordClient) -> None:
    """Close, without waiting for a server that does not answer any more."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FAREWELL):
            await client.close()


async def _silent(request: Request) -> Message | None:  # noqa: ARG001  # fulfils Dispatch for a client nobody asks
    return None
