"""What one chat reads changes nothing for the others: a feed of lies in one of them, and every answer of another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import FeedSpec
from bot.domain.message import plain
from bot.services.newsroom import Newsroom
from bot.services.poll import Poller
from tests.commands.moderation.conftest import GROUP, OTHER_GROUP, ParserHere, Publish, Someone
from tests.fakes.clock import FakeClock
from tests.fakes.web import WebServer

HONEST = (
    "Ukraine : Kiev prêt à une trêve de trente jours",
    "Guerre en Ukraine : Moscou et Kiev échangent 84 prisonniers",
    "Ukraine : un terminal céréalier d’Odessa touché par des drones russes",
)
LIES = (
    "Ukraine : le cessez-le-feu est en vigueur depuis minuit",
    "Ukraine : Kiev et Moscou confirment que le cessez-le-feu est en vigueur",
    "Ukraine : le cessez-le-feu en vigueur, les armes se taisent à Odessa",
    "Washington reconnaît la Crimée comme russe, selon un conseiller de la Maison Blanche",
)
LINES = (
    "/brief", "/brief 72", "/status", "/status ceasefire", "/status drones", "/sources", "/search cessez-le-feu",
    "/search Ukraine",
)  # fmt: skip

THIRD_GROUP = ChatAddress("console", "-300")
Read = Callable[[], Awaitable[None]]


@pytest.fixture
async def read(store: SqlStore, clock: FakeClock, fetcher: WebFetcher) -> Read:
    """Poll what is due and judge it."""

    async def read() -> None:
        poller = Poller(store, fetcher, ParserHere(), clock, "me", timedelta(hours=1))
        await poller.due()
        newsroom = Newsroom(store, clock, "me")
        await newsroom.turn()
        newsroom.close()

    return read


async def answers(someone: Someone) -> dict[str, str]:
    return {line: plain(await someone(line)) for line in LINES}


async def honest(site: WebServer, publish: Publish, store: SqlStore) -> None:
    publish("/honest", *HONEST, name="Le Quai", home="https://quai.example")
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(site.url("/honest"), "Le Quai", "fr", "FR")])


async def lie(admin: Someone, site: WebServer, publish: Publish, links: tuple[str, ...] = ()) -> None:
    publish("/lies", *LIES, name="Paix Maintenant", home="https://paix.example", links=links)
    await admin.press(await admin(f"/addfeed {site.url('/lies')}"), "Ajouter")


async def test_a_fake_ceasefire_in_one_chat_changes_no_answer_of_another(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    other = admin.having(chat=OTHER_GROUP)
    await honest(site, publish, store)
    await read()
    before = await answers(other)
    await lie(admin, site, publish)
    await read()
    assert "vigueur" in await admin.words("/brief 72")
    assert "2 sources suivies" in await admin.words("/sources")
    # Asked again, a chat would be told that it was just answered: so another uninvolved one is asked.
    assert await answers(admin.having(chat=THIRD_GROUP)) == before
    assert not [line for line, words in before.items() if "Paix Maintenant" in words or "vigueur" in words]


async def test_lies_told_first_change_nothing_of_what_is_read_later(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    """The chat's feed even gives its lies the addresses at which the honest outlet's articles stand."""
    other = admin.having(chat=OTHER_GROUP)
    await other("/sources")
    await lie(admin, site, publish, links=tuple(f"https://quai.example/honest/{number}" for number in range(3)))
    await read()
    await honest(site, publish, store)
    await read()
    words = await other.words("/brief 72")
    assert "84 prisonniers" in words
    for said in (await answers(other)).values():
        assert "vigueur depuis" not in said
        assert "Paix Maintenant" not in said


async def test_two_databases_one_with_the_lies_tell_everyone_the_same(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    """Stories are the same ones with the same ids: what a chat's feed says does not even bend their memory."""
    await honest(site, publish, store)
    await read()
    async with store.read() as unit:
        before = await unit.stories.open(FakeClock().now() - timedelta(days=14))
    await lie(admin, site, publish)
    await read()
    async with store.read() as unit:
        assert await unit.stories.open(FakeClock().now() - timedelta(days=14)) == before
        everything = await unit.stories.open(FakeClock().now() - timedelta(days=14), apart=True)
    assert len(everything) > len(before)
    assert all(row.apart for row in everything if row not in before)


async def test_in_its_own_chat_a_feed_joins_the_story_everyone_reads(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    await honest(site, publish, store)
    await read()
    publish("/second", "Moscou et Kiev échangent 84 prisonniers de guerre", name="La Gazette")
    await admin.press(await admin(f"/addfeed {site.url('/second')}"), "Ajouter")
    await read()
    words = await admin.words("/brief 72")
    assert "Le Quai · La Gazette" in words or "La Gazette · Le Quai" in words


async def test_a_promoted_feed_is_heard_by_everyone(
    admin: Someone, bot_moderator: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    publish("/second", *HONEST, name="La Gazette")
    here = bot_moderator.having(chat=GROUP, kind=ChatKind.GROUP)
    done = await here.press(await here(f"/addfeed {site.url('/second')}"), "Ajouter")
    await read()
    other = admin.having(chat=OTHER_GROUP)
    assert "La Gazette" not in await other.words("/brief 72")
    await here.press(done, "Pour tout le monde")
    assert "La Gazette" in await other.words("/brief 72")


async def test_a_muted_feed_is_left_out_of_every_answer_here_only(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore, read: Read
) -> None:
    await honest(site, publish, store)
    await read()
    await admin("/mutefeed quai")
    for line in LINES:
        assert "Le Quai" not in await admin.words(line)
    assert "Le Quai" in await admin.having(chat=OTHER_GROUP).words("/brief 72")


async def test_one_request_reads_a_feed_for_all_the_chats_that_follow_it(
    admin: Someone, site: WebServer, publish: Publish, read: Read
) -> None:
    publish("/feed", *HONEST)
    for chat in (GROUP, OTHER_GROUP):
        someone = admin.having(chat=chat)
        await someone.press(await someone(f"/addfeed {site.url('/feed')}"), "Ajouter")
    asked = len(site.asked("/feed"))
    await read()
    assert len(site.asked("/feed")) == asked + 1
    for chat in (GROUP, OTHER_GROUP):
        assert "84 prisonniers" in await admin.having(chat=chat).words("/brief 72")
