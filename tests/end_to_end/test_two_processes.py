"""Two ``bot run`` on one PostgreSQL and one token: nothing is read, judged or sent twice, whatever befalls either."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import Operator
from tests.end_to_end.replicas import House, house
from tests.fixtures_store import server_where_possible
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres

PAPERS = 40
ASKED_AT_ONCE = 8
"""Connections to one server of the operator's own."""
READERS = 40
SOME = 10
"""Briefings that arrived when something befalls their sender."""
A_TICK = 12.0
"""Seconds in which every tick of a process comes once."""
UNREAD = "SELECT count(*) FROM articles WHERE newsroom_version < 0"
TOLD_TWICE = "SELECT count(*) FROM (SELECT article_id, sentence FROM claims GROUP BY 1, 2, topic HAVING count(*) > 1) c"
EMPTY_STORIES = (
    "SELECT count(*) FROM stories WHERE id NOT IN (SELECT story_id FROM articles WHERE story_id IS NOT NULL)"
)
OPEN_PARTS = "SELECT count(*) FROM parts WHERE state IN ('pending', 'sending')"
WRITTEN = "SELECT count(*) FROM deliveries WHERE edits IS NULL"


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that may be stopped."""
    with server_where_possible() as one:
        yield one


async def _until_read(here: House) -> None:
    """Everything was asked for and judged, and each once."""
    await here.papers.until_asked(PAPERS)
    await here.until("SELECT count(*) FROM articles", PAPERS)
    await here.until(UNREAD, 0)
    assert here.papers.counts() == [1] * PAPERS


async def _until_sent(here: House) -> None:
    """Every reader's briefing is written, and nothing of it is on its way."""
    await here.until(WRITTEN, len(here.readers))
    await here.until(OPEN_PARTS, 0)


def _accounted(here: House) -> None:
    """Nobody has two; who has none is on record as in doubt. Nothing in the logs leads to anybody."""
    received = here.received()
    twice = [[message.text for message in here.telegram.sent(reader)] for reader in here.readers]
    assert max(received) == 1, [texts for texts in twice if len(texts) > 1]
    doubts = here.number("SELECT count(*) FROM parts WHERE state = 'unknown'")
    assert received.count(0) <= doubts
    assert here.number("SELECT count(*) FROM parts WHERE state = 'sent'") == len(here.readers) - doubts
    secrets = [here.telegram.token, here.telegram.token.partition(":")[2], *map(str, here.readers)]
    assert [secret for secret in secrets if secret in here.logs] == []
    assert "Traceback" not in here.logs


async def test_each_feed_is_read_once_each_article_judged_once_each_person_answered_once(
    operator: Operator, server: PostgresServer
) -> None:
    async with house(operator, server, PAPERS) as here:
        await _until_read(here)
        awa = here.telegram.person("fr")
        for words in ("/status ceasefire", "/sources", "/help"):
            await here.telegram.private(words, person=awa)
            await here.telegram.next_message(awa.chat)
        await here.subscribe(READERS)
        await _until_sent(here)
        assert here.received() == [1] * READERS

        # All are due again, and their servers hang; who reads them is stopped for longer than its leases last.
        here.papers.open.clear()
        here.ask("UPDATE feed_readings SET next_poll = now()")
        await here.papers.until_asked(PAPERS + ASKED_AT_ONCE)
        (owner,) = set(here.ask("SELECT lease_owner FROM feed_readings").splitlines())
        stopped = here.holder(owner)
        stopped.signal(signal.SIGSTOP)
        here.papers.open.set()
        await here.papers.until_asked(2 * PAPERS + ASKED_AT_ONCE)
        await here.until("SELECT count(*) FROM feed_readings WHERE lease_owner IS NOT NULL", 0)
        readings = here.ask("SELECT * FROM feed_readings ORDER BY feed_id")
        stopped.signal(signal.SIGCONT)
        await asyncio.sleep(A_TICK)

        # What it had asked for was asked again by the other; what it had not, it leaves alone.
        assert sorted(here.papers.counts()) == [2] * (PAPERS - ASKED_AT_ONCE) + [3] * ASKED_AT_ONCE
        assert here.ask("SELECT * FROM feed_readings ORDER BY feed_id") == readings
        await here.until(UNREAD, 0)
        assert here.number(TOLD_TWICE) == here.number(EMPTY_STORIES) == 0
        assert here.received() == [1] * READERS
        assert len(here.telegram.sent(awa.chat)) == 3
        _accounted(here)
    assert here.telegram.violations == []


async def test_a_sender_that_stands_still_is_replaced_and_sends_nothing_afterwards(
    operator: Operator, server: PostgresServer
) -> None:
    async with house(operator, server, PAPERS) as here:
        await _until_read(here)
        await here.subscribe(READERS)
        await here.until_received(SOME)
        stopped = here.connected()
        stopped.signal(signal.SIGSTOP)
        await _until_sent(here)
        assert here.connected() is not stopped
        before = here.received()
        stopped.signal(signal.SIGCONT)
        await asyncio.sleep(A_TICK)
        assert here.received() == before
        _accounted(here)
        # It stands by, and goes on when the other is gone.
        here.connected().signal(signal.SIGKILL)
        await here.telegram.private("/help", person=here.telegram.person("fr"))
        await here.telegram.next_message(here.telegram.person("fr").chat)
        assert here.connected() is stopped
    assert here.telegram.violations == []


async def test_killed_and_with_their_database_restarted_they_go_on_and_nobody_has_two(
    operator: Operator, server: PostgresServer
) -> None:
    async with house(operator, server, PAPERS, replicas=3) as here:
        await _until_read(here)
        await here.subscribe(READERS)
        await here.until_received(SOME)
        here.connected().signal(signal.SIGKILL)
        await _until_sent(here)
        _accounted(here)
        assert not re.search("another program reads", here.logs)

        await here.subscribe(READERS)
        await here.until_received(READERS + SOME)
        server.stop()
        server.start()
        await _until_sent(here)
        _accounted(here)
        assert here.papers.counts() == [1] * PAPERS
    assert here.telegram.violations == []
