"""Messages nobody asked for just now: created once, edited, posted in forums, published."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import discord

from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.doubts import NONCE_MEMORY, Doubts
from bot.adapters.discord.errors import may_have_arrived, result_of
from bot.adapters.discord.invalid import InvalidRequests
from bot.adapters.discord.publishing import Publisher
from bot.adapters.discord.render import TAG, title_of
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import RenderedPart
from bot.ports import Clock

READY_PATIENCE, CALL_DEADLINE = 3.0, 8.0
"""Seconds for a connection to become ready and for one call, together below the ledger's own. discord.py repeats 500,
502 and 504 itself for up to 25 s and sleeps until a channel's bucket is full again (5 s) before it returns; the
ledger repeats the rest."""


class Sender:
    """What outlives a connection: doubts, publishing and the count of invalid requests."""

    def __init__(self, clock: Clock) -> None:
        self.invalid = InvalidRequests(clock)
        self.client: DiscordClient | None = None
        """The logged-in connection; None while there is none."""
        self._clock = clock
        self._doubts = Doubts()
        self._publisher = Publisher(clock)
        self._publishing: set[asyncio.Task[None]] = set()

    def repeatable_for(self, address: ChatAddress) -> timedelta | None:
        """See the platform. Before the connection is ready, a forum looks like any channel."""
        if self.client is None or not self.client.is_ready():
            return None
        return timedelta(0) if isinstance(_channel(self.client, address), discord.ForumChannel) else NONCE_MEMORY

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:
        """One message in a channel or thread, or one post in a forum.

        A failure that may have arrived is ``RETRY``: the same nonce makes it one message. When Discord may have
        forgotten the nonce it is ``AMBIGUOUS``, without another call. A forum's posts have no nonce: there such a
        failure is ``AMBIGUOUS`` at once.
        """
        if self._doubts.too_old(nonce, self._clock.now()):
            return SendResult(SendOutcome.AMBIGUOUS, detail="the nonce is too old for another try")
        client = await self._open_client()
        if isinstance(client, SendResult):
            return client
        channel = _channel(client, address)
        if isinstance(channel, discord.ForumChannel):
            call = client.calls.create_post(address.chat, title_of(part), _tags(channel, part), part)
            return await self._settled(call, nonce, repeatable=False)
        result = await self._settled(client.calls.create_message(address.chat, part, nonce), nonce, repeatable=True)
        if result.message_id is not None and isinstance(channel, discord.TextChannel) and channel.is_news():
            self._publish(client, address.chat, result.message_id)
        return result

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a message's content. Repeating it changes nothing, so a doubtful failure is ``RETRY``."""
        client = await self._open_client()
        if isinstance(client, SendResult):
            return client
        in_forum = isinstance(_channel(client, address), discord.ForumChannel)
        where = message_id if in_forum else address.chat  # A post is a thread with its first message's id.
        return await self._settled(client.calls.edit_message(where, message_id, part), None, repeatable=True)

    async def _open_client(self) -> DiscordClient | SendResult:
        """The connection, or why nothing can be sent now: before it is ready, a forum looks like any channel."""
        client = self.client
        if client is not None and not client.is_ready():
            with suppress(TimeoutError):
                async with asyncio.timeout(READY_PATIENCE):
                    await client.wait_until_ready()
        if client is None or not client.is_ready():
            return SendResult(SendOutcome.RETRY, detail="not connected")
        if pause := self.invalid.pause():
            return SendResult(SendOutcome.RETRY, retry_after=pause, whole_token=True, detail="too many refusals")
        return client

    async def _settled(self, call: Awaitable[str], nonce: str | None, *, repeatable: bool) -> SendResult:
        try:
            async with asyncio.timeout(CALL_DEADLINE):
                message_id = await call
        except Exception as error:
            return self._failed(error, nonce, repeatable=repeatable)
        self._doubts.settle(nonce or "")
        return SendResult(SendOutcome.SENT, message_id=message_id)

    def _failed(self, error: Exception, nonce: str | None, *, repeatable: bool) -> SendResult:
        result = result_of(error)
        if not may_have_arrived(error):
            return result
        if not repeatable:
            return SendResult(SendOutcome.AMBIGUOUS, detail=result.detail)
        if nonce is not None:
            self._doubts.note(nonce, self._clock.now())
        return replace(result, may_have_arrived=True)

    def _publish(self, client: DiscordClient, channel: str, message_id: str) -> None:
        """In the background: a message that is not published has still been sent."""
        task = asyncio.create_task(self._publisher.publish(client.calls, channel, message_id))
        self._publishing.add(task)
        task.add_done_callback(self._publishing.discard)

    async def finish(self, seconds: float) -> None:
        """Let publishing under way end, then stop it."""
        if self._publishing:
            _, late = await asyncio.wait(self._publishing, timeout=seconds)
            for task in late:
                task.cancel()


def _channel(client: DiscordClient, address: ChatAddress) -> object:
    """What we know of the place, from the gateway: None for direct messages and what we can't see."""
    return client.get_channel(int(address.chat)) if address.chat.isdecimal() else None


def _tags(forum: discord.ForumChannel, part: RenderedPart) -> list[str]:
    """The one that was chosen, by id or name; else, only where the forum wants one, the first that we may use."""
    chosen = str(part.payload.get(TAG, "")).casefold()
    named = [tag for tag in forum.available_tags if chosen and chosen in {str(tag.id), tag.name.casefold()}]
    required = [tag for tag in forum.available_tags if forum.flags.require_tag and not tag.moderated]
    return [str(tag.id) for tag in (*named, *required)][:1]
