"""Buttons under a channel's posts: a press opens the private chat, where the answer disturbs nobody. Pure.

Telegram carries up to 64 characters in ``t.me/<bot>?start=…``. Ours hold the action and a seal made with the token:
without it, anybody could write a link that makes a reader's first tap ask for something else.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

PAYLOAD_LIMIT = 64
_SEAL_BYTES = 6


def start_payload(action: str, token: str) -> str | None:
    """What follows ``start=``; None for an action too long to be carried."""
    sealed = _seal(action.encode(), token) + action.encode()
    payload = urlsafe_b64encode(sealed).decode().rstrip("=")
    return payload if len(payload) <= PAYLOAD_LIMIT else None


def start_action(payload: str, token: str) -> str | None:
    """The action in a payload of ours; None for anything else."""
    try:
        sealed = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        action = sealed[_SEAL_BYTES:].decode()
    except (Error, ValueError):
        return None
    genuine = hmac.compare_digest(sealed[:_SEAL_BYTES], _seal(action.encode(), token))
    return action if action and genuine else None


def _seal(action: bytes, token: str) -> bytes:
    return hmac.digest(token.encode(), action, hashlib.sha256)[:_SEAL_BYTES]
