"""Several ``bot run`` on one PostgreSQL, as an operator starts them, and what their database holds."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.subscription import Schedule, Slot, Subscription
from tests.end_to_end.conftest import GRACE, Operator
from tests.fakes.telegram import ChatState, FakeTelegram
from tests.fakes.web import Answer, Asked, WebServer
from tests.patience import PATIENCE
from tests.postgres_server import PostgresServer

DATABASE = "replicas"
FIRST_READER = 81_000_000
TOWNS = ("Odessa", "Kharkiv", "Soumy", "Dnipro", "Kherson", "Mykolaïv", "Zaporijia", "Poltava")


@dataclass
class Replica:
    """One of the processes."""

    process: asyncio.subprocess.Process
    output: list[str] = field(default_factory=list)

    def signal(self, number: signal.Signals) -> None:
        """Stop it, let it go on, kill it."""
        os.kill(self.process.pid, number)

    async def read(self) -> None:
        """Everything it logs, until its end."""
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.output.append(line.decode())


@dataclass
class House:
    """The processes, their database, and what is around them."""

    server: PostgresServer
    telegram: FakeTelegram
    papers: Papers
    replicas: list[Replica] = field(default_factory=list)
    readers: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Their database's address."""
        return self.server.url(DATABASE)

    def ask(self, statement: str) -> str:
        """Look at the database, or change it."""
        return self.server.sql(statement, DATABASE)

    def number(self, statement: str) -> int:
        """Count."""
        return int(self.ask(statement))

    async def until(self, statement: str, expected: int, patience: float = PATIENCE) -> None:
        """Ask the database until it says so."""
        found = -1
        try:
            async with asyncio.timeout(patience):
                while (found := self.number(statement)) != expected:  # noqa: ASYNC110 - a database tells nobody
                    await asyncio.sleep(0.25)
        except TimeoutError:
            raise AssertionError(f"{statement} is still {found}\n{self.logs}") from None

    @property
    def logs(self) -> str:
        """What all of them logged."""
        return "".join(line for one in self.replicas for line in one.output)

    def holder(self, owner: str) -> Replica:
        """The replica a lease names."""
        pid = int(owner.split(":")[1])
        return next(one for one in self.replicas if one.process.pid == pid)

    def connected(self) -> Replica:
        """The replica that listens to Telegram and sends."""
        return self.holder(self.ask("SELECT owner FROM leases WHERE name = 'connection:telegram'"))

    async def subscribe(self, count: int) -> None:
        """So many new readers, each with a briefing due now."""
        now = datetime.now(UTC)
        store = await SqlStore.open(self.url)
        async with store.write() as unit:
            for _ in range(count):
                reader = FIRST_READER + len(self.readers)
                self.readers.append(reader)
                self.telegram.api.chats[reader] = ChatState(reader, "private")
                chat = await unit.chats.meet(ChatAddress("telegram", str(reader)), ChatKind.PRIVATE)
                due = Slot(now, now.date(), 0)
                await unit.subscriptions.add(Subscription(0, chat.id, Schedule((time(12),), "UTC"), "fr", due))
        await store.close()

    def received(self) -> list[int]:
        """How many messages each reader has."""
        return [len(self.telegram.sent(reader)) for reader in self.readers]

    async def until_received(self, count: int) -> None:
        """Wait for so many messages in all."""
        await self.telegram.until(lambda: sum(self.received()) >= count, f"{count} briefings", PATIENCE)


class Papers(WebServer):
    """Newspapers with news of today, whose servers can be made to hang."""

    def __init__(self, count: int) -> None:
        super().__init__({f"/paper{number}": self._answer for number in range(count)})
        self.open = asyncio.Event()
        self.open.set()

    @property
    def feeds(self) -> str:
        """The operator's feed list."""
        entries = "".join(f"  - url: {self.url(path)}\n    name: Paper {path[6:]}\n" for path in self.script)
        return f"feeds:\n{entries}"

    def counts(self) -> list[int]:
        """How often each was asked."""
        return [len(self.asked(path)) for path in self.script]

    async def until_asked(self, times: int) -> None:
        """Wait for so many requests in all."""
        async with asyncio.timeout(PATIENCE):
            while sum(self.counts()) < times:  # noqa: ASYNC110 - a server that is asked tells nobody
                await asyncio.sleep(0.05)

    def _answer(self, asked: Asked) -> Answer:
        number = int(asked.path.removeprefix("/paper"))
        town = TOWNS[number % len(TOWNS)]
        moment = format_datetime(datetime.now(UTC) - timedelta(minutes=10 + number))
        body = (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><link>https://paper.example</link>'
            f"<item><title>Ukraine : une frappe russe touche {town}</title><guid>paper-{number}</guid>"
            f"<link>https://paper{number}.example/news</link><pubDate>{moment}</pubDate><description>"
            f"Une frappe russe a touché un entrepôt de {town}, selon le gouverneur de la région. "
            f"{number + 2} personnes sont blessées.</description></item></channel></rss>"
        )
        if self.open.is_set():
            return Answer(body.encode())
        return Answer(stream=lambda: self._late(body.encode()))

    async def _late(self, body: bytes) -> AsyncIterator[bytes]:
        await self.open.wait()
        yield body


@asynccontextmanager
async def house(operator: Operator, server: PostgresServer, papers: int, replicas: int = 2) -> AsyncIterator[House]:
    """So many replicas on a new database; those that live at the end must stop well and soon."""
    server.sql(f"CREATE DATABASE {DATABASE}")
    async with FakeTelegram() as telegram, Papers(papers) as web:
        (operator.folder / "feeds.yaml").write_text(web.feeds, encoding="utf-8")
        built = House(server, telegram, web)
        settings = {
            "DATABASE_URL": built.url,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "FETCH_ALLOW": f"127.0.0.1:{web.port}",
        }
        readings: list[asyncio.Task[None]] = []
        for _ in range(replicas):
            one = Replica(await operator._start("run", **settings))
            built.replicas.append(one)
            readings.append(asyncio.create_task(one.read()))
        try:
            yield built
        finally:
            web.open.set()
            codes = await _end(one.process for one in built.replicas)
            await asyncio.gather(*readings)
    assert set(codes) <= {0, -signal.SIGKILL}, built.logs


async def _end(processes: Iterable[asyncio.subprocess.Process]) -> list[int]:
    """Stop them all; how each ended."""
    every = list(processes)
    for process in every:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
    try:
        return await asyncio.gather(*(asyncio.wait_for(process.wait(), GRACE) for process in every))
    finally:
        for process in every:
            if process.returncode is None:
                process.kill()
