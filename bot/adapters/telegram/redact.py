"""What may be logged of a platform's words: no token, no chat, no person. Pure."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
"""``<bot id>:<secret>``, without a word boundary before it: in an address it follows ``/bot`` directly."""
_IDENTIFIER = re.compile(r"-?\d{6,}")
"""Chats' and people's ids have more digits than any limit or status Telegram speaks of."""
_ADDRESS = re.compile(r"https?://\S+")
_LONGEST = 200


def redact(text: str) -> str:
    """One line of ``text`` without secrets, ids and addresses."""
    text = _ADDRESS.sub("(address)", text)
    text = _TOKEN.sub("(token)", text)
    text = _IDENTIFIER.sub("(id)", text)
    return " ".join(text.split())[:_LONGEST]
