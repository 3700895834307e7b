"""Reach: since when is a platform not there? For whoever runs the bot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.chat import PlatformName
from bot.ports import Clock, Platform

LOST_AFTER = timedelta(minutes=5)
"""Platforms are out of reach for moments all the time; after this somebody should know."""


@dataclass(slots=True)
class Reach:
    """Looks at platforms every few seconds."""

    clock: Clock
    platforms: Mapping[PlatformName, Platform]
    ours: Callable[[PlatformName], bool] = lambda _: True
    """Whether this process is the one to be connected; one that stands by misses nothing."""
    _heard: dict[PlatformName, datetime] = field(init=False)
    _refused: set[PlatformName] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Who has just begun is given time to connect."""
        self._heard = dict.fromkeys(self.platforms, self.clock.now())

    async def look(self) -> None:
        """Remember which are connected now."""
        for name, platform in self.platforms.items():
            if platform.connected or not self.ours(name):
                self._heard[name] = self.clock.now()

    def refuse(self, name: PlatformName) -> None:
        """A platform does not accept us: that does not pass by itself."""
        self._refused.add(name)

    def lost(self) -> tuple[PlatformName, ...]:
        """Those that do not accept us, or have been out of reach for too long."""
        now = self.clock.now()
        return tuple(
            sorted(name for name, then in self._heard.items() if name in self._refused or abs(now - then) > LOST_AFTER)
        )
