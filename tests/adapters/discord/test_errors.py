"""What each failure of a call means for the ledger."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.adapters.discord.errors import CLOUDFLARE_WAIT, may_have_arrived, result_of
from bot.domain.delivery import SendOutcome

CHAT_GONE, REFUSED, RETRY, STOP = (
    SendOutcome.CHAT_GONE,
    SendOutcome.REFUSED,
    SendOutcome.RETRY,
    SendOutcome.STOP,
)


def answered(
    status: int, code: int | None, text: str = "words", headers: dict[str, str] | None = None
) -> discord.HTTPException:
    """What discord.py raises for an answer; without a code it is a proxy's plain text."""
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(
        status, discord.DiscordServerError if status >= 500 else discord.HTTPException
    )
    response: Any = SimpleNamespace(status=status, reason="reason", headers=headers or {})
    return kind(response, text if code is None else {"code": code, "message": text})


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (403, 50001, CHAT_GONE),  # missing access
        (403, 50013, CHAT_GONE),  # missing permissions
        (403, 50007, CHAT_GONE),  # this person takes no messages from us
        (404, 10003, CHAT_GONE),  # unknown channel
        (404, 10004, CHAT_GONE),  # unknown server
        (400, 50008, CHAT_GONE),  # a forum itself
        (400, 50024, CHAT_GONE),  # another type of channel
        (400, 50083, CHAT_GONE),  # an archived thread
        (400, 160005, CHAT_GONE),  # a locked thread
        (404, 10008, REFUSED),  # the message to edit was deleted: the chat is still there
        (400, 50035, REFUSED),  # invalid form
        (400, 50006, REFUSED),  # empty message
        (400, 200000, REFUSED),  # blocked by the server's own filter
        (413, 40005, REFUSED),  # too large
        (401, 0, STOP),  # the token was reset
        (403, 40002, STOP),  # the bot's account has to be verified
        (500, None, RETRY),
        (502, None, RETRY),
        (503, None, RETRY),
        (504, None, RETRY),
        (524, None, RETRY),
        (408, None, RETRY),
        (429, 20028, RETRY),  # the channel's own write limit, after discord.py's five tries
    ],
)
def test_an_answer_means_what_the_table_says(status: int, code: int | None, outcome: SendOutcome) -> None:
    assert result_of(answered(status, code)).outcome is outcome


@pytest.mark.parametrize(("status", "code"), [(403, None), (403, 40333), (404, None), (404, 0), (429, None)])
def test_a_proxys_answer_or_a_wrong_address_says_nothing_about_the_chat(status: int, code: int | None) -> None:
    result = result_of(answered(status, code))
    assert (result.outcome, result.whole_token, result.retry_after) == (RETRY, True, CLOUDFLARE_WAIT)


def test_a_ban_by_the_proxy_lasts_as_long_as_it_says() -> None:
    assert result_of(answered(429, None, headers={"Retry-After": "1800"})).retry_after == 1800


@pytest.mark.parametrize("status", [408, 500, 503])
def test_a_passing_trouble_says_nothing_about_other_chats(status: int) -> None:
    result = result_of(answered(status, None))
    assert (result.whole_token, result.retry_after) == (False, None)


@pytest.mark.parametrize(
    ("error", "doubtful"),
    [
        (answered(503, None), True),
        (answered(408, None), True),
        (aiohttp.ServerDisconnectedError(), True),
        (TimeoutError(), True),
        (discord.InvalidData("a page"), True),
        (answered(429, None), False),
        (answered(403, 50013), False),
        (discord.RateLimited(60.0), False),
        (aiohttp.ClientConnectorError(Mock(), ConnectionRefusedError(111, "refused")), False),
    ],
)
def test_only_a_call_that_was_made_and_not_refused_may_have_arrived(error: Exception, doubtful: bool) -> None:
    assert may_have_arrived(error) is doubtful


def test_a_long_rate_limit_is_waited_out_by_the_ledger() -> None:
    result = result_of(discord.RateLimited(42.5))
    assert (result.outcome, result.retry_after, result.whole_token) == (RETRY, 42.5, False)


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientConnectionError("gone"),
        ConnectionResetError(104, "x"),
        TimeoutError(),
    ],
)
def test_a_doubtful_failure_is_tried_again_because_the_nonce_makes_it_one_message(error: Exception) -> None:
    assert result_of(error).outcome is RETRY


def test_a_mistake_of_ours_is_not_taken_for_an_answer() -> None:
    with pytest.raises(KeyError):
        result_of(KeyError("id"))


def test_a_detail_is_one_short_line() -> None:
    detail = result_of(answered(400, 50035, "Invalid Form Body\nIn components.0: " + "x" * 500)).detail
    assert "\n" not in detail
    assert len(detail) <= 200
