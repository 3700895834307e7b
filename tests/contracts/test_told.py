"""What a chat was told, and where its next briefing starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat
from bot.domain.delivery import ClaimedPart
from bot.domain.story import OpenStory
from tests.contracts.examples import NOON, at, delivery, meet
from tests.contracts.sending import AMBIGUOUS, REFUSED, SENT, claim, enqueue, settle


async def told(store: SqlStore, chat: Chat, since: datetime = NOON) -> dict[str, tuple[datetime, frozenset[str]]]:
    async with store.read() as unit:
        return dict(await unit.deliveries.told(chat.id, since))


async def send_telling(
    store: SqlStore, chat: Chat, key: str, *stories: tuple[str, tuple[str, ...]], written: datetime = NOON
) -> ClaimedPart:
    """Write and claim a delivery that tells these stories."""
    await enqueue(store, replace(delivery(chat, key), told=stories), written)
    (part,) = await claim(store)
    return part


async def test_a_chat_was_told_what_arrived_may_have_arrived_or_waits(store: SqlStore) -> None:
    outcomes = (("sent", SENT), ("doubtful", AMBIGUOUS), ("refused", REFUSED))
    chat, other = await meet(store), await meet(store, "other")
    for hours, (name, result) in enumerate(outcomes, start=1):
        part = await send_telling(store, chat, name, (name, ("a", "b")), written=at(hours))
        await settle(store, part, result, at(9))
    await enqueue(store, replace(delivery(chat, "waiting"), told=(("waiting", ("a",)),)), at(4))
    articles = frozenset({"a", "b"})
    waiting = {"waiting": (at(4), frozenset({"a"}))}
    assert await told(store, chat) == {"sent": (at(1), articles), "doubtful": (at(2), articles), **waiting}
    assert await told(store, chat, at(2)) == {"doubtful": (at(2), articles), **waiting}
    assert await told(store, other) == {}


async def test_what_was_told_of_a_story_adds_up(store: SqlStore) -> None:
    chat = await meet(store)
    first = await send_telling(store, chat, "1", ("one", ("a", "b")), ("one", ("c",)), written=at(1))
    await settle(store, first, SENT)
    await settle(store, await send_telling(store, chat, "2", ("one", ("d",)), ("two", ("e",)), written=at(2)), SENT)
    assert await told(store, chat) == {"one": (at(2), frozenset("abcd")), "two": (at(2), frozenset("e"))}


async def test_a_story_merged_after_it_was_told_is_known_by_its_new_id(store: SqlStore) -> None:
    chat = await meet(store)
    await settle(store, await send_telling(store, chat, "1", ("one", ("a",)), ("two", ("b",))), SENT, at(1))
    async with store.write() as unit:
        await unit.stories.save([OpenStory("one", NOON, b""), OpenStory("two", NOON, b"", merged_into="one")])
    assert await told(store, chat) == {"one": (NOON, frozenset("ab"))}


async def test_a_delivery_was_told_as_of_when_it_was_written_however_late_its_parts_arrived(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, replace(delivery(chat, parts=2), told=(("one", ("a",)),)))
    for hours in (1, 2):
        (part,) = await claim(store)
        await settle(store, part, SENT, at(hours))
    assert await told(store, chat) == {"one": (NOON, frozenset("a"))}


async def test_where_the_first_briefing_of_an_order_started_is_known_whatever_became_of_it(store: SqlStore) -> None:
    chat = await meet(store)
    for hours, key in enumerate(("1", "2"), start=1):
        kept = f'{{"window": {{"from": "{at(hours - 24).isoformat()}", "to": "{at(hours).isoformat()}"}}}}'
        written = replace(delivery(chat, key), subscription_id=5, briefing=kept, window_end=at(hours))
        await enqueue(store, written, at(hours))
        (part,) = await claim(store)
        await settle(store, part, REFUSED)
    async with store.read() as unit:
        assert await unit.deliveries.first_window_start(5) == at(-23)
        assert await unit.deliveries.first_window_start(6) is None


async def test_the_next_window_starts_where_the_newest_briefing_that_may_arrive_ended(store: SqlStore) -> None:
    chat = await meet(store)

    async def end() -> datetime | None:
        async with store.read() as unit:
            return await unit.deliveries.last_window_end(5)

    async def brief(key: str, hours: float, subscription_id: int = 5) -> None:
        written = replace(delivery(chat, key), subscription_id=subscription_id, window_end=at(hours))
        await enqueue(store, written)

    assert await end() is None
    await brief("1", 1)
    await brief("2", 2)
    await brief("another subscription's", 9, subscription_id=6)
    await enqueue(store, replace(delivery(chat, "no briefing"), subscription_id=5))
    assert await end() == at(2)
    (part,) = await claim(store)
    await settle(store, part, SENT)
    (part,) = await claim(store)
    await settle(store, part, REFUSED)
    assert await end() == at(1)
