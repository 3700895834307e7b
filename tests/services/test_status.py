"""The desk keeps answers for ten minutes, for those who may see the same, until the newsroom writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.feed import Feed
from bot.domain.language import READER_LANGUAGES
from bot.domain.status import Direction
from bot.editorial import topics
from bot.ports import Scope
from bot.services.status import StatusDesk
from tests.contracts.examples import HOUR, NOON, article, follow, judged, keep, keep_private, meet

NOW = Scope(known_by=NOON)
CLAIM = Claim(
    topic="ceasefire", proposition="ceasefire-proposed", polarity=Polarity.AFFIRMED, phase=Phase.PROPOSED,
    modality=Modality.ASSERTED, claimant="Ankara", claimant_id=None, via=None, article_id="a", sentence="A truce?",
    event_date=None, published=NOON - HOUR, language="fr",
)  # fmt: skip


async def told(store: SqlStore, name: str, feed: Feed, hours: float = 1, claim: Claim | None = CLAIM) -> None:
    """An article on the ceasefire, so many hours ago, with a claim."""
    published = NOON - hours * HOUR
    await keep(store, (article(name, feed, published), judged(name, name, ["ceasefire"])))
    if claim is not None:
        async with store.write() as unit:
            await unit.claims.add([replace(claim, article_id=name, published=published)])


async def test_an_answer_is_kept_for_ten_minutes_and_tells_its_own_moment(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    await told(store, "a", feed)
    desk = StatusDesk(store)
    first = await desk.of("ceasefire", NOW, NOON)
    later = NOON + timedelta(minutes=9)
    second = await desk.of("ceasefire", Scope(known_by=later), later)
    assert second.trend is first.trend
    assert second.at == later
    later = NOON + timedelta(minutes=10)
    assert (await desk.of("ceasefire", Scope(known_by=later), later)).trend is not first.trend
    assert (await desk.of("talks", NOW, NOON)).trend is not first.trend


async def test_every_topics_answer_is_ready_when_the_newsroom_has_written(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    desk = StatusDesk(store)
    await told(store, "b", feed, 0.5, replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks"))
    await desk.refresh(NOON)
    ready = dict(desk._kept)
    assert len(ready) == len(topics.topics()) * len(READER_LANGUAGES)
    for language in READER_LANGUAGES:
        answer = await desk.of("ceasefire", NOW, NOON, language)
        assert answer.phase is Phase.TALKS
        assert any(answer.trend is status.trend for status in ready.values())
    assert desk._kept.keys() == ready.keys()


async def test_what_a_chat_asked_lately_of_its_own_feeds_is_ready_too(store: SqlStore) -> None:
    feed, private = await follow(store, "quai", "river")
    chat = await meet(store)
    await keep_private(store, private, chat)
    await told(store, "a", feed)
    own = Scope(chat.id, NOON)
    desk = StatusDesk(store)
    await desk.of("ceasefire", own, NOON, "fr")
    await told(store, "b", feed, 0.5, replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks"))
    await desk.refresh(NOON)
    ready = [status for status in desk._kept.values() if status.phase is Phase.TALKS]
    assert (await desk.of("ceasefire", own, NOON, "fr")).trend in [status.trend for status in ready]
    assert len(ready) == len(READER_LANGUAGES) + 1
    await desk.refresh(NOON + timedelta(hours=2))
    assert not desk._lately


async def test_what_the_newsroom_writes_is_answered_at_once(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    await told(store, "a", feed)
    desk = StatusDesk(store)
    assert (await desk.of("ceasefire", NOW, NOON)).phase is Phase.PROPOSED
    await told(store, "b", feed, 0.5, replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks"))
    assert (await desk.of("ceasefire", NOW, NOON)).phase is Phase.TALKS


async def test_a_replay_is_never_answered_from_what_is_kept(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    await told(store, "a", feed)
    desk = StatusDesk(store)
    replay = Scope(known_by=NOON, replay=True)
    first = await desk.of("ceasefire", replay, NOON)
    assert (await desk.of("ceasefire", replay, NOON)).trend is not first.trend
    assert await desk.of("ceasefire", replay, NOON) == first


async def test_who_sees_the_same_feeds_shares_an_answer_and_nobody_else(store: SqlStore) -> None:
    public, own = await follow(store, "quai", "river")
    owner, second, third = [await meet(store, name) for name in ("1", "2", "3")]
    await keep_private(store, own, owner)
    await told(store, "a", public)
    await told(store, "b", own, claim=replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks"))
    desk = StatusDesk(store)
    answers = [await desk.of("ceasefire", Scope(chat.id, NOON), NOON) for chat in (owner, second, third)]
    assert [answer.phase for answer in answers] == [Phase.TALKS, Phase.PROPOSED, Phase.PROPOSED]
    assert answers[1].trend is answers[2].trend


async def test_a_picture_marks_the_steps_that_its_chat_may_see(store: SqlStore) -> None:
    public, own = await follow(store, "quai", "river")
    owner, other = [await meet(store, name) for name in ("1", "2")]
    await keep_private(store, own, owner)
    await told(store, "a", public, 72)
    await told(store, "b", own, 1, replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks"))
    desk = StatusDesk(store)
    first, today = (NOON - 72 * HOUR).date(), NOON.date()
    seen = [await desk.changes("ceasefire", Scope(chat.id, NOON), NOON) for chat in (owner, other)]
    assert [[(change.date, change.phase) for change in changes] for changes in seen] == [
        [(first, Phase.PROPOSED), (today, Phase.TALKS)],
        [(first, Phase.PROPOSED)],
    ]


async def test_of_a_topic_too_busy_to_be_read_in_full_no_step_is_made_up(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.status.MOST_DRAWN", 2)
    (feed,) = await follow(store, "quai")
    for name, hours in (("a", 72), ("b", 48), ("c", 1)):
        await told(store, name, feed, hours)
    assert await StatusDesk(store).changes("ceasefire", NOW, NOON) == ()


async def test_a_feed_that_came_this_week_makes_no_rise(store: SqlStore) -> None:
    steady, new = await follow(store, "quai", "river")
    for number in range(3):
        await told(store, f"old{number}", steady, 24 * (8 + number))
        await told(store, f"now{number}", steady, 24 * (1 + number))
    await told(store, "first", steady, 24 * 20)
    desk = StatusDesk(store)
    assert (await desk.of("ceasefire", NOW, NOON)).trend.direction is Direction.FLAT
    for number in range(6):
        await told(store, f"new{number}", new, 12 + number)
    assert (await desk.of("ceasefire", NOW, NOON)).trend.direction is Direction.FLAT


async def test_a_feed_that_was_read_in_both_weeks_counts_on_a_topic_it_takes_up(store: SqlStore) -> None:
    steady, other = await follow(store, "quai", "river")
    await told(store, "first", steady, 24 * 20)
    await keep(store, (article("before", other, NOON - 24 * 9 * HOUR), judged("before", "before", ["sanctions"])))
    for number in range(6):
        await told(store, f"new{number}", other, 12 + number)
    assert (await StatusDesk(store).of("ceasefire", NOW, NOON)).trend.direction is Direction.UP


async def test_chats_that_see_the_same_are_made_ready_for_together(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    await told(store, "a", feed)
    desk = StatusDesk(store)
    for name in ("1", "2", "3"):
        chat = await meet(store, name)
        await desk.of("ceasefire", Scope(chat.id, NOON), NOON, "fr")
    assert len(desk._lately) == 1
