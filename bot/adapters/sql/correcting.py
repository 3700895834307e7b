"""What sources change after readers were told, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.columns import storable
from bot.adapters.sql.dialect import AnyRow, among, insert
from bot.adapters.sql.schema import (
    UNREAD,
    article_feeds,
    articles,
    corrections,
    deliveries,
    delivery_told,
    parts,
    revisions,
    stories,
)
from bot.adapters.sql.sourcing import ARTICLE, all_feed_ids, read_article
from bot.adapters.sql.stories import survivor
from bot.domain.article import Article, Verdict
from bot.domain.correction import Citing, Correction, NewRevision, Revision, Wording
from bot.domain.delivery import DeliveryKind, PartState

_WORDING = TypeAdapter(Wording)
_CORRECTION = TypeAdapter(Correction)


class SqlRevisionRows:
    """Fulfils ``ports.RevisionRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- Noticing ---

    async def differing(self, items: Sequence[Article]) -> tuple[Article, ...]:
        """See the port. Two look-ups by id: most articles of a feed that changed are as they were."""
        wanted = {(storable(item.id), feed): item for item in items if item.fingerprint for feed in item.feed_ids}
        ids = {article_id for article_id, _ in wanted}
        brought = select(articles.c.id, articles.c.fingerprint, article_feeds.c.feed_id)
        brought = brought.join_from(articles, article_feeds, article_feeds.c.article_id == articles.c.id)
        first = and_(among(self._connection, articles.c.id, ids), article_feeds.c.position == 0)
        matter = or_(articles.c.verdict == Verdict.YES, articles.c.newsroom_version == UNREAD)
        rows = (await self._connection.execute(brought.where(first, matter))).all()
        now = {row: wanted[row.id, row.feed_id].fingerprint for row in rows if (row.id, row.feed_id) in wanted}
        for row, fingerprint in now.items():
            if row.fingerprint is None:
                known = update(articles).where(articles.c.id == row.id)
                await self._connection.execute(known.values(fingerprint=fingerprint))
        other = [row.id for row, fingerprint in now.items() if row.fingerprint not in {None, fingerprint}]
        return await self._articles(other) if other else ()

    async def story_of(self, article_id: str) -> str | None:
        """See the port."""
        story: str | None = await self._connection.scalar(
            select(articles.c.story_id).where(articles.c.id == article_id)
        )
        return story

    async def rewrite(self, article: Article, *, again: bool) -> None:
        """See the port."""
        values: dict[str, object] = {
            "title": article.title,
            "summary": article.summary,
            "text": article.text,
            "fingerprint": article.fingerprint,
        }
        if again:
            values["newsroom_version"] = UNREAD
        await self._connection.execute(update(articles).where(articles.c.id == article.id).values(values))

    async def keep(self, revision: NewRevision) -> Revision:
        """See the port."""
        values = {
            "article_id": revision.article_id,
            "story_id": revision.story_id,
            "language": revision.language,
            "before": _WORDING.dump_json(revision.before).decode(),
            "after": _WORDING.dump_json(revision.after).decode(),
            "noticed_at": revision.noticed_at,
        }
        statement = insert(self._connection, revisions).values(values).returning(revisions)
        return _revision((await self._connection.execute(statement)).one())

    async def _articles(self, ids: Sequence[str]) -> tuple[Article, ...]:
        statement = select(*ARTICLE).where(among(self._connection, articles.c.id, ids))
        rows = (await self._connection.execute(statement.order_by(articles.c.id))).all()
        carried = await all_feed_ids(self._connection, ids)
        return tuple(read_article(row, carried[row.id]) for row in rows)

    # --- Telling ---

    async def waiting(self, limit: int) -> tuple[Revision, ...]:
        """See the port."""
        statement = select(revisions).join_from(revisions, articles, articles.c.id == revisions.c.article_id)
        read = statement.where(articles.c.newsroom_version != UNREAD).order_by(revisions.c.id).limit(limit)
        return tuple(_revision(row) for row in await self._connection.execute(read))

    async def done(self, revision_id: int) -> None:
        """See the port."""
        await self._connection.execute(delete(revisions).where(revisions.c.id == revision_id))

    async def hold(self, delivery_id: int) -> None:
        """See the port. SQLite has one writer anyway."""
        await self._connection.execute(select(deliveries.c.id).where(deliveries.c.id == delivery_id).with_for_update())

    async def citing(
        self, story_id: str, article_id: str | None, since: datetime, after: int, limit: int, chat_id: int | None = None
    ) -> tuple[Citing, ...]:
        """See the port. A story goes by every id it ever had."""
        last = await survivor(self._connection, story_id)
        merged = select(stories.c.id).where(stories.c.merged_into == last)
        of_story = or_(delivery_told.c.story_id.in_([story_id, last]), delivery_told.c.story_id.in_(merged))
        root = func.coalesce(deliveries.c.edits, deliveries.c.id).label("root")
        statement = select(root, delivery_told.c.article_ids).join_from(delivery_told, deliveries)
        statement = statement.where(of_story, deliveries.c.created_at > since, root > after)
        if chat_id is not None:
            statement = statement.where(deliveries.c.chat_id == chat_id)
        rows = await self._connection.execute(statement.order_by(root))
        told = dict.fromkeys(row.root for row in rows if article_id is None or article_id in row.article_ids)
        return await self._as_seen(list(told)[:limit])

    async def one(self, delivery_id: int) -> Citing | None:
        """See the port."""
        found = await self._as_seen([delivery_id])
        return found[0] if found else None

    async def _as_seen(self, roots: Sequence[int]) -> tuple[Citing, ...]:
        if not roots:
            return ()
        chosen = select(deliveries).where(among(self._connection, deliveries.c.id, roots)).order_by(deliveries.c.id)
        firsts = (await self._connection.execute(chosen)).all()
        states, latest = await self._states(roots), await self._latest(roots)
        return tuple(
            Citing(
                delivery_id=row.id,
                chat_id=row.chat_id,
                briefing=latest.get(row.id) or row.briefing or "",
                sent_at=row.created_at,
                editable=bool(states[row.id].findable),
                parts=states[row.id].parts,
                breaking=row.kind == DeliveryKind.BREAKING,
            )
            for row in firsts
            if row.id in states and states[row.id].alive
        )

    async def _states(self, roots: Sequence[int]) -> Mapping[int, AnyRow]:
        """Delivery → how many parts it has had, whether any may be there, and whether they can be found."""
        root = func.coalesce(deliveries.c.edits, deliveries.c.id).label("root")
        original = deliveries.c.edits.is_(None)
        here = func.count().filter(and_(original, parts.c.state != PartState.DEAD)) > 0
        lost = and_(original, parts.c.state == PartState.SENT, parts.c.message_id.is_(None))
        statement = select(
            root,
            (func.max(parts.c.ordinal) + 1).label("parts"),
            here.label("alive"),
            (func.count().filter(lost) == 0).label("findable"),
        ).join_from(parts, deliveries, deliveries.c.id == parts.c.delivery_id)
        ours = or_(among(self._connection, deliveries.c.id, roots), among(self._connection, deliveries.c.edits, roots))
        return {row.root: row for row in await self._connection.execute(statement.where(ours).group_by(root))}

    async def _latest(self, roots: Sequence[int]) -> Mapping[int, str]:
        edits = select(deliveries.c.edits, deliveries.c.briefing).where(
            among(self._connection, deliveries.c.edits, roots), deliveries.c.briefing.is_not(None)
        )
        return {row.edits: row.briefing for row in await self._connection.execute(edits.order_by(deliveries.c.id))}


class SqlCorrectionRows:
    """Fulfils ``ports.CorrectionRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def owe(self, chat_id: int, key: str, correction: Correction) -> None:
        """See the port."""
        said = _CORRECTION.dump_json(correction).decode()
        new = insert(self._connection, corrections).values(chat_id=chat_id, key=key, correction=said)
        await self._connection.execute(new.on_conflict_do_nothing())

    async def owed(self, chat_id: int) -> tuple[tuple[int, Correction], ...]:
        """See the port."""
        theirs = select(corrections).where(corrections.c.chat_id == chat_id, ~_shown()).order_by(corrections.c.id)
        rows = await self._connection.execute(theirs)
        return tuple((row.id, _CORRECTION.validate_json(row.correction)) for row in rows)

    async def told(self, numbers: Sequence[int], delivery_id: int) -> None:
        """See the port."""
        these = among(self._connection, corrections.c.id, numbers)
        await self._connection.execute(update(corrections).where(these).values(told_by=delivery_id))
        chat = select(deliveries.c.chat_id).where(deliveries.c.id == delivery_id).scalar_subquery()
        arrived = and_(corrections.c.chat_id == chat, corrections.c.told_by < delivery_id, _shown(waiting=False))
        await self._connection.execute(delete(corrections).where(arrived))

    async def drop(self, numbers: Sequence[int]) -> None:
        """See the port."""
        await self._connection.execute(delete(corrections).where(among(self._connection, corrections.c.id, numbers)))

    async def cancel(self, key: str) -> None:
        """See the port."""
        await self._connection.execute(delete(corrections).where(corrections.c.key == key))


def _shown(*, waiting: bool = True) -> ColumnElement[bool]:
    """The first part of the edition that opens with it arrived, or may have; ``waiting``: or still waits.

    An edition that the ledger has forgotten was settled long ago.
    """
    opening = and_(parts.c.delivery_id == corrections.c.told_by, parts.c.ordinal == 0)
    not_shown = [PartState.DEAD] if waiting else [PartState.DEAD, PartState.PENDING, PartState.SENDING]
    lost = exists().where(opening, parts.c.state.in_(not_shown))
    return and_(corrections.c.told_by.is_not(None), ~lost)


def _revision(row: AnyRow) -> Revision:
    return Revision(
        article_id=row.article_id,
        story_id=row.story_id,
        language=row.language,
        before=_WORDING.validate_json(row.before),
        after=_WORDING.validate_json(row.after),
        noticed_at=row.noticed_at,
        id=row.id,
    )
