"""One chat's own feeds change that chat's answer, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import Feed
from bot.domain.message import plain
from bot.services.newsroom import Newsroom
from tests.commands.conftest import Ask
from tests.contracts.examples import follow, keep_private
from tests.fakes.clock import FakeClock

OWNER, OTHER = ChatAddress("console", "owner"), ChatAddress("console", "other")
OFFER = ("Ukraine: Kyiv proposes a truce", "Kyiv proposed a ceasefire with Russia of thirty days on Monday.")
CLAIMS = (
    ("Guns fall silent along the Dnipro", "A ceasefire between Ukraine and Russia came into force at midnight."),
    (
        "First night without sirens in Ukraine",
        "The ceasefire with Russia took effect at dawn, our reporter saw in Sumy.",
    ),
)


async def publish(store: SqlStore, clock: FakeClock, feed: Feed, title: str, text: str) -> None:
    """An article of an hour ago, judged."""
    published = clock.now() - timedelta(hours=1)
    address = f"https://{feed.name}.example/{len(title)}"
    async with store.write() as unit:
        article = Article(feed.name, address, title, text, "", "en", published, published, (feed.id,))
        await unit.articles.add([article])
    newsroom = Newsroom(store, clock, "us")
    await newsroom.turn()
    newsroom.close()


async def test_a_ceasefire_that_only_one_chats_own_feeds_claim_exists_in_no_other_chat(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    async def status(chat: ChatAddress) -> str:
        answer = await ask("/status ceasefire", chat=chat, language="en")
        assert answer is not None
        return plain(answer)

    public, *own = await follow(store, "harbour", "river", "marsh")
    async with store.write() as unit:
        owner = await unit.chats.meet(OWNER, ChatKind.PRIVATE)
    for feed in own:
        await keep_private(store, feed, owner)
    await publish(store, clock, public, *OFFER)
    before = await status(OTHER)
    assert await status(OWNER) == before
    for feed, words in zip(own, CLAIMS, strict=True):
        await publish(store, clock, feed, *words)
    # The owner first: what is kept of its answer must not be given to anybody else.
    theirs = await status(OWNER)
    assert "In force" in theirs
    assert "river" in theirs
    assert await status(OTHER) == before
    assert "nothing is agreed" in before


async def test_words_that_are_no_topics_are_answered_by_a_search(ask: Ask, store: SqlStore, clock: FakeClock) -> None:
    (feed,) = await follow(store, "harbour")
    await publish(store, clock, feed, "Mayor of Toretsk speaks", "The mayor of shelled Toretsk in Ukraine wants buses.")
    found = await ask("/status mayor toretsk", language="en")
    assert found is not None
    assert "Mayor of Toretsk speaks" in plain(found)
    nothing = await ask("/status zebra crossing", language="en")
    assert nothing is not None
    assert "I don’t know the topic “zebra crossing”" in plain(nothing)
