"""What a command is: a verb, its options, who may use it, and the function that answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.chart import BarChart
from bot.domain.chat import Chat, ChatAddress
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.server import Server
from bot.ports import Clock, OptionKind, Renderer, Request, Store
from bot.services.brief import Briefer
from bot.services.moderating import Moderating
from bot.services.status import StatusDesk


@dataclass(frozen=True, slots=True)
class Services:
    """What handlers may use."""

    store: Store
    clock: Clock
    briefer: Briefer
    status: StatusDesk
    default_zone: str
    default_language: ReaderLanguage
    moderating: Moderating
    paint: Callable[[BarChart], bytes] | None = None
    """Draws a PNG; None where the ``charts`` extra is not installed."""
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    """By platform name: for what follows an answer through the outbox."""
    gone_days: int = 365
    """How long a chat that left is remembered."""

    def on(self, store: Store) -> Services:
        """The same, changing things through another store."""
        return replace(self, store=store, moderating=self.moderating.on(store))


@dataclass(frozen=True, slots=True)
class Context:
    """One request, bound: everything a handler needs to answer it."""

    request: Request
    chat: Chat
    language: ReaderLanguage
    zone: str
    now: datetime
    options: Mapping[str, str]
    """What was given, by option name; nothing blank."""
    services: Services
    server: Server | None = None
    """What the chat's server has chosen; None where chats stand alone."""


Handler = Callable[[Context], Awaitable[Message]]


class Access(StrEnum):
    """Who may use a command."""

    EVERYONE = "everyone"
    SETTINGS = "settings"
    """It changes the chat: its moderators; in a private chat the person."""
    MODERATOR = "moderator"
    """It changes sources: the chat's moderators for the chat's own, the bot's for everyone's."""
    BOT_MODERATOR = "bot-moderator"
    """It changes what everyone gets."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. Descriptions are in the catalogues: ``command.<verb>.option.<name>``."""

    name: str
    required: bool = False
    suggestions: Callable[[str, ReaderLanguage], list[tuple[str, str]]] | None = None
    """(what is typed, language) → (label, value) pairs, from memory."""
    recalled: Callable[[Services, ChatAddress], Awaitable[Sequence[tuple[str, str]]]] | None = None
    """Everything a chat can choose from, (label, value): looked up at times, and remembered in between."""
    kind: OptionKind = OptionKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    """(value, key of its label in the catalogues): the only values there are; empty: any."""


def last_takes_the_rest(options: tuple[Option, ...], text: str) -> dict[str, str]:
    """Bind typed text: a word an option, and what is left to the last one."""
    words = text.split(maxsplit=len(options) - 1) if len(options) > 1 else [text.strip()]
    return {option.name: word for option, word in zip(options, words, strict=False) if word}


@dataclass(frozen=True, slots=True)
class Command:
    """A verb people can use. Its description is in the catalogues: ``command.<verb>.description``."""

    verb: str
    answer: Handler
    options: tuple[Option, ...] = ()
    access: Access = Access.EVERYONE
    in_menu: bool = False
    for_moderators: bool = False
    in_servers: bool = False
    """Shown only where chats belong to a server; typed elsewhere, it is answered as well as can be."""
    aliases: Mapping[ReaderLanguage, tuple[str, ...]] = field(default_factory=dict)
    bind: Callable[[tuple[Option, ...], str], dict[str, str]] = last_takes_the_rest
    """Typed text → options, for platforms without named ones."""
