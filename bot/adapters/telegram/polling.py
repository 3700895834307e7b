"""Long polling that outlives conflicts, network loss and updates the library can't read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, TelegramError
from telegram.request import HTTPXRequest

from bot.adapters.telegram.errors import pause_asked, token_refused
from bot.adapters.telegram.receipts import Receipts
from bot.adapters.telegram.redact import redact
from bot.domain.errors import PlatformRefused
from bot.ports.clock import Clock

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""Said explicitly: Telegram remembers what an earlier program asked for."""
SETTLING = 0.5
"""Seconds between two polls while something is carried out that Telegram is not to forget yet."""
POLL_SECONDS = 50
"""How long Telegram holds an empty answer back."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

Answer = TypeVar("Answer")


class TolerantRequest(HTTPXRequest):
    """Replaces an update the library can't read by an empty one, so that it can't stop all that follow it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; raise TelegramError, without logging what people wrote, where it is no JSON object."""
        answer = _read(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


class QuietRequest(HTTPXRequest):
    """Does not log what it can't read: people wrote it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; raise TelegramError where it is no JSON object."""
        return _read(payload)


def _read(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        raise TelegramError("Invalid server response") from None
    if not isinstance(answer, dict):
        raise TelegramError("Invalid server response")
    return answer


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(dict(update), None)
    except Exception as error:
        log.warning("telegram sent an update that can't be read", error=type(error).__name__)
        return {"update_id": update["update_id"]}
    return update


async def insist(
    call: Callable[[], Awaitable[Answer]], clock: Clock, doing: str, reached: Callable[[bool], None] = lambda _: None
) -> Answer:
    """Call until it succeeds, with longer and longer pauses. ``reached`` is told how each call went.

    Raises PlatformRefused where the token is not accepted.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            answer = await call()
            reached(True)
            return answer
        except Exception as error:  # An answer of an odd shape raises anything; listening outlives it.
            reached(False)
            if token_refused(error):
                raise PlatformRefused(platform="telegram") from None
            wait = max(pause, pause_asked(error) or 0.0)
            _report(error, doing, wait)
        await clock.sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE)


def _report(error: Exception, doing: str, wait: float) -> None:
    words = redact(f"{type(error).__name__} {error}")
    if isinstance(error, Conflict):
        log.error("another program reads this bot's messages: stop it or change the token", error=words, wait=wait)
    else:
        log.warning("telegram can't be reached", doing=doing, error=words, wait=wait)


async def updates(
    bot: Bot,
    clock: Clock,
    room: Callable[[], Awaitable[None]],
    receipts: Receipts,
    reached: Callable[[bool], None] = lambda _: None,
) -> AsyncIterator[Update]:
    """Every update, in order, once, for ever. ``room`` returns when another one can be taken; ``reached`` is told
    whether Telegram answered.

    While some are still being carried out Telegram tells of them again at every poll: so we ask a little less often.
    """

    async def poll() -> tuple[Update, ...]:
        return await bot.get_updates(offset=receipts.offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)

    while True:
        await room()
        for update in await insist(poll, clock, "listening", reached):
            if receipts.take(update.update_id):
                yield update
        await receipts.settled(SETTLING)
