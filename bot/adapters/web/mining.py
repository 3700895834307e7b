"""Mining: whether a site lets its text be given to models. Stricter than reading, which a feed invites to.

Publishers say so in ``tdmrep.json``, in headers, in a page's meta elements, and most of all by closing their robots.txt
to the crawlers of those who build models. A site that can't answer is taken to say no.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from bot.adapters.web.robots import RobotsBook
from bot.adapters.web.tdm import unreserved
from bot.ports import Clock, Fetcher, Robots

AGENTS = (
    "GPTBot", "OAI-SearchBot", "ClaudeBot", "anthropic-ai", "CCBot", "Google-Extended", "Applebot-Extended",
    "meta-externalagent", "cohere-ai", "Bytespider",
)  # fmt: skip
"""Crawlers that collect for models: who shuts one out wants none of them."""


@dataclass(frozen=True, slots=True)
class Mining:
    """Fulfils ``ports.Robots``: what a model on another machine may be given."""

    unreserved: Robots
    crawlers: Robots

    @classmethod
    def of(cls, fetcher: Fetcher, clock: Clock) -> Mining:
        """Read from the sites themselves, each file once a day."""
        return cls(unreserved(fetcher, clock), RobotsBook(fetcher, clock, parse=_ForCrawlers.parse))

    async def allows(self, url: str) -> bool:
        """Whether the site keeps neither the address from mining nor any model's crawler from it."""
        return await self.unreserved.allows(url) and await self.crawlers.allows(url)


@dataclass(frozen=True, slots=True)
class _ForCrawlers:
    """A robots.txt as models' crawlers must read it: what one of them may not have, none may."""

    rules: Protego

    @classmethod
    def parse(cls, text: str) -> _ForCrawlers:
        return cls(Protego.parse(text))

    def can_fetch(self, url: str, _agent: str, /) -> bool:
        return all(self.rules.can_fetch(url, agent) for agent in AGENTS)
