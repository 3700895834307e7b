"""The REST calls we make ourselves: JSON in, JSON out, over discord.py's session, buckets and retries."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot.adapters.discord.fallback import INVALID_FORM, as_embed
from bot.adapters.discord.once import ONCE
from bot.adapters.discord.render import SUPPRESS_NOTIFICATIONS, TAG
from bot.domain.message import RenderedPart

PRIVATE = 1 << 6
"""Message flag of an answer only its asker sees (Discord: ephemeral)."""

ATTEMPTS = 3
"""Tries of a call that may be repeated."""
FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What a call raises."""

_DEFERRED_MESSAGE = 5
_DEFERRED_UPDATE = 6
_SUGGESTIONS = 8

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WayBack:
    """What it takes to answer an interaction that an earlier process heard of. Its token is good for 15 minutes."""

    application_id: int
    token: str = field(repr=False)


Answerable = discord.Interaction[Any] | WayBack


class Calls:
    """One logged-in bot's calls. Each raises what discord.py raises; ``errors`` translates."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    # --- Messages in channels ---

    async def create_message(self, channel: str, part: RenderedPart, nonce: str) -> str:
        """Write in a channel, thread or direct message. Returns the message's id, the first one's for a known nonce."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        unique = {"nonce": nonce, "enforce_nonce": True}
        return _id(await _either(lambda one: self._write(route, {**plain(one.payload), **unique}, one), part))

    async def edit_message(self, channel: str, message_id: str, part: RenderedPart) -> str:
        """Replace a message's whole content."""
        path = "/channels/{channel_id}/messages/{message_id}"
        route = Route("PATCH", path, channel_id=channel, message_id=message_id)
        return _id(await _either(lambda one: self._write(route, _for_edit(one.payload), one), part))

    async def publish_message(self, channel: str, message_id: str) -> None:
        """Hand an announcement channel's message on to the servers that follow it."""
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        await self._client.http.request(Route("POST", path, channel_id=channel, message_id=message_id))

    async def create_post(self, forum: str, title: str, tags: Sequence[str], part: RenderedPart) -> str:
        """Open a post in a forum. Returns its id, which is its first message's too. There is no nonce for posts."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum)
        head = {"name": title, "applied_tags": [*tags]}
        return _id(
            await _either(
                lambda one: self._write(route, {**head, "message": plain(one.payload)}, one, trace_request_ctx=ONCE),
                part,
            )
        )

    # --- Answers to interactions ---

    async def defer(self, interaction: discord.Interaction[Any], *, private: bool) -> None:
        """Say that an answer will come: from then on there are 15 minutes for it, instead of 3 seconds."""
        data = {"flags": PRIVATE} if private else {}
        await self._respond(interaction, {"type": _DEFERRED_MESSAGE, "data": data})

    async def defer_in_place(self, interaction: discord.Interaction[Any]) -> None:
        """Say that the message whose button was pressed will change, or that an answer will stand below it."""
        await self._respond(interaction, {"type": _DEFERRED_UPDATE})

    async def suggest(self, interaction: discord.Interaction[Any], choices: Sequence[tuple[str, str]]) -> None:
        """Answer what is being typed with (label, value) pairs."""
        pairs = [{"name": label, "value": value} for label, value in choices]
        await self._respond(interaction, {"type": _SUGGESTIONS, "data": {"choices": pairs}})

    async def complete_answer(self, interaction: Answerable, part: RenderedPart) -> None:
        """Fill in the deferred answer, or change the message it was to be changed. Safe to repeat."""
        route = _original("PATCH", interaction)
        await _either(lambda one: self._write(route, _for_edit(one.payload), one), part)

    async def withdraw_answer(self, interaction: discord.Interaction[Any]) -> None:
        """Take the deferred answer back: there is nothing to say."""
        await self._client.http.request(_original("DELETE", interaction))

    async def add_answer(self, interaction: Answerable, part: RenderedPart, *, private: bool) -> None:
        """A further part below the first."""
        payload = plain(part.payload)
        if private:
            payload["flags"] = _flags(payload) | PRIVATE
        route = _token_route("POST", "/webhooks/{webhook_id}/{webhook_token}", interaction)
        await self._write(route, payload, part)

    async def _respond(self, interaction: discord.Interaction[Any], payload: Payload) -> None:
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        )
        await self._client.http.request(route, json=payload)

    # --- Commands ---

    async def commands(self, application: int) -> list[Payload]:
        """The application's global commands as Discord has them, in all languages."""
        route = Route("GET", "/applications/{application_id}/commands", application_id=application)
        found: list[Payload] = await self._client.http.request(route, params={"with_localizations": "true"})
        return found

    async def replace_commands(self, application: int, definitions: Sequence[Mapping[str, Any]]) -> None:
        """Make these the application's global commands. Discord allows 200 new ones a day."""
        route = Route("PUT", "/applications/{application_id}/commands", application_id=application)
        await self._client.http.request(route, json=list(definitions))

    async def _write(self, route: Route, payload: Payload, part: RenderedPart, **options: Any) -> Any:
        if part.picture is None:
            return await self._client.http.request(route, json=payload, **options)
        file = discord.File(BytesIO(part.picture.png), filename=part.picture.filename)
        form: list[Payload] = [
            {"name": "payload_json", "value": json.dumps(payload)},
            {"name": "files[0]", "value": file.fp, "filename": file.filename, "content_type": "image/png"},
        ]
        return await self._client.http.request(route, form=form, files=[file], **options)


async def _either(write: Callable[[RenderedPart], Awaitable[Any]], part: RenderedPart) -> Any:
    """As it is; where its shape is refused, nothing has been written, and it is tried once more as an embed."""
    try:
        return await write(part)
    except discord.HTTPException as error:
        simpler = as_embed(part) if error.code == INVALID_FORM else None
        if simpler is None:
            raise
    return await write(simpler)


def _original(method: str, interaction: Answerable) -> Route:
    return _token_route(method, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", interaction)


def _token_route(method: str, path: str, interaction: Answerable) -> Route:
    return Route(method, path, webhook_id=interaction.application_id, webhook_token=interaction.token)


def plain(payload: Payload) -> Payload:
    """A message's payload without its tag, which belongs to a forum's post."""
    return {key: value for key, value in payload.items() if key != TAG}


def _for_edit(payload: Payload) -> Payload:
    """An edit can't silence what has already sounded: Discord refuses the flag."""
    return {**plain(payload), "flags": _flags(payload) & ~SUPPRESS_NOTIFICATIONS}


def _flags(payload: Payload) -> int:
    flags = payload.get("flags", 0)
    assert isinstance(flags, int)
    return flags


def _id(message: object) -> str:
    """Raises discord.InvalidData for an answer that is no message: a proxy's page under a good status."""
    if not isinstance(message, dict) or "id" not in message:
        raise discord.InvalidData("no message in the answer")
    return str(message["id"])


async def persist(call: Callable[[], Awaitable[None]]) -> None:
    """Repeat a call that may be repeated: discord.py gives up at once on a dropped connection and on a 503."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await call()
        except (discord.DiscordServerError, aiohttp.ClientError, OSError):
            if attempt == ATTEMPTS:
                raise
    return None
