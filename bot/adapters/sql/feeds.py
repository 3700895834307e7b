"""Feeds and how reading them goes, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, among, free, insert
from bot.adapters.sql.schema import chat_feeds, feed_readings, feeds, muted_feeds
from bot.adapters.sql.scoping import listed_in, visible_feeds
from bot.domain.feed import (
    NO_RHYTHM,
    Feed,
    FeedReading,
    FeedSpec,
    FeedState,
    Origin,
    Ownership,
    Rhythm,
    Validators,
    host_of,
)
from bot.domain.language import ArticleLanguage
from bot.ports import ListChanges, Scope


class SqlFeedRows:
    """Fulfils ``ports.FeedRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- What is followed ---

    async def reconcile(self, specs: Sequence[FeedSpec]) -> ListChanges:
        """See the port. A feed that moved is still the entry it was listed as; a chat's feed that the operator lists
        becomes everyone's, and stays the chat's when it is taken off the list again.
        """
        known = await self._listed_or_at([spec.url for spec in specs])
        added: list[str] = []
        changed: list[str] = []
        paused: list[str] = []
        kept: set[int] = set()
        for spec in specs:
            row = known.get(spec.url)
            feed_id = await self._insert(spec, Origin.FILE) if row is None else row.id
            if feed_id in kept:
                continue  # two entries lead to the same feed: the first one describes it
            kept.add(feed_id)
            if row is None or not _is_on_the_list(row):
                added.append(_name(spec))
            elif read_feed(row).spec != replace(spec, url=row.url):
                changed.append(_name(spec))
            if row is not None:
                await self._take_over(row, spec)
                paused += [_name(spec)] if row.state == FeedState.PAUSED else []
        return ListChanges(tuple(added), tuple(changed), await self._retire_all_but(kept), tuple(paused))

    async def archive(self, name: str, language: ArticleLanguage) -> Feed:
        """See the port."""
        spec = FeedSpec(url=f"archive:{name}", name=name, language=language)
        feed_id = await self._insert(spec, Origin.ARCHIVE)
        return read_feed((await self._connection.execute(select(feeds).where(feeds.c.id == feed_id))).one())

    async def listed(self, scope: Scope) -> tuple[Feed, ...]:
        """See the port."""
        rows = await self._connection.execute(select(feeds).where(listed_in(scope)).order_by(feeds.c.id))
        return tuple(read_feed(row) for row in rows)

    async def visible(self, scope: Scope) -> frozenset[int]:
        """See the port."""
        return frozenset(await self._connection.scalars(visible_feeds(scope)))

    async def move(self, feed_id: int, url: str) -> None:
        """See the port."""
        if await self._connection.scalar(select(feeds.c.id).where(feeds.c.url == url)) is None:
            await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(url=url))

    async def stop(self, feed_id: int) -> None:
        """See the port."""
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(state=FeedState.GONE))

    # --- How reading goes ---

    async def readings(self, feed_ids: Sequence[int]) -> Mapping[int, FeedReading]:
        """See the port."""
        found = {feed_id: FeedReading(feed_id) for feed_id in feed_ids}
        asked = among(self._connection, feed_readings.c.feed_id, feed_ids)
        rows = await self._connection.execute(select(feed_readings).where(asked))
        found.update((row.feed_id, _read_reading(row, row.feed_id)) for row in rows)
        return found

    async def lease_due(
        self, owner: str, now: datetime, until: datetime, limit: int
    ) -> tuple[tuple[Feed, FeedReading], ...]:
        """See the port."""
        due = (feed_readings.c.next_poll.is_(None)) | (feed_readings.c.next_poll <= now)
        return await self._lease(due, owner, now, until, limit)

    async def lease_all(self, owner: str, now: datetime, until: datetime) -> tuple[tuple[Feed, FeedReading], ...]:
        """See the port."""
        return await self._lease(true(), owner, now, until, None)

    async def entitle(self, feed_id: int, title: str) -> None:
        """See the port."""
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(title=title))

    async def renew(self, owner: str, feed_ids: Sequence[int], until: datetime) -> frozenset[int]:
        """See the port. Rows that another transaction has in its hands are being written or taken: left to it."""
        free = select(feed_readings.c.feed_id).where(self._mine(owner, feed_ids)).with_for_update(skip_locked=True)
        renewed = update(feed_readings).where(feed_readings.c.feed_id.in_(free)).values(lease_until=until)
        return frozenset(await self._connection.scalars(renewed.returning(feed_readings.c.feed_id)))

    async def held(self, owner: str, feed_ids: Sequence[int]) -> frozenset[int]:
        """See the port. Nobody takes them before the unit of work ends."""
        mine = select(feed_readings.c.feed_id).where(self._mine(owner, feed_ids)).order_by(feed_readings.c.feed_id)
        return frozenset(await self._connection.scalars(mine.with_for_update()))

    def _mine(self, owner: str, feed_ids: Sequence[int]) -> ColumnElement[bool]:
        asked = among(self._connection, feed_readings.c.feed_id, feed_ids)
        return and_(asked, feed_readings.c.lease_owner == owner)

    async def save_readings(self, readings: Sequence[FeedReading]) -> None:
        """See the port."""
        if not readings:
            return
        # Parameters named as columns are set.
        statement = update(feed_readings).where(feed_readings.c.feed_id == bindparam("of_feed"))
        await self._connection.execute(statement, [_reading_values(reading) for reading in readings])

    async def _lease(
        self, due: ColumnElement[bool], owner: str, now: datetime, until: datetime, limit: int | None
    ) -> tuple[tuple[Feed, FeedReading], ...]:
        picked = (
            select(feeds, *(column for column in feed_readings.c if column.name != "feed_id"))
            .join_from(feeds, feed_readings)
            .where(due, free(feed_readings.c.lease_until, now), _is_polled())
            .order_by(feed_readings.c.next_poll.nulls_first(), feeds.c.id)
            .limit(limit)
            .with_for_update(of=feed_readings, skip_locked=True)
        )
        rows = (await self._connection.execute(picked)).all()
        taken = update(feed_readings).where(among(self._connection, feed_readings.c.feed_id, [row.id for row in rows]))
        fence = feed_readings.c.lease_fence + 1
        await self._connection.execute(taken.values(lease_owner=owner, lease_until=until, lease_fence=fence))
        return tuple((read_feed(row), _read_reading(row, row.id)) for row in rows)

    # --- The operator's list ---

    async def _listed_or_at(self, urls: Sequence[str]) -> dict[str, AnyRow]:
        """Address → its feed: the one listed under it, else the one that is read from there."""
        found: dict[str, AnyRow] = {}
        for column in (feeds.c.url, feeds.c.listed_url):
            here = select(feeds, column.label("found_at")).where(among(self._connection, column, urls))
            found.update((row.found_at, row) for row in await self._connection.execute(here))
        return found

    async def _insert(self, spec: FeedSpec, origin: Origin) -> int:
        """The id of a new public feed, or of the one that has the address already."""
        listed_url = spec.url if origin is Origin.FILE else None
        values = {"listed_url": listed_url, "origin": origin, "state": FeedState.ACTIVE, "public": True}
        statement = insert(self._connection, feeds).values(url=spec.url, **_spec_values(spec), **values)
        made = await self._connection.scalar(statement.on_conflict_do_nothing().returning(feeds.c.id))
        if made is None:
            return int((await self._connection.execute(select(feeds.c.id).where(feeds.c.url == spec.url))).scalar_one())
        await self._connection.execute(insert(self._connection, feed_readings).values(feed_id=made))
        return int(made)

    async def _take_over(self, row: AnyRow, spec: FeedSpec) -> None:
        """Make a known feed the operator's entry. What its server or a moderator stopped stays stopped."""
        state = FeedState.ACTIVE if row.state == FeedState.RETIRED else row.state
        values = {"listed_url": spec.url, "origin": Origin.FILE, "state": state, "public": True}
        statement = update(feeds).where(feeds.c.id == row.id).values(**_spec_values(spec), **values)
        await self._connection.execute(statement)

    async def _retire_all_but(self, kept: Iterable[int]) -> tuple[str, ...]:
        listed = select(feeds).where(feeds.c.origin == Origin.FILE, feeds.c.state != FeedState.RETIRED)
        rows = (await self._connection.execute(listed.order_by(feeds.c.id))).all()
        dropped = [row for row in rows if row.id not in set(kept)]
        theirs = among(self._connection, feeds.c.id, [row.id for row in dropped])
        owned = exists().where(chat_feeds.c.feed_id == feeds.c.id)
        back = update(feeds).where(theirs, owned)
        await self._connection.execute(back.values(origin=Origin.CHAT, public=False, listed_url=None))
        rest = update(feeds).where(theirs, feeds.c.origin == Origin.FILE)
        await self._connection.execute(rest.values(state=FeedState.RETIRED))
        return tuple(read_feed(row).name for row in dropped)


def read_feed(row: AnyRow) -> Feed:
    """A row of ``feeds``."""
    spec = FeedSpec(
        url=row.url,
        name=row.name,
        language=row.language,
        country=row.country,
        ownership=None if row.ownership is None else Ownership(row.ownership),
        dedicated=row.dedicated,
        full_text=row.full_text,
    )
    return Feed(row.id, spec, Origin(row.origin), FeedState(row.state), row.public, row.title)


def _spec_values(spec: FeedSpec) -> dict[str, object]:
    """Everything but the address."""
    return {field.name: getattr(spec, field.name) for field in fields(spec) if field.name != "url"}


def _name(spec: FeedSpec) -> str:
    return spec.name or host_of(spec.url)


def _is_on_the_list(row: AnyRow) -> bool:
    return bool(row.origin == Origin.FILE and row.state != FeedState.RETIRED)


def _is_polled() -> ColumnElement[bool]:
    """A feed that no chat wants any more is not read either: the chat may have been deleted, or mute it."""
    silenced = and_(muted_feeds.c.chat_id == chat_feeds.c.chat_id, muted_feeds.c.feed_id == chat_feeds.c.feed_id)
    wanted = exists().where(chat_feeds.c.feed_id == feeds.c.id, ~exists().where(silenced))
    followed = or_(feeds.c.public, wanted)
    return and_(feeds.c.state == FeedState.ACTIVE, feeds.c.origin != Origin.ARCHIVE, followed)


def _read_reading(row: AnyRow, feed_id: int) -> FeedReading:
    return FeedReading(
        feed_id=feed_id,
        validators=Validators(row.etag, row.last_modified),
        body_hash=row.body_hash,
        next_poll=row.next_poll,
        last_attempt=row.last_attempt,
        last_success=row.last_success,
        failing_since=row.failing_since,
        failures=row.failures,
        error_key=row.error_key,
        error_arguments=row.error_arguments,
        skipped_entries=row.skipped_entries,
        rhythm=_read_rhythm(row.rhythm),
    )


def _read_rhythm(values: tuple[Any, ...] | None) -> Rhythm:
    if values is None:
        return NO_RHYTHM
    interval, gap, hours, days = values
    return Rhythm(interval, gap, tuple(hours), tuple(days))


def _rhythm_values(rhythm: Rhythm) -> tuple[Any, ...]:
    return rhythm.interval_seconds, rhythm.gap_seconds, rhythm.skipped_hours, rhythm.skipped_days


def _reading_values(reading: FeedReading) -> dict[str, object]:
    """Parameters of ``save_readings``; its lease is given back."""
    return {
        "of_feed": reading.feed_id,
        "etag": reading.validators.etag,
        "last_modified": reading.validators.last_modified,
        "body_hash": reading.body_hash,
        "next_poll": reading.next_poll,
        "last_attempt": reading.last_attempt,
        "last_success": reading.last_success,
        "failing_since": reading.failing_since,
        "failures": reading.failures,
        "error_key": reading.error_key,
        "error_arguments": reading.error_arguments,
        "skipped_entries": reading.skipped_entries,
        "rhythm": _rhythm_values(reading.rhythm),
        "lease_owner": None,
        "lease_until": None,
    }
