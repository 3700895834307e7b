"""Talking to people: requests in, messages out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.chat import ChatAddress, ChatKind, PlatformName
from bot.domain.delivery import SendResult
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, RenderedPart
from bot.ports.serving import ServerView


class Renderer(Protocol):
    """Turns a message into one platform's payloads. Pure: the same message gives the same parts."""

    def render(self, message: Message) -> tuple[RenderedPart, ...]:
        """At least one part, each within the platform's limits, cut only between blocks where possible."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for, whatever the platform."""

    chat: ChatAddress
    chat_kind: ChatKind
    person: str = field(repr=False)
    """The platform's id for them. Never logged, never shown."""
    is_moderator: bool
    """May change this chat's settings and sources: its administrators; in a private chat the person."""
    client_language: str | None
    """The language tag of their client."""
    command: str
    """A verb or an alias of one, without slash."""
    text: str = ""
    """What was typed after the command."""
    options: Mapping[str, str] | None = None
    """Named options where the platform has them; then ``text`` is not read."""
    update_id: str = ""
    """The platform's id of this update: one that comes again is answered once. Empty: always new."""
    for_asker_alone: bool = False
    """In a shared chat, only the asker will read the answer: their language comes before the chat's."""
    server: ServerView | None = field(default=None, compare=False, repr=False)
    """What the chat is one of several of; None where chats stand alone."""
    hints: tuple[str, ...] = field(default=(), compare=False)
    """Keys of what ``/help`` says besides, since it is possible on this platform alone."""
    by_role: bool = False
    """They moderate by the role the server has chosen, and do not manage the server itself."""
    obstacle: str = ""
    """What the platform found to stand in its way, as an error's key; ``text`` is then what the error speaks of."""


Dispatch = Callable[[Request], Awaitable[Message | None]]
"""Answers a request. None: it was answered before, say nothing."""


class ChatChange(StrEnum):
    """What became of our place in a chat."""

    GONE = "gone"
    """We were blocked, removed or silenced there: nothing can be sent."""
    BACK = "back"
    """We were added, unblocked or allowed to write again."""
    MOVED = "moved"
    """The chat has a new address."""


@dataclass(frozen=True, slots=True)
class ChatEvent:
    """Something that happened to a chat as a whole. It may be told twice."""

    chat: ChatAddress
    """Without a thread: it concerns every thread of the chat; with one, that thread alone."""
    chat_kind: ChatKind
    change: ChatChange
    person: str = field(default="", repr=False)
    """Who did it, as in ``Request``."""
    moved_to: ChatAddress | None = None


ChatEvents = Callable[[ChatEvent], Awaitable[None]]
"""Takes note of an event. A platform that can tell is given one when it is made."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """We are in a server: told at every connection, when we are added to it, and when our rights there change."""

    platform: PlatformName
    server: str
    """The platform's own id."""
    chats: tuple[str, ...]
    """Its chats where we may write, by the platform's ids."""
    shut: tuple[str, ...] = ()
    """Those where we may not."""


class ServerEvents(Protocol):
    """Takes note of servers, as ``ChatEvents`` of chats."""

    async def find_in(self, event: ServerEvent) -> None:
        """We are in a server."""
        ...

    async def find_out(self, platform: PlatformName, present: frozenset[str]) -> None:
        """We are in these servers of a platform and in no other, by the platform's ids."""
        ...


class Platform(Protocol):
    """A chat platform, connected."""

    @property
    def name(self) -> PlatformName:
        """Also its addresses' ``platform``."""
        ...

    @property
    def renderer(self) -> Renderer:
        """How this platform writes."""
        ...

    def repeatable_for(self, address: ChatAddress) -> timedelta | None:
        """How long after a first try that may have arrived another one with the same nonce does no harm; zero: never.

        None: not connected, so nobody can say.
        """
        ...

    @property
    def connected(self) -> bool:
        """Whether we hear what people say there, as far as we know at this moment."""
        ...

    async def check(self) -> None:
        """Ask the platform who we are, and nothing else. Raise PlatformRefused or PlatformUnavailable."""
        ...

    async def serve(self, dispatch: Dispatch) -> None:
        """Connect, answer people until cancelled. Raise PlatformRefused where a person has to act."""
        ...

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:
        """One call, no retries inside: the ledger decides. Never raises for what the platform answered."""
        ...

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a sent part's content."""
        ...


# --- What adapters show of the commands ---


class OptionKind(StrEnum):
    """What an option takes, for platforms that can offer it; whatever is chosen arrives as words."""

    TEXT = "text"
    CHAT = "chat"
    """One of the server's chats, as its id."""
    ROLE = "role"
    """One of the server's roles, as its id."""
    TAG = "tag"
    """One of the labels of a forum: of the chat among the options, else of the one it is asked in."""


@dataclass(frozen=True, slots=True)
class OptionDescription:
    """One option of a command, as a platform's own interface shows it."""

    name: str
    descriptions: Mapping[ReaderLanguage, str]
    required: bool
    suggested: bool = False
    """``Suggest`` has values for what is being typed."""
    kind: OptionKind = OptionKind.TEXT
    choices: tuple[tuple[str, Mapping[ReaderLanguage, str]], ...] = ()
    """(value, labels): the only values there are; empty: any."""


@dataclass(frozen=True, slots=True)
class CommandDescription:
    """One command, as a platform's own interface shows it."""

    verb: str
    descriptions: Mapping[ReaderLanguage, str]
    """At most 100 characters (Discord's limit)."""
    options: tuple[OptionDescription, ...] = ()
    aliases: Mapping[ReaderLanguage, tuple[str, ...]] = field(default_factory=dict)
    in_menu: bool = True
    """Part of the short menu; otherwise answered when typed and reached by buttons."""
    for_moderators: bool = False
    in_servers: bool = False
    """Makes sense only where chats belong to a server."""
    elsewhere: bool = False
    """It changes a chat, so that its administrators may also ask for it from another one."""


Suggest = Callable[[str, str, str, ReaderLanguage, ChatAddress], Awaitable[Sequence[tuple[str, str]]]]
"""(verb, option, what is typed so far, language, where) → up to 25 (label, value), from memory or nearly so: whoever is
typing can't wait."""
