"""What servers and their chats have chosen."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind, ChatState
from bot.domain.server import Posting, Server

CHOSEN = Server("discord", "100", moderator_role="7", language="en", zone="Africa/Dakar")


async def test_a_server_nobody_set_up_has_chosen_nothing(store: SqlStore) -> None:
    async with store.read() as unit:
        assert await unit.servers.get("discord", "100") == Server("discord", "100")


async def test_a_server_is_kept_and_changed_as_a_whole(store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.servers.save(CHOSEN)
        await unit.servers.save(replace(CHOSEN, id="200", moderator_role="8"))
        await unit.servers.save(replace(CHOSEN, moderator_role=None, zone="Europe/Kyiv"))
    async with store.read() as unit:
        assert await unit.servers.get("discord", "100") == replace(CHOSEN, moderator_role=None, zone="Europe/Kyiv")
        assert (await unit.servers.get("discord", "200")).moderator_role == "8"
        assert await unit.servers.get("other", "100") == Server("other", "100")


async def test_how_our_words_look_in_a_chat_goes_with_it_and_ends_with_it(store: SqlStore) -> None:
    old, new = ChatAddress("discord", "1"), ChatAddress("discord", "2")
    async with store.write() as unit:
        chat = await unit.chats.meet(old, ChatKind.GROUP)
        assert await unit.servers.posting(chat.id) == Posting()
        await unit.servers.post(chat.id, Posting("7", "news"))
        await unit.servers.post(chat.id, Posting("7", None))
        await unit.chats.move(old, new)
        assert await unit.servers.posting(chat.id) == Posting("7", None)
        await unit.chats.forget(chat.id)
        assert await unit.servers.posting(chat.id) == Posting()


async def test_chats_we_know_and_took_to_be_gone_or_elsewhere_are_told_apart_from_the_rest(store: SqlStore) -> None:
    async with store.write() as unit:
        here, gone, unknown, elsewhere = [
            await unit.chats.meet(ChatAddress("discord", name), ChatKind.GROUP) for name in "1234"
        ]
        await unit.chats.meet(ChatAddress("telegram", "3"), ChatKind.GROUP)
        for chat in (here, gone):
            await unit.servers.own(chat.id, "100")
        await unit.servers.own(elsewhere.id, "200")
        await unit.chats.mark(gone.id, ChatState.GONE)
    async with store.read() as unit:
        found = await unit.servers.astray("discord", "100", ["1", "2", "3", "4", "404"])
        assert found == (gone.id, unknown.id, elsewhere.id)
        assert await unit.servers.astray("discord", "100", []) == ()


async def test_what_a_server_has_chosen_goes_with_the_last_of_its_chats(store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.servers.save(CHOSEN)
        await unit.servers.save(replace(CHOSEN, id="200"))
        first, last, other, stranger = [
            await unit.chats.meet(ChatAddress(platform, name), ChatKind.GROUP)
            for platform, name in (("discord", "1"), ("discord", "2"), ("discord", "3"), ("telegram", "4"))
        ]
        for chat, server in ((first, "100"), (last, "100"), (other, "200"), (stranger, "100")):
            await unit.servers.own(chat.id, server)
        await unit.servers.post(last.id, Posting("7", "news"))
        await unit.chats.forget(first.id)
        assert await unit.servers.get("discord", "100") == CHOSEN
        await unit.chats.forget(last.id)
        assert await unit.servers.get("discord", "100") == Server("discord", "100")
        assert await unit.servers.posting(last.id) == Posting()
        assert await unit.servers.get("discord", "200") == replace(CHOSEN, id="200")
