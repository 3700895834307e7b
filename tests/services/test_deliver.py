"""From the outbox to a sent message: once, in order, every doubt on record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.adapters.sql.schema import parts
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatState
from bot.domain.delivery import DeliveryKind, NewDelivery, PartState, SendOutcome, SendResult
from bot.domain.errors import StoreUnavailable
from bot.domain.message import RenderedPart
from bot.ports import UnitOfWork
from bot.services import lane
from bot.services.deliver import Deliverer
from bot.services.lane import DOUBTFUL_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, retry_at
from tests.contracts.examples import delivery, meet
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

HERE = ChatAddress("console", "42")
TWO_MINUTES = timedelta(minutes=2)
LOST = SendResult(SendOutcome.AMBIGUOUS, detail="read timeout")
REPEATABLE = SendResult(SendOutcome.RETRY, may_have_arrived=True)


async def waiting(store: SqlStore, clock: FakeClock, key: str = "daily:1", *, chat: str = "42", count: int = 1) -> None:
    """A briefing of so many parts in the outbox."""
    wanted = delivery(await meet(store, chat, "console"), key, count)
    async with store.write() as unit:
        assert await unit.deliveries.enqueue(wanted, clock.now())


class FlakyStore:
    """A store whose disk fills up when told to."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.away = False

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.write() as unit:
            yield unit
            if self.away:
                raise StoreUnavailable(database="here", reason="database or disk is full")


def deliverer(store: SqlStore, clock: FakeClock, *platforms: FakePlatform, owner: str = "me") -> Deliverer:
    return Deliverer(store, clock, {platform.name: platform for platform in platforms}, owner)


async def ledger(store: SqlStore) -> list[PartState]:
    """The state of every part, in order."""
    async with store._database.reading() as connection:
        rows = await connection.execute(select(parts.c.state).order_by(parts.c.delivery_id, parts.c.ordinal))
        return [PartState(state) for state in rows.scalars()]


def texts(platform: FakePlatform) -> list[str]:
    return [text for _, text in platform.sent]


# --- Once, in order ---


async def test_a_briefing_goes_to_its_chat_once_in_the_order_of_its_parts(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock, count=3)
    platform = FakePlatform()
    sender = deliverer(store, clock, platform)
    assert [await sender.turn(), await sender.turn()] == [3, 0]
    assert platform.sent == [(HERE, f"daily:1/{ordinal}") for ordinal in range(3)]


async def test_more_chats_than_fit_in_flight_or_in_a_second_are_all_served_in_one_turn(
    store: SqlStore, clock: FakeClock
) -> None:
    for number in range(lane.WHOLE_TOKEN[0] + 5):
        await waiting(store, clock, f"daily:{number}", chat=str(number))
    platform = FakePlatform()
    started = clock.now()
    assert await deliverer(store, clock, platform).turn() == lane.WHOLE_TOKEN[0] + 5
    assert clock.now() - started >= lane.WHOLE_TOKEN[1]


async def test_a_platform_that_hangs_keeps_no_other_waiting(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    chat = await meet(store, "1", "slow")
    async with store.write() as unit:
        await unit.deliveries.enqueue(delivery(chat, "daily:2"), clock.now())
    slow, quick = FakePlatform("slow"), FakePlatform()
    slow.open.clear()
    turn = asyncio.create_task(deliverer(store, clock, slow, quick).turn())
    await quick.until_sent(1)
    assert slow.sent == []
    slow.open.set()
    assert await turn == 2


async def test_two_processes_send_each_part_once(store: SqlStore, clock: FakeClock) -> None:
    for number in range(20):
        await waiting(store, clock, f"daily:{number}", chat=str(number), count=2)
    platform = FakePlatform()
    senders = [deliverer(store, clock, platform, owner=owner) for owner in ("me", "you")]
    await asyncio.gather(*(sender.turn() for sender in senders))
    assert sorted(texts(platform)) == sorted(f"daily:{number}/{ordinal}" for number in range(20) for ordinal in (0, 1))


async def test_a_part_whose_claim_ended_before_its_call_is_not_sent_by_whoever_stood_still(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock)
    platform = FakePlatform()
    (own_lane,) = deliverer(store, clock, platform)._lanes
    now = clock.now()
    async with store.write() as unit:
        (part,) = await unit.deliveries.claim("me", ["console"], now, now + lane.LEASE, 1)
    clock.pass_by(seconds=lane.LEASE.total_seconds())
    result = await own_lane._send(part, now, now + lane.LEASE)
    assert platform.nonces == []
    async with store.write() as unit:
        await unit.deliveries.settle(part, result, clock.now(), clock.now())
    assert await deliverer(store, clock, platform, owner="you").turn() == 1


# --- Doubts ---


async def test_an_ambiguous_failure_is_never_sent_again_by_itself(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    platform = FakePlatform("console", LOST)
    sender = deliverer(store, clock, platform)
    for _ in range(5):
        await sender.turn()
        clock.pass_by(hours=1)
    assert len(platform.nonces) == 1
    assert await ledger(store) == [PartState.UNKNOWN]


async def test_a_mistake_of_ours_while_sending_is_a_doubt_and_stops_nobody_else(
    store: SqlStore, clock: FakeClock
) -> None:
    for number in range(3):
        await waiting(store, clock, f"daily:{number}", chat=str(number))
    platform = FakePlatform("console", ZeroDivisionError())
    assert await deliverer(store, clock, platform).turn() == 2
    assert sorted(await ledger(store)) == [PartState.SENT, PartState.SENT, PartState.UNKNOWN]


async def outage(store: SqlStore, clock: FakeClock, platform: FakePlatform, minutes: int) -> Deliverer:
    """Many chats wait, and every call of so many minutes is left in doubt."""
    for number in range(60):
        await waiting(store, clock, f"daily:{number}", chat=str(number))
    sender = deliverer(store, clock, platform)
    for _ in range(minutes * 6):
        await sender.turn()
        clock.pass_by(seconds=10)
    return sender


async def test_while_a_platform_is_down_few_parts_are_left_in_doubt_and_then_all_others_go(
    store: SqlStore, clock: FakeClock
) -> None:
    platform = FakePlatform("console", *[LOST] * 1000)
    sender = await outage(store, clock, platform, minutes=5)
    doubts = (await ledger(store)).count(PartState.UNKNOWN)
    assert lane.IN_FLIGHT <= doubts <= lane.IN_FLIGHT + 15
    platform.results.clear()
    clock.pass_by(seconds=30)
    assert await sender.turn() == 60 - doubts


async def test_a_refusal_is_an_answer_and_ends_caution(store: SqlStore, clock: FakeClock) -> None:
    platform = FakePlatform("console", *[LOST] * lane.IN_FLIGHT, SendResult(SendOutcome.REFUSED))
    await outage(store, clock, platform, minutes=1)
    states = await ledger(store)
    assert (states.count(PartState.UNKNOWN), states.count(PartState.DEAD)) == (lane.IN_FLIGHT, 1)
    assert states.count(PartState.SENT) == 60 - lane.IN_FLIGHT - 1


async def test_when_told_to_stop_no_call_is_made_to_see_whether_a_platform_is_back(
    store: SqlStore, clock: FakeClock
) -> None:
    platform = FakePlatform("console", *[LOST] * 1000)
    sender = await outage(store, clock, platform, minutes=1)
    called = len(platform.nonces)
    sender.stop()
    clock.pass_by(minutes=5)
    assert await sender.turn() == 0
    assert len(platform.nonces) == called


async def interrupted(store: SqlStore, clock: FakeClock, seconds: float) -> None:
    """A part whose sender died while it was on its way, so long ago."""
    await waiting(store, clock)
    async with store.write() as unit:
        claimed = await unit.deliveries.claim("dead", ["console"], clock.now(), clock.now() + lane.LEASE, 5)
    assert len(claimed) == 1
    clock.pass_by(seconds=seconds)


async def test_a_sender_that_died_leaves_a_doubt_and_no_second_copy(store: SqlStore, clock: FakeClock) -> None:
    await interrupted(store, clock, 20)
    platform = FakePlatform()
    assert await deliverer(store, clock, platform).turn() == 0
    assert platform.nonces == []
    assert await ledger(store) == [PartState.UNKNOWN]


async def test_where_a_nonce_protects_a_part_of_a_sender_that_died_is_sent_again(
    store: SqlStore, clock: FakeClock
) -> None:
    await interrupted(store, clock, 20)
    platform = FakePlatform(nonce_memory=TWO_MINUTES)
    assert await deliverer(store, clock, platform).turn() == 1


async def test_where_the_platform_may_have_forgotten_the_nonce_it_is_not(store: SqlStore, clock: FakeClock) -> None:
    await interrupted(store, clock, 121)
    platform = FakePlatform(nonce_memory=TWO_MINUTES)
    assert await deliverer(store, clock, platform).turn() == 0
    assert platform.nonces == []
    assert await ledger(store) == [PartState.UNKNOWN]


async def test_before_the_platform_is_connected_a_doubt_waits(store: SqlStore, clock: FakeClock) -> None:
    await interrupted(store, clock, 20)
    platform = FakePlatform(nonce_memory=None)
    sender = deliverer(store, clock, platform)
    assert await sender.turn() == 0
    platform.nonce_memory = TWO_MINUTES
    clock.pass_by(seconds=11)
    assert await sender.turn() == 1


async def test_repeatable_tries_go_on_for_two_minutes_with_one_nonce_and_then_it_is_a_doubt(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock)
    platform = FakePlatform("console", *[REPEATABLE] * 99, nonce_memory=TWO_MINUTES)
    started = clock.now()
    tries = []
    for _ in range(60):
        before = len(platform.nonces)
        await deliverer(store, clock, platform).turn()  # Each time another process: nothing is remembered in memory.
        if len(platform.nonces) > before:
            tries.append(clock.now() - started)
        clock.pass_by(seconds=5)
    assert 10 <= len(tries) <= 15
    assert TWO_MINUTES - timedelta(seconds=15) < tries[-1] < TWO_MINUTES
    assert len(set(platform.nonces)) == 1
    assert await ledger(store) == [PartState.UNKNOWN]


async def test_a_refusal_between_two_doubts_forgets_neither(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    certain = SendResult(SendOutcome.RETRY, retry_after=100)
    platform = FakePlatform("console", REPEATABLE, certain, nonce_memory=TWO_MINUTES)
    for _ in range(4):
        await deliverer(store, clock, platform).turn()
        clock.pass_by(seconds=60)
    assert len(platform.nonces) == 2
    assert await ledger(store) == [PartState.UNKNOWN]


@pytest.mark.parametrize(
    "last", [SendResult(SendOutcome.REFUSED), SendResult(SendOutcome.CHAT_GONE), SendResult(SendOutcome.RETRY)]
)
async def test_what_may_have_arrived_once_is_never_said_not_to_have(
    store: SqlStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, last: SendResult
) -> None:
    """A later refusal says nothing of the earlier try."""
    monkeypatch.setattr(lane, "MOST_ATTEMPTS", 1)
    await waiting(store, clock)
    platform = FakePlatform("console", REPEATABLE, last, nonce_memory=TWO_MINUTES)
    for _ in range(2):
        await deliverer(store, clock, platform).turn()
        clock.pass_by(seconds=20)
    assert (len(platform.nonces), await ledger(store)) == (2, [PartState.UNKNOWN])


async def test_a_doubt_stays_one_when_its_chat_leaves(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock, count=2)
    await deliverer(store, clock, FakePlatform("console", REPEATABLE, nonce_memory=TWO_MINUTES)).turn()
    async with store.write() as unit:
        chat = await unit.chats.find(HERE)
        assert chat is not None
        await unit.chats.mark(chat.id, ChatState.GONE)
    assert await ledger(store) == [PartState.UNKNOWN, PartState.DEAD]


# --- Trying again ---


async def test_a_part_that_certainly_did_not_arrive_is_tried_again_with_the_same_nonce(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock)
    platform = FakePlatform("console", SendResult(SendOutcome.RETRY, retry_after=30))
    sender = deliverer(store, clock, platform)
    assert await sender.turn() == 0
    clock.pass_by(seconds=10)
    assert await sender.turn() == 0
    clock.pass_by(seconds=25)
    assert await sender.turn() == 1
    assert len(set(platform.nonces)) == 1


async def test_a_failure_halfway_resumes_at_the_part(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock, count=3)
    platform = FakePlatform("console", SendResult(SendOutcome.SENT, "1"), SendResult(SendOutcome.RETRY))
    sender = deliverer(store, clock, platform)
    assert await sender.turn() == 1
    clock.pass_by(minutes=1)
    assert await sender.turn() == 2
    assert texts(platform) == [f"daily:1/{ordinal}" for ordinal in range(3)]


async def test_a_chat_that_is_gone_gets_nothing_more(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock, count=3)
    await deliverer(store, clock, FakePlatform("console", SendResult(SendOutcome.CHAT_GONE))).turn()
    assert await ledger(store) == [PartState.DEAD] * 3
    async with store.read() as unit:
        found = await unit.chats.find(HERE)
    assert found is not None
    assert found.state is ChatState.GONE


async def test_a_chat_that_moved_gets_its_briefing_at_its_new_address(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    there = ChatAddress("console", "-100")
    platform = FakePlatform("console", SendResult(SendOutcome.MOVED, moved_to=there))
    await deliverer(store, clock, platform).turn()
    assert [address for address, _ in platform.sent] == [there]


@pytest.mark.parametrize("outcome", [SendOutcome.RETRY, SendOutcome.STOP])
async def test_a_token_told_to_wait_sends_nothing_to_anyone_until_then_in_no_process(
    store: SqlStore, clock: FakeClock, outcome: SendOutcome
) -> None:
    for number in range(lane.IN_FLIGHT + 3):
        await waiting(store, clock, f"daily:{number}", chat=str(number))
    flood = SendResult(outcome, retry_after=60, whole_token=True)
    platform = FakePlatform("console", *[flood] * lane.IN_FLIGHT)
    assert await deliverer(store, clock, platform).turn() == 0
    clock.pass_by(seconds=50)
    assert await deliverer(store, clock, platform, owner="another process").turn() == 0
    assert len(platform.nonces) == lane.IN_FLIGHT
    clock.pass_by(seconds=11)
    assert await deliverer(store, clock, platform).turn() == lane.IN_FLIGHT + 3


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


def test_what_is_in_doubt_is_tried_again_soon_unless_the_platform_asks_for_a_pause() -> None:
    now = FakeClock().now()
    for attempts in range(MOST_ATTEMPTS):
        again = retry_at(REPEATABLE, attempts, now, doubtful=True)
        assert again is not None
        assert again - now <= DOUBTFUL_PAUSE
    flood = SendResult(SendOutcome.RETRY, retry_after=60)
    assert retry_at(flood, 0, now, doubtful=True) == now + timedelta(seconds=60)


def test_after_many_attempts_it_is_given_up_but_a_refused_token_never() -> None:
    now = FakeClock().now()
    assert retry_at(SendResult(SendOutcome.RETRY), MOST_ATTEMPTS, now) is None
    assert retry_at(SendResult(SendOutcome.STOP), MOST_ATTEMPTS, now) == now + LONGEST_PAUSE


# --- Edits ---


async def change(store: SqlStore, clock: FakeClock, original: int, *words: str) -> None:
    """Change what was sent."""
    chat = await meet(store, "42", "console")
    new = tuple(RenderedPart({"text": text}) for text in words)
    wanted = NewDelivery(f"edit:{original}:{clock.now()}", chat.id, DeliveryKind.EDIT, new, edits=original)
    async with store.write() as unit:
        assert await unit.deliveries.enqueue(wanted, clock.now())


async def first_delivery(store: SqlStore) -> int:
    async with store._database.reading() as connection:
        return int((await connection.scalar(select(parts.c.delivery_id).order_by(parts.c.id))) or 0)


async def test_an_edit_replaces_its_messages_and_what_is_longer_follows_as_new_ones(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock)
    platform = FakePlatform()
    sender = deliverer(store, clock, platform)
    await sender.turn()
    original = await first_delivery(store)
    await change(store, clock, original, "better", "more")
    await sender.turn()
    clock.pass_by(hours=1)
    await change(store, clock, original, "best", "most")
    await sender.turn()
    first, second = platform.nonces
    assert texts(platform) == ["daily:1/0", "more"]
    assert platform.edits == [(first, "better"), (first, "best"), (second, "most")]


async def test_what_never_arrived_for_sure_is_not_edited(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    platform = FakePlatform("console", LOST)
    sender = deliverer(store, clock, platform)
    await change(store, clock, await first_delivery(store), "better")
    await sender.turn()
    assert platform.edits == []
    assert await ledger(store) == [PartState.UNKNOWN, PartState.DEAD]


async def test_an_interrupted_edit_is_done_again_on_every_platform(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    platform = FakePlatform()
    sender = deliverer(store, clock, platform)
    await sender.turn()
    await change(store, clock, await first_delivery(store), "better")
    async with store.write() as unit:
        assert await unit.deliveries.claim("dead", ["console"], clock.now(), clock.now() + lane.LEASE, 5)
    clock.pass_by(minutes=10)
    assert await sender.turn() == 1
    assert [text for _, text in platform.edits] == ["better"]


# --- Stopping, and a store that is away ---


async def test_when_told_to_stop_what_is_in_flight_lands_and_nothing_more_goes(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock, count=3)
    platform = FakePlatform()
    platform.open.clear()
    sender = deliverer(store, clock, platform)
    turn = asyncio.create_task(sender.turn())
    await platform.until_called(1)
    sender.stop()
    platform.open.set()
    assert await turn == 1
    assert await ledger(store) == [PartState.SENT, PartState.PENDING, PartState.PENDING]


@pytest.mark.parametrize(("memory", "state"), [(timedelta(0), PartState.UNKNOWN), (TWO_MINUTES, PartState.PENDING)])
async def test_when_there_is_no_more_time_what_is_in_flight_is_marked_as_in_doubt(
    store: SqlStore, clock: FakeClock, memory: timedelta, state: PartState
) -> None:
    await waiting(store, clock, count=2)
    platform = FakePlatform(nonce_memory=memory)
    platform.open.clear()
    sender = deliverer(store, clock, platform)
    turn = asyncio.create_task(sender.turn())
    await platform.until_called(1)
    sender.stop()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert await ledger(store) == [state, PartState.PENDING]
    clock.pass_by(minutes=1)
    platform.open.set()
    sent = await deliverer(store, clock, platform).turn()
    assert sent == (1 if state is PartState.UNKNOWN else 2)


async def test_what_lands_while_the_store_is_away_is_settled_when_it_is_back_and_nothing_is_sent_meanwhile(
    store: SqlStore, clock: FakeClock
) -> None:
    await waiting(store, clock, count=2)
    platform = FakePlatform()
    platform.open.clear()
    flaky = FlakyStore(store)
    sender = replace(deliverer(store, clock, platform), store=flaky)  # type: ignore[arg-type]  # only write() is used
    turn = asyncio.create_task(sender.turn())
    await platform.until_called(1)
    flaky.away = True
    platform.open.set()
    with pytest.raises(StoreUnavailable):
        await turn
    clock.pass_by(minutes=5)
    with pytest.raises(StoreUnavailable):
        await sender.turn()
    assert len(platform.nonces) == 1
    flaky.away = False
    assert await sender.turn() == 2
    assert await ledger(store) == [PartState.SENT, PartState.SENT]


async def until_held(store: SqlStore, moment: datetime) -> None:
    """Wait until the part on its way is held until then."""
    async with asyncio.timeout(20):
        while True:
            async with store._database.reading() as connection:
                if await connection.scalar(select(parts.c.lease_until)) == moment:
                    return


async def test_parts_on_their_way_are_held_for_longer(store: SqlStore, clock: FakeClock) -> None:
    await waiting(store, clock)
    platform = FakePlatform()
    platform.open.clear()
    sender = replace(deliverer(store, clock, platform), renewal_seconds=0.01)
    turn = asyncio.create_task(sender.turn())
    await platform.until_called(1)
    for _ in range(4):
        clock.pass_by(seconds=10)
        await until_held(store, clock.now() + lane.LEASE)
    assert await ledger(store) == [PartState.SENDING]
    platform.open.set()
    assert await turn == 1


async def test_what_waits_for_a_platform_that_nobody_serves_goes_stale_and_never_arrives(
    store: SqlStore, clock: FakeClock
) -> None:
    chat = await meet(store, "1", "discord")
    async with store.write() as unit:
        await unit.deliveries.enqueue(replace(delivery(chat, "alert:1"), kind=DeliveryKind.BREAKING), clock.now())
    elsewhere, discord = FakePlatform(), FakePlatform("discord")
    clock.pass_by(hours=13)
    await Deliverer(store, clock, {"console": elsewhere}, "me").turn()
    await Deliverer(store, clock, {"discord": discord}, "me").turn()
    async with store.read() as unit:
        assert (await unit.figures.count(1, clock.now())).parts == {("discord", "expired"): 1}
    assert discord.sent == []
