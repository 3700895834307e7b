"""Calls that write: one call a part, paced, every outcome named."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import structlog
from telegram import Bot, InputMediaPhoto, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.adapters.telegram.errors import classify, classify_edit
from bot.adapters.telegram.pace import ChatPace, Turns
from bot.adapters.telegram.redact import redact
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import RenderedPart
from bot.ports.clock import Clock

log = structlog.get_logger(__name__)

PATIENCE = 2.0
"""Seconds a call may wait for its turn; a part's lease goes on meanwhile."""
ANSWER_TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds a person's answer may wait for a flood limit; a later one would be no answer."""
TYPING_AFTER = 1.0
TYPING_LASTS = 4.5
"""Telegram shows "typing…" for five seconds."""


class Calls:
    """Sends, edits and acknowledges. Nothing here raises for what Telegram answers."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._pace = ChatPace()
        self._turns = Turns(clock)

    async def send(
        self, address: ChatAddress, part: RenderedPart, extra: dict[str, object] | None = None
    ) -> SendResult:
        """One call, or none where the flood limits leave no room: then it certainly did not arrive."""
        if (held := self._turns.held()) > PATIENCE:
            return SendResult(SendOutcome.RETRY, retry_after=held, whole_token=True, detail="told to wait")
        room, wait = self._pace.reserve(address.chat, self._clock.now(), PATIENCE)
        if not room:
            return SendResult(SendOutcome.RETRY, retry_after=wait, detail="our own flood limit")
        if wait > 0:
            await self._clock.sleep(wait)
        async with self._turns.one():
            try:
                sent = await self._send(address, part, extra or {})
            except Exception as error:
                return self._heed(classify(error, address))
        return SendResult(SendOutcome.SENT, message_id=str(sent.message_id))

    async def send_patiently(
        self, address: ChatAddress, part: RenderedPart, extra: dict[str, object] | None = None
    ) -> SendResult:
        """For answers, which have no ledger: try again what surely did not arrive, and only that."""
        result = await self.send(address, part, extra)
        for attempt in range(1, ANSWER_TRIES):
            if result.moved_to is not None:
                address = result.moved_to
            elif result.outcome is SendOutcome.RETRY and (result.retry_after or 0.0) <= LONGEST_WAIT:
                await self._clock.sleep(result.retry_after or float(attempt))
            else:
                break
            result = await self.send(address, part, extra)
        return result

    async def edit(self, address: ChatAddress, message_id: str, part: RenderedPart) -> SendResult:
        """One call; what is so already counts as sent."""
        async with self._turns.one():
            try:
                await self._edit(address, int(message_id), part)
            except Exception as error:
                return self._heed(classify_edit(error, address, message_id))
        return SendResult(SendOutcome.SENT, message_id=message_id)

    def _heed(self, result: SendResult) -> SendResult:
        """A wait that Telegram asks of the token is everybody's: answers and briefings share it."""
        if result.whole_token and result.retry_after is not None:
            self._turns.hold(result.retry_after)
        return result

    async def acknowledge(self, query_id: str, url: str | None = None, words: str | None = None) -> None:
        """Stop a button's clock, open an address, or show words to the presser alone.

        Telegram refuses after a while, which harms nobody.
        """
        try:
            await self._bot.answer_callback_query(query_id, words, show_alert=words is not None, url=url)
        except TelegramError as error:
            log.info("telegram button not acknowledged", error=redact(f"{type(error).__name__} {error}"))

    @contextlib.asynccontextmanager
    async def typing(self, address: ChatAddress) -> AsyncIterator[None]:
        """Show that an answer is being written, where it takes longer than a moment."""
        showing = asyncio.create_task(self._show_typing(address))
        try:
            yield
        finally:
            showing.cancel()

    async def _show_typing(self, address: ChatAddress) -> None:
        await self._clock.sleep(TYPING_AFTER)
        with contextlib.suppress(TelegramError):
            while True:
                await self._bot.send_chat_action(address.chat, ChatAction.TYPING, message_thread_id=_thread(address))
                await self._clock.sleep(TYPING_LASTS)

    async def _send(self, address: ChatAddress, part: RenderedPart, extra: dict[str, object]) -> Message:
        rest = _rest(part, "text", "caption") | extra
        if part.picture is not None:
            return await self._bot.send_photo(
                address.chat,
                part.picture.png,
                caption=str(part.payload.get("caption", "")),
                filename=part.picture.filename,
                message_thread_id=_thread(address),
                api_kwargs=rest,
            )
        return await self._bot.send_message(
            address.chat, str(part.payload["text"]), message_thread_id=_thread(address), api_kwargs=rest
        )

    async def _edit(self, address: ChatAddress, message_id: int, part: RenderedPart) -> None:
        rest = _rest(part, "text", "caption", "disable_notification")
        if part.picture is not None:
            caption = str(part.payload.get("caption", ""))
            media = InputMediaPhoto(part.picture.png, caption, filename=part.picture.filename)
            await self._bot.edit_message_media(media, address.chat, message_id, api_kwargs=rest)
        else:
            await self._bot.edit_message_text(str(part.payload["text"]), address.chat, message_id, api_kwargs=rest)


def _thread(address: ChatAddress) -> int | None:
    return int(address.thread) if address.thread else None


def _rest(part: RenderedPart, *named: str) -> dict[str, Any]:
    """A payload's own arguments, without its method and what is passed by name."""
    return {name: value for name, value in part.payload.items() if name not in ("method", *named)}
