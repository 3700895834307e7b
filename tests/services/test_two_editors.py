"""Two processes and one slow model: an edition is written, and paid for, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.schema import leases, subscription_leases
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.translate import ModelTranslator
from bot.domain.feed import FeedSpec
from bot.ports import Original
from bot.services.brief import Briefer
from bot.services.editions import LEASE, Editions
from tests.adapters.writers.desk import RAID as TOLD_RAID
from tests.adapters.writers.desk import RAID_EN, STORY, TRANSLATIONS, writer
from tests.fakes.clock import FakeClock
from tests.fakes.model import ModelServer
from tests.services.editions import Paper

RAID = (
    "Ukraine : Odessa visée par 41 drones russes",
    (
        "La Russie a lancé 41 drones et 12 missiles sur Odessa dans la nuit, selon l’armée de l’air ukrainienne. "
        "Le port d’Odessa a été fermé pendant cinq heures, a annoncé le gouverneur Oleh Kiper."
    ),
)
RENEWAL_SECONDS = 0.01


@asynccontextmanager
async def editor(server: ModelServer, store: SqlStore, clock: FakeClock, owner: str) -> AsyncIterator[Editions]:
    """One process."""
    async with writer(server, store, clock=clock) as model:
        renderers = {"console": ConsoleRenderer()}
        yield Editions(store, clock, Briefer(store, model), renderers, owner, renewal_seconds=RENEWAL_SECONDS)


async def _ends(store: SqlStore) -> list[datetime]:
    """When the leases end."""
    async with store._database.reading() as connection:
        return [
            *await connection.scalars(select(subscription_leases.c.until)),
            *await connection.scalars(select(leases.c.until).where(leases.c.name == "completing")),
        ]


async def _until_renewed(store: SqlStore, clock: FakeClock) -> None:
    while not any(end == clock.now() + LEASE for end in await _ends(store)):  # noqa: ASYNC110 - a database tells nobody
        await asyncio.sleep(RENEWAL_SECONDS)


async def _calls(store: SqlStore, clock: FakeClock) -> int:
    async with store.read() as unit:
        return sum(day.calls for day in await unit.writings.spent(clock.now().date() - timedelta(days=2)))


@pytest.fixture
def server() -> ModelServer:
    """A model that keeps everybody waiting."""
    return ModelServer(parts=["waits"], gate=asyncio.Event())


async def test_while_one_process_waits_for_a_model_the_other_leaves_its_edition_alone(
    store: SqlStore, other_store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    paper = Paper(store, clock)
    await paper.reader(12)
    clock.pass_by(hours=1)
    await paper.appear(RAID)
    clock.pass_by(hours=23)
    async with server, editor(server, store, clock, "one") as one, editor(server, other_store, clock, "two") as two:
        assert await _beside(one, two, server, paper) == 1
    (message,) = await paper.deliver()
    assert "41 drones" in message


async def test_an_edition_of_the_first_reading_is_completed_by_one_process(
    store: SqlStore, other_store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    paper = Paper(store, clock)
    await paper.reader(12)
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec("https://never-read.example/feed", name="Le Quai", language="fr")])
    clock.pass_by(hours=24)
    assert await paper.editions.turn() == 1
    await paper.deliver()
    await paper.appear(RAID)
    clock.pass_by(hours=1)
    async with server, editor(server, store, clock, "one") as one, editor(server, other_store, clock, "two") as two:
        assert await _beside(one, two, server, paper) == 0
    await paper.deliver()
    ((_, whole),) = paper.platform.edits
    assert "41 drones" in whole


async def test_two_processes_that_need_one_story_at_one_moment_pay_for_it_once(
    store: SqlStore, other_store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    async with server, writer(server, store, clock=clock) as one, writer(server, other_store, clock=clock) as two:
        assert server.gate is not None
        first = asyncio.create_task(one.condense(STORY, "fr", since=None))
        await _until(lambda: len(server.requests) == 1)
        # Its reader was told of it before: other sentences come first, and the writing serves both.
        second = asyncio.create_task(two.condense(STORY, "fr", since=clock.now() - timedelta(hours=1)))
        done, _ = await asyncio.wait({second}, timeout=1)
        assert not done
        assert len(server.requests) == 1
        server.gate.set()
        assert await second == await first
    assert len(server.requests) == 1


async def test_two_processes_asked_for_one_translation_at_one_moment_pay_for_it_once(
    store: SqlStore, other_store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    server.translations = TRANSLATIONS
    original = Original(RAID_EN, "en", "a", clock.now())
    async with server, writer(server, store, clock=clock) as one, writer(server, other_store, clock=clock) as two:
        assert server.gate is not None
        first = asyncio.create_task(ModelTranslator(one.model, None).translate([original], "fr"))
        await _until(lambda: len(server.requests) == 1)
        second = asyncio.create_task(ModelTranslator(two.model, None).translate([original], "fr"))
        await asyncio.wait({second}, timeout=1)
        server.gate.set()
        assert await second == await first == {RAID_EN: TOLD_RAID}
    assert len(server.requests) == 1


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - a server that is asked tells nobody
            await asyncio.sleep(RENEWAL_SECONDS)


async def _beside(one: Editions, two: Editions, server: ModelServer, paper: Paper) -> int:
    """What one process wrote while the other looked on, for longer than any lease lasts; a model was asked once."""
    assert server.gate is not None
    writing = asyncio.create_task(one.turn())
    for _ in range(6):
        paper.clock.pass_by(seconds=10)
        await asyncio.wait_for(_until_renewed(paper.store, paper.clock), 60)
        assert await two.turn() == 0
    server.gate.set()
    written = await writing
    assert await two.turn() == 0
    assert len(server.requests) == 1
    assert await _calls(paper.store, paper.clock) == 1
    return written
