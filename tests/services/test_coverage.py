"""What a process remembers answers exactly as the database would, whatever the newsroom, readers and moderators do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Verdict
from bot.domain.chat import Chat
from bot.domain.claim import Phase
from bot.domain.feed import Feed
from bot.domain.status import TopicStatus
from bot.domain.story import OpenStory
from bot.ports import Scope
from bot.services import coverage
from bot.services.status import StatusDesk
from tests.contracts.examples import NOON, article, follow, judged, keep, keep_private, meet
from tests.services.test_status import CLAIM, NOW, told

TALKS = replace(CLAIM, phase=Phase.TALKS, proposition="ceasefire-talks")
LATER = NOON + timedelta(minutes=1)

Happening = Callable[[SqlStore, tuple[Feed, ...], Chat], Awaitable[None]]


async def an_article_comes(store: SqlStore, feeds: tuple[Feed, ...], _chat: Chat) -> None:
    await told(store, "new", feeds[0], 0.1, TALKS)


async def an_article_is_withdrawn(store: SqlStore, _feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.articles.record([judged("b", None, verdict=Verdict.NO, version=2)])


async def an_article_is_corrected(store: SqlStore, feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.revisions.rewrite(replace(article("b", feeds[1]), title="Corrected"), again=True)
        await unit.articles.record([judged("b", "b", ["ceasefire"], version=2)])
        await unit.claims.add([replace(CLAIM, article_id="b", sentence="Corrected?")], of=["b"])


async def an_article_claims_nothing_any_more(store: SqlStore, _feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.articles.record([judged("b", "b", ["ceasefire"], version=2)])
        await unit.claims.add([], of=["b"])


async def an_article_turns_to_another_topic(store: SqlStore, _feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.articles.record([judged("b", "b", ["sanctions"], version=2)])


async def stories_are_merged(store: SqlStore, _feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.stories.save([OpenStory("a", NOON, b""), OpenStory("b", NOON, b"", merged_into="a")])


async def a_moderator_hides_a_story(store: SqlStore, _feeds: tuple[Feed, ...], chat: Chat) -> None:
    async with store.write() as unit:
        await unit.reports.hide(await unit.reports.open("b", chat.id, "Truce?", "", NOON))


async def a_chat_mutes_a_feed(store: SqlStore, feeds: tuple[Feed, ...], chat: Chat) -> None:
    async with store.write() as unit:
        case = await unit.standings.case(feeds[0].id, chat.id)
        assert case is not None
        await unit.standings.settle(feeds[0].id, chat.id, replace(case.standing, muted=True))


async def a_second_feed_brings_an_article(store: SqlStore, feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.articles.add([replace(article("b", feeds[0]), feed_ids=(feeds[0].id,))])


async def a_feed_is_renamed(store: SqlStore, feeds: tuple[Feed, ...], _chat: Chat) -> None:
    async with store.write() as unit:
        await unit.feeds.reconcile([replace(feeds[0].spec, name="The Quay")])


HAPPENINGS: tuple[Happening, ...] = (
    an_article_comes,
    an_article_is_withdrawn,
    an_article_is_corrected,
    an_article_claims_nothing_any_more,
    an_article_turns_to_another_topic,
    stories_are_merged,
    a_moderator_hides_a_story,
    a_chat_mutes_a_feed,
)


@pytest.fixture(params=[coverage.MOST_ARTICLES, 3], ids=["few articles", "more than are read"])
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """With fewer read than there are, the trend is counted."""
    monkeypatch.setattr("bot.services.coverage.MOST_ARTICLES", request.param)
    monkeypatch.setattr("bot.services.status.MOST_ARTICLES", request.param)
    return int(request.param)


async def filled(store: SqlStore) -> tuple[tuple[Feed, ...], Chat]:
    """A feed for all with four articles, and a chat's own with one."""
    public, own = await follow(store, "quai", "river")
    chat = await meet(store)
    await keep_private(store, own, chat)
    for number in range(3):
        await told(store, f"old{number}", public, 24 * (2 + 3 * number))
    await told(store, "a", public, 3)
    await told(store, "b", own, 2, TALKS)
    await told(store, "first", public, 24 * 20)
    return (public, own), chat


async def asked(desk: StatusDesk, chat: Chat) -> list[TopicStatus]:
    """What everyone is told, and what the chat is."""
    return [await desk.of("ceasefire", Scope(chat_id, LATER), LATER, "fr") for chat_id in (None, chat.id)]


@pytest.mark.usefixtures("most")
@pytest.mark.parametrize("happening", HAPPENINGS)
async def test_whatever_happens_shows_in_the_next_answer(store: SqlStore, happening: Happening) -> None:
    feeds, chat = await filled(store)
    desk = StatusDesk(store)
    before = await asked(desk, chat)
    await happening(store, feeds, chat)
    after = await asked(desk, chat)
    assert after == await asked(StatusDesk(store), chat)
    assert after != before


@pytest.mark.usefixtures("most")
@pytest.mark.parametrize("happening", [a_second_feed_brings_an_article, a_feed_is_renamed])
async def test_what_feeds_do_to_known_articles_shows_when_an_answer_is_made_anew(
    store: SqlStore, happening: Happening
) -> None:
    feeds, chat = await filled(store)
    desk = StatusDesk(store)
    before = await asked(desk, chat)
    await happening(store, feeds, chat)
    desk._kept.clear()  # Ten minutes pass.
    after = [replace(answer, trend=before[0].trend) for answer in await asked(desk, chat)]
    assert after == [replace(answer, trend=before[0].trend) for answer in await asked(StatusDesk(store), chat)]
    assert after != [replace(answer, trend=before[0].trend) for answer in before]


async def test_what_a_reader_sees_of_an_article_is_never_shown_to_another(store: SqlStore) -> None:
    (public, own), chat = await filled(store)
    await keep(store, (replace(article("both", own), feed_ids=(own.id, public.id)), judged("both", "s", ["ceasefire"])))
    desk = StatusDesk(store)
    for _ in range(2):
        everyones, chats = await asked(desk, chat)
        assert everyones.sources[0].name == "quai"
        assert chats.sources[0].name == "river"
        desk._kept.clear()


async def test_only_so_much_is_remembered(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MOST_REMEMBERED", 2)
    _, chat = await filled(store)
    desk = StatusDesk(store)
    answers = await asked(desk, chat)
    assert len(desk.coverage._said) == 2
    assert answers == await asked(StatusDesk(store), chat)


async def test_what_the_newsroom_wrote_is_at_hand_after_its_turn(store: SqlStore) -> None:
    (public, _), _ = await filled(store)
    desk = StatusDesk(store)
    await desk.refresh(NOON)
    assert set(desk.coverage._said) >= {"old0", "old1", "old2", "a", "first"}
    await told(store, "new", public, 0.1, TALKS)
    await desk.refresh(LATER)
    assert "new" in desk.coverage._said


async def test_after_many_changes_everything_is_counted_anew(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(coverage, "MOST_CHANGES", 2)
    feeds, chat = await filled(store)
    desk = StatusDesk(store)
    await asked(desk, chat)
    for number in range(4):
        await told(store, f"new{number}", feeds[0], 0.1 * number, TALKS)
    assert await asked(desk, chat) == await asked(StatusDesk(store), chat)
    assert most in {3, 200}


async def test_counts_are_renewed_before_anybody_waits_for_it(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.coverage.MOST_ARTICLES", 3)
    monkeypatch.setattr("bot.services.status.MOST_ARTICLES", 3)
    await filled(store)
    desk = StatusDesk(store)
    await desk.of("ceasefire", NOW, NOON)
    assert desk.coverage._counts["ceasefire"].at == NOON
    soon = NOON + coverage.COUNTS_LAST / 2
    await desk.refresh(soon)
    assert desk.coverage._counts["ceasefire"].at == soon
