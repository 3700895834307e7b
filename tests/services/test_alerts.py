"""Breaking news from an article to a message: only for who asked, once, from what they can see."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import time

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.article import Article
from bot.domain.chat import Chat
from bot.domain.quiet import QuietHours
from bot.services.alerts import Alerts
from bot.services.follow import follow
from tests.contracts.examples import follow as follow_feeds
from tests.contracts.examples import keep_private
from tests.fakes.clock import FakeClock
from tests.services.editions import BRIDGE, IN_FORCE, RISEN, TALKS, Paper

NIGHT = QuietHours(time(22), time(7))


@pytest.fixture
def paper(store: SqlStore, clock: FakeClock) -> Paper:
    return Paper(store, clock)


@pytest.fixture
def alerts(paper: Paper) -> Alerts:
    return watcher(paper)


def watcher(paper: Paper, owner: str = "me") -> Alerts:
    renderers = {"console": ConsoleRenderer()}
    return Alerts(paper.store, paper.clock, ExtractiveWriter(), renderers, owner, default_zone="Africa/Dakar")


async def told_of(paper: Paper, articles: Sequence[tuple[str, str, str]]) -> None:
    for outlet, title, summary in articles:
        await paper.appear((title, summary), outlet=outlet)


def carried(paper: Paper, feed_id: int, number: int, title: str, summary: str) -> Article:
    """An unread article of a followed feed."""
    now, url = paper.clock.now(), f"https://outlet{number}.example/{number}"
    return Article(f"own{number}", url, title, summary, "", "fr", now, now, (feed_id,))


async def turn_on(paper: Paper, chat: Chat) -> None:
    async with paper.store.write() as unit:
        await unit.alerts.turn_on(chat.id, paper.clock.now())


async def look(paper: Paper, alerts: Alerts, hours: float = 0.05) -> list[str]:
    """What arrives after so long, without the editions."""
    paper.clock.pass_by(hours=hours)
    await alerts.turn()
    return await paper.deliver()


async def talking(paper: Paper, alerts: Alerts, *, chats: int = 1) -> list[Chat]:
    """Chats that follow the news for two hours, in which a ceasefire is negotiated."""
    readers = [await paper.reader(12, chat=str(number)) for number in range(1, chats + 1)]
    await told_of(paper, TALKS)
    for reader in readers:
        await turn_on(paper, reader)
    assert await look(paper, alerts, 2) == []
    return readers


async def test_who_did_not_ask_is_never_alerted(paper: Paper, alerts: Alerts) -> None:
    await paper.reader(20)
    await told_of(paper, TALKS)
    assert await look(paper, alerts, 2) == []
    await told_of(paper, (*IN_FORCE, *RISEN))
    assert await look(paper, alerts) == []


async def test_a_topic_that_changes_its_phase_is_told_once_with_its_sources(paper: Paper, alerts: Alerts) -> None:
    await talking(paper, alerts)
    await told_of(paper, IN_FORCE)
    (text,) = await look(paper, alerts)
    assert text.startswith("Dépêche · dernière minute, 14 h 03 (Dakar)")
    assert "Cessez-le-feu : la situation a changé. Jusqu’ici : en discussion." in text
    assert "En vigueur. Sources : assez solides" in text
    assert "https://lavigie.example/" in text
    assert "pas une alerte aérienne" in text
    for _ in range(20):
        assert await look(paper, alerts, 0.5) == []


async def test_a_story_of_five_independent_sources_is_told_once(paper: Paper, alerts: Alerts) -> None:
    await talking(paper, alerts)
    await told_of(paper, RISEN[:4])
    assert await look(paper, alerts, 0.1) == []
    await told_of(paper, RISEN[4:])
    (text,) = await look(paper, alerts, 0.1)
    assert "Rapporté par 5 sources indépendantes." in text
    assert "Odessa" in text
    for _ in range(20):
        assert await look(paper, alerts, 0.5) == []


async def test_what_an_alert_told_the_next_edition_does_not_tell_again(paper: Paper, alerts: Alerts) -> None:
    await talking(paper, alerts)
    await told_of(paper, RISEN)
    assert len(await look(paper, alerts, 0.1)) == 1
    await paper.appear(BRIDGE)
    (edition,) = await paper.at(22)
    assert "Mykolaïv" in edition
    assert "Odessa" not in edition


async def test_what_a_briefing_told_is_no_breaking_news(paper: Paper, alerts: Alerts) -> None:
    reader = await paper.reader(20)
    await turn_on(paper, reader)
    await told_of(paper, RISEN[:4])
    assert len(await paper.at(8)) == 1
    await told_of(paper, RISEN[4:])
    assert await look(paper, alerts, 0.1) == []


async def test_at_night_it_waits_for_the_end_of_the_quiet_hours(paper: Paper, alerts: Alerts) -> None:
    (reader,) = await talking(paper, alerts)
    async with paper.store.write() as unit:
        await unit.chats.keep_quiet(reader.id, NIGHT)
    paper.clock.pass_by(hours=8.5)
    await told_of(paper, IN_FORCE)
    for _ in range(8):
        assert await look(paper, alerts, 1) == []
    assert "En vigueur" in (await look(paper, alerts, 0.6))[0]


async def test_what_went_stale_in_the_night_is_left_to_the_briefing(paper: Paper, alerts: Alerts) -> None:
    (reader,) = await talking(paper, alerts)
    async with paper.store.write() as unit:
        await unit.chats.keep_quiet(reader.id, QuietHours(time(14), time(7)))
    await told_of(paper, IN_FORCE)
    for _ in range(24):
        assert await look(paper, alerts, 1) == []


async def test_who_follows_topics_is_alerted_to_those_alone(paper: Paper, alerts: Alerts) -> None:
    prisoners, ceasefire = await talking(paper, alerts, chats=2)
    await follow(paper.store, prisoners, "prisoners")
    await follow(paper.store, ceasefire, "ceasefire")
    await told_of(paper, (*IN_FORCE, *RISEN))
    await look(paper, alerts, 0.1)
    assert [(address.chat, "En vigueur" in text) for address, text in paper.platform.sent] == [("2", True)]


async def test_a_chats_own_feed_alerts_that_chat_alone(paper: Paper, alerts: Alerts) -> None:
    names = tuple(outlet for outlet, _, _ in RISEN)
    feeds = await follow_feeds(paper.store, *names)
    owner, other = [await paper.reader(20, chat=name) for name in ("1", "2")]
    await keep_private(paper.store, feeds[-1], owner)
    await paper.appear(BRIDGE)
    for reader in (owner, other):
        await turn_on(paper, reader)
    assert await look(paper, alerts, 2) == []
    async with paper.store.write() as unit:
        for number, (_, title, summary) in enumerate(RISEN):
            await unit.articles.add([carried(paper, feeds[number].id, number, title, summary)])
    await paper.appear(BRIDGE)
    await look(paper, alerts, 0.1)
    assert [address.chat for address, _ in paper.platform.sent] == ["1"]


async def test_two_processes_alert_once(paper: Paper, alerts: Alerts) -> None:
    await talking(paper, alerts)
    await told_of(paper, IN_FORCE)
    paper.clock.pass_by(minutes=5)
    await asyncio.gather(alerts.turn(), watcher(paper, "you").turn())
    assert len(await paper.deliver()) == 1


async def test_turned_off_it_is_silent_and_turned_on_again_it_tells_nothing_of_the_time_between(
    paper: Paper, alerts: Alerts
) -> None:
    (reader,) = await talking(paper, alerts)
    async with paper.store.write() as unit:
        await unit.alerts.turn_off(reader.id)
    await told_of(paper, (*IN_FORCE, *RISEN))
    assert await look(paper, alerts, 0.1) == []
    await turn_on(paper, reader)
    for _ in range(10):
        assert await look(paper, alerts, 0.2) == []
