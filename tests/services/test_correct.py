"""From a changed feed to an edited message: once, dated, and told again by the next edition."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from email.utils import format_datetime
from html import escape

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.web.document import parsed
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.article import ParsedFeed
from bot.domain.chat import Chat
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.feed import FeedSpec
from bot.domain.message import RenderedPart
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.ports import Fetched, PageLinks, Summariser
from bot.services.brief import Briefer
from bot.services.correct import Corrector
from bot.services.deliver import Deliverer
from bot.services.editing import Editor
from bot.services.editions import Editions
from bot.services.newsroom import Newsroom
from bot.services.notices import Notices
from bot.services.poll import Poller
from tests.commands.talk import spaced
from tests.contracts.examples import meet
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.fakes.web import Answer, WebServer

TOLL = "Douze civils ont été tués à Odessa dans la nuit, selon le gouverneur de la région."
OTHER = "Les pompiers ont travaillé jusqu’à l’aube dans le port ukrainien visé par les drones russes."
RENDERERS = {"console": ConsoleRenderer()}


class ParserHere:
    """The parser without its process."""

    async def parse(self, document: Fetched, *, seen_at: object) -> ParsedFeed:
        return parsed(document.body or b"", document.final_url, document.content_type, seen_at)  # type: ignore[arg-type]

    async def links(self, page: Fetched) -> PageLinks:
        raise NotImplementedError


@dataclass
class Desk:
    """Everything between a feed and a message, a step at a time."""

    store: SqlStore
    clock: FakeClock
    web: WebServer
    poller: Poller
    platform: FakePlatform
    writer: Summariser = field(default_factory=ExtractiveWriter)

    def publish(self, title: str, text: str) -> None:
        date = format_datetime(self.started - timedelta(hours=1))
        self.web.script["/feed"] = Answer(
            (
                '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Le Quai</title>'
                f"<link>https://quai.example</link><language>fr</language><item><title>{escape(title)}</title>"
                f"<link>https://quai.example/1</link><guid>1</guid><pubDate>{date}</pubDate>"
                f"<description>{escape(text)}</description></item></channel></rss>"
            ).encode()
        )

    def __post_init__(self) -> None:
        self.started = self.clock.now()

    async def read(self) -> None:
        """An hour later, or now for the first time."""
        await self.poller.all()
        newsroom = Newsroom(self.store, self.clock, "me")
        await newsroom.turn()
        newsroom.close()

    async def brief(self) -> int:
        editions = Editions(self.store, self.clock, Briefer(self.store, self.writer), RENDERERS, "me")
        return await editions.turn()

    def corrector(self, owner: str = "me") -> Corrector:
        notices = Notices(RENDERERS, "fr", "Europe/Paris")
        return Corrector(self.store, self.clock, self.writer, Editor(RENDERERS), notices, owner)

    async def deliver(self) -> None:
        await Deliverer(self.store, self.clock, {"console": self.platform}, "me").turn()

    async def correct(self) -> int:
        """Read again and set right, then send."""
        self.clock.pass_by(minutes=20)
        await self.read()
        told = await self.corrector().turn()
        await self.deliver()
        return told

    def edits(self) -> list[str]:
        return [text for _, text in self.platform.edits]

    def sent(self) -> list[str]:
        return [text for _, text in self.platform.sent]


async def subscribed(store: SqlStore, clock: FakeClock, name: str = "42") -> Chat:
    """Briefings at a quarter past noon and at six, UTC."""
    chat = await meet(store, name, "console")
    schedule = Schedule((time(12, 15), time(18)), "UTC")
    async with store.write() as unit:
        await unit.subscriptions.add(Subscription(0, chat.id, schedule, "fr", next_slot(schedule, clock.now())))
    return chat


@pytest.fixture
async def desk(store: SqlStore, clock: FakeClock) -> AsyncIterator[Desk]:
    """An edition was sent that cites how many died at Odessa."""
    async with WebServer() as web, WebFetcher(user_agent="test", allow=web.allowed) as fetcher:
        poller = Poller(store, fetcher, ParserHere(), clock, "me", timedelta(hours=1))
        desk = Desk(store, clock, web, poller, FakePlatform())
        async with store.write() as unit:
            await unit.feeds.reconcile([FeedSpec(web.url(), name="Le Quai", language="fr")])
        desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL} {OTHER}")
        await subscribed(store, clock)
        await desk.read()
        clock.pass_by(minutes=16)
        assert await desk.brief() == 1
        await desk.deliver()
        assert "Douze civils" in desk.sent()[0]
        yield desk


async def test_a_changed_number_edits_the_sent_message_once_and_the_next_edition_opens_with_it(desk: Desk) -> None:
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    assert await desk.correct() == 1
    (edit,) = desk.edits()
    assert "Huit civils ont été tués" in edit
    note = "Corrigé le 10 mars, 12 h 36 : Le Quai écrit désormais « Huit civils », et non plus « Douze civils »."
    assert note in spaced(edit)
    assert await desk.correct() == 0
    assert len(desk.edits()) == 1
    desk.clock.pass_by(hours=6)
    assert await desk.brief() == 1
    await desk.deliver()
    later = desk.sent()[1]
    assert later.index("Correction, ") < later.index("Rien de nouveau")
    desk.clock.pass_by(hours=24)
    await desk.brief()
    await desk.deliver()
    assert "Correction" not in desk.sent()[2]


async def test_a_withdrawn_article_is_taken_out_of_the_message_and_of_every_later_answer(
    desk: Desk, store: SqlStore
) -> None:
    desk.publish("RETIRÉ : Odessa sous les drones", "Cet article a été retiré par la rédaction.")
    assert await desk.correct() == 1
    (edit,) = desk.edits()
    assert "Douze civils" not in edit
    assert "Le Quai a retiré son article." in edit
    desk.clock.pass_by(hours=6)
    await desk.brief()
    await desk.deliver()
    assert "Le Quai a retiré son article." in desk.sent()[1]
    assert "Odessa sous les drones" in desk.sent()[1]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Odessa : nuit de feu", f"{TOLL} {OTHER}", id="a rewritten headline"),
        pytest.param("Guerre en Ukraine : Odessa sous les drones", f"{TOLL} {OTHER} Le port a rouvert.", id="more"),
        pytest.param("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', '12')} {OTHER}", id="12"),
    ],
)
async def test_what_changes_nothing_for_readers_is_kept_and_told_to_nobody(desk: Desk, title: str, text: str) -> None:
    desk.publish(title, text)
    assert await desk.correct() == 0
    assert desk.edits() == []
    desk.clock.pass_by(hours=6)
    await desk.brief()
    await desk.deliver()
    assert "Rien de nouveau" in desk.sent()[1]


async def test_two_changes_in_turn_leave_both_notes(desk: Desk) -> None:
    for number in ("Huit", "Quinze"):
        desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', number)} {OTHER}")
        assert await desk.correct() == 1
    last = desk.edits()[-1]
    assert "« Huit civils », et non plus « Douze civils »" in spaced(last)
    assert "« Quinze civils », et non plus « Huit civils »" in spaced(last)
    assert len({message for message, _ in desk.platform.edits}) == 1


async def test_two_processes_correct_a_message_once(desk: Desk) -> None:
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    desk.clock.pass_by(minutes=20)
    await desk.read()
    counts = await asyncio.gather(*(desk.corrector(owner).turn() for owner in ("one", "two")))
    await desk.deliver()
    assert sum(counts) == 1
    assert len(desk.edits()) == 1


async def test_while_another_process_is_at_it_nothing_is_told_and_nothing_lost(desk: Desk, store: SqlStore) -> None:
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    now = desk.clock.now()
    async with store.write() as unit:
        assert await unit.leases.acquire("corrections", "other", now, now + timedelta(minutes=30))
    assert await desk.correct() == 0
    desk.clock.pass_by(minutes=30)
    assert await desk.corrector().turn() == 1


async def test_a_message_not_sent_yet_goes_first_and_is_edited_then(desk: Desk, store: SqlStore) -> None:
    other = await subscribed(store, desk.clock, "43")
    desk.clock.pass_by(hours=6)
    assert await desk.brief() == 2
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    assert await desk.correct() == 2
    (here,) = [text for address, text in desk.platform.sent if address == other.address]
    assert "Douze civils" in here
    assert len({message for message, _ in desk.platform.edits}) == 2


async def test_an_alert_is_followed_by_its_correction_once(desk: Desk, store: SqlStore) -> None:
    chat, subscriber = await meet(store, "44", "console"), await meet(store, "42", "console")
    async with store.read() as unit:
        ((story, (_, articles)),) = (await unit.deliveries.told(subscriber.id, desk.started)).items()
    alert = NewDelivery(
        "breaking:1", chat.id, DeliveryKind.BREAKING, (RenderedPart({"text": TOLL}),), told=((story, tuple(articles)),)
    )
    async with store.write() as unit:
        await unit.deliveries.enqueue(alert, desk.clock.now())
    await desk.deliver()
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    assert await desk.correct() == 2
    assert await desk.correct() == 0
    said = [spaced(text) for address, text in desk.platform.sent if address == chat.address]
    assert len(said) == 2
    assert said[1].startswith("Correction, « ")
    assert "écrit désormais « Huit civils », et non plus « Douze civils »." in said[1]


async def test_an_edition_older_than_a_week_is_left_as_it_is(desk: Desk) -> None:
    desk.clock.pass_by(days=8)
    desk.publish("Guerre en Ukraine : Odessa sous les drones", f"{TOLL.replace('Douze', 'Huit')} {OTHER}")
    assert await desk.correct() == 0


async def test_another_feeds_excerpt_of_the_same_page_is_no_change(desk: Desk, store: SqlStore) -> None:
    desk.web.script["/other"] = desk.web.script["/feed"]
    async with store.write() as unit:
        await unit.feeds.reconcile(
            [FeedSpec(desk.web.url(), name="Le Quai", language="fr"), FeedSpec(desk.web.url("/other"), name="Autre")]
        )
    feed = desk.web.script["/feed"]
    desk.publish("Odessa", TOLL.replace("Douze", "Huit"))
    desk.web.script["/other"] = desk.web.script["/feed"]
    desk.web.script["/feed"] = feed
    assert await desk.correct() == 0
