"""What servers and their chats have chosen."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
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
