"""Nothing that is asked all the time reads a whole large table, as SQLite plans it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.adapters.sql.schema import articles
from bot.adapters.sql.store import SqlStore, SqlUnitOfWork
from bot.domain.delivery import ClaimedPart, SendOutcome, SendResult
from bot.domain.message import RenderedPart
from bot.ports import Scope
from tests.contracts.examples import LAST_DAY, LEASE, NOON, article, delivery, follow, judged, meet, slot, subscription

LARGE = ("articles", "article_changes", "article_feeds", "article_topics", "claims", "stories", "chats",
         "subscriptions", "deliveries", "delivery_told", "parts", "inbound")  # fmt: skip
SCOPE = Scope(chat_id=1, known_by=NOON)
PART = ClaimedPart(1, 1, 0, 1, None, RenderedPart({}), "nonce", 0, 1)  # type: ignore[arg-type]  # no address is read

Question = Callable[[SqlUnitOfWork], Awaitable[object]]

QUESTIONS: dict[str, Question] = {
    "articles.unread": lambda unit: unit.articles.unread(2, 200),
    "articles.record": lambda unit: unit.articles.record([judged("a", topics=["aid"])]),
    "articles.stories": lambda unit: unit.articles.stories(SCOPE, LAST_DAY),
    "articles.story": lambda unit: unit.articles.story("story", SCOPE),
    "articles.steady_feeds": lambda unit: unit.articles.steady_feeds(SCOPE, [LAST_DAY]),
    "articles.search": lambda unit: unit.articles.search(["word", "other"], SCOPE, 20),
    "articles.tally": lambda unit: unit.articles.tally(SCOPE, LAST_DAY),
    "articles.first_known": lambda unit: unit.articles.first_known(SCOPE),
    "articles.feeds_reached": lambda unit: unit.articles.feeds_reached(SCOPE, LAST_DAY),
    "stories.open": lambda unit: unit.stories.open(NOON),
    "coverage.revision": lambda unit: unit.coverage.revision(),
    "coverage.revision of a topic": lambda unit: unit.coverage.revision("aid"),
    "coverage.newest": lambda unit: unit.coverage.newest("aid", SCOPE, LAST_DAY.start, 20),
    "coverage.remembered": lambda unit: unit.coverage.remembered(["a", "b"]),
    "coverage.counted": lambda unit: unit.coverage.counted("aid", NOON),
    "coverage.changed": lambda unit: unit.coverage.changed(0),
    "claims.add": lambda unit: unit.claims.add([], of=["a"]),
    "chats.get": lambda unit: unit.chats.get(1),
    "chats.choose": lambda unit: unit.chats.choose(1, language="en"),
    "chats.receive": lambda unit: unit.chats.receive("telegram", "1", NOON),
    "chats.carried_out": lambda unit: unit.chats.carried_out("telegram", "1", NOON),
    "subscriptions.of": lambda unit: unit.subscriptions.of(1),
    "subscriptions.lease_due": lambda unit: unit.subscriptions.lease_due("us", NOON, NOON + LEASE, 20),
    "subscriptions.advance": lambda unit: unit.subscriptions.advance(1, slot(NOON), slot(NOON + timedelta(days=1))),
    "deliveries.claim": lambda unit: unit.deliveries.claim("us", ["telegram"], NOON, NOON + LEASE, 20),
    "deliveries.settle": lambda unit: unit.deliveries.settle(PART, SendResult(SendOutcome.CHAT_GONE), NOON, None),
    "deliveries.expire": lambda unit: unit.deliveries.expire(NOON),
    "corrections.owed": lambda unit: unit.corrections.owed(1),
    "corrections.told": lambda unit: unit.corrections.told([1], 1),
    "subscriptions.hold": lambda unit: unit.subscriptions.hold(1),
    "deliveries.doubt_interrupted": lambda unit: unit.deliveries.doubt_interrupted(NOON),
    "deliveries.last_window_end": lambda unit: unit.deliveries.last_window_end(1),
    "deliveries.told": lambda unit: unit.deliveries.told(1, NOON),
    "upkeep.drop_texts": lambda unit: unit.upkeep.drop_texts(NOON, 100),
    "upkeep.remove_articles": lambda unit: unit.upkeep.remove_articles(NOON, 100),
    "upkeep.remove_stories": lambda unit: unit.upkeep.remove_stories(NOON, 100),
    "upkeep.remove_deliveries": lambda unit: unit.upkeep.remove_deliveries(NOON, 100),
    "upkeep.remove_updates": lambda unit: unit.upkeep.remove_updates(NOON, 100),
    "servers.astray": lambda unit: unit.servers.astray("telegram", "100", ["1", "2"]),
    "servers.shut": lambda unit: unit.servers.shut("telegram", ["1", "2"]),
    "servers.own": lambda unit: unit.servers.own(1, "100"),
    "chats.forget": lambda unit: unit.chats.forget(1),
    "upkeep.forget_gone": lambda unit: unit.upkeep.forget_gone(NOON, NOON, 100),
}


@pytest.fixture
async def filled(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A store with one of everything, so that every statement of a question is sent."""
    store = await SqlStore.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'depeche.db')}")
    (feed,) = await follow(store, "alpha")
    chat = await meet(store)
    async with store.write() as unit:
        await unit.articles.add([article("a", feed), article("b", feed)])
        await unit.articles.record([judged("a", topics=["aid"], terms=["word", "other"])])
        await unit.subscriptions.add(subscription(chat))
        await unit.deliveries.enqueue(delivery(chat, parts=2), NOON)
    yield store
    await store.close()


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_question_reads_a_whole_large_table(filled: SqlStore, question: str) -> None:
    assert await whole_tables_read(filled, QUESTIONS[question]) == []


async def test_a_question_that_does_would_be_noticed(filled: SqlStore) -> None:
    by_title = select(articles).where(articles.c.title == "Title of a")
    assert await whole_tables_read(filled, lambda unit: unit.chats._connection.execute(by_title)) == ["SCAN articles"]


async def whole_tables_read(store: SqlStore, question: Question) -> list[str]:
    """The steps of SQLite's plans for a question's statements that read a large table from end to end."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        sent.append((statement, values[0] if many else values))

    async with store.write() as unit:
        connection = unit.chats._connection
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await question(unit)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        steps: list[str] = []
        for statement, values in sent:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps += plan.scalars("detail")
    assert sent, "nothing was asked"
    return [step for step in steps if _reads_whole(step)]


def _reads_whole(step: str) -> bool:
    """``SCAN articles``; a virtual table's SCAN names its index, ours are ``anon_1`` and ``article_search``."""
    words = step.split()
    return words[0] == "SCAN" and words[1] in LARGE
