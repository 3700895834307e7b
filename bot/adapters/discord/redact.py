"""Keep tokens out of discord.py's own log lines.

discord.py names the addresses it calls, and an interaction's address holds the token with which anybody could answer
in our name for fifteen minutes.
"""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s?]+")


class TokenFilter(logging.Filter):
    """Masks interaction and webhook tokens in a record's arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, masked."""
        if isinstance(record.args, tuple):
            record.args = tuple(masked(value) if isinstance(value, str) else value for value in record.args)
        return True


def masked(text: str) -> str:
    """``text`` with every such token as ``…``."""
    return _TOKEN.sub(r"\1…", text)


_FILTER = TokenFilter()


def keep_tokens_quiet() -> None:
    """Filter the one logger that writes addresses. Safe to repeat."""
    logging.getLogger("discord.http").addFilter(_FILTER)
