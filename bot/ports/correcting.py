"""Keeping what sources change after readers were told: revisions that wait, and the corrections chats are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.article import Article
from bot.domain.correction import Citing, Correction, NewRevision, Revision


class RevisionRows(Protocol):
    """Articles that say something else than they did."""

    async def differing(self, articles: Sequence[Article]) -> tuple[Article, ...]:
        """The stored versions of those of the articles that are about the war, or unread, and read otherwise now.

        Only the feed that brought an article first is believed about it: another one's excerpt is no change.
        """
        ...

    async def story_of(self, article_id: str) -> str | None:
        """The story an article was judged to be of."""
        ...

    async def rewrite(self, article: Article, *, again: bool) -> None:
        """Store what an article says now; ``again``: the newsroom shall judge it anew."""
        ...

    async def keep(self, revision: NewRevision) -> Revision:
        """Remember a change that has to be told."""
        ...

    async def waiting(self, limit: int) -> tuple[Revision, ...]:
        """Changes to be told, oldest first, of articles that the newsroom has read again."""
        ...

    async def done(self, revision_id: int) -> None:
        """Everyone concerned is told."""
        ...

    async def hold(self, delivery_id: int) -> None:
        """Keep everyone else from editing a delivery until this unit of work ends."""
        ...

    async def one(self, delivery_id: int) -> Citing | None:
        """A delivery as its chat sees it now; None where it never arrived."""
        ...

    async def citing(
        self, story_id: str, article_id: str | None, since: datetime, after: int, limit: int, chat_id: int | None = None
    ) -> tuple[Citing, ...]:
        """Deliveries since then that told a story from an article (None: from any), by id, above ``after``.

        ``chat_id`` set: those of one chat. What never arrived is left out.
        """
        ...


class CorrectionRows(Protocol):
    """What chats are still to be told at the start of their next edition."""

    async def owe(self, chat_id: int, key: str, correction: Correction) -> None:
        """Tell it at the start of the chat's next edition; a key that is there already is told once."""
        ...

    async def owed(self, chat_id: int) -> tuple[tuple[int, Correction], ...]:
        """What the chat's next edition opens with, by number, oldest first.

        What an edition opened with that never arrived is still owed.
        """
        ...

    async def told(self, numbers: Sequence[int], delivery_id: int) -> None:
        """A delivery opens with it. What earlier ones opened with, and was read, is forgotten."""
        ...

    async def drop(self, numbers: Sequence[int]) -> None:
        """It is too old to be told."""
        ...

    async def cancel(self, key: str) -> None:
        """It was taken back before it was told."""
        ...
