"""Every vendor exception has one meaning, and the library has no exception we did not think of."""

from __future__ import annotations

import httpx
import pytest
import telegram.error
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.adapters.telegram.errors import CHAT_GONE_WORDS, classify, classify_edit
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome

HERE = ChatAddress("telegram", "-4001", "12")


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """As the library raises it: ``raise error from cause``."""
    error.__cause__ = cause
    return error


MEANINGS: list[tuple[Exception, SendOutcome]] = [
    (ChatMigrated(-1009), SendOutcome.MOVED),
    (RetryAfter(7), SendOutcome.RETRY),
    (InvalidToken(), SendOutcome.STOP),
    (EndPointNotFound("Endpoint 'sendMessage' not found in Bot API"), SendOutcome.STOP),
    (Forbidden("Forbidden: bot was blocked by the user"), SendOutcome.CHAT_GONE),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), SendOutcome.CHAT_GONE),
    (BadRequest("Bad Request: chat not found"), SendOutcome.CHAT_GONE),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), SendOutcome.CHAT_GONE),
    (BadRequest("Bad Request: message thread not found"), SendOutcome.CHAT_GONE),
    (BadRequest("Bad Request: TOPIC_CLOSED"), SendOutcome.CHAT_GONE),
    (BadRequest("Bad Request: can't parse entities: Unsupported start tag"), SendOutcome.REFUSED),
    (BadRequest("Bad Request: message is too long"), SendOutcome.REFUSED),
    (BadRequest("Bad Request: group chat was upgraded to a supergroup chat"), SendOutcome.RETRY),
    (Conflict("Conflict: terminated by other getUpdates request"), SendOutcome.RETRY),
    (NetworkError("Too Many Requests: retry later"), SendOutcome.RETRY),
    (NetworkError("Too Many Requests (429). Parsing the server response b'' failed"), SendOutcome.RETRY),
    (NetworkError("Request Entity Too Large"), SendOutcome.REFUSED),
    (NetworkError("Bad Gateway"), SendOutcome.AMBIGUOUS),
    (NetworkError("Internal Server Error (500)"), SendOutcome.AMBIGUOUS),
    (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")), SendOutcome.RETRY),
    (caused(NetworkError("httpx.ProxyError"), httpx.ProxyError("403")), SendOutcome.RETRY),
    (caused(TimedOut(), httpx.ConnectTimeout("slow")), SendOutcome.RETRY),
    (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("full")), SendOutcome.RETRY),
    (caused(NetworkError("Unknown error"), RuntimeError("not initialized!")), SendOutcome.RETRY),
    (caused(TimedOut(), httpx.ReadTimeout("slow")), SendOutcome.AMBIGUOUS),
    (caused(TimedOut(), httpx.WriteTimeout("slow")), SendOutcome.AMBIGUOUS),
    (TimedOut(), SendOutcome.AMBIGUOUS),
    (caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset")), SendOutcome.AMBIGUOUS),
    (caused(NetworkError("httpx.WriteError"), httpx.WriteError("reset")), SendOutcome.AMBIGUOUS),
    (caused(NetworkError("x"), httpx.RemoteProtocolError("closed")), SendOutcome.AMBIGUOUS),
    (caused(NetworkError("x"), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "no")), SendOutcome.REFUSED),
    (TelegramError("Invalid server response"), SendOutcome.AMBIGUOUS),
    (PassportDecryptionError("never asked for"), SendOutcome.AMBIGUOUS),
    (KeyError("result"), SendOutcome.AMBIGUOUS),
    (TypeError("an answer of an odd shape"), SendOutcome.AMBIGUOUS),
]


@pytest.mark.parametrize(("error", "outcome"), MEANINGS, ids=lambda value: str(value)[:60])
def test_an_error_means(error: Exception, outcome: SendOutcome) -> None:
    assert classify(error, HERE).outcome is outcome


def test_every_exception_of_the_library_has_a_meaning_here() -> None:
    thought_of = {type(error) for error, _ in MEANINGS}
    exported = {getattr(telegram.error, name) for name in telegram.error.__all__}

    assert exported <= thought_of


def test_a_flood_wait_binds_the_whole_token_for_its_seconds() -> None:
    result = classify(RetryAfter(7), HERE)

    assert (result.retry_after, result.whole_token) == (7.0, True)


def test_a_flood_without_a_wait_leaves_the_pause_to_the_sender() -> None:
    result = classify(NetworkError("Too Many Requests: retry later"), HERE)

    assert (result.retry_after, result.whole_token) == (None, True)


def test_a_migrated_chat_keeps_its_topic() -> None:
    assert classify(ChatMigrated(-1009), HERE).moved_to == ChatAddress("telegram", "-1009", "12")


@pytest.mark.parametrize("words", CHAT_GONE_WORDS)
def test_words_of_a_lost_chat_are_found_whatever_their_case(words: str) -> None:
    assert classify(BadRequest(f"Bad Request: {words.upper()}"), HERE).outcome is SendOutcome.CHAT_GONE


@pytest.mark.parametrize("error", [error for error, _ in MEANINGS], ids=lambda error: str(error)[:60])
def test_no_detail_tells_an_id(error: Exception) -> None:
    assert "-1009" not in classify(ChatMigrated(-1_000_000_000_009), HERE).detail
    assert "4001" not in classify(error, HERE).detail


def test_an_edit_that_changes_nothing_is_done() -> None:
    error = BadRequest("Bad Request: message is not modified: specified new message content and reply markup are same")

    result = classify_edit(error, HERE, "5")

    assert (result.outcome, result.message_id) == (SendOutcome.SENT, "5")


@pytest.mark.parametrize(("error", "outcome"), MEANINGS, ids=lambda value: str(value)[:60])
def test_an_edit_may_be_repeated_where_a_message_may_not(error: Exception, outcome: SendOutcome) -> None:
    expected = SendOutcome.RETRY if outcome is SendOutcome.AMBIGUOUS else outcome

    assert classify_edit(error, HERE, "5").outcome is expected
