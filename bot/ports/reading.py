"""Reading the web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.article import ParsedFeed
from bot.domain.feed import NO_VALIDATORS, Validators


def always() -> bool:
    """Whatever happens meanwhile."""
    return True


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One conditional GET."""

    url: str
    validators: Validators = NO_VALIDATORS
    wanted: Callable[[], bool] = always
    """Asked when its turn has come, which may be long after it was made."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: a body (200) or "unchanged" (304, ``body`` None)."""

    url: str
    """The address asked for."""
    moved_to: str | None
    """Where permanent redirects (301, 308) led; None when there were none."""
    final_url: str
    """Where the body came from, after every redirect."""
    body: bytes | None
    content_type: str
    validators: Validators
    """To send next time, byte for byte."""
    fresh_seconds: int
    """How long Cache-Control or Expires says it stays fresh; 0: nothing said."""
    reserved: bool = False
    """The server keeps its content from text mining (TDM-Reservation, X-Robots-Tag)."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a web page says its site's feeds are."""

    feeds: tuple[str, ...] = ()
    """Absolute addresses, each once, the main one first."""
    wordpress: bool = False
    """WordPress made the page, so the site's search is a feed as well."""


class Fetcher(Protocol):
    """Reads public web addresses, safely."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Raise a FetchError where no usable answer came."""
        ...


class Parser(Protocol):
    """Reads documents, whatever is in them."""

    async def parse(self, document: Fetched, *, seen_at: datetime) -> ParsedFeed:
        """Raise a ParseError where it is no usable feed. ``seen_at`` bounds the entries' dates."""
        ...

    async def links(self, page: Fetched) -> PageLinks:
        """The feeds a web page names; none where it can't be read."""
        ...


@dataclass(frozen=True, slots=True)
class PageText:
    """What a web page gave."""

    text: str | None = None
    """The article's, a paragraph a line; None where it is forbidden, paid for, broken or not to be found."""
    reserved: bool = False
    """Its publisher keeps it from text mining, or for those who pay."""


class PageReader(Protocol):
    """Reads articles' pages, where their publishers let robots do so."""

    async def read(self, url: str) -> PageText:
        """The article's text, or why there is none."""
        ...


class Robots(Protocol):
    """Knows what sites allow robots to read."""

    async def allows(self, url: str) -> bool:
        """Whether the site's robots.txt lets us read an address; False where the site can't answer."""
        ...


class FoundBy(StrEnum):
    """How a feed was found."""

    ITSELF = "itself"
    """The address asked about is the feed."""
    LINK = "link"
    """The page names it."""
    PATH = "path"
    """It stands where such sites usually have one."""
    SEARCH = "search"
    """The site's own search, as a feed: only what matches."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was read while looking for a site's feeds."""

    url: str
    """What to follow; where permanent redirects led, if there were any."""
    found_by: FoundBy
    feed: ParsedFeed


class Discoverer(Protocol):
    """Finds a site's feeds."""

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """The feeds at an address, best first; empty where there are none.

        Raise a FetchError where the address itself can't be read, a ParseError where it is a feed that can't be.
        """
        ...
