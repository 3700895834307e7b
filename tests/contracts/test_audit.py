"""The log of changes."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.audit import NewChange
from bot.domain.moderation import Verb
from tests.contracts.examples import NOON, at, meet
from tests.contracts.moderation_examples import (
    ADDED,
    UNKNOWN,
    change,
    enter,
)


async def test_a_change_is_kept_as_it_was_written(store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    async with store.write() as unit:
        written = await unit.audit.record(change(chat, feed))
        assert await unit.audit.get(written.id) == written
        assert await unit.audit.get(written.id + 1) is None
    assert (written.before, written.after, written.at, written.can_be_undone) == (UNKNOWN, ADDED, NOON, True)


async def test_an_undone_change_says_so_and_is_not_the_last_any_more(store: SqlStore) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        first = await unit.audit.record(change(chat, feed, actor="one"))
        second = await unit.audit.record(change(chat, feed, actor="two"))
        await unit.audit.record(change(other, feed, actor="one"))
        assert await unit.audit.last(chat.id) == second
        assert await unit.audit.last(chat.id, "one") == first
        await unit.audit.record(change(chat, feed, Verb.UNDO, "one", undoes=second.id))
        undone = await unit.audit.get(second.id)
        assert undone is not None
        assert (undone.undone, undone.can_be_undone) == (True, False)
        assert await unit.audit.last(chat.id) == first
        assert await unit.audit.last(chat.id, "two") is None


async def test_a_chats_log_has_its_changes_and_a_bot_moderators_those_for_everyone_too(store: SqlStore) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    promoted = NewChange(NOON, "one", other.id, feed.id, "x", Verb.PROMOTE, ADDED, replace(ADDED, public=True))
    muted = replace(ADDED, public=True)
    quiet = NewChange(NOON, "one", other.id, feed.id, "x", Verb.MUTE, muted, replace(muted, muted=True))
    async with store.write() as unit:
        for one in (change(chat, feed), promoted, quiet, change(other, feed), change(chat, feed, Verb.PAUSE)):
            await unit.audit.record(one)
        own = await unit.audit.of(chat.id, everyones=False, limit=10)
        assert [one.verb for one in own] == [Verb.PAUSE, Verb.ADD]
        wide = await unit.audit.of(chat.id, everyones=True, limit=10)
        assert [one.verb for one in wide] == [Verb.PAUSE, Verb.PROMOTE, Verb.ADD]
        assert await unit.audit.of(chat.id, everyones=True, limit=1, skip=1) == wide[1:2]


async def test_additions_are_counted_for_a_day(store: SqlStore) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        for one in (change(chat, feed), change(chat, feed, Verb.REMOVE), change(other, feed)):
            await unit.audit.record(one)
        assert await unit.audit.additions(chat.id, at(-1)) == 1
        assert await unit.audit.additions(chat.id, NOON) == 0


async def test_the_log_outlives_the_chat_and_the_feed(store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    async with store.write() as unit:
        written = await unit.audit.record(change(chat, feed))
    async with store._database.writing() as connection:
        await connection.exec_driver_sql(f"DELETE FROM chats WHERE id = {chat.id}")
        await connection.exec_driver_sql(f"DELETE FROM feeds WHERE id = {feed.id}")
    async with store.read() as unit:
        kept = await unit.audit.get(written.id)
    assert kept == replace(written, chat_id=None, feed_id=None)
