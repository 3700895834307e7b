"""What clustering remembers, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.changes import changed
from bot.adapters.sql.dialect import among, insert
from bot.adapters.sql.schema import articles, hidden_stories, stories
from bot.adapters.sql.sourcing import topics_of
from bot.domain.story import OpenStory


class SqlStoryRows:
    """Fulfils ``ports.StoryRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, since: datetime, *, apart: bool = False) -> tuple[OpenStory, ...]:
        """See the port. Merged stories are not open."""
        statement = select(stories).where(stories.c.last_published >= since, stories.c.merged_into.is_(None))
        if not apart:
            statement = statement.where(stories.c.apart.is_(False))
        rows = await self._connection.execute(statement.order_by(stories.c.last_published, stories.c.id))
        return tuple(OpenStory(row.id, row.last_published, row.memory, apart=row.apart) for row in rows)

    async def save(self, items: Sequence[OpenStory]) -> None:
        """See the port."""
        if not items:
            return
        new = insert(self._connection, stories)
        columns = {name: new.excluded[name] for name in ("last_published", "memory", "merged_into", "apart")}
        statement = new.on_conflict_do_update(index_elements=["id"], set_=columns)
        await self._connection.execute(statement, [_values(story) for story in items])
        for story in items:
            if story.merged_into is not None:
                await self._merge(story.id, story.merged_into)

    async def _merge(self, merged: str, into: str) -> None:
        """Everything that led to the merged story now leads straight to the last one, so one look-up always does."""
        target = await survivor(self._connection, into)
        led_here = (stories.c.id == merged) | (stories.c.merged_into == merged)
        await self._connection.execute(update(stories).where(led_here).values(merged_into=target))
        moved = await self._connection.scalars(select(articles.c.id).where(articles.c.story_id == merged))
        await changed(self._connection, await topics_of(self._connection, moved.all()))
        for table in (articles, hidden_stories):
            await self._connection.execute(update(table).where(table.c.story_id == merged).values(story_id=target))


async def survivor(connection: AsyncConnection, story_id: str) -> str:
    """The story itself, or the one it was merged into."""
    return (await survivors(connection, {story_id})).get(story_id, story_id)


async def survivors(connection: AsyncConnection, story_ids: Collection[str | None]) -> Mapping[str, str]:
    """Merged story → the one it was merged into; stories that were not merged are left out."""
    named = among(connection, stories.c.id, {story_id for story_id in story_ids if story_id is not None})
    statement = select(stories.c.id, stories.c.merged_into).where(named, stories.c.merged_into.is_not(None))
    return {row.id: row.merged_into for row in await connection.execute(statement)}


def _values(story: OpenStory) -> dict[str, object]:
    return {
        "id": story.id,
        "last_published": story.last_published,
        "memory": story.memory,
        "merged_into": story.merged_into,
        "apart": story.apart,
    }
