"""Check: look at every part once and say what is wrong, without changing anything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.errors import FetchError, ParseError
from bot.domain.feed import FeedSpec, host_of
from bot.ports import Clock, Fetcher, FetchRequest, Parser
from bot.views.operator import Checked

AT_ONCE = 20
"""Feeds tried together."""


async def check_feeds(specs: Sequence[FeedSpec], fetcher: Fetcher, parser: Parser, clock: Clock) -> tuple[Checked, ...]:
    """Fetch and parse every feed once; nothing is stored."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def check(spec: FeedSpec) -> Checked:
        name = spec.name or host_of(spec.url)
        async with gate:
            try:
                await parser.parse(await fetcher.fetch(FetchRequest(spec.url)), seen_at=clock.now())
            except (FetchError, ParseError) as error:
                return Checked(name, error)
        return Checked(name)

    return tuple(await asyncio.gather(*(check(spec) for spec in specs)))
