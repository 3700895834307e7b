"""Telegram, connected: long polling in, one call a part out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

import structlog
from telegram import Bot, CallbackQuery, Chat, Update
from telegram.error import TelegramError

from bot.adapters.telegram.answering import Answering
from bot.adapters.telegram.calls import Calls
from bot.adapters.telegram.deep_link import start_payload
from bot.adapters.telegram.elsewhere import Elsewhere
from bot.adapters.telegram.errors import token_refused
from bot.adapters.telegram.events import chat_event
from bot.adapters.telegram.inbound import PLATFORM, Heard, Us, pressed_action, too_fast, translate
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.members import Members
from bot.adapters.telegram.menu import menus, publish
from bot.adapters.telegram.polling import QuietRequest, TolerantRequest, insist, updates
from bot.adapters.telegram.profile import About, introduce, profiles
from bot.adapters.telegram.receipts import Receipts
from bot.adapters.telegram.redact import redact
from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.chat import ChatAddress, ChatKind, PlatformName
from bot.domain.delivery import SendResult
from bot.domain.errors import PlatformRefused, PlatformUnavailable
from bot.domain.language import ReaderLanguage
from bot.domain.message import RenderedPart
from bot.ports.clock import Clock
from bot.ports.talking import (
    ChatChange,
    ChatEvent,
    ChatEvents,
    CommandDescription,
    Dispatch,
    Renderer,
    Suggest,
)

log = structlog.get_logger(__name__)

PUBLIC_SERVER = "https://api.telegram.org"
GRACE = 5.0
"""Seconds for answers under way when we stop."""
CALL_SECONDS = 10.0
"""A call ends, one way or the other, before the ledger stops waiting for it and calls it a doubt."""
EXCUSE_SECONDS = 30.0
"""How long somebody who was told that they are too fast is not told again."""
JOIN_PATIENCE = 3.0
"""Seconds to wait after joining a group: it may be one we were in, which has just become a supergroup."""


class TelegramPlatform:
    """Fulfils the ``Platform`` port. One instance per token.

    ``events`` is told when a chat is gone, back or moved. ``default_language`` words the menu of people whose
    client speaks none of our languages. ``about``: what people read before they have written to us.
    """

    def __init__(
        self,
        token: str,
        *,
        commands: Sequence[CommandDescription],
        suggest: Suggest,  # noqa: ARG002 - every platform gets it; Telegram has no completion while typing
        api_url: str | None,
        clock: Clock,
        events: ChatEvents | None = None,
        default_language: ReaderLanguage = "fr",
        about: Mapping[ReaderLanguage, About] | None = None,
    ) -> None:
        _hush_vendors()
        self._token = token
        self._clock = clock
        self._events = events
        self._menus = menus(commands, default_language)
        self._profiles = profiles(about or {}, default_language)
        self._words = _words(commands)
        self._elsewhere = _words([command for command in commands if command.elsewhere])
        self._renderer = TelegramRenderer()
        self._requests = _requests()
        self._bot = _bot(token, api_url or PUBLIC_SERVER, *self._requests)
        self._calls = Calls(self._bot, clock)
        members = Members(self._bot, clock)
        self._answering = Answering(self._calls, members, Elsewhere(self._bot, members), events, self._renderer)
        self._lanes = Lanes()
        self._receipts = Receipts()
        self._connected = False
        self._moved: set[ChatAddress] = set()
        self._excused: set[str] = set()

    def __repr__(self) -> str:
        """Without the token."""
        return "TelegramPlatform()"

    @property
    def name(self) -> PlatformName:
        """``telegram``."""
        return PLATFORM

    @property
    def renderer(self) -> Renderer:
        """Messages as HTML."""
        return self._renderer

    def repeatable_for(self, address: ChatAddress) -> timedelta:  # noqa: ARG002 - the port's
        """Never: Telegram does not know a message it was sent before."""
        return timedelta(0)

    @property
    def connected(self) -> bool:
        """Whether Telegram answered when it was last asked what people say."""
        return self._connected

    def _note_reach(self, reached: bool) -> None:
        self._connected = reached

    async def check(self) -> None:
        """Ask Telegram who we are. Raises PlatformRefused for the token, PlatformUnavailable for anything else."""
        try:
            await self._bot.get_me()
        except Exception as error:
            if token_refused(error):
                raise PlatformRefused(platform=PLATFORM) from None
            raise PlatformUnavailable(platform=PLATFORM) from None
        finally:
            await self.close()

    async def serve(self, dispatch: Dispatch) -> None:
        """Connect, answer people until cancelled. Raises PlatformRefused where the token is not accepted."""
        try:
            us = await self._connect()
            self._lanes.offer("menu", self._try_menus)
            self._receipts.reopen()
            async for update in updates(self._bot, self._clock, self._lanes.room, self._receipts, self._note_reach):
                self._take(update, us, dispatch)
        finally:
            self._connected = False
            await self._lanes.close(GRACE)
            await self.close()

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:  # noqa: ARG002 - Telegram has no idempotent send
        """One call. Never raises for what Telegram answered."""
        return await self._calls.send(address, part)

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a sent part's words, picture and buttons; a part that is so already counts as sent."""
        return await self._calls.edit(address, message_id, part)

    async def close(self) -> None:
        """Let go of every connection. ``serve`` does it at its end; who only sends does it themselves."""
        await self._bot.shutdown()
        for request in self._requests:
            await request.shutdown()

    # --- Connecting ---

    async def _connect(self) -> Us:
        await insist(self._bot.initialize, self._clock, "connecting")
        await insist(self._bot.delete_webhook, self._clock, "leaving the webhook")
        self._connected = True
        log.info("telegram connected")
        return Us(self._bot.username, self._words, self._token, self._elsewhere)

    async def publish_menus(self) -> int:
        """Bring Telegram's menus and texts up to date; how many had to be changed. Raises TelegramError."""
        return await publish(self._bot, self._menus) + await introduce(self._bot, self._profiles)

    async def _try_menus(self) -> None:
        try:
            changed = await self.publish_menus()
        except TelegramError as error:
            log.warning("telegram menus not set", error=redact(f"{type(error).__name__} {error}"))
        else:
            log.info("telegram menus set", changed=changed)

    # --- Listening ---

    def _take(self, update: Update, us: Us, dispatch: Dispatch) -> None:
        """Hand an update to its lane; returns at once. Telegram may forget it when that is done with it."""

        def carried_out() -> None:
            self._receipts.done(update.update_id)

        event = chat_event(update)
        if event is not None:
            self._follow_moves(event)
        heard = None if _pressed_in_channel(update.callback_query) else translate(update, us)
        taken = False
        if event is not None:
            lane = f"chat {event.chat.chat}"
            taken = self._lanes.offer(lane, lambda: self._note(event, heard, dispatch), carried_out)
        elif heard is not None:
            answer = partial(self._answering.answer, heard, dispatch)
            taken = self._lanes.offer(heard.request.person, answer, carried_out)
            if not taken:
                self._excuse(heard, dispatch)
        if not taken:
            carried_out()
        if update.callback_query is not None and not (taken and heard is not None and heard.query):
            self._acknowledge(update.callback_query, us)

    def _follow_moves(self, event: ChatEvent) -> None:
        """A group that became a supergroup seems to take us in anew; one that let us go really may, later."""
        if event.moved_to is not None:
            self._moved.add(event.moved_to)
        elif event.change is ChatChange.GONE:
            self._moved.discard(event.chat)

    def _excuse(self, heard: Heard, dispatch: Dispatch) -> None:
        """Who writes faster than we answer is told so, once in a while and in private only: a group needs no more."""
        person = heard.request.person
        if heard.pressed is not None or heard.request.chat_kind is not ChatKind.PRIVATE or person in self._excused:
            return
        self._excused.add(person)

        async def excuse() -> None:
            try:
                await self._answering.answer(too_fast(heard), dispatch)
                await self._clock.sleep(EXCUSE_SECONDS)
            finally:
                self._excused.discard(person)

        if not self._lanes.offer(f"excuse {person}", excuse):
            self._excused.discard(person)

    def _acknowledge(self, query: CallbackQuery, us: Us) -> None:
        """At once, except in a group, where it may come with words. A channel's post is read by many: the answer to one
        of them goes to their own chat with us.
        """
        url = None
        if _pressed_in_channel(query):
            payload = start_payload(pressed_action(query), self._token) or "channel"
            url = f"https://t.me/{us.username}?start={payload}"
        self._lanes.offer(f"press {query.from_user.id}", lambda: self._calls.acknowledge(query.id, url))

    async def _note(self, event: ChatEvent, greeting: Heard | None, dispatch: Dispatch) -> None:
        if greeting is not None:
            await self._clock.sleep(JOIN_PATIENCE)
        if event.change is ChatChange.BACK and event.chat in self._moved:
            return
        if self._events is not None:
            await self._events(event)
        if greeting is not None:
            await self._answering.answer(greeting, dispatch)


def _pressed_in_channel(query: CallbackQuery | None) -> bool:
    return query is not None and query.message is not None and query.message.chat.type == Chat.CHANNEL


def _words(commands: Sequence[CommandDescription]) -> frozenset[str]:
    """Every verb and alias, in lower case."""
    aliases = (alias for command in commands for each in command.aliases.values() for alias in each)
    return frozenset(word.lower() for word in (*(command.verb for command in commands), *aliases))


def _requests() -> tuple[QuietRequest, TolerantRequest]:
    """For calls, and for the long poll: it must not wait for them nor keep them waiting."""
    return (
        QuietRequest(connect_timeout=4, read_timeout=CALL_SECONDS, write_timeout=CALL_SECONDS, pool_timeout=2),
        TolerantRequest(connection_pool_size=2, connect_timeout=10, read_timeout=10),
    )


def _bot(token: str, server: str, calls: QuietRequest, polls: TolerantRequest) -> Bot:
    root = server.rstrip("/")
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=calls,
        get_updates_request=polls,
    )


def _hush_vendors() -> None:
    """httpx logs every address it calls, the token in it; the library logs the messages it can't read."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
