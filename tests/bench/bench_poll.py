"""Polling 200 feeds of 20 WordPress-like items of 3 KB: CPU seconds of the whole command, all its processes.

``python -m tests.bench poll``; ``BENCH_FEEDS=2000`` for another number of feeds. An idle round (nothing due) is taken
off, as it was for the peers.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import psutil

from bot.adapters.web.document import parsed
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.parse import FeedParser
from bot.domain.feed import NO_VALIDATORS, Validators
from bot.ports import Fetched, FetchRequest
from tests.fakes.web import Answer, Asked, WebServer

ROOT = Path(__file__).parents[2]
FEEDS = int(os.environ.get("BENCH_FEEDS", "200"))
ITEMS = 20
_WORDS = """
le la les un une de du et à par pour selon avec sans ministère accord trêve front ville pont rivière hiver énergie
centrale réseau réunion sommet proposition délégation porte-parole aide convoi frontière blessés habitants nuit matin
"""
WORDS = _WORDS.split()
ROUNDS = ("cold", "all 304", "200 but unchanged", "one new item each")
_CHANGING = frozenset({"cold", "one new item each"})
"""Rounds that can't be repeated on the same database."""
REPEATS = 3
TARGETS = {"cold": 3.5, "all 304": 0.15, "200 but unchanged": 0.25, "one new item each": 2.5}
PEERS = {
    "cold": ("5.6–6.5", "4.3"),
    "all 304": ("0.35–0.41", "0.24–0.34"),
    "200 but unchanged": ("5.3–6.1", "3.4–3.5"),
    "one new item each": ("5.8–6.3", "3.4–3.8"),
}
"""CPU seconds of reader 3.26 and of RSS-to-Telegram-Bot on the same work and machine, measured once."""


def _item(number: int, chance: random.Random) -> str:
    def sentence(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."

    paragraphs = "".join(
        f'<p>{sentence(45)} <a href="https://journal@F@.test/x?utm_source=rss&amp;p={number}">{sentence(4)}</a> '
        f"<strong>{sentence(6)}</strong></p>\n"
        for _ in range(6)
    )
    date = format_datetime(datetime.now(UTC) - timedelta(hours=number + 1))
    address = f"https://journal@F@.test/{number}/?utm_source=rss&amp;utm_medium=rss"
    return (
        f"<item><title>{sentence(9)} {number} @F@</title><link>{address}</link><dc:creator><![CDATA[R]]></dc:creator>"
        f"<pubDate>{date}</pubDate><category><![CDATA[Monde]]></category>"
        f'<guid isPermaLink="false">https://journal@F@.test/?p={number}</guid>'
        f"<description><![CDATA[<p>{sentence(50)} [&#8230;]</p><p>L’article <a href='x'>{number}</a> est apparu en "
        f"premier sur <a href='y'>Journal</a>.</p>]]></description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


def _bodies() -> list[bytes]:
    """Ten documents with one item too many; a feed's number replaces ``@F@``."""
    chance = random.Random(1)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        "<title>Journal @F@</title><link>https://journal@F@.test</link><language>fr-FR</language>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
    )
    return [
        (head + "<!--new-->".join(_item(n, chance) for n in range(ITEMS + 1)) + "</channel></rss>").encode()
        for _ in range(10)
    ]


class Publisher:
    """The web the bot polls: a server in a thread, and what it does this round."""

    def __init__(self) -> None:
        self.round = "cold"
        self._bodies = _bodies()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self.server = WebServer({f"/{number}": self._answer for number in range(FEEDS)})

    def body(self, number: int, *, new: bool) -> bytes:
        """Without its first item, which is the new one."""
        head, first, rest = self._bodies[number % 10].partition(b"<item>")
        rest = first + rest if new else rest.partition(b"<!--new-->")[2]
        return (head + rest).replace(b"@F@", str(number).encode())

    def _answer(self, asked: Asked) -> Answer:
        number, new = int(asked.path[1:]), self.round == "one new item each"
        etag = f'"{number}-{new}"'
        if self.round == "all 304" and asked.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(self.body(number, new=new), headers={"ETag": etag})

    @contextlib.contextmanager
    def serving(self) -> Iterator[WebServer]:
        """Serve until the block ends."""
        done = asyncio.Event()

        async def serve() -> None:
            async with self.server:
                self._ready.set()
                await done.wait()

        thread = threading.Thread(target=lambda: self._loop.run_until_complete(serve()), daemon=True)
        thread.start()
        self._ready.wait()
        yield self.server
        self._loop.call_soon_threadsafe(done.set)
        thread.join()


def _run(words: list[str], environment: dict[str, str], folder: str) -> tuple[float, float]:
    """CPU seconds and peak MB of one run of the bot, its workers included."""
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-m", "bot", *words]
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=output, stderr=output)
        peak = 0.0
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.03)
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        output.seek(0)
        if process.returncode:
            raise SystemExit(output.read().decode())
    return ended[2].ru_utime + ended[2].ru_stime, peak


def _least(runs: list[tuple[float, float]]) -> tuple[float, float]:
    """The cheapest run's CPU, since other programs only ever make it dearer, and the highest memory."""
    return min(cpu for cpu, _ in runs), max(memory for _, memory in runs)


def _memory(pid: int) -> float:
    with contextlib.suppress(psutil.Error):
        main = psutil.Process(pid)
        return sum(one.memory_full_info().pss for one in [main, *main.children(recursive=True)]) / 1e6
    return 0.0


def whole() -> None:
    """The command as an operator runs it, round by round."""
    publisher = Publisher()
    with tempfile.TemporaryDirectory() as folder, publisher.serving() as server:
        listed = "".join(f"  - url: {server.url(f'/{number}')}\n" for number in range(FEEDS))
        Path(folder, "feeds.yaml").write_text(f"feeds:\n{listed}", encoding="utf-8")
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "FETCH_ALLOW": f"127.0.0.1:{server.port}",
        }
        rows = []
        for kind in ROUNDS:
            publisher.round = kind
            times = 1 if kind in _CHANGING else REPEATS
            command = ["poll", "--once", "--all", "--fetch-only"]
            rows.append((kind, *_least([_run(command, environment, folder) for _ in range(times)])))
        idle, _ = _least([_run(["poll", "--once", "--fetch-only"], environment, folder) for _ in range(REPEATS)])
        newsroom, memory = _run(["poll", "--once"], environment, folder)  # nothing is due: it reads what is unread
    print(f"{FEEDS} feeds, {len(publisher.server.requests)} requests; an idle round takes {idle:.2f} CPU s\n")
    print(f"{'round':<20}{'CPU s':>8}{'target':>8}{'MB':>6}   peers (CPU s, 200 feeds)")
    for kind, cpu, peak in rows:
        target, peers = TARGETS[kind] * FEEDS / 200, " · ".join(PEERS[kind])
        print(f"{kind:<20}{cpu - idle:>8.2f}{target:>8.2f}{peak:>6.0f}   {peers}")
    read = FEEDS * (ITEMS + 1)
    print(f"\nnewsroom, by itself: {newsroom - idle:.2f} CPU s for {read} articles, ", end="")
    print(f"{(newsroom - idle) / read * 1_000:.2f} ms each, {memory:.0f} MB")


async def pieces() -> None:
    """What each step costs by itself."""
    publisher = Publisher()
    documents: list[Fetched] = []
    with publisher.serving() as server:
        async with WebFetcher(user_agent="bench", allow=server.allowed) as fetcher:

            async def fetch(number: int, known: Validators) -> Fetched:
                return await fetcher.fetch(FetchRequest(server.url(f"/{number}"), known))

            await fetch(0, NO_VALIDATORS)
            before = time.thread_time()
            documents = await asyncio.gather(*(fetch(number, NO_VALIDATORS) for number in range(FEEDS)))
            cold = time.thread_time() - before
            publisher.round = "all 304"
            before = time.thread_time()
            known = enumerate(document.validators for document in documents)
            await asyncio.gather(*(fetch(number, validators) for number, validators in known))
            unchanged = time.thread_time() - before
    size = sum(len(document.body or b"") for document in documents) / FEEDS / 1024
    seen = datetime.now(UTC)
    before = time.thread_time()
    for document in documents:
        parsed(document.body or b"", document.url, document.content_type, seen)
    reading = time.thread_time() - before
    async with FeedParser() as parser:
        await parser.parse(documents[0], seen_at=seen)
        before = time.thread_time()
        for document in documents:
            await parser.parse(document, seen_at=seen)
        crossing = time.thread_time() - before
    print(f"\nper feed of {size:.0f} KiB, in ms: fetch {_ms(cold)}, fetch 304 {_ms(unchanged)}, ", end="")
    print(f"read (in the worker) {_ms(reading)}, hand over to the worker and back {_ms(crossing)}")


def _ms(seconds: float) -> str:
    return f"{seconds / FEEDS * 1_000:.2f}"


def main() -> None:
    """Print both tables."""
    whole()
    asyncio.run(pieces())


if __name__ == "__main__":
    main()
