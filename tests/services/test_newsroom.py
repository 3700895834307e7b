"""One process judges at a time, and one that stood still writes nothing it judged before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from bot.adapters.sql.schema import stories
from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article
from bot.domain.claim import Claim
from bot.domain.feed import Feed
from bot.editorial.stories import Clusterer
from bot.services.newsroom import LEASE, Judged, Newsroom, Report
from tests.contracts.examples import article, follow
from tests.fakes.clock import FakeClock

WAR = "Guerre en Ukraine : une frappe russe sur Odessa fait cinq blessés"


class Sluggish(Newsroom):
    """A newsroom whose machine stands still while it judges, and another one takes over."""

    other: Newsroom
    reports: list[Report]

    async def _off_loop(self, clusterer: Clusterer, batch: Sequence[Article], feeds: dict[int, Feed]) -> Judged:
        judged = await Newsroom._off_loop(self, clusterer, batch, feeds)
        assert isinstance(self.clock, FakeClock)
        self.clock.pass_by(seconds=LEASE.total_seconds() + 1)
        self.reports.append(await self.other.turn())
        return judged


async def unread(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.write() as unit:
        first = article("a", feed)
        await unit.articles.add(
            [Article(first.id, first.url, WAR, WAR, "", "fr", first.published, first.known_at, (feed.id,))]
        )


async def number_of_stories(store: SqlStore) -> int:
    async with store._database.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(stories)) or 0)


async def test_what_another_process_judged_meanwhile_is_not_judged_twice(store: SqlStore, clock: FakeClock) -> None:
    await unread(store)
    slow, quick = Sluggish(store, clock, "slow"), Newsroom(store, clock, "quick")
    slow.other, slow.reports = quick, []
    assert await slow.turn() == Report()
    assert slow.reports == [Report(1, 1)]
    assert await number_of_stories(store) == 1
    assert await slow.turn() == Report()
    slow.close()
    quick.close()


async def test_while_one_process_judges_another_does_nothing(store: SqlStore, clock: FakeClock) -> None:
    await unread(store)
    first, second = Newsroom(store, clock, "first"), Newsroom(store, clock, "second")
    assert await first._lease() is not None
    assert await second.turn() == Report()
    clock.pass_by(seconds=LEASE.total_seconds() + 1)
    assert await second.turn() == Report(1, 1)
    first.close()
    second.close()


async def test_an_article_corrected_to_say_nothing_loses_what_it_claimed(store: SqlStore, clock: FakeClock) -> None:
    (feed,) = await follow(store, "alpha")
    truce = "Guerre en Ukraine : Zelensky propose un cessez-le-feu à la Russie"
    told = replace(article("a", feed), title=truce, summary="Zelensky a proposé un cessez-le-feu.", text="")
    async with store.write() as unit:
        await unit.articles.add([told])
    newsroom = Newsroom(store, clock, "us")
    await newsroom.turn()
    assert {claim.topic for claim in await said(store)} == {"ceasefire"}
    async with store.write() as unit:
        await unit.revisions.rewrite(replace(told, title=WAR, summary="Les secours sont sur place."), again=True)
    await newsroom.turn()
    assert await said(store) == ()
    newsroom.close()


async def said(store: SqlStore) -> tuple[Claim, ...]:
    """What the article claims."""
    async with store.read() as unit:
        return (await unit.coverage.remembered(["a"]))["a"].claims
