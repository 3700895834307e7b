"""Keeping the feeds that are followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.feed import Feed, FeedReading, FeedSpec
from bot.domain.language import ArticleLanguage
from bot.ports.scope import Scope


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What reconciling feeds.yaml with the store did: feed names."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    """Listed, yet not read: moderators, or a week of failure, paused them."""


class FeedRows(Protocol):
    """Followed feeds and how reading them goes."""

    async def reconcile(self, specs: Sequence[FeedSpec]) -> ListChanges:
        """Make the operator's feeds those of feeds.yaml; an entry no longer there is retired, its articles stay."""
        ...

    async def archive(self, name: str, language: ArticleLanguage) -> Feed:
        """The archive source of that name, made where it is new."""
        ...

    async def listed(self, scope: Scope) -> tuple[Feed, ...]:
        """Every feed in scope that is not retired, in the order they were added."""
        ...

    async def visible(self, scope: Scope) -> frozenset[int]:
        """Ids of every feed whose articles a scope may see, retired ones too."""
        ...

    async def readings(self, feed_ids: Sequence[int]) -> Mapping[int, FeedReading]:
        """How reading each feed went so far; a feed never tried has a blank reading."""
        ...

    async def lease_due(
        self, owner: str, now: datetime, until: datetime, limit: int
    ) -> tuple[tuple[Feed, FeedReading], ...]:
        """Take the feeds due at ``now`` that nobody holds, oldest first, until ``until``."""
        ...

    async def lease_all(self, owner: str, now: datetime, until: datetime) -> tuple[tuple[Feed, FeedReading], ...]:
        """The same for every active feed that nobody holds, due or not."""
        ...

    async def entitle(self, feed_id: int, title: str) -> None:
        """Remember what a feed calls itself."""
        ...

    async def renew(self, owner: str, feed_ids: Sequence[int], until: datetime) -> frozenset[int]:
        """Hold them longer; those that are still the owner's. What was given back or taken meanwhile is left alone."""
        ...

    async def held(self, owner: str, feed_ids: Sequence[int]) -> frozenset[int]:
        """Those whose lease is still the owner's, ended or not: nobody else has read them since."""
        ...

    async def save_readings(self, readings: Sequence[FeedReading]) -> None:
        """Write what the next request needs and release the leases, all in one statement."""
        ...

    async def move(self, feed_id: int, url: str) -> None:
        """Follow a permanent redirect; nothing happens where another feed has that address."""
        ...

    async def stop(self, feed_id: int) -> None:
        """Mark a feed gone: its server said 410."""
        ...
