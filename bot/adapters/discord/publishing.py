"""Announcement channels: what we post there is published to the servers that follow them."""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.adapters.discord.calls import Calls
from bot.ports import Clock

HOURLY = 10
"""Messages a channel may publish in an hour (Discord)."""
_HOUR = timedelta(hours=1)
_log = logging.getLogger(__name__)


class Publisher:
    """Publishes within the limit. What can't be published stays readable where it was posted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._published: defaultdict[str, deque[datetime]] = defaultdict(deque)

    async def publish(self, calls: Calls, channel: str, message_id: str) -> None:
        """Publish one message, once; never raises."""
        if not self._takes_a_place(channel):
            _log.warning("a message was not published: its channel has published %d in an hour", HOURLY)
            return
        try:
            await calls.publish_message(channel, message_id)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            _log.warning("a message could not be published: %s", error)

    def _takes_a_place(self, channel: str) -> bool:
        now = self._clock.now()
        moments = self._published[channel]
        while moments and now - moments[0] >= _HOUR:
            moments.popleft()
        if len(moments) >= HOURLY:
            return False
        moments.append(now)
        return True
