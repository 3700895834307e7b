"""Vendor exception → SendResult. Pure.

What matters is whether the message may have arrived. ``BadRequest`` and ``TimedOut`` are ``NetworkError``s in
python-telegram-bot, so their order here is the rule:

    ChatMigrated                              moved
    RetryAfter, a bare 429, Conflict          retry: refused before anything was done
    InvalidToken (401, 404)                   stop
    Forbidden, BadRequest about the chat      chat gone
    other BadRequest, 413, bytes never sent   refused
    never left us: no connection, full pool   retry
    anything else: read timeouts, broken connections, 5xx, answers that can't be read
                                              ambiguous
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.adapters.telegram.redact import redact
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Causes that end a call before its first byte reaches Telegram."""

CHAT_GONE_WORDS = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_id_invalid",
    "channel_private",
    "user is deactivated",
    "group chat was deactivated",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot was kicked",
    "bot is not a member",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
)
"""In a 400, lower case: the chat, the topic or our right to write there is no more (seen in Bot API answers)."""

_MOVED_WITHOUT_ADDRESS = "upgraded to a supergroup"
_UNCHANGED = "message is not modified"
_MOVE_PATIENCE = 60.0
"""Seconds to wait for the service message that tells a migrated group's new id."""


def classify(error: Exception, address: ChatAddress) -> SendResult:
    """What a failed send to ``address`` means."""
    detail = _words(error)
    if isinstance(error, ChatMigrated):
        moved_to = replace(address, chat=str(error.new_chat_id))
        return SendResult(SendOutcome.MOVED, moved_to=moved_to, detail=detail)
    if isinstance(error, RetryAfter):
        return SendResult(SendOutcome.RETRY, retry_after=_seconds(error), whole_token=True, detail=detail)
    if isinstance(error, BadRequest):
        return _bad_request(error, detail)
    return SendResult(_outcome(error), whole_token=_is_flood(error), detail=detail)


def classify_edit(error: Exception, address: ChatAddress, message_id: str) -> SendResult:
    """The same for an edit: what is there already is sent, and doing it twice does no harm."""
    if isinstance(error, BadRequest) and _UNCHANGED in error.message.lower():
        return SendResult(SendOutcome.SENT, message_id=message_id, detail=_words(error))
    result = classify(error, address)
    return replace(result, outcome=SendOutcome.RETRY) if result.outcome is SendOutcome.AMBIGUOUS else result


def token_refused(error: Exception) -> bool:
    """A person has to mend the token or the server's address."""
    return isinstance(error, InvalidToken | EndPointNotFound)


def pause_asked(error: Exception) -> float | None:
    """Seconds a flood refusal asks us to wait."""
    return _seconds(error) if isinstance(error, RetryAfter) else None


def _bad_request(error: BadRequest, detail: str) -> SendResult:
    words = error.message.lower()
    if _MOVED_WITHOUT_ADDRESS in words:
        return SendResult(SendOutcome.RETRY, retry_after=_MOVE_PATIENCE, detail=detail)
    gone = any(phrase in words for phrase in CHAT_GONE_WORDS)
    return SendResult(SendOutcome.CHAT_GONE if gone else SendOutcome.REFUSED, detail=detail)


def _outcome(error: Exception) -> SendOutcome:
    if token_refused(error):
        return SendOutcome.STOP
    if isinstance(error, Forbidden):
        return SendOutcome.CHAT_GONE
    if isinstance(error, Conflict) or _is_flood(error):
        return SendOutcome.RETRY
    if isinstance(error, NetworkError):
        return _network_outcome(error)
    return SendOutcome.AMBIGUOUS


def _network_outcome(error: NetworkError) -> SendOutcome:
    if isinstance(error.__cause__, NEVER_SENT) or _before_connecting(error.__cause__):
        return SendOutcome.RETRY
    if isinstance(error.__cause__, UnicodeError) or error.message.startswith("Request Entity Too Large"):
        return SendOutcome.REFUSED
    return SendOutcome.AMBIGUOUS


def _before_connecting(cause: BaseException | None) -> bool:
    """The client was closed, or not yet opened: python-telegram-bot refuses before any I/O."""
    return isinstance(cause, RuntimeError) and "not initialized" in str(cause)


def _is_flood(error: Exception) -> bool:
    """A 429 without parameters surfaces as a plain NetworkError."""
    return type(error) is NetworkError and error.message.startswith("Too Many Requests")


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _words(error: Exception) -> str:
    said = error.message if isinstance(error, TelegramError) else ""
    return redact(f"{type(error).__name__} {said}".strip())
