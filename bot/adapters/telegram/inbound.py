"""Update → what a person asked for. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from telegram import CallbackQuery, Chat, ChatFullInfo, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.adapters.telegram.aim import aimed_at
from bot.adapters.telegram.deep_link import start_action
from bot.adapters.telegram.render import LASTING
from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import Request

PLATFORM = "telegram"

ANONYMOUS_ADMINISTRATOR = 1087968824
"""GroupAnonymousBot: an administrator who speaks in the group's own name."""

GREETINGS = frozenset(
    (
        "allo",
        "allô",
        "bjr",
        "bonjour",
        "bonsoir",
        "coucou",
        "good afternoon",
        "good evening",
        "good morning",
        "hello",
        "hello there",
        "hey",
        "hi",
        "hi there",
        "nanga def",
        "salam",
        "salam aleykoum",
        "salut",
        "slt",
    )
)
"""Said alone, they ask what we can do. Folded to lower case, without punctuation."""

HINTS = ("help.plain-words", "help.channel")
"""What only a private chat on Telegram can do."""
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)
_RIGHTS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)

_COMMAND = re.compile(r"/(?P<verb>\w{1,64})(?:@(?P<bot>\w+))?(?:\s+(?P<text>.*))?", re.DOTALL)
_NAMED_CHAT = re.compile(
    r"(?:@|(?:https?://)?t\.me/(?!joinchat|\+))(?P<name>[A-Za-z]\w{3,31})/?(?:\s+|$)|(?P<id>-100\d{6,13})(?:\s+|$)"
)
"""``@name``, a public link or a channel's id, before what is asked for it."""
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are to Telegram, and the words we answer to."""

    username: str
    words: frozenset[str]
    """Every verb and alias, lower case: in a group, other commands are another bot's."""
    token: str = field(default="", repr=False)
    """Opens the links that come back from a channel's buttons."""
    elsewhere: frozenset[str] = frozenset()
    """Those of the words that a private chat may ask for another chat: ``/subscribe @channel 8h Dakar``."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request, and what is still to be found out or done about it."""

    request: Request
    ask_about: tuple[int, int] | None = None
    """(chat, person) whose rights decide ``is_moderator``; None: it is decided."""
    reply_to: int | None = None
    """The message in a group that the answer belongs to."""
    pressed: int | None = None
    """Our message whose button was pressed: an answer may take its place."""
    query: str | None = None
    """A press in a group that still waits to be acknowledged: what concerns the presser alone is said with that."""
    about: int | str | None = None
    """Another chat that this is asked for, by id or ``@name``. The answer belongs where it was asked."""


def translate(update: Update, us: Us) -> Heard | None:
    """What an update asks of us; None where it is none of our business."""
    heard = _heard(update, us)
    if heard is None:
        return None
    hints = HINTS if heard.request.chat_kind is ChatKind.PRIVATE else ()
    request = replace(heard.request, update_id=f"{PLATFORM}:{update.update_id}", hints=hints)
    return _for_another_chat(replace(heard, request=_through_link(request, us)), us)


def _heard(update: Update, us: Us) -> Heard | None:
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.channel_post is not None:
        return _posted(update.channel_post, us)
    if update.message is not None:
        return _said(update.message, us)
    if update.my_chat_member is not None:
        return _joined(update.my_chat_member)
    return None


def _pressed(query: CallbackQuery) -> Heard | None:
    if query.message is None:
        return None
    about, action = aimed_at(pressed_action(query))
    verb, _, text = action.partition(" ")
    kind = kind_of(query.message.chat)
    request = Request(
        chat=_address(query.message.chat, query.message if isinstance(query.message, Message) else None),
        chat_kind=kind,
        person=str(query.from_user.id),
        is_moderator=kind is ChatKind.PRIVATE,
        client_language=query.from_user.language_code,
        command=verb,
        text=text.strip(),
    )
    pressed = None if (query.data or "").startswith(LASTING) else query.message.message_id
    if kind is ChatKind.PRIVATE:
        return Heard(request, pressed=pressed, about=about)
    return Heard(request, ask_about=(query.message.chat.id, query.from_user.id), pressed=pressed, query=query.id)


def too_fast(heard: Heard) -> Heard:
    """In place of a request that finds no room: its asker is told."""
    return replace(heard, request=replace(heard.request, obstacle="too-fast"), about=None, ask_about=None)


def pressed_action(query: CallbackQuery) -> str:
    """What a button asks for, without the mark of a message that stays."""
    return (query.data or "help").removeprefix(LASTING).strip()


def _posted(post: Message, us: Us) -> Heard | None:
    """Only a channel's administrators can post in it."""
    command = _command(post, us)
    if command is None:
        return None
    return Heard(_request(post, person=str(post.chat.id), is_moderator=True, command=command))


def _joined(update: ChatMemberUpdated) -> Heard | None:
    """Being added is like a ``/start`` said by who added us: in the group; for a channel in their private chat."""
    before, after = update.old_chat_member.status, update.new_chat_member.status
    kind, adder = kind_of(update.chat), update.from_user
    request = Request(
        chat=_address(update.chat, None),
        chat_kind=ChatKind.GROUP,
        person=str(adder.id),
        is_moderator=False,
        client_language=adder.language_code,
        command="start",
    )
    if kind is ChatKind.GROUP and before in _OUTSIDE and after not in _OUTSIDE:
        return Heard(request, ask_about=(update.chat.id, adder.id))
    if kind is ChatKind.CHANNEL and before not in _RIGHTS and after in _RIGHTS:
        private = replace(request, chat=ChatAddress(PLATFORM, str(adder.id)), chat_kind=ChatKind.PRIVATE)
        return Heard(private, about=update.chat.id)
    return None


def _said(message: Message, us: Us) -> Heard | None:
    speaker = message.from_user
    if speaker is None or message.is_automatic_forward or (speaker.is_bot and message.sender_chat is None):
        return None
    private = kind_of(message.chat) is ChatKind.PRIVATE
    command = _command(message, us) or (_plain_words(message) if private else None)
    if command is None:
        return None
    if private:
        return Heard(_request(message, person=str(speaker.id), is_moderator=True, command=command))
    return _said_in_group(message, speaker, command)


def _said_in_group(message: Message, speaker: User, command: tuple[str, str]) -> Heard:
    mask = message.sender_chat
    if mask is None:
        request = _request(message, person=str(speaker.id), is_moderator=False, command=command)
        return Heard(request, ask_about=(message.chat.id, speaker.id), reply_to=message.message_id)
    anonymous = speaker.id == ANONYMOUS_ADMINISTRATOR and mask.id == message.chat.id
    request = _request(message, person=str(mask.id), is_moderator=anonymous, command=command)
    return Heard(request, reply_to=message.message_id)


def _request(message: Message, *, person: str, is_moderator: bool, command: tuple[str, str]) -> Request:
    masked = message.sender_chat is not None or message.from_user is None
    return Request(
        chat=_address(message.chat, message),
        chat_kind=kind_of(message.chat),
        person=person,
        is_moderator=is_moderator,
        client_language=None if masked or message.from_user is None else message.from_user.language_code,
        command=command[0],
        text=command[1],
    )


def _address(chat: Chat, message: Message | None) -> ChatAddress:
    """Replies carry a thread id outside forums too; only a topic's is part of where we write."""
    in_topic = message is not None and message.is_topic_message and message.message_thread_id
    return ChatAddress(PLATFORM, str(chat.id), str(message.message_thread_id) if message and in_topic else "")


def kind_of(chat: Chat | ChatFullInfo) -> ChatKind:
    """Private, group or channel; a supergroup is a group."""
    match chat.type:
        case Chat.PRIVATE:
            return ChatKind.PRIVATE
        case Chat.CHANNEL:
            return ChatKind.CHANNEL
        case _:
            return ChatKind.GROUP


# --- Words ---


def _command(message: Message, us: Us) -> tuple[str, str] | None:
    """(verb as typed, what follows) of a command meant for us."""
    found = _COMMAND.match(message.text or "")
    if found is None:
        return None
    verb, bot, text = found["verb"], found["bot"], (found["text"] or "").strip()
    if bot is not None and bot.lower() != us.username.lower():
        return None
    ours = bot is not None or verb.lower() in us.words or kind_of(message.chat) is ChatKind.PRIVATE
    return (verb, text) if ours else None


def _plain_words(message: Message) -> tuple[str, str] | None:
    """In a private chat words are a search; a greeting, a picture or a bare slash ask what we can do."""
    text = (message.text or message.caption or "").strip()
    if _COMMAND.match(text) and "@" in text.split()[0]:
        return None
    folded = _NOT_WORDS.sub(" ", text).strip().casefold()
    if folded and folded not in GREETINGS:
        return ("search", text)
    return ("help", "") if text or message.effective_attachment else None


def _through_link(request: Request, us: Us) -> Request:
    """``/start`` with a link of ours stands for the button that led here."""
    if request.command != "start" or request.chat_kind is not ChatKind.PRIVATE or not request.text:
        return request
    action = start_action(request.text, us.token)
    if action is None:
        return request
    verb, _, text = action.partition(" ")
    return replace(request, command=verb, text=text)


def _for_another_chat(heard: Heard, us: Us) -> Heard:
    """In a private chat, ``/settings @channel`` asks for the channel's."""
    request = heard.request
    if heard.pressed is not None or request.chat_kind is not ChatKind.PRIVATE:
        return heard
    found = _NAMED_CHAT.match(request.text) if request.command.lower() in us.elsewhere else None
    if found is None:
        return heard
    about = int(found["id"]) if found["id"] else f"@{found['name']}"
    return replace(heard, request=replace(request, text=request.text[found.end() :].strip()), about=about)
