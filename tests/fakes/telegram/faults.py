"""What can go wrong between a bot and Telegram, to be scripted call by call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One call's misfortune."""

    status: int = 200
    description: str = ""
    parameters: dict[str, Any] | None = None
    drop: bool = False
    """The connection breaks instead of an answer."""
    body: bytes | None = None
    """Sent instead of JSON."""
    accept: bool = False
    """The call is carried out first: what was asked happened, only the answer is lost."""
    seconds: float = 0.0
    """Silence before it."""


def flood(seconds: int | None) -> Fault:
    """429, with the wait in its parameters or without any."""
    if seconds is None:
        return Fault(429, "Too Many Requests: retry later")
    return Fault(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def forbidden(why: str = "bot was blocked by the user") -> Fault:
    """403."""
    return Fault(403, f"Forbidden: {why}")


def bad_request(why: str) -> Fault:
    """400."""
    return Fault(400, f"Bad Request: {why}")


def migrated(chat: int) -> Fault:
    """400 with the supergroup's id."""
    return Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat})


def conflict() -> Fault:
    """409, as when another program polls."""
    return Fault(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def unauthorized() -> Fault:
    """401, as after the token was revoked."""
    return Fault(401, "Unauthorized")


def bad_gateway() -> Fault:
    """502 with a proxy's page."""
    return Fault(502, body=b"<html><h1>502 Bad Gateway</h1></html>")


def dropped() -> Fault:
    """The connection breaks before the call is carried out."""
    return Fault(drop=True)


def silence(seconds: float) -> Fault:
    """Nothing comes for a while, then the connection breaks."""
    return Fault(drop=True, seconds=seconds)


def garbage() -> Fault:
    """200 with something that is no JSON."""
    return Fault(body=b"<!doctype html>")


def refused_with_200() -> Fault:
    """200 that says it failed."""
    return Fault(body=b'{"ok":false,"description":"Internal"}')


def accepted(fault: Fault) -> Fault:
    """The same misfortune after the call was carried out."""
    return replace(fault, accept=True)
