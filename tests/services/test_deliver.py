"""From a subscription's slot to a sent message: on time, once, with every doubt on record."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import Chat, ChatAddress, ChatKind, ChatState
from bot.domain.delivery import SendOutcome, SendResult
from bot.services.brief import Briefer
from bot.services.deliver import LONGEST_PAUSE, MOST_ATTEMPTS, Deliverer, retry_at
from bot.services.editions import Editions
from bot.services.subscribe import subscribe, unsubscribe
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

HERE = ChatAddress("console", "42")


@pytest.fixture
def editions(store: SqlStore, clock: FakeClock) -> Editions:
    return Editions(store, clock, Briefer(store, ExtractiveWriter()), {"console": ConsoleRenderer()}, "me")


async def at_eight(store: SqlStore, clock: FakeClock) -> Chat:
    """A chat in Dakar with a daily briefing at 8."""
    async with store.write() as unit:
        chat = await unit.chats.meet(HERE, ChatKind.PRIVATE)
    await subscribe(store, chat, time(8), "Africa/Dakar", "fr", clock.now())
    return chat


def deliverer(store: SqlStore, clock: FakeClock, platform: FakePlatform) -> Deliverer:
    return Deliverer(store, clock, {platform.name: platform}, "me")


async def test_nothing_is_written_before_the_slot_and_one_briefing_at_it(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    assert await editions.turn() == 0
    clock.pass_by(hours=20)
    assert await editions.turn() == 1
    assert await editions.turn() == 0


async def test_after_three_days_down_one_late_briefing_is_sent_and_not_three(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    clock.pass_by(days=3)
    platform = FakePlatform()
    assert await editions.turn() == 1
    await deliverer(store, clock, platform).turn()
    assert len(platform.sent) == 1
    clock.pass_by(hours=24)
    assert await editions.turn() == 1


async def test_a_briefing_goes_to_its_chat_once(store: SqlStore, clock: FakeClock, editions: Editions) -> None:
    await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    platform = FakePlatform()
    sender = deliverer(store, clock, platform)
    assert [await sender.turn(), await sender.turn()] == [1, 0]
    assert [address for address, _ in platform.sent] == [HERE]


async def test_an_ambiguous_failure_is_never_sent_again_by_itself(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    platform = FakePlatform("console", SendResult(SendOutcome.AMBIGUOUS, detail="read timeout"))
    sender = deliverer(store, clock, platform)
    for _ in range(5):
        await sender.turn()
        clock.pass_by(hours=1)
    assert len(platform.nonces) == 1


async def test_a_part_that_certainly_did_not_arrive_is_tried_again_with_the_same_nonce(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    platform = FakePlatform("console", SendResult(SendOutcome.RETRY, retry_after=30))
    sender = deliverer(store, clock, platform)
    assert await sender.turn() == 0
    clock.pass_by(seconds=10)
    assert await sender.turn() == 0
    clock.pass_by(seconds=25)
    assert await sender.turn() == 1
    assert len(set(platform.nonces)) == 1


async def test_a_chat_that_is_gone_gets_nothing_more_and_keeps_its_subscription(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    chat = await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    sender = deliverer(store, clock, FakePlatform("console", SendResult(SendOutcome.CHAT_GONE)))
    await sender.turn()
    clock.pass_by(hours=24)
    assert await editions.turn() == 0
    async with store.read() as unit:
        kept = await unit.chats.get(chat.id)
        assert kept is not None
        assert kept.state is ChatState.GONE
        assert len(await unit.subscriptions.of(chat.id)) == 1


async def test_a_chat_that_moved_gets_its_briefing_at_its_new_address(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    there = ChatAddress("console", "-100")
    platform = FakePlatform("console", SendResult(SendOutcome.MOVED, moved_to=there))
    await deliverer(store, clock, platform).turn()
    assert [address for address, _ in platform.sent] == [there]


async def test_a_token_told_to_wait_sends_nothing_to_anyone_until_then(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    async with store.write() as unit:
        other = await unit.chats.meet(ChatAddress("console", "43"), ChatKind.PRIVATE)
    await subscribe(store, other, time(8), "Africa/Dakar", "en", clock.now())
    clock.pass_by(hours=20)
    await editions.turn()
    flood = SendResult(SendOutcome.RETRY, retry_after=60, whole_token=True)
    platform = FakePlatform("console", flood, flood)
    sender = deliverer(store, clock, platform)
    await sender.turn()
    clock.pass_by(seconds=30)
    tried = len(platform.nonces)
    await sender.turn()
    assert len(platform.nonces) == tried
    clock.pass_by(seconds=31)
    assert await sender.turn() == 2


async def test_a_sender_that_died_leaves_a_doubt_and_no_second_copy(
    store: SqlStore, clock: FakeClock, editions: Editions
) -> None:
    await at_eight(store, clock)
    clock.pass_by(hours=20)
    await editions.turn()
    async with store.write() as unit:
        claimed = await unit.deliveries.claim("dead", ["console"], clock.now(), clock.now() + timedelta(seconds=15), 5)
    assert len(claimed) == 1
    platform = FakePlatform()
    clock.pass_by(seconds=20)
    assert await deliverer(store, clock, platform).turn() == 0
    assert platform.nonces == []


async def test_unsubscribing_stops_what_is_to_come(store: SqlStore, clock: FakeClock, editions: Editions) -> None:
    chat = await at_eight(store, clock)
    assert await unsubscribe(store, chat) == 1
    clock.pass_by(days=2)
    assert await editions.turn() == 0


async def test_subscribing_twice_to_one_time_is_one_subscription(store: SqlStore, clock: FakeClock) -> None:
    chat = await at_eight(store, clock)
    again = await subscribe(store, chat, time(8), "Africa/Dakar", "fr", clock.now())
    assert not again.new


@pytest.mark.parametrize("attempts", [0, 3, 20, MOST_ATTEMPTS - 1])
def test_pauses_grow_and_are_bounded(attempts: int) -> None:
    now = FakeClock().now()
    again = retry_at(SendResult(SendOutcome.RETRY), attempts, now)
    assert again is not None
    assert timedelta(0) < again - now <= LONGEST_PAUSE


@pytest.mark.parametrize(
    "outcome", [SendOutcome.SENT, SendOutcome.AMBIGUOUS, SendOutcome.REFUSED, SendOutcome.CHAT_GONE]
)
def test_what_arrived_or_may_have_or_never_can_is_not_tried_again(outcome: SendOutcome) -> None:
    assert retry_at(SendResult(outcome), 0, FakeClock().now()) is None


def test_after_many_attempts_it_is_given_up() -> None:
    assert retry_at(SendResult(SendOutcome.RETRY), MOST_ATTEMPTS, FakeClock().now()) is None
