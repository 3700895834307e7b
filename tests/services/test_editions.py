"""One edition after another: nothing lost, nothing twice, whatever happens between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.render import TelegramRenderer
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.briefing import Briefing
from bot.domain.chat import Chat, ChatState
from bot.domain.correction import Correction, CorrectionKind
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.feed import FeedReading
from bot.domain.quiet import QuietHours
from bot.domain.story import Told
from bot.domain.subscription import Schedule
from bot.ports import READER_WAITS, Patience
from bot.services.brief import FIRST_READING, NOTHING_TOLD, Briefer, Wanted
from bot.services.editions import REMEMBERED, Editions
from bot.services.subscribe import subscribe
from tests.contracts.examples import article, follow, meet
from tests.fakes.clock import START, FakeClock
from tests.services.editions import BRIDGE, FOOTBALL, PORT, PORT_LATER, SWAP, Paper

REFUSED = SendResult(SendOutcome.REFUSED)
LATER = SendResult(SendOutcome.RETRY, retry_after=100_000)
"""The platform is away for more than a day."""


@pytest.fixture
def paper(store: SqlStore, clock: FakeClock) -> Paper:
    """Noon; readers ordered their briefings for noon in Dakar, so the next is in 24 hours."""
    return Paper(store, clock)


def mentions(texts: list[str], *words: str) -> list[list[bool]]:
    """For each message: which of these words are in it."""
    return [[word in text for word in words] for text in texts]


# --- What comes again ---


async def test_a_story_is_told_once_and_comes_again_only_with_something_new_marked_as_an_update(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(SWAP, PORT)
    assert mentions(await paper.at(24), "prisonniers", "Odessa", "(suite)") == [[True, True, False]]
    paper.clock.pass_by(hours=1)
    await paper.appear(PORT_LATER, outlet="La Vigie")
    (second,) = await paper.at(23)
    assert mentions([second], "prisonniers", "rouvrira", "(suite)") == [[False, True, True]]
    assert "Depuis votre dernier point (hier 12 h) : une suite." in second
    await paper.appear(FOOTBALL)
    (third,) = await paper.at(24)
    assert third.startswith("Rien de nouveau depuis hier 12 h.")


async def test_what_became_known_while_an_edition_waited_to_be_sent_is_in_the_next_one(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(PORT)
    paper.platform.results.append(SendResult(SendOutcome.RETRY, retry_after=7200))
    assert await paper.at(24) == []
    paper.clock.pass_by(hours=1)
    await paper.appear(PORT_LATER, outlet="La Vigie")
    paper.clock.pass_by(hours=2)
    assert mentions(await paper.deliver(), "Odessa", "rouvrira") == [[True, False]]
    assert mentions(await paper.at(21), "rouvrira", "(suite)") == [[True, True]]


async def test_two_orders_of_one_chat_that_come_due_together_do_not_tell_the_same(paper: Paper) -> None:
    await paper.reader(12)
    await paper.reader(13, zone="Europe/Paris")
    await paper.appear(SWAP)
    first, second = await paper.at(24)
    assert mentions([first, second], "84 prisonniers") == [[True], [False]]
    assert second.startswith("Rien de nouveau")


async def test_what_one_order_told_another_one_tells_no_more(paper: Paper) -> None:
    await paper.reader(12)
    await paper.reader(20, zone="Europe/Paris")
    await paper.appear(SWAP)
    paper.clock.pass_by(hours=8)
    await paper.editions.turn()
    assert mentions(await paper.deliver(), "84 prisonniers") == [[True]]
    await paper.appear(BRIDGE)
    assert mentions(await paper.at(16), "84 prisonniers", "Mykolaïv") == [[False, True]]


@pytest.mark.parametrize(("quiet", "silent"), [(QuietHours(time(11), time(13)), True), (None, False)])
async def test_in_quiet_hours_an_edition_arrives_without_a_sound(
    store: SqlStore, clock: FakeClock, quiet: QuietHours | None, silent: bool
) -> None:
    chat = await meet(store)
    await subscribe(store, chat, Schedule((time(12),), "Africa/Dakar"), "fr", clock.now())
    async with store.write() as unit:
        await unit.chats.keep_quiet(chat.id, quiet)
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    clock.time = clock.time.replace(day=11, second=0)
    await Editions(store, clock, Briefer(store, ExtractiveWriter()), {"telegram": TelegramRenderer()}, "me").turn()
    async with store.write() as unit:
        (due,) = await unit.deliveries.claim("me", ["telegram"], clock.now(), clock.now() + timedelta(seconds=15), 5)
    assert "84" in str(due.part.payload["text"])
    assert bool(due.part.payload.get("disable_notification")) is silent


# --- When something fails ---


async def test_an_edition_the_platform_refused_is_made_up_for_by_the_next(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(SWAP)
    paper.platform.results.append(REFUSED)
    assert await paper.at(24) == []
    await paper.appear(BRIDGE)
    assert mentions(await paper.at(24), "84 prisonniers", "Mykolaïv") == [[True, True]]


async def test_an_edition_that_was_never_sent_gives_way_to_the_one_that_covers_it(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(SWAP)
    paper.platform.results.append(LATER)
    assert await paper.at(24) == []
    await paper.appear(BRIDGE)
    assert mentions(await paper.at(24), "84 prisonniers", "Mykolaïv") == [[True, True]]
    assert await paper.at(12) == []


class Stumbling(Briefer):
    """A briefer that can't write for one chat."""

    async def write(
        self, wanted: Wanted, told: Mapping[str, Told] = NOTHING_TOLD, *, patience: Patience = READER_WAITS
    ) -> Briefing:
        if wanted.zone == "Europe/Kyiv":
            raise ZeroDivisionError
        return await Briefer.write(self, wanted, told, patience=patience)


async def test_an_edition_that_can_not_be_written_costs_nobody_else_theirs_and_is_tried_again(paper: Paper) -> None:
    await paper.reader(12, zone="Europe/Kyiv", chat="1")
    await paper.reader(12, chat="2")
    await paper.appear(SWAP)
    paper.clock.pass_by(hours=24)
    stumbling = Stumbling(paper.store, ExtractiveWriter())
    editions = Editions(paper.store, paper.clock, stumbling, paper.editions.renderers, "me")
    assert await editions.turn() == 1
    await paper.deliver()
    assert [address.chat for address, _ in paper.platform.sent] == ["2"]
    await paper.at(0.02)
    assert [address.chat for address, _ in paper.platform.sent] == ["2", "1"]


async def test_after_three_days_down_one_late_edition_tells_everything_once(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(SWAP)
    await paper.at(24)
    for story in (PORT, BRIDGE):
        paper.clock.pass_by(hours=12)
        await paper.appear(story)
    late = await paper.at(55)
    assert mentions(late, "84 prisonniers", "Odessa", "Mykolaïv") == [[False, True, True]]
    assert "Depuis votre dernier point (11 mars, 12 h) : 2 sujets nouveaux." in late[0]
    await paper.appear(FOOTBALL)
    assert [text[:15] for text in await paper.at(24)] == ["Rien de nouveau"]


async def test_a_chat_that_returns_gets_one_late_edition_and_then_its_usual_ones(paper: Paper) -> None:
    chat = await paper.reader(12)
    await paper.appear(SWAP)
    await paper.at(24)
    async with paper.store.write() as unit:
        await unit.chats.mark(chat.id, ChatState.GONE)
    for _ in range(3):
        assert await paper.at(24) == []
        await paper.appear(BRIDGE if _ == 1 else PORT)
    async with paper.store.write() as unit:
        await unit.chats.mark(chat.id, ChatState.ACTIVE)
    back = await paper.at(1)
    assert mentions(back, "84 prisonniers", "Odessa", "Mykolaïv") == [[False, True, True]]
    assert await paper.at(1) == []
    assert len(await paper.at(22)) == 1


# --- The first reading ---


async def tried(paper: Paper, *feed_ids: int) -> None:
    """These feeds were read, each for the first time."""
    now = paper.clock.now()
    readings = [FeedReading(feed_id, last_attempt=now, last_success=now) for feed_id in feed_ids]
    async with paper.store.write() as unit:
        await unit.feeds.save_readings(readings)


async def test_an_edition_during_the_first_reading_says_so_and_is_completed_in_place(paper: Paper) -> None:
    feeds = [feed.id for feed in await follow(paper.store, "a", "b", "c")]
    await paper.reader(12)
    paper.clock.pass_by(hours=23.9)
    await tried(paper, feeds[0])
    assert [text.split("\n")[0] for text in await paper.at(0.1)] == [
        "Première lecture : 1 source sur 3… Ce message sera complété."
    ]
    assert await paper.at(0.02) == []
    assert paper.platform.edits == []
    await paper.appear(SWAP)
    await tried(paper, *feeds)
    assert await paper.at(0.02) == []
    ((message, text),) = paper.platform.edits
    assert message == paper.platform.nonces[0]
    assert "84 prisonniers" in text
    assert "Depuis votre dernier point" not in text
    await paper.at(1)
    assert len(paper.platform.edits) == 1


async def test_what_completed_the_first_edition_is_not_told_again_by_the_next(paper: Paper) -> None:
    feeds = [feed.id for feed in await follow(paper.store, "a", "b")]
    await paper.reader(12)
    await paper.at(24)
    await paper.appear(SWAP)
    await tried(paper, *feeds)
    await paper.at(0.1)
    await paper.appear(BRIDGE)
    (second,) = await paper.at(24)
    assert mentions([second], "84 prisonniers", "Mykolaïv") == [[False, True]]
    assert "Depuis votre dernier point (hier 12 h" in second


async def test_articles_that_wait_for_the_newsroom_are_part_of_the_first_reading(paper: Paper) -> None:
    (feed,) = await follow(paper.store, "a")
    await paper.reader(12)
    paper.clock.pass_by(hours=23.9)
    await tried(paper, feed.id)
    async with paper.store.write() as unit:
        await unit.articles.add([article("unread", feed, paper.clock.now())])
    (text,) = await paper.at(0.1)
    assert text.startswith("Première lecture")


async def test_a_first_reading_that_never_ends_is_given_up_and_said_to_be_blind(paper: Paper) -> None:
    await follow(paper.store, "a", "b")
    await paper.reader(12)
    await paper.at(24)
    await paper.at(FIRST_READING / timedelta(hours=1))
    ((_, text),) = paper.platform.edits
    assert text.startswith("Je n’ai pu lire que 0 source")


async def test_a_feed_added_later_is_no_first_reading(paper: Paper) -> None:
    await paper.reader(12)
    await paper.appear(SWAP)
    paper.clock.pass_by(hours=23)
    await follow(paper.store, "a")
    assert mentions(await paper.at(1), "84 prisonniers") == [[True]]


async def test_without_any_source_an_edition_says_so(paper: Paper) -> None:
    await paper.reader(12)
    assert [text.split(" :")[0] for text in await paper.at(24)] == ["Aucune source suivie"]


# --- Corrections that an edition opens with ---


NOTE = Correction(CorrectionKind.WITHDRAWN, START, "Un pont est rouvert", START, "Le Quai")
OPENING = "Un pont est rouvert"


async def owe(store: SqlStore, chat: Chat, note: Correction = NOTE) -> None:
    async with store.write() as unit:
        await unit.corrections.owe(chat.id, "revision:1", note)


async def test_an_edition_that_gave_way_to_the_next_leaves_its_corrections_to_it(paper: Paper, store: SqlStore) -> None:
    await owe(store, await paper.reader(12))
    paper.clock.pass_by(hours=24)
    await paper.editions.turn()
    (arrived,) = await paper.at(24)
    assert OPENING in arrived
    assert OPENING not in "".join(await paper.at(24))


async def test_an_edition_that_was_refused_leaves_its_corrections_to_the_next(paper: Paper, store: SqlStore) -> None:
    await owe(store, await paper.reader(12))
    paper.platform.results.append(REFUSED)
    await paper.at(24)
    assert OPENING in "".join(await paper.at(24))


async def test_an_edition_that_is_still_on_its_way_keeps_its_corrections(paper: Paper, store: SqlStore) -> None:
    chat = await paper.reader(12)
    await owe(store, chat)
    paper.clock.pass_by(hours=24)
    await paper.editions.turn()
    async with store.read() as unit:
        assert await unit.corrections.owed(chat.id) == ()
    assert OPENING in "".join(await paper.deliver())


async def test_what_a_chat_has_long_forgotten_is_not_set_right(paper: Paper, store: SqlStore) -> None:
    """It was away: an old correction, of what it was told before, would only puzzle."""
    chat = await paper.reader(12)
    await owe(store, chat, replace(NOTE, at=START - REMEMBERED))
    assert OPENING not in "".join(await paper.at(24))
    async with store.read() as unit:
        assert await unit.corrections.owed(chat.id) == ()
