"""Previews and suggestions wait for a decision, and are decided once; who decides is known."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat
from bot.domain.offer import Preview, PreviewState, SuggestionState
from tests.contracts.examples import NOON, at, meet
from tests.contracts.moderation_examples import (
    OFFER,
    suggestion,
)

# --- Previews ---


def preview(chat: Chat, token: str = "abc123", hours: float = 0) -> Preview:
    return Preview(token, chat.id, at(hours), OFFER)


async def test_a_preview_is_kept_whole_for_its_chat(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        await unit.previews.keep(preview(chat))
        assert await unit.previews.get("abc123", chat.id) == preview(chat)
        assert await unit.previews.get("abc123", other.id) is None
        await unit.previews.change("abc123", OFFER.choose(0))
        changed = await unit.previews.get("abc123", chat.id)
        assert changed is not None
        assert changed.offer == OFFER.choose(0)


async def test_a_preview_is_used_or_cancelled_once(store: SqlStore, other_store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.previews.keep(preview(chat))

    async def end(through: SqlStore, state: PreviewState) -> bool:
        async with through.write() as unit:
            return await unit.previews.end("abc123", state)

    ended = await asyncio.gather(end(store, PreviewState.USED), end(other_store, PreviewState.CANCELLED))
    assert sorted(ended) == [False, True]
    assert not await end(store, PreviewState.USED)
    assert not await end(store, PreviewState.USED)


async def test_old_previews_are_forgotten_and_recent_ones_counted(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.previews.keep(preview(chat, "old", -24))
        await unit.previews.keep(preview(chat, "young", -23))
        await unit.previews.end("young", PreviewState.USED)
        assert await unit.previews.made(chat.id, at(-25)) == 2
        await unit.previews.keep(preview(chat, "new"))
        assert await unit.previews.get("old", chat.id) is None
        assert await unit.previews.made(chat.id, at(-24)) == 2


# --- Suggestions ---


async def test_suggestions_wait_for_those_who_decide_them(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        here = await unit.suggestions.add(suggestion(chat))
        await unit.suggestions.add(suggestion(other))
        everyones = await unit.suggestions.add(suggestion(other, for_everyone=True))
        assert here == replace(suggestion(chat), id=here.id)
        assert await unit.suggestions.get(here.id) == here
        assert await unit.suggestions.waiting(chat.id, for_everyone=False) == (here,)
        assert await unit.suggestions.waiting(chat.id, for_everyone=True) == (here, everyones)


async def test_a_suggestion_is_decided_once(store: SqlStore, other_store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        waiting = await unit.suggestions.add(suggestion(chat))

    async def decide(through: SqlStore, state: SuggestionState) -> bool:
        async with through.write() as unit:
            return await unit.suggestions.decide(waiting.id, state, "two", NOON)

    decided = await asyncio.gather(
        decide(store, SuggestionState.APPROVED), decide(other_store, SuggestionState.REFUSED)
    )
    assert sorted(decided) == [False, True]
    async with store.read() as unit:
        assert await unit.suggestions.waiting(chat.id, for_everyone=True) == ()


async def test_a_persons_last_suggestion_is_known_wherever_it_was_made(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        assert await unit.suggestions.last_by("one") is None
        for where, hours in ((chat, -5), (other, -1), (chat, -9)):
            await unit.suggestions.add(replace(suggestion(where), made_at=at(hours)))
        assert await unit.suggestions.last_by("one") == at(-1)


# --- Who moderates ---


async def test_a_code_makes_one_person_a_moderator(store: SqlStore, other_store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        await unit.moderators.offer("old", NOON)
        await unit.moderators.offer("hash", NOON)
        assert not await unit.moderators.claim("old", "zero", chat.id, NOON)
        assert not await unit.moderators.any()

    async def claim(through: SqlStore, actor: str, where: Chat) -> bool:
        async with through.write() as unit:
            return await unit.moderators.claim("hash", actor, where.id, NOON + timedelta(seconds=1))

    claimed = await asyncio.gather(claim(store, "one", chat), claim(other_store, "two", other))
    assert sorted(claimed) == [False, True]
    async with store.read() as unit:
        assert sorted([await unit.moderators.includes("one"), await unit.moderators.includes("two")]) == [False, True]
        assert await unit.moderators.any()
        assert len(await unit.moderators.seats([])) == 1


async def test_a_seat_makes_nobody_a_moderator_and_counts_for_those_who_are(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        await unit.moderators.seat("named", chat.id)
        await unit.moderators.seat("named", other.id)
        await unit.moderators.seat("former", chat.id)
        assert not await unit.moderators.includes("named")
        assert not await unit.moderators.any()
        assert await unit.moderators.seats(["named"]) == (other.id,)
        assert await unit.moderators.seats([]) == ()
