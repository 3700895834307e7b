"""Calls that must not be repeated: discord.py repeats every call after a 500, 502, 504 or 524, nonce or not."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
import discord

ONCE = "once"
"""``trace_request_ctx`` of such a call."""


def raise_instead_of_repeating(trace: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
    """Let a server error end a call marked ``ONCE``: it may have taken effect."""
    trace.on_request_end.append(_hear)
    return trace


async def _hear(
    session: aiohttp.ClientSession,  # noqa: ARG001  # aiohttp passes it
    context: SimpleNamespace,
    ended: aiohttp.TraceRequestEndParams,
) -> None:
    if context.trace_request_ctx == ONCE and ended.response.status >= 500:
        ended.response.close()
        raise discord.DiscordServerError(ended.response, "")
