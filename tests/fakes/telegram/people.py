"""What people do: write, press, invite, promote, block. Each becomes an update the bot polls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from tests.fakes.telegram.flood import FloodLimits
from tests.fakes.telegram.methods import BotApi
from tests.fakes.telegram.server import HttpServer
from tests.fakes.telegram.state import ChatState, Person, SentMessage
from tests.patience import PATIENCE

TOKEN = "4242424242:FAKE-fake_token-of-a-bot-that-is-not-there"
ANONYMOUS_ADMINISTRATOR = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
DATE = 1_700_000_000


class FakeTelegram(HttpServer):
    """A Bot API server and everybody behind it. ``flood_limits``: 429 for who writes too fast, in real time."""

    def __init__(self, *, username: str = "depeche_test_bot", token: str = TOKEN, flood_limits: bool = False) -> None:
        self.api = BotApi(username, int(token.partition(":")[0]), FloodLimits() if flood_limits else None)
        super().__init__(self.api, token)
        self.token = token
        self.username = username
        self._read: dict[int, int] = {}
        self._query = 0

    async def __aenter__(self) -> FakeTelegram:
        await self.start()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.stop()

    # --- Who is there ---

    def person(self, language: str | None = "fr", name: str = "Awa") -> Person:
        """Someone; the same language and name give the same person."""
        for known in self.api.people.values():
            if (known.language, known.name) == (language, name):
                return known
        person = Person(70_000_000 + len(self.api.people), language, name)
        self.api.people[person.id] = person
        return person

    def group(
        self,
        *,
        admins: Iterable[Person] = (),
        members: Iterable[Person] = (),
        forum: bool = False,
        topics: Iterable[int] = (),
        basic: bool = False,
        joined: bool = True,
    ) -> int:
        """A group. ``basic``: one that may still become a supergroup; ``joined``: the bot is a member of it."""
        number = 40_000_000 + len(self.api.chats)
        chat = ChatState(
            id=-number if basic else -1_000_000_000_000 - number,
            type="group" if basic else "supergroup",
            title="Vigie",
            forum=forum,
            topics=set(topics),
            admins={person.id for person in admins},
            members={person.id for person in members},
            bot_status="member" if joined else "left",
        )
        self.api.chats[chat.id] = chat
        return chat.id

    def channel(self, *, admins: Iterable[Person] = (), bot_is_admin: bool = True, username: str = "") -> int:
        """A channel, public where it has a username."""
        chat = ChatState(
            id=-1_000_000_000_000 - 50_000_000 - len(self.api.chats),
            type="channel",
            title="La Vigie",
            username=username,
            admins={person.id for person in admins},
            bot_status="administrator" if bot_is_admin else "left",
        )
        self.api.chats[chat.id] = chat
        return chat.id

    def _private_chat(self, person: Person) -> ChatState:
        return self.api.chats.setdefault(person.id, ChatState(person.id, "private", person.name))

    # --- What they write ---

    async def private(self, text: str, *, language: str | None = "fr", person: Person | None = None) -> int:
        """Write to the bot alone; returns the update's id."""
        person = person or self.person(language)
        return await self._message(self._private_chat(person), person.user(), {"text": text})

    async def private_thing(self, content: dict[str, Any], *, person: Person | None = None) -> int:
        """Send the bot something that is not text, as the fields of a Message."""
        person = person or self.person()
        return await self._message(self._private_chat(person), person.user(), content)

    async def group_message(self, group: int, text: str, person: Person, *, thread: int | None = None) -> int:
        """Write in a group, or in one of its topics."""
        chat = self.api.chats[group]
        extra: dict[str, Any] = {"text": text}
        if thread is not None:
            extra |= {"message_thread_id": thread, "is_topic_message": True}
        return await self._message(chat, person.user(), extra)

    async def anonymous_message(self, group: int, text: str) -> int:
        """An administrator writes in the group's own name."""
        chat = self.api.chats[group]
        return await self._message(chat, ANONYMOUS_ADMINISTRATOR, {"text": text, "sender_chat": chat.shown()})

    async def message_as_channel(self, group: int, text: str, channel: int, *, forwarded: bool = False) -> int:
        """Someone writes as a channel; ``forwarded``: the linked channel's own post arrives by itself."""
        extra: dict[str, Any] = {"text": text, "sender_chat": self.api.chats[channel].shown()}
        if forwarded:
            extra["is_automatic_forward"] = True
        return await self._message(self.api.chats[group], CHANNEL_BOT, extra)

    async def channel_post(self, channel: int, text: str) -> int:
        """An administrator posts."""
        chat = self.api.chats[channel]
        content = self._content(chat, {"text": text, "sender_chat": chat.shown()})
        return await self.api.push("channel_post", content)

    async def edit_message(self, text: str, *, person: Person | None = None) -> int:
        """Change an earlier message to the bot."""
        person = person or self.person()
        content = self._content(self._private_chat(person), {"text": text, "from": person.user(), "edit_date": DATE})
        return await self.api.push("edited_message", content)

    async def press(self, message: SentMessage, label_or_data: str, person: Person | None = None) -> str:
        """Press a button that is there; returns the query's id."""
        person = person or self.api.people.get(message.chat_id) or self.person()
        button = message.button(label_or_data)
        self._query += 1
        query = str(5_000_000 + self._query)
        self.api.open_queries.add(query)
        content = {
            "id": query,
            "from": person.user(),
            "chat_instance": "1",
            "message": self.api.shown(message),
            "data": button.data,
        }
        await self.api.push("callback_query", content)
        return query

    async def _message(self, chat: ChatState, sender: dict[str, Any], extra: dict[str, Any]) -> int:
        return await self.api.push("message", self._content(chat, {"from": sender} | extra))

    def _content(self, chat: ChatState, extra: dict[str, Any]) -> dict[str, Any]:
        chat.last_message_id += 1
        return {"message_id": chat.last_message_id, "date": DATE, "chat": chat.shown()} | extra

    # --- What becomes of the bot ---

    async def membership(self, chat_id: int, status: str, by: Person, *, posts: bool = True) -> int:
        """Add, promote, kick or block the bot: ``member``, ``administrator``, ``left``, ``kicked``.

        In a private chat, whose id is the person's, ``kicked`` is blocked and ``member`` is unblocked. ``posts``: in a
        channel, whether an administrator may.
        """
        chat = self.api.chats[chat_id] if chat_id < 0 else self._private_chat(by)
        before = self.api.our_place(chat, chat.bot_status)
        chat.bot_posts, chat.bot_status = posts, status
        chat.closed = _closed(chat) if status in ("left", "kicked") else None
        return await self._tell_membership(chat, by, before, status)

    async def _tell_membership(self, chat: ChatState, by: Person, before: dict[str, Any], after: str) -> int:
        content = {
            "chat": chat.shown(),
            "from": by.user(),
            "date": DATE,
            "old_chat_member": before,
            "new_chat_member": self.api.our_place(chat, after),
        }
        return await self.api.push("my_chat_member", content)

    async def reopen_topic(self, group: int, thread: int) -> int:
        """A topic that was closed can be written in again, and says so."""
        chat = self.api.chats[group]
        chat.topics.add(thread)
        there = {"message_thread_id": thread, "is_topic_message": True}
        return await self._service(chat, {"forum_topic_reopened": {}} | there)

    async def migrate(self, group: int, *, announce: bool = True) -> int:
        """A basic group becomes a supergroup with another id; returns it.

        The bot is told that it joined the new one, never that it left the old one, and both tell of the change.
        """
        old = self.api.chats[group]
        new = ChatState(
            id=-1_000_000_000_000 + group, type="supergroup", title=old.title, admins=old.admins, members=old.members
        )
        self.api.chats[new.id] = new
        old.migrated_to = new.id
        if announce:
            await self._tell_membership(new, self.person(), self.api.our_place(new, "left"), old.bot_status)
            await self._service(old, {"migrate_to_chat_id": new.id})
            await self._service(new, {"migrate_from_chat_id": old.id})
        return new.id

    async def _service(self, chat: ChatState, content: dict[str, Any]) -> int:
        return await self._message(chat, ANONYMOUS_ADMINISTRATOR, content | {"sender_chat": chat.shown()})

    # --- What they see ---

    def sent(self, chat: int) -> list[SentMessage]:
        """Everything the bot wrote in a chat, as it stands now."""
        return self.api.messages.get(chat, [])

    async def next_message(self, chat: int, *, patience: float = PATIENCE) -> SentMessage:
        """The next message nobody has read yet; raises AssertionError where none comes."""
        read = self._read.get(chat, 0)
        await self._until(lambda: len(self.sent(chat)) > read, patience, "no message came")
        self._read[chat] = read + 1
        return self.sent(chat)[read]

    async def until_answered(self, query: str, *, patience: float = PATIENCE) -> dict[str, Any]:
        """How a button press was answered."""
        await self._until(lambda: query in self.api.answered_queries, patience, "the button was not answered")
        return self.api.answered_queries[query]

    async def until_called(self, method: str, times: int = 1, *, patience: float = PATIENCE) -> None:
        """Wait for the n-th call of a method."""
        await self._until(lambda: self.called(method) >= times, patience, f"{method} was not called {times} times")

    async def until_all_taken(self, *, patience: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update."""
        await self._until(lambda: not self.api.updates, patience, "updates were not taken")

    def called(self, method: str) -> int:
        """How often a method was called properly."""
        return sum(call.method == method for call in self.calls)

    async def until(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Wait for whatever the bot's calls bring about; raises AssertionError naming what did not come."""
        await self._until(condition, patience, f"still waiting for {what}")

    async def _until(self, condition: Callable[[], bool], patience: float, complaint: str) -> None:
        try:
            async with asyncio.timeout(patience), self.api.changed:
                await self.api.changed.wait_for(condition)
        except TimeoutError:
            raise AssertionError(f"{complaint}; violations: {self.violations}") from None


def _closed(chat: ChatState) -> str:
    return {
        "private": "bot was blocked by the user",
        "channel": "bot is not a member of the channel chat",
    }.get(chat.type, f"bot was kicked from the {chat.type} chat")
