"""The outbox and ledger: once, in order, one in flight a chat, every doubt recorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.adapters.sql.schema import parts
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat, ChatAddress, ChatState
from bot.domain.delivery import ClaimedPart, PartState, SendOutcome, SendResult
from bot.domain.message import Picture, RenderedPart
from tests.contracts.examples import LEASE, NOON, at, delivery, meet
from tests.contracts.sending import AMBIGUOUS, CHAT_GONE, REFUSED, RETRY, SENT, STOP, claim, enqueue, settle


async def doubt(store: SqlStore, now: datetime) -> int:
    async with store.write() as unit:
        return await unit.deliveries.doubt_interrupted(now)


def texts(parts: tuple[ClaimedPart, ...]) -> list[object]:
    return [part.part.payload["text"] for part in parts]


async def claimed_texts(store: SqlStore, now: datetime = NOON) -> list[object]:
    return texts(await claim(store, now))


async def state_of(store: SqlStore, chat: Chat) -> ChatState:
    async with store.read() as unit:
        found = await unit.chats.get(chat.id)
    assert found is not None
    return found.state


# --- Writing ---


async def test_a_delivery_is_written_once_a_key(store: SqlStore) -> None:
    chat = await meet(store)
    assert await enqueue(store, delivery(chat, parts=2))
    assert not await enqueue(store, replace(delivery(chat), parts=(RenderedPart({"text": "other"}),)))
    assert await claimed_texts(store) == ["daily:1/0"]


async def test_of_two_processes_that_write_the_same_key_one_does(store: SqlStore, other_store: SqlStore) -> None:
    chat = await meet(store)
    written = await asyncio.gather(*(enqueue(where, delivery(chat)) for where in (store, other_store) * 4))
    assert sorted(written) == [False] * 7 + [True]


async def test_a_part_comes_back_whole_with_where_to_send_it(store: SqlStore) -> None:
    chat = await meet(store, "42")
    payload: dict[str, object] = {"text": "été ❤ \x00", "buttons": [[{"label": "1", "url": None}]], "silent": True}
    part = RenderedPart(payload, Picture(b"\x89PNG\x00\xff", "Une courbe", "courbe.png"))
    await enqueue(store, replace(delivery(chat), parts=(part,)))
    (claimed,) = await claim(store)
    assert claimed.part == part
    assert (claimed.chat_id, claimed.address, claimed.ordinal, claimed.attempts) == (chat.id, chat.address, 0, 0)


async def test_a_nonce_fits_the_platforms_stays_and_is_never_another_parts(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    await enqueue(store, delivery(chat, "x" * 200, parts=2))
    await enqueue(store, delivery(other, "y"))
    first, third = await claim(store)
    await settle(store, first, RETRY, retry_at=NOON)
    (again,) = await claim(store)
    await settle(store, again, SENT)
    (second,) = await claim(store)
    assert again.nonce == first.nonce
    assert len({first.nonce, second.nonce, third.nonce}) == 3
    assert all(1 <= len(part.nonce) <= 25 for part in (first, second, third))


# --- Claiming ---


async def test_parts_go_one_at_a_time_a_chat_in_the_order_they_were_written(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat, "a", parts=2))
    await enqueue(store, delivery(chat, "b"))
    for text in ("a/0", "a/1", "b/0"):
        (part,) = await claim(store)
        assert part.part.payload["text"] == text
        assert await claim(store) == ()
        await settle(store, part, SENT)
    assert await claim(store) == ()


async def test_chats_do_not_wait_for_each_other_and_the_oldest_goes_first(store: SqlStore) -> None:
    chats = [await meet(store, str(number)) for number in range(3)]
    for chat in reversed(chats):
        await enqueue(store, delivery(chat, chat.address.chat, parts=2))
    assert texts(await claim(store, limit=2)) == ["2/0", "1/0"]
    assert await claimed_texts(store) == ["0/0"]
    assert await claimed_texts(store) == []


async def test_only_parts_for_platforms_served_here_are_claimed(store: SqlStore) -> None:
    telegram, discord = await meet(store, "1"), await meet(store, "1", "discord")
    await enqueue(store, delivery(telegram, "t"))
    await enqueue(store, delivery(discord, "d"))
    assert await claim(store, platforms=()) == ()
    assert texts(await claim(store, platforms=("discord", "console"))) == ["d/0"]
    assert texts(await claim(store, platforms=("telegram", "discord"))) == ["t/0"]


async def test_many_processes_claim_each_part_once_and_never_two_of_a_chat(
    store: SqlStore, other_store: SqlStore
) -> None:
    chats = [await meet(store, str(number)) for number in range(8)]
    for chat in chats:
        await enqueue(store, delivery(chat, chat.address.chat, parts=3))
    sent: list[object] = []
    in_flight: set[int] = set()

    async def send(where: SqlStore) -> None:
        while parts := await claim(where, limit=3):
            held = {part.chat_id for part in parts}
            assert len(held) == len(parts)
            assert not held & in_flight
            in_flight.update(held)
            for part in parts:
                sent.append(part.part.payload["text"])
                in_flight.discard(part.chat_id)
                await settle(where, part, SENT)

    await asyncio.gather(*(send(where) for where in (store, other_store) * 3))
    await send(store)
    assert len(sent) == len(set(sent)) == 24
    for chat in chats:
        own = [text for text in sent if str(text).startswith(f"{chat.address.chat}/")]
        assert own == [f"{chat.address.chat}/{ordinal}" for ordinal in range(3)]


# --- Settling ---


async def test_a_part_to_be_retried_waits_until_then_and_the_chats_others_behind_it(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat, "a", parts=2))
    await enqueue(store, delivery(chat, "b"))
    (part,) = await claim(store)
    await settle(store, part, RETRY, retry_at=at(1))
    assert await claim(store, at(0.999)) == ()
    (again,) = await claim(store, at(1))
    assert (again.id, again.attempts) == (part.id, 1)
    assert again.fence > part.fence


async def test_a_part_given_up_does_not_keep_the_others(store: SqlStore) -> None:
    for outcome in (RETRY, REFUSED, SendResult(SendOutcome.MOVED)):
        chat = await meet(store, outcome.outcome)
        await enqueue(store, delivery(chat, outcome.outcome, parts=2))
        (part,) = await claim(store)
        await settle(store, part, outcome)
        (following,) = await claim(store)
        assert following.ordinal == 1
        assert await state_of(store, chat) is ChatState.ACTIVE


async def test_a_doubtful_part_is_never_sent_again_by_itself_and_the_next_one_goes(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat, "a", parts=2))
    (part,) = await claim(store)
    await settle(store, part, AMBIGUOUS)
    (following,) = await claim(store, at(1))
    assert following.ordinal == 1
    await settle(store, following, SENT)
    assert await claim(store, at(99)) == ()


async def test_a_platform_with_nonces_may_have_a_doubtful_part_tried_again(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat))
    (part,) = await claim(store)
    await settle(store, part, AMBIGUOUS, retry_at=at(0.01))
    (again,) = await claim(store, at(0.01))
    assert (again.id, again.nonce) == (part.id, part.nonce)


async def test_a_chat_that_is_gone_gets_nothing_more_of_what_waited(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    await enqueue(store, delivery(chat, "a", parts=3))
    await enqueue(store, delivery(chat, "b"))
    await enqueue(store, delivery(other, "c", parts=2))
    part, others = await claim(store)
    await settle(store, part, CHAT_GONE)
    await settle(store, others, SENT)
    assert (await state_of(store, chat), await state_of(store, other)) == (ChatState.GONE, ChatState.ACTIVE)
    assert await claimed_texts(store) == ["c/1"]
    await enqueue(store, delivery(chat, "written while gone"))
    assert await claim(store) == ()


async def test_a_part_for_a_chat_that_moved_goes_to_the_new_address(store: SqlStore) -> None:
    chat = await meet(store, "-100")
    new = ChatAddress("telegram", "-100200")
    await enqueue(store, delivery(chat, parts=2))
    (part,) = await claim(store)
    await settle(store, part, SendResult(SendOutcome.MOVED, moved_to=new), retry_at=NOON)
    (again,) = await claim(store)
    assert (again.id, again.chat_id, again.address) == (part.id, chat.id, new)


async def test_a_token_that_is_refused_leaves_its_parts_waiting(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat))
    (part,) = await claim(store)
    await settle(store, part, STOP, retry_at=at(1))
    assert await claim(store) == ()
    (again,) = await claim(store, at(1))
    await settle(store, again, STOP)
    assert len(await claim(store, at(1))) == 1


# --- Doubts and fences ---


async def test_a_part_whose_sender_vanished_is_in_doubt_and_stays_unsent(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat, "a", parts=2))
    await claim(store)
    assert await doubt(store, NOON + LEASE / 2) == 0
    assert await doubt(store, NOON + LEASE) == 1
    assert await doubt(store, NOON + LEASE) == 0
    assert await claimed_texts(store, at(1)) == ["a/1"]


@pytest.mark.parametrize("result", [SENT, RETRY, AMBIGUOUS, CHAT_GONE, REFUSED, STOP])
async def test_an_earlier_holder_settles_nothing(store: SqlStore, result: SendResult) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat))
    (first,) = await claim(store)
    await settle(store, first, RETRY, retry_at=NOON)
    (second,) = await claim(store)
    await settle(store, first, result, retry_at=NOON)
    assert await state_of(store, chat) is ChatState.ACTIVE
    assert await claim(store, at(1)) == ()
    await settle(store, second, RETRY, retry_at=NOON)
    (third,) = await claim(store)
    assert third.attempts == 2


async def test_news_that_a_doubtful_part_arrived_is_welcome_any_other_comes_too_late(store: SqlStore) -> None:
    for number, result in enumerate((SENT, RETRY, CHAT_GONE)):
        chat = await meet(store, str(number))
        await enqueue(store, delivery(chat, str(number)))
        (part,) = await claim(store)
        await doubt(store, NOON + LEASE)
        await settle(store, part, result, at(1), retry_at=at(1))
        async with store._database.reading() as connection:
            state = await connection.scalar(select(parts.c.state).where(parts.c.id == part.id))
        assert state == (PartState.SENT if result is SENT else PartState.UNKNOWN)
        assert await claim(store, at(2)) == ()
        assert await state_of(store, chat) is ChatState.ACTIVE
