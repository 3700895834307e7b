"""Telegram, connected: long polling in, one call a part out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import Bot, CallbackQuery, InputMediaPhoto, Update
from telegram import Message as Sent
from telegram.error import TelegramError

from bot.adapters.telegram.deep_link import start_payload
from bot.adapters.telegram.errors import classify, classify_edit
from bot.adapters.telegram.inbound import PLATFORM, Heard, Us, translate
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.members import Members
from bot.adapters.telegram.menu import menus, publish
from bot.adapters.telegram.polling import QuietRequest, TolerantRequest, insist, updates
from bot.adapters.telegram.redact import redact
from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.chat import ChatAddress, ChatKind, PlatformName
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, RenderedPart
from bot.ports.clock import Clock
from bot.ports.talking import CommandDescription, Dispatch, Renderer, Suggest

log = structlog.get_logger(__name__)

PUBLIC_SERVER = "https://api.telegram.org"

ANSWER_TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds a person's answer may wait for a flood limit; a later one would be no answer."""
GRACE = 5.0
"""Seconds for answers under way when we stop."""


class TelegramPlatform:
    """Fulfils the ``Platform`` port. One instance per token."""

    def __init__(
        self,
        token: str,
        *,
        commands: Sequence[CommandDescription],
        suggest: Suggest,  # noqa: ARG002 - every platform gets it; Telegram has no completion while typing
        api_url: str | None,
        clock: Clock,
        default_language: ReaderLanguage = "fr",
    ) -> None:
        _hush_vendors()
        self._token = token
        self._clock = clock
        self._menus = menus(commands, default_language)
        self._words = frozenset(word.lower() for command in commands for word in _words(command))
        self._renderer = TelegramRenderer()
        self._requests = _requests()
        self._bot = _bot(token, api_url or PUBLIC_SERVER, *self._requests)
        self._members = Members(self._bot, clock)
        self._lanes = Lanes()

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

    async def serve(self, dispatch: Dispatch) -> None:
        """Connect, answer people until cancelled. Raises PlatformRefused where the token is not accepted."""
        try:
            us = await self._connect()
            self._lanes.offer("menu", self._publish_menus)
            async for update in updates(self._bot, self._clock, self._lanes.room):
                self._take(update, us, dispatch)
        finally:
            await self._lanes.close(GRACE)
            await self.close()

    async def close(self) -> None:
        """Let go of every connection. ``serve`` does it at its end; who only sends does it themselves."""
        await self._bot.shutdown()
        for request in self._requests:
            await request.shutdown()

    async def send(self, address: ChatAddress, part: RenderedPart, nonce: str) -> SendResult:  # noqa: ARG002 - Telegram has no idempotent send
        """One call. Never raises for what Telegram answered."""
        return await self._send(address, part, {})

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """Replace a sent part's words and buttons; a part that is so already counts as sent."""
        try:
            await self._edit(address, int(message_id), part)
        except Exception as error:
            return classify_edit(error, address, message_id)
        return SendResult(SendOutcome.SENT, message_id=message_id)

    # --- Connecting ---

    async def _connect(self) -> Us:
        await insist(self._bot.initialize, self._clock, "connecting")
        await insist(self._bot.delete_webhook, self._clock, "leaving the webhook")
        log.info("telegram connected")
        return Us(self._bot.username, self._words, self._token)

    async def _publish_menus(self) -> None:
        try:
            changed = await publish(self._bot, self._menus)
        except TelegramError as error:
            log.warning("telegram menus not set", error=redact(f"{type(error).__name__} {error}"))
        else:
            log.info("telegram menus set", changed=changed)

    # --- Answering ---

    def _take(self, update: Update, us: Us, dispatch: Dispatch) -> None:
        """Hand an update to its lane; returns at once."""
        query = update.callback_query
        if query is not None and query.message is not None and query.message.chat.type == ChatKind.CHANNEL:
            self._lanes.offer(f"press {query.from_user.id}", lambda: self._open_private_chat(query, us))
            return
        if query is not None:
            self._lanes.offer(f"press {query.from_user.id}", lambda: self._acknowledge(query))
        heard = translate(update, us)
        if heard is not None:
            self._lanes.offer(heard.request.person, lambda: self._answer(heard, dispatch))

    async def _acknowledge(self, query: CallbackQuery, url: str | None = None) -> None:
        """Stop the button's clock. Telegram refuses after a while, which harms nobody."""
        try:
            await self._bot.answer_callback_query(query.id, url=url)
        except TelegramError as error:
            log.info("telegram button not acknowledged", error=redact(f"{type(error).__name__} {error}"))

    async def _open_private_chat(self, query: CallbackQuery, us: Us) -> None:
        """A channel's post is read by many: the answer to one of them goes to their own chat with us."""
        payload = start_payload(query.data or "help", self._token)
        await self._acknowledge(query, f"https://t.me/{us.username}?start={payload or 'channel'}")

    async def _answer(self, heard: Heard, dispatch: Dispatch) -> None:
        request = heard.request
        if heard.ask_about is not None:
            request = replace(request, is_moderator=await self._members.administers(*heard.ask_about))
        message = await dispatch(request)
        if message is not None:
            await self._say(request.chat, message, heard.reply_to)

    async def _say(self, address: ChatAddress, message: Message, reply_to: int | None) -> None:
        extra: dict[str, object] = {}
        if reply_to is not None:
            extra["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        for part in self._renderer.render(message):
            result = await self._send_patiently(address, part, extra)
            if result.outcome is not SendOutcome.SENT:
                log.warning("telegram answer not sent", outcome=result.outcome, detail=result.detail)
                return
            extra = {}

    async def _send_patiently(self, address: ChatAddress, part: RenderedPart, extra: dict[str, object]) -> SendResult:
        """Answers have no ledger: try again what surely did not arrive, and only that."""
        result = await self._send(address, part, extra)
        for attempt in range(1, ANSWER_TRIES):
            if result.moved_to is not None:
                address = result.moved_to
            elif result.outcome is SendOutcome.RETRY and (result.retry_after or 0.0) <= LONGEST_WAIT:
                await self._clock.sleep(result.retry_after or float(attempt))
            else:
                break
            result = await self._send(address, part, extra)
        return result

    # --- Calls ---

    async def _send(self, address: ChatAddress, part: RenderedPart, extra: dict[str, object]) -> SendResult:
        try:
            sent = await self._call(address, part, extra)
        except Exception as error:
            return classify(error, address)
        return SendResult(SendOutcome.SENT, message_id=str(sent.message_id))

    async def _call(self, address: ChatAddress, part: RenderedPart, extra: dict[str, object]) -> Sent:
        thread = int(address.thread) if address.thread else None
        rest = _rest(part, "text", "caption") | extra
        if part.picture is not None:
            return await self._bot.send_photo(
                address.chat,
                part.picture.png,
                caption=str(part.payload.get("caption", "")),
                filename=part.picture.filename,
                message_thread_id=thread,
                api_kwargs=rest,
            )
        return await self._bot.send_message(
            address.chat, str(part.payload["text"]), message_thread_id=thread, api_kwargs=rest
        )

    async def _edit(self, address: ChatAddress, message_id: int, part: RenderedPart) -> None:
        rest = _rest(part, "text", "caption", "disable_notification")
        if part.picture is not None:
            media = InputMediaPhoto(
                part.picture.png, str(part.payload.get("caption", "")), filename=part.picture.filename
            )
            await self._bot.edit_message_media(media, address.chat, message_id, api_kwargs=rest)
        else:
            await self._bot.edit_message_text(str(part.payload["text"]), address.chat, message_id, api_kwargs=rest)


def _rest(part: RenderedPart, *named: str) -> dict[str, Any]:
    """A payload's own arguments, without its method and what is passed by name."""
    return {name: value for name, value in part.payload.items() if name not in ("method", *named)}


def _words(command: CommandDescription) -> tuple[str, ...]:
    return (command.verb, *(alias for aliases in command.aliases.values() for alias in aliases))


def _requests() -> tuple[QuietRequest, TolerantRequest]:
    """For calls, and for the long poll: it must not wait for them nor keep them waiting."""
    return (
        QuietRequest(connect_timeout=10, read_timeout=15, write_timeout=15, pool_timeout=5),
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
