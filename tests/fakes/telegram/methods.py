"""What each method does, with the refusals and limits of the real one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.telegram.flood import FloodLimits
from tests.fakes.telegram.html import Marked, utf16_length
from tests.fakes.telegram.limits import (
    CALLBACK_ANSWER_LIMIT,
    CAPTION_LIMIT,
    MOST_COMMANDS,
    TEXT_LIMIT,
    keyboard_of,
    marked_of,
    photo_of,
)
from tests.fakes.telegram.schema import BadParameter
from tests.fakes.telegram.state import ChatState, Person, SentMessage

LANGUAGE = re.compile(r"[a-z]{2}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")

Arguments = dict[str, Any]


class Refusal(Exception):
    """An answer with ``ok: false``."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class BotApi:
    """A Bot API server's memory and manners, without HTTP."""

    def __init__(self, username: str, bot_id: int, flood_limits: FloodLimits | None = None) -> None:
        self._flood_limits = flood_limits
        self.me = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Depeche",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, ChatState] = {}
        self.messages: dict[int, list[SentMessage]] = {}
        self.updates: list[dict[str, Any]] = []
        self.menus: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.open_queries: set[str] = set()
        self.answered_queries: dict[str, Arguments] = {}
        self.allowed_updates: list[str] | None = None
        self.changed = asyncio.Condition()
        self.next_update_id = 900_000
        self._poll = 0

    def handler(self, method: str) -> Callable[[Arguments], Awaitable[Any]] | None:
        """The coroutine that plays a method; None for one this fake does not know."""
        name = "do_" + re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
        found: Callable[[Arguments], Awaitable[Any]] | None = getattr(self, name, None)
        return found

    # --- Listening ---

    async def do_get_me(self, arguments: Arguments) -> Any:
        """Who the bot is."""
        return self.me

    async def do_delete_webhook(self, arguments: Arguments) -> Any:
        """There is none."""
        return True

    async def do_get_updates(self, arguments: Arguments) -> Any:
        """Wait for updates from ``offset`` on; those before it are forgotten. A second listener ends the first."""
        offset = arguments.get("offset", 0)
        limit = arguments.get("limit", 100)
        self.allowed_updates = arguments.get("allowed_updates", self.allowed_updates)
        async with self.changed:
            self._poll += 1
            mine = self._poll
            self.changed.notify_all()
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            try:
                async with asyncio.timeout(arguments.get("timeout", 0)):
                    await self.changed.wait_for(lambda: self.updates or self._poll != mine)
            except TimeoutError:
                return []
            if self._poll != mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
            return self.updates[:limit]

    async def push(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update, as long as the bot wants its kind; returns its id."""
        async with self.changed:
            self.next_update_id += 1
            if self.allowed_updates is None or kind in self.allowed_updates:
                self.updates.append({"update_id": self.next_update_id, kind: content})
                self.changed.notify_all()
            return self.next_update_id

    async def tell(self) -> None:
        """Wake whoever waits for something to happen."""
        async with self.changed:
            self.changed.notify_all()

    # --- Writing ---

    async def do_send_message(self, arguments: Arguments) -> Any:
        """A text message."""
        chat = self._writable(arguments)
        marked = marked_of(arguments, "text", TEXT_LIMIT, "message is too long")
        if not marked.text:
            raise BadParameter("message text is empty")
        return await self._post(chat, arguments, marked, None)

    async def do_send_photo(self, arguments: Arguments) -> Any:
        """A photo with a caption."""
        chat = self._writable(arguments)
        marked = marked_of(arguments, "caption", CAPTION_LIMIT, "message caption is too long")
        return await self._post(chat, arguments, marked, photo_of(arguments["photo"]))

    async def do_send_chat_action(self, arguments: Arguments) -> Any:
        """ "Typing…"."""
        self._writable(arguments)
        if arguments["action"] not in ("typing", "upload_photo"):
            raise BadParameter("wrong parameter action in request")
        return True

    async def do_edit_message_text(self, arguments: Arguments) -> Any:
        """Other words in a sent message."""
        message = self._editable(arguments)
        if message.photo is not None:
            raise BadParameter("there is no text in the message to edit")
        marked = marked_of(arguments, "text", TEXT_LIMIT, "message is too long")
        if not marked.text:
            raise BadParameter("message text is empty")
        return self._replace(message, arguments, marked, message.photo)

    async def do_edit_message_media(self, arguments: Arguments) -> Any:
        """Another photo in a sent message."""
        message = self._editable(arguments)
        media = arguments["media"]
        photo = arguments.get(str(media["media"]).removeprefix("attach://"))
        return self._replace(message, arguments, marked_of(media, "caption", CAPTION_LIMIT, "caption"), photo_of(photo))

    async def do_answer_callback_query(self, arguments: Arguments) -> Any:
        """Stop a button's clock, once."""
        query = arguments["callback_query_id"]
        if utf16_length(arguments.get("text", "")) > CALLBACK_ANSWER_LIMIT:
            raise BadParameter("MESSAGE_TOO_LONG")
        url = arguments.get("url")
        if url is not None and not url.startswith(f"https://t.me/{self.me['username']}?start="):
            raise BadParameter("URL_INVALID")
        if query not in self.open_queries:
            raise BadParameter("query is too old and response timeout expired or query ID is invalid")
        self.open_queries.discard(query)
        self.answered_queries[query] = arguments
        return True

    # --- Asking ---

    async def do_get_chat(self, arguments: Arguments) -> Any:
        """A chat the bot is in, or a public one."""
        chat = self._known(arguments)
        if chat.closed is not None and not chat.username:
            raise Refusal(403, f"Forbidden: {chat.closed}")
        gifts = dict.fromkeys(GIFTS, False)
        return chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    async def do_get_chat_member(self, arguments: Arguments) -> Any:
        """A person's place in a chat. A channel's members are its administrators' to know."""
        chat = self._known(arguments)
        if arguments["user_id"] == self.me["id"]:
            return self.our_place(chat, chat.bot_status)
        if chat.type == "channel" and chat.bot_status != "administrator":
            raise BadParameter("member list is inaccessible")
        return self._member(chat, arguments["user_id"])

    def our_place(self, chat: ChatState, status: str) -> dict[str, Any]:
        """The bot as a member of a chat."""
        rights: dict[str, Any] = {**ADMINISTRATOR} if status == "administrator" else {"status": status}
        if chat.type == "channel" and status == "administrator":
            rights["can_post_messages"] = chat.bot_posts
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.me} | rights | until

    async def do_get_chat_administrators(self, arguments: Arguments) -> Any:
        """Everybody who administers a chat."""
        chat = self._known(arguments)
        if chat.type == "channel" and chat.bot_status != "administrator":
            raise BadParameter("member list is inaccessible")
        return [self._member(chat, person) for person in sorted(chat.admins)]

    async def do_set_my_commands(self, arguments: Arguments) -> Any:
        """A menu."""
        commands = arguments["commands"]
        if len(commands) > MOST_COMMANDS:
            raise BadParameter("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not COMMAND.fullmatch(command["command"]):
                raise BadParameter("BOT_COMMAND_INVALID")
            if not 1 <= utf16_length(command["description"]) <= 256:
                raise BadParameter("BOT_COMMAND_DESCRIPTION_INVALID")
        self.menus[_menu_key(arguments)] = commands
        return True

    async def do_get_my_commands(self, arguments: Arguments) -> Any:
        """A menu as it was set."""
        return self.menus.get(_menu_key(arguments), [])

    async def do_set_my_description(self, arguments: Arguments) -> Any:
        """What an empty chat says."""
        return self._describe(arguments, "description", 512)

    async def do_set_my_short_description(self, arguments: Arguments) -> Any:
        """A profile's line."""
        return self._describe(arguments, "short_description", 120)

    async def do_get_my_description(self, arguments: Arguments) -> Any:
        """It, as it was set."""
        return {"description": self.descriptions.get(("description", arguments.get("language_code", "")), "")}

    async def do_get_my_short_description(self, arguments: Arguments) -> Any:
        """It, as it was set."""
        code = arguments.get("language_code", "")
        return {"short_description": self.descriptions.get(("short_description", code), "")}

    def _describe(self, arguments: Arguments, name: str, limit: int) -> bool:
        text = arguments.get(name, "")
        if len(text) > limit:
            raise BadParameter(f"{name} is too long")
        self.descriptions[name, _menu_key(arguments)[1]] = text
        return True

    # --- Rules ---

    def _known(self, arguments: Arguments) -> ChatState:
        wanted = str(arguments["chat_id"])
        named = (chat for chat in self.chats.values() if chat.username and f"@{chat.username}" == wanted)
        chat = next(named, None) if wanted.startswith("@") else self.chats.get(int(wanted))
        if chat is None:
            raise BadParameter("chat not found")
        return chat

    def _writable(self, arguments: Arguments) -> ChatState:
        chat = self._known(arguments)
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        if chat.closed is not None:
            raise Refusal(403, f"Forbidden: {chat.closed}")
        if chat.type == "channel" and not (chat.bot_status == "administrator" and chat.bot_posts):
            raise BadParameter("need administrator rights in the channel chat")
        thread = arguments.get("message_thread_id")
        if thread is not None and thread not in chat.topics:
            raise BadParameter("message thread not found")
        return chat

    def _member(self, chat: ChatState, person: int) -> dict[str, Any]:
        if person not in self.people:
            raise BadParameter("user not found")
        base = {"user": self.people[person].user()}
        if person in chat.admins:
            return base | ADMINISTRATOR
        return base | {"status": "member" if person in chat.members else "left"}

    def _editable(self, arguments: Arguments) -> SentMessage:
        if "chat_id" not in arguments or "message_id" not in arguments:
            raise BadParameter("message identifier is not specified")
        chat = self._writable(arguments)
        for message in self.messages.get(chat.id, []):
            if message.message_id == arguments["message_id"]:
                return message
        raise BadParameter("message to edit not found")

    async def _post(self, chat: ChatState, arguments: Arguments, marked: Marked, photo: bytes | None) -> dict[str, Any]:
        wait = self._flood_limits.wait(chat.id) if self._flood_limits else 0
        if wait:
            raise Refusal(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        chat.last_message_id += 1
        reply = arguments.get("reply_parameters", {}).get("message_id")
        message = SentMessage(
            chat_id=chat.id,
            message_id=chat.last_message_id,
            text=marked.text,
            entities=marked.entities,
            buttons=keyboard_of(arguments),
            thread=arguments.get("message_thread_id"),
            silent=arguments.get("disable_notification", False),
            photo=photo,
            reply_to=reply,
            html=arguments.get("text", ""),
        )
        async with self.changed:
            self.messages.setdefault(chat.id, []).append(message)
            self.changed.notify_all()
        return self.shown(message)

    def _replace(
        self, message: SentMessage, arguments: Arguments, marked: Marked, photo: bytes | None
    ) -> dict[str, Any]:
        buttons = keyboard_of(arguments)
        before = (message.text, message.entities, message.buttons, message.photo)
        if before == (marked.text, marked.entities, buttons, photo):
            raise BadParameter(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        message.text, message.entities, message.buttons, message.photo = marked.text, marked.entities, buttons, photo
        message.edits += 1
        return self.shown(message)

    def shown(self, message: SentMessage) -> dict[str, Any]:
        """A message of the bot's as the Bot API shows it."""
        shown: dict[str, Any] = {
            "message_id": message.message_id,
            "date": 1_700_000_000,
            "chat": self.chats[message.chat_id].shown(),
            "from": self.me,
        }
        if message.thread is not None:
            shown |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.photo is not None:
            size = {"file_id": "f", "file_unique_id": "u", "width": 800, "height": 400}
            return shown | {"caption": message.text, "photo": [size]}
        return shown | {"text": message.text}


ADMINISTRATOR = {
    "status": "administrator",
    **dict.fromkeys(
        (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        ),
        True,
    ),
}


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def _menu_key(arguments: Arguments) -> tuple[str, str]:
    language = arguments.get("language_code", "")
    if language and not LANGUAGE.fullmatch(language):
        raise BadParameter("LANGUAGE_CODE_INVALID")
    return arguments.get("scope", {}).get("type", "default"), language
