"""robots.txt: which addresses of a site we may read (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from bot.adapters.clock import SystemClock
from bot.domain.errors import FetchError, HttpStatus
from bot.ports import Clock, Fetcher, FetchRequest

NAME = "Depeche"
"""What site owners write after ``User-agent:`` to mean us."""
MAX_BYTES = 500 * 1024
"""Read of one file: the least that RFC 9309 (2.5) asks for."""
KEPT = timedelta(hours=24)
"""RFC 9309 (2.4): no longer than a day."""
KEPT_AFTER_FAILURE = timedelta(hours=1)
MOST_SITES = 500

_SERVER_ERRORS = 500
_TOO_MANY = 429


class Rules(Protocol):
    """One site's file, read."""

    def can_fetch(self, url: str, user_agent: str, /) -> bool:
        """Whether somebody may have an address."""
        ...


@dataclass(frozen=True, slots=True)
class _Rules:
    until: datetime
    everything: bool = False
    """Where there is no file to read: whether all or nothing is allowed."""
    rules: Rules | None = None

    def allow(self, url: str) -> bool:
        return self.everything if self.rules is None else self.rules.can_fetch(url, NAME)


@dataclass(slots=True)
class RobotsBook:
    """Fulfils ``ports.Robots``. Each site's file is read once a day.

    ``tdm`` keeps another such book, of another file.
    """

    fetcher: Fetcher
    clock: Clock = field(default_factory=SystemClock)
    path: str = "/robots.txt"
    parse: Callable[[str], Rules] = Protego.parse
    _sites: dict[str, _Rules] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def allows(self, url: str) -> bool:
        """Whether the site lets us read the address. A site that can't answer is taken to say no."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(site, asyncio.Lock()):
            rules = self._sites.get(site)
            if rules is None or rules.until <= self.clock.now():
                rules = self._sites[site] = await self._read(site)
        self._forget()
        return rules.allow(url)

    async def _read(self, site: str) -> _Rules:
        now = self.clock.now()
        try:
            answer = await self.fetcher.fetch(FetchRequest(site + self.path))
        except HttpStatus as refusal:
            # "Unavailable" (4xx) means that nothing is forbidden, "unreachable" (5xx, 429 too) that everything is.
            unavailable = refusal.status < _SERVER_ERRORS and refusal.status != _TOO_MANY
            return _Rules(now + (KEPT if unavailable else KEPT_AFTER_FAILURE), everything=unavailable)
        except FetchError:
            return _Rules(now + KEPT_AFTER_FAILURE)
        text = (answer.body or b"")[:MAX_BYTES].decode("utf-8-sig", "replace")
        return _Rules(now + KEPT, rules=await asyncio.to_thread(self.parse, text))

    def _forget(self) -> None:
        if len(self._sites) > MOST_SITES:
            self._sites.clear()
            self._locks = {site: lock for site, lock in self._locks.items() if lock.locked()}
