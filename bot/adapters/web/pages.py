"""Reading articles' pages as politely as feeds: same fetcher, guard, spacing and worker, and robots.txt before all."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.adapters.web.mask import masked
from bot.adapters.web.parse import FeedParser
from bot.domain.errors import FetchError
from bot.ports import Fetched, Fetcher, FetchRequest, PageText, Robots

log = structlog.get_logger(__name__)

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class WebPageReader:
    """Fulfils ``ports.PageReader``."""

    fetcher: Fetcher
    parser: FeedParser
    robots: Robots
    unreserved: Robots
    """What sites don't keep from text mining."""

    async def read(self, url: str) -> PageText:
        """See the port."""
        if not await self.unreserved.allows(url):
            return PageText(reserved=True)
        if not await self.robots.allows(url):
            return PageText()
        try:
            answer = await self.fetcher.fetch(FetchRequest(url))
        except FetchError as error:
            log.info("page failed", url=masked(url), error=error.key)
            return PageText()
        if not await self._may_use(url, answer):
            return PageText(reserved=answer.reserved)
        return await self.parser.page_text(answer)

    async def _may_use(self, url: str, answer: Fetched) -> bool:
        """Where redirects led must be allowed too."""
        if answer.reserved or not answer.content_type.lower().startswith(_PAGES):
            return False
        return answer.final_url == url or await self._allows(answer.final_url)

    async def _allows(self, url: str) -> bool:
        return await self.robots.allows(url) and await self.unreserved.allows(url)
