"""The parser process: killed when it must be, replaced at once, never in the loop's way."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psutil
import pytest

from bot.adapters.web.parse import FeedParser
from bot.domain.article import ParsedFeed
from bot.domain.errors import BrokenFeed, EmptyBody, NotAFeed, ParseError, ParserKilled
from bot.domain.feed import NO_VALIDATORS
from bot.ports import Fetched
from tests.adapters.web.loop import Loop
from tests.fakes.web import RSS, feed

SEEN = datetime(2025, 2, 10, 12, tzinfo=UTC)
GOOD = feed("Une trêve est proposée", "Des pourparlers reprennent")
SLOW = b'<rss version="2.0"><channel><title>x</title>' + b"<category>" * 400_000
"""feedparser needs minutes for it."""


def document(body: bytes | None, url: str = "https://journal.test/feed") -> Fetched:
    return Fetched(url, None, url, body, RSS, NO_VALIDATORS, 0)


def workers() -> list[psutil.Process]:
    """This process's parser workers; a database server of other tests may be among its children."""
    mine = (process for process in psutil.process_iter(["ppid"]) if process.info["ppid"] == os.getpid())
    alive = [child for child in mine if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "bot.adapters.web.parse_worker" in child.cmdline()]


@pytest.fixture
async def parser() -> AsyncIterator[FeedParser]:
    """Its jobs end by themselves, however busy the machine is."""
    async with FeedParser(job_seconds=120) as running:
        yield running


async def read(parser: FeedParser, body: bytes | None = GOOD) -> ParsedFeed:
    return await parser.parse(document(body), seen_at=SEEN)


async def test_a_feed_crosses_the_process_boundary_whole(parser: FeedParser) -> None:
    answer = await read(parser)
    first, second = answer.entries
    assert (answer.title, answer.site_url, answer.language) == ("Le Journal", "https://journal.test/", "fr")
    assert (first.title, first.url) == ("Une trêve est proposée", "https://journal.test/0")
    assert second.published == datetime(2025, 2, 10, 9, 1, tzinfo=UTC)


async def test_a_replayed_day_keeps_the_dates_of_what_came_after_it(parser: FeedParser) -> None:
    past = datetime(2025, 2, 9, tzinfo=UTC)
    answer = await parser.parse(document(GOOD), seen_at=past)
    assert answer.entries[0].published == datetime(2025, 2, 10, 9, tzinfo=UTC)


async def test_no_date_is_in_the_future(parser: FeedParser) -> None:
    answer = await read(parser, GOOD.replace(b"10 Feb 2025", b"10 Feb 2125"))
    assert all(entry.published is not None and entry.published <= datetime.now(UTC) for entry in answer.entries)


async def test_a_worker_starts_with_the_first_document_and_serves_all(parser: FeedParser) -> None:
    assert workers() == []
    for _ in range(3):
        await read(parser)
    assert len(workers()) == 1


async def test_closing_leaves_no_process() -> None:
    parser = FeedParser(workers=2)
    await asyncio.gather(read(parser), read(parser))
    assert len(workers()) == 2
    await parser.close()
    assert workers() == []


async def test_closing_ends_a_job_that_runs() -> None:
    parser = FeedParser(job_seconds=60)
    job = asyncio.create_task(read(parser, SLOW))
    await asyncio.sleep(0.5)
    await parser.close()
    with pytest.raises(ParserKilled):
        await job
    assert workers() == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (None, EmptyBody),
        (b"", EmptyBody),
        (b" \n", EmptyBody),
        (b"<html><body>404</body></html>", NotAFeed),
        (b"/etc/passwd", NotAFeed),
        (b"http://127.0.0.1:1/", NotAFeed),
        (b"<rss><channel>", BrokenFeed),
    ],
)
async def test_what_is_no_feed_raises_its_error(
    parser: FeedParser, body: bytes | None, error: type[ParseError]
) -> None:
    with pytest.raises(error) as caught:
        await parser.parse(document(body, "https://me:secret@journal.test/feed"), seen_at=SEEN)
    assert caught.value.arguments == {"url": "https://***@journal.test/feed"}


async def test_a_document_over_its_time_is_killed_and_the_next_one_is_read() -> None:
    async with FeedParser(job_seconds=4) as parser:
        await read(parser)
        (before,) = workers()
        started = time.monotonic()
        with pytest.raises(ParserKilled):
            await read(parser, SLOW)
        assert time.monotonic() - started < 30  # it would take minutes
        assert len((await read(parser)).entries) == 2
        (after,) = workers()
        assert after.pid != before.pid


async def test_a_document_over_its_cpu_time_ends_without_us() -> None:
    """The worker's own limit, for the day the event loop is too busy to look at its clock."""
    async with FeedParser(job_seconds=60, cpu_seconds=3) as parser:
        await read(parser)
        started = time.monotonic()
        with pytest.raises(ParserKilled):
            await read(parser, SLOW)
        assert time.monotonic() - started < 50  # its time would be a minute
        assert len((await read(parser)).entries) == 2


async def test_a_worker_that_ended_while_it_rested_is_replaced_unnoticed(parser: FeedParser) -> None:
    await read(parser)
    (worker,) = workers()
    worker.kill()
    await _until_gone(parser)
    assert len((await read(parser)).entries) == 2


async def test_a_worker_killed_at_work_costs_its_document_only() -> None:
    async with FeedParser(job_seconds=60) as parser:
        job = asyncio.create_task(read(parser, SLOW))
        await asyncio.sleep(0.4)
        (worker,) = workers()
        worker.kill()
        with pytest.raises(ParserKilled):
            await job
        assert len((await read(parser)).entries) == 2


async def _until_gone(parser: FeedParser) -> None:
    """asyncio hears of it a little later than the system."""
    for _ in range(2_000):
        await asyncio.sleep(0.01)
        if not workers() and not any(worker.alive for worker in parser._idle):
            return


async def test_a_cancelled_job_frees_its_place() -> None:
    async with FeedParser(job_seconds=60) as parser:
        job = asyncio.create_task(read(parser, SLOW))
        await asyncio.sleep(0.4)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert len((await read(parser)).entries) == 2
        assert len(workers()) == 1


async def test_the_event_loop_never_waits_for_a_document(loop_watch: Loop) -> None:
    async with FeedParser(job_seconds=4) as parser:
        await read(parser)
        loop_watch.longest = 0.0
        with pytest.raises(ParserKilled):
            await read(parser, SLOW)
    assert loop_watch.longest < 0.1


async def test_a_worker_knows_no_secret_and_imports_no_platform(
    parser: FeedParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    await read(parser)
    (worker,) = workers()
    assert set(worker.environ()) <= {"PYTHONPATH", "LC_ALL", "LC_CTYPE"}
    mapped = {os.path.basename(region.path) for region in worker.memory_maps()}  # noqa: PTH119 - a name, not a file
    assert not any(name.startswith(("_sqlite3", "_http_parser")) for name in mapped)
    assert worker.memory_info().rss < 40 * 1024 * 1024


async def test_memory_is_given_back_after_a_large_document(parser: FeedParser) -> None:
    many = b"<item><title>x</title><description>" + b"mot " * 50 + b"</description></item>"
    await read(parser, b'<rss version="2.0"><channel><title>x</title>' + many * 20_000 + b"</channel></rss>")
    await read(parser)
    assert sum(worker.memory_info().rss for worker in workers()) < 48 * 1024 * 1024
