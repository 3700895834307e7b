"""Reports, hidden stories, revisions and owed corrections: what both databases promise about them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Verdict
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.correction import Correction, CorrectionKind, NewRevision, Wording
from bot.domain.delivery import DeliveryKind, NewDelivery, edit_key
from bot.domain.feed import Feed
from bot.domain.message import RenderedPart
from bot.domain.report import Report, ReportState
from bot.domain.story import OpenStory
from bot.ports import Scope
from tests.contracts.examples import EVERYTHING, LAST_DAY, NOON, article, at, delivery, follow, judged, keep, meet
from tests.contracts.sending import REFUSED, SENT, claim, enqueue, settle

BEFORE, AFTER = Wording("T", "Douze morts.", ""), Wording("T", "Huit morts.", "")
NOTE = Correction(CorrectionKind.NUMBER, at(1), "Odessa", NOON, "Le Quai", "12 morts", "8 morts", "fr")


async def told_stories(store: SqlStore, *names: str) -> Feed:
    """A story of one article for each name."""
    (feed,) = await follow(store, "quai")
    async with store.write() as unit:
        await unit.stories.save([OpenStory(name, NOON, b"") for name in names])
    await keep(store, *((article(f"a-{name}", feed), judged(f"a-{name}", name)) for name in names))
    return feed


async def stories(store: SqlStore, scope: Scope = EVERYTHING) -> set[str]:
    async with store.read() as unit:
        return {story.id for story in await unit.articles.stories(scope, LAST_DAY)}


async def report(store: SqlStore, story: str = "one", chat_id: int | None = None) -> Report:
    async with store.write() as unit:
        return await unit.reports.open(story, chat_id, "Odessa", "Douze morts.", NOON)


# --- Reports ---


async def test_a_point_has_one_open_report_a_chat_and_one_for_everyone(store: SqlStore, other_store: SqlStore) -> None:
    await told_stories(store, "one")
    chat = await meet(store)
    pair = await asyncio.gather(report(store), report(other_store))
    assert pair[0] == pair[1]
    mine = await report(store, chat_id=chat.id)
    assert mine.id != pair[0].id
    async with store.write() as unit:
        assert await unit.reports.waiting(chat.id, for_everyone=False) == (mine,)
        assert await unit.reports.waiting(chat.id, for_everyone=True) == (pair[0], mine)
        await unit.reports.decide(mine.id, ReportState.DISMISSED, "one", at(1), "", "fr")
        assert await unit.reports.waiting(chat.id, for_everyone=False) == ()
    assert (await report(store, chat_id=chat.id)).id not in {mine.id, pair[0].id}


async def test_everybody_counts_once(store: SqlStore) -> None:
    await told_stories(store, "one")
    chat, number = await meet(store), (await report(store)).id
    async with store.write() as unit:
        assert await unit.reports.join(number, "one", chat.id, NOON)
        assert not await unit.reports.join(number, "one", chat.id, at(1))
        assert await unit.reports.join(number, "two", chat.id, at(1))
        assert await unit.reports.voices(number) == (chat.id, chat.id)
        assert await unit.reports.by("one", at(-1)) == 1
        assert await unit.reports.by("one", NOON) == 0
        await unit.moderators.forget("one")
        assert await unit.reports.voices(number) == (chat.id,)


async def test_a_decision_waits_until_messages_follow_it(store: SqlStore) -> None:
    await told_stories(store, "one")
    number = (await report(store)).id
    async with store.write() as unit:
        await unit.reports.decide(number, ReportState.CORRECTED, "one", at(1), "Huit morts.", "fr")
        await unit.reports.tell(number, 7)
        (waiting,) = await unit.reports.telling(5)
        assert (waiting.words, waiting.telling, waiting.state) == ("Huit morts.", 7, ReportState.CORRECTED)
        await unit.reports.tell(number, None)
        assert await unit.reports.telling(5) == ()


# --- Hidden stories ---


async def test_a_hidden_story_is_told_to_nobody_or_to_all_but_one_chat(store: SqlStore) -> None:
    await told_stories(store, "one", "two")
    chat, other = await meet(store, "1"), await meet(store, "2")
    here, there = Scope(chat_id=chat.id), Scope(chat_id=other.id)
    mine, everyones = await report(store, "one", chat.id), await report(store, "two")
    async with store.write() as unit:
        await unit.reports.hide(mine)
        assert await unit.reports.hidden(here) == {"one"}
        assert await unit.reports.hidden(there) == frozenset()
    assert (await stories(store, here), await stories(store, there)) == ({"two"}, {"one", "two"})
    async with store.write() as unit:
        await unit.reports.hide(everyones)
        await unit.reports.hide(everyones)
        assert await unit.articles.story("two", there) is None
        assert (await unit.articles.tally(there, LAST_DAY)).articles_relevant == 1
    assert (await stories(store, here), await stories(store, there), await stories(store)) == (set(), {"one"}, {"one"})
    async with store.write() as unit:
        await unit.reports.show(everyones.id)
        await unit.reports.show(mine.id)
    assert await stories(store, here) == {"one", "two"}


async def test_articles_in_no_story_are_counted_whatever_is_hidden(store: SqlStore) -> None:
    feed = await told_stories(store, "one")
    await keep(store, (article("none", feed), judged("none", None, verdict=Verdict.NO)))
    async with store.write() as unit:
        await unit.reports.hide(await unit.reports.open("one", None, "x", "", NOON))
        assert (await unit.articles.tally(EVERYTHING, LAST_DAY)).articles_read == 1


async def test_what_a_hidden_story_becomes_stays_hidden(store: SqlStore) -> None:
    await told_stories(store, "one", "two")
    async with store.write() as unit:
        await unit.reports.hide(await unit.reports.open("one", None, "x", "", NOON))
        await unit.stories.save([OpenStory("one", NOON, b"", merged_into="two")])
    assert await stories(store) == set()


async def test_a_chats_reports_end_with_it_and_move_with_it(store: SqlStore) -> None:
    await told_stories(store, "one", "two")
    chat, other = await meet(store, "1"), await meet(store, "2")
    mine, theirs = await report(store, "one", chat.id), await report(store, "two", other.id)
    async with store.write() as unit:
        await unit.reports.join(mine.id, "one", chat.id, NOON)
        await unit.reports.hide(mine)
        await unit.chats.move(chat.address, ChatAddress("telegram", "2"))
        assert await unit.reports.hidden(Scope(chat_id=chat.id)) == {"one"}
        assert {one.id for one in await unit.reports.waiting(chat.id, for_everyone=False)} == {mine.id, theirs.id}
        await unit.chats.forget(chat.id)
        assert await unit.reports.get(mine.id) is None
    assert await stories(store, EVERYTHING) == {"one", "two"}


# --- Revisions ---


def printed(name: str, feed: Feed, fingerprint: str) -> Article:
    return replace(article(name, feed), fingerprint=fingerprint)


async def differing(store: SqlStore, *items: Article) -> list[str]:
    async with store.write() as unit:
        return [found.id for found in await unit.revisions.differing(items)]


async def test_only_what_its_own_feed_changes_is_a_change(store: SqlStore) -> None:
    feed, other = await follow(store, "quai", "other")
    await keep(
        store,
        (printed("a", feed, "1"), judged("a")),
        (printed("irrelevant", feed, "1"), judged("irrelevant", None, verdict=Verdict.NO)),
        (article("old", feed), judged("old")),
    )
    async with store.write() as unit:
        await unit.articles.add([printed("a", other, "9")])
    assert await differing(store, printed("a", feed, "1"), printed("a", other, "9"), printed("new", feed, "1")) == []
    assert await differing(store, printed("a", feed, "2"), printed("irrelevant", feed, "2")) == ["a"]
    assert await differing(store, printed("old", feed, "1")) == []
    assert await differing(store, printed("old", feed, "2")) == ["old"]


async def test_a_rewritten_article_waits_for_the_newsroom_before_its_change_is_told(store: SqlStore) -> None:
    (feed,) = await follow(store, "quai")
    await keep(store, (printed("a", feed, "1"), judged("a", "one")))
    async with store.write() as unit:
        await unit.revisions.rewrite(replace(printed("a", feed, "2"), summary="Huit morts."), again=True)
        kept = await unit.revisions.keep(
            NewRevision("a", await unit.revisions.story_of("a"), "fr", BEFORE, AFTER, at(1))
        )
        assert await unit.revisions.waiting(5) == ()
        (unread,) = await unit.articles.unread(1, 5)
        assert unread.summary == "Huit morts."
        await unit.articles.record([judged("a", "one")])
        assert await unit.revisions.waiting(5) == (kept,)
        assert (kept.story_id, kept.before, kept.after) == ("one", BEFORE, AFTER)
        await unit.revisions.done(kept.id)
        assert await unit.revisions.waiting(5) == ()
    assert await differing(store, printed("a", feed, "2")) == []


async def test_who_was_told_of_an_article_is_found_once_as_they_see_it_now(store: SqlStore) -> None:
    await told_stories(store, "one", "two")
    chat, other = await meet(store, "1"), await meet(store, "2")
    told = (("one", ("a-one", "b")),)
    await enqueue(store, replace(delivery(chat, "first", 2), told=told, briefing="first"))
    await enqueue(store, replace(delivery(other, "second"), told=told, briefing="second"))
    await enqueue(store, replace(delivery(other, "elsewhere"), told=(("two", ("a-two",)),)))
    async with store.write() as unit:
        await unit.deliveries.answered(replace(delivery(chat, "answer"), told=told, briefing="answer"), NOON)
        one, two, answer = await unit.revisions.citing("one", "a-one", at(-1), 0, 10)
        assert [(found.briefing, found.parts, found.editable) for found in (one, two, answer)] == [
            ("first", 2, True),
            ("second", 1, True),
            ("answer", 1, False),
        ]
        assert await unit.revisions.citing("one", "c", at(-1), 0, 10) == ()
        assert await unit.revisions.citing("one", None, at(-1), one.delivery_id, 1) == (two,)
        assert await unit.revisions.citing("one", None, at(-1), 0, 10, other.id) == (two,)
        assert await unit.revisions.citing("one", None, NOON, 0, 10) == ()
        edit = NewDelivery(
            edit_key(one.delivery_id, 2), chat.id, DeliveryKind.EDIT, (RenderedPart({}),), briefing="edited",
            edits=one.delivery_id,
        )  # fmt: skip
        await unit.deliveries.enqueue(edit, at(1))
        latest = await unit.revisions.one(one.delivery_id)
        assert latest is not None
        assert (latest.briefing, latest.parts) == ("edited", 2)
        await unit.stories.save([OpenStory("one", NOON, b"", merged_into="two")])
        assert len(await unit.revisions.citing("two", "a-one", at(-1), 0, 10)) == 3


@pytest.mark.parametrize(("result", "found"), [(SENT, 1), (REFUSED, 0)])
async def test_what_never_arrived_needs_no_correction(store: SqlStore, result: object, found: int) -> None:
    chat = await meet(store)
    await enqueue(store, replace(delivery(chat), told=(("one", ("a",)),)))
    (part,) = await claim(store)
    await settle(store, part, result)  # type: ignore[arg-type]
    async with store.read() as unit:
        assert len(await unit.revisions.citing("one", "a", at(-1), 0, 10)) == found


# --- Owed corrections ---


async def test_a_correction_is_owed_until_it_is_told_or_taken_back(store: SqlStore) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("telegram", "1"), ChatKind.GROUP)
        await unit.corrections.owe(chat.id, "first", NOTE)
        await unit.corrections.owe(chat.id, "first", replace(NOTE, outlet="other"))
        await unit.corrections.owe(chat.id, "second", NOTE)
        owed = await unit.corrections.owed(chat.id)
        assert [correction for _, correction in owed] == [NOTE, NOTE]
        await unit.corrections.cancel("second")
        await unit.corrections.drop([number for number, _ in owed])
        assert await unit.corrections.owed(chat.id) == ()
