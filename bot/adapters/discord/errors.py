"""What a failed call means. Pure.

Every message is created with the ledger's nonce and ``enforce_nonce``: for some minutes Discord answers a second
create with the first one's message. A failure that may have arrived is therefore ``RETRY``; ``sending`` knows for how
long, and what has no nonce.
"""

from __future__ import annotations

from json import JSONDecodeError

import aiohttp
import discord

from bot.domain.delivery import SendOutcome, SendResult

CLOUDFLARE_WAIT = 300.0
"""Seconds to leave a network alone that is being kept out; its own ``Retry-After`` wins."""

_UNKNOWN_MESSAGE = 10008
_CLOUDFLARE = 40333
_NO_CODE = 0
_NOT_DISCORDS_WORD = {_NO_CODE, _CLOUDFLARE}
"""A 403 or 404 with these is a proxy's or an unknown route's: it is about our network or address, not about a chat."""
_NOT_A_TEXT_CHANNEL = {50008, 50024, 50083, 160005}
"""Answered with 400: a category or forum itself, another type of channel, an archived or a locked thread."""
_ACCOUNT_UNVERIFIED = 40002
"""Answered with 403, but about the bot's own account."""
_LONGEST_DETAIL = 200


def result_of(error: BaseException) -> SendResult:
    """The outcome of a create or an edit that raised ``error``; what no table knows is raised again."""
    match error:
        case discord.RateLimited():
            return SendResult(SendOutcome.RETRY, retry_after=error.retry_after, detail="rate limited")
        case discord.HTTPException():
            return _answered(error)
        case discord.LoginFailure():
            return SendResult(SendOutcome.STOP, detail="token not accepted")
        case aiohttp.ClientError() | OSError() | discord.InvalidData() | JSONDecodeError():
            return SendResult(SendOutcome.RETRY, detail=type(error).__name__)
        case _:
            raise error


def may_have_arrived(error: BaseException) -> bool:
    """Whether the call could have taken effect all the same: anything but a refusal or a failed connect."""
    if isinstance(error, discord.HTTPException):
        return _passing(error)
    return not isinstance(error, discord.RateLimited | discord.LoginFailure | aiohttp.ClientConnectorError)


def _answered(error: discord.HTTPException) -> SendResult:
    detail = f"{error.status} {error.code} {error.text}".replace("\n", " ")[:_LONGEST_DETAIL]
    outcome = _outcome(error)
    if outcome is SendOutcome.RETRY and not _passing(error):
        return SendResult(outcome, retry_after=_wait(error), whole_token=True, detail=detail)
    return SendResult(outcome, detail=detail)


def _outcome(error: discord.HTTPException) -> SendOutcome:
    if _passing(error) or error.status == 429 or _kept_out(error):
        return SendOutcome.RETRY
    if error.status == 401 or error.code == _ACCOUNT_UNVERIFIED:
        return SendOutcome.STOP
    if error.code == _UNKNOWN_MESSAGE:
        return SendOutcome.REFUSED
    if error.status in {403, 404} or error.code in _NOT_A_TEXT_CHANNEL:
        return SendOutcome.CHAT_GONE
    return SendOutcome.REFUSED


def _passing(error: discord.HTTPException) -> bool:
    return error.status >= 500 or error.status == 408


def _kept_out(error: discord.HTTPException) -> bool:
    return error.status in {403, 404} and error.code in _NOT_DISCORDS_WORD


def _wait(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return CLOUDFLARE_WAIT
