"""Forgetting a chat, and saying what is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.adapters.console import HERE
from bot.adapters.sql.schema import metadata
from bot.adapters.sql.store import SqlStore
from bot.commands.registry import Registry
from bot.domain.audit import NewChange
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import FeedState
from bot.domain.moderation import FORMER, Standing, Verb, actor_of
from bot.domain.offer import Candidate, Suggestion
from bot.ports import Request
from tests.commands.conftest import Ask
from tests.commands.talk import actions, said, words
from tests.fakes.server import FakeServer

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
CANDIDATE = Candidate(
    "https://gazette.example/feed", "La Gazette", "gazette.example", "fr", None, None, 10, 7.0, 5, None, ()
)
GROUP, TOPIC, OTHER = ChatAddress("console", "-5"), ChatAddress("console", "-5", "7"), ChatAddress("console", "-6")


async def rows_naming(store: SqlStore, chat_id: int) -> int:
    """How many rows of all tables name a chat."""
    total = 0
    async with store._database.reading() as connection:
        for table in metadata.sorted_tables:
            column = table.c.id if table.name == "chats" else table.c.get("chat_id")
            if column is not None:
                total += len((await connection.execute(table.select().where(column == chat_id))).all())
    return total


async def chat_id(store: SqlStore, address: ChatAddress) -> int | None:
    async with store.read() as unit:
        chat = await unit.chats.find(address)
    return None if chat is None else chat.id


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(("yes", "language", "done"), [("yes", "en", "I keep nothing"), ("oui", "fr", "C’est effacé.")])
async def test_it_asks_once_and_then_nothing_is_left(
    ask: Ask, store: SqlStore, yes: str, language: str, done: str
) -> None:
    await ask("/start 8:00 Africa/Dakar", language=language)
    number = await chat_id(store, HERE)
    assert number is not None
    assert await rows_naming(store, number) >= 4
    question = await said(ask, "/forget", language=language)
    assert actions(question)[0] == "forget yes"
    assert await rows_naming(store, number) >= 4
    assert done in await words(ask, f"/forget {yes}", language=language)
    assert await rows_naming(store, number) == 0
    assert await chat_id(store, HERE) is None


async def test_anything_but_a_yes_is_asked_again(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    for line in ("/forget", "/forget non", "/forget peut-être"):
        assert "Est-ce sûr ?" in await words(ask, line)
    assert "Vos points" in await words(ask, "/subscribe")


async def test_who_comes_back_is_a_stranger(ask: Ask) -> None:
    for line in ("/language en", "/subscribe 8h Dakar", "/forget yes"):
        await ask(line, language="fr")
    assert (await words(ask, "/start", language="fr")).startswith("Bonjour.")
    assert "start 8:00" in actions(await said(ask, "/start", language="fr"))


async def test_a_group_is_forgotten_with_its_topics_and_a_topic_alone(ask: Ask, store: SqlStore) -> None:
    for address in (GROUP, TOPIC, OTHER):
        await ask("/subscribe 8h Dakar", chat=address, kind=ChatKind.GROUP)
    await ask("/forget yes", chat=TOPIC, kind=ChatKind.GROUP)
    assert [await chat_id(store, address) is None for address in (GROUP, TOPIC, OTHER)] == [False, True, False]
    await ask("/subscribe 8h Dakar", chat=TOPIC, kind=ChatKind.GROUP)
    await ask("/forget yes", chat=GROUP, kind=ChatKind.GROUP)
    assert [await chat_id(store, address) is None for address in (GROUP, TOPIC, OTHER)] == [True, True, False]


@pytest.mark.parametrize(("language", "kept"), [("fr", "Ni vos messages ni votre nom"), ("en", "Neither your")])
async def test_what_is_kept_is_said_with_the_way_to_remove_it(ask: Ask, language: str, kept: str) -> None:
    privacy = await said(ask, "/privacy", language=language)
    assert kept in await words(ask, "/privacy", language=language)
    assert "/forget" in await words(ask, "/privacy", language=language)
    assert "30" in await words(ask, "/privacy", language=language)
    assert "365" in await words(ask, "/privacy", language=language)
    assert actions(privacy) == ["forget"]


async def test_a_forgotten_moderator_is_nobody_in_the_log_and_holds_no_office(ask: Ask, store: SqlStore) -> None:
    """The log keeps what was done, since others must be able to undo it."""
    await ask("/subscribe 8h Dakar", chat=GROUP, kind=ChatKind.GROUP)
    await ask("/start")
    group, own = await chat_id(store, GROUP), await chat_id(store, HERE)
    assert group is not None
    assert own is not None
    forgotten, other = actor_of("console", "7"), actor_of("console", "8")
    followed, not_followed = (
        Standing(True, False, False, FeedState.ACTIVE),
        Standing(False, False, False, FeedState.ACTIVE),
    )
    async with store.write() as unit:
        feed = await unit.feeds.archive("La Gazette", "fr")
        for actor in (forgotten, other):
            await unit.audit.record(
                NewChange(NOON, actor, group, feed.id, "La Gazette", Verb.ADD, not_followed, followed)
            )
            await unit.suggestions.add(Suggestion(0, group, actor, NOON, CANDIDATE, for_everyone=False))
        await unit.moderators.offer("code", NOON)
        await unit.moderators.claim("code", forgotten, own, NOON)
    await ask("/forget yes")
    async with store.read() as unit:
        changes = await unit.audit.of(group, everyones=False, limit=10)
        assert [change.actor for change in changes] == [other, FORMER]
        assert [one.actor for one in await unit.suggestions.waiting(group, for_everyone=False)] == [other]
        assert not await unit.moderators.includes(forgotten)
    log = await words(ask, "/audit", chat=GROUP, kind=ChatKind.GROUP, person="8")
    assert "un ancien modérateur" in log
    assert "vous" in log


async def everything(store: SqlStore) -> dict[str, str]:
    """Every row of every table, as text."""
    async with store._database.reading() as connection:
        return {table.name: str((await connection.execute(table.select())).all()) for table in metadata.sorted_tables}


@pytest.mark.usefixtures("news")
async def test_no_row_of_any_table_names_a_forgotten_person_or_their_chat(ask: Ask, store: SqlStore) -> None:
    """Whatever they did: orders, reports, office, suggestions, moderation elsewhere."""
    private, person = ChatAddress("console", "700000000017"), "700000000017"
    for line in (
        "/start 8:00 Africa/Dakar", "/subscribe 19h Dakar", "/follow ceasefire", "/brief", "/settings length full",
        "/status ceasefire", "/language en",
    ):  # fmt: skip
        await ask(line, chat=private, person=person)
    await ask("/subscribe 8h Dakar", chat=GROUP, kind=ChatKind.GROUP, person=person)
    own, group = await chat_id(store, private), await chat_id(store, GROUP)
    assert own is not None
    assert group is not None
    actor, standing = actor_of("console", person), Standing(True, False, False, FeedState.ACTIVE)
    async with store.write() as unit:
        feed = await unit.feeds.archive("La Gazette", "fr")
        for where in (own, group):
            await unit.audit.record(NewChange(NOON, actor, where, feed.id, "La Gazette", Verb.ADD, standing, standing))
            await unit.suggestions.add(Suggestion(0, where, actor, NOON, CANDIDATE, for_everyone=False))
        await unit.moderators.offer("code", NOON)
        await unit.moderators.claim("code", actor, own, NOON)
    before = str(await everything(store))
    assert person in before
    assert actor in before
    await ask("/forget yes", chat=private, person=person)
    after = await everything(store)
    assert [name for name, rows in after.items() if person in rows or actor in rows] == []
    assert FORMER in after["audit"]
    assert await rows_naming(store, own) == 0


async def test_no_row_of_any_table_names_a_server_whose_last_chat_is_forgotten(
    registry: Registry, store: SqlStore
) -> None:
    """Its roles, its language, its clock; how our words looked in its channels."""
    server = FakeServer("800000000018", asker_roles=frozenset())
    infos, lobby = server.add_place("800000000020", "infos"), server.add_place("800000000021", "accueil")
    editors, called = server.add_role("800000000030", "Rédaction"), server.add_role("800000000031", "Alertes")
    marks = (server.id, infos.chat, lobby.chat, editors.id, called.id, "Africa/Dakar")

    async def ask(where: ChatAddress, command: str, **options: str) -> None:
        request = Request(where, ChatKind.GROUP, "7", True, "en", command, options=options, server=server)
        assert await registry.dispatch(request) is not None

    await ask(
        lobby, "setup", channel=infos.chat, language="fr", zone="Dakar", time="8h", moderators=editors.id,
        alerts=called.id,
    )  # fmt: skip
    await ask(infos, "forget", sure="yes")
    left = str(await everything(store))
    assert infos.chat not in left
    assert called.id not in left
    assert editors.id in left
    await ask(lobby, "forget", sure="yes")
    after = await everything(store)
    assert [name for name, rows in after.items() if any(mark in rows for mark in marks)] == []
