"""Reading the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.article import ParsedFeed
from bot.domain.feed import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One conditional GET."""

    url: str
    validators: Validators = NO_VALIDATORS


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


class Fetcher(Protocol):
    """Reads public web addresses, safely."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Raise a FetchError where no usable answer came."""
        ...


class Parser(Protocol):
    """Reads feed documents, whatever is in them."""

    async def parse(self, document: Fetched, *, seen_at: datetime) -> ParsedFeed:
        """Raise a ParseError where it is no usable feed. ``seen_at`` bounds the entries' dates."""
        ...
