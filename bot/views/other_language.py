"""The same message in the other language, one tap away for whoever reads that one better."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.briefing import Briefing
from bot.domain.message import ACTION_LIMIT, Button, Message
from bot.i18n import translator

PREFIX_ROOM = 20
"""Bytes that a platform needs before the action, to say in which language."""


def with_other_language(message: Message, action: str) -> Message:
    """The message with a button; ``action`` asks for it again."""
    if len(action.encode()) > ACTION_LIMIT - PREFIX_ROOM:
        return message
    label = translator(message.language).text("button.other-language")
    return replace(message, other_language=Button(label, action))


def edition_action(briefing: Briefing) -> str:
    """What asks for the news of a briefing's own time again: its window in seconds of the epoch."""
    return f"brief {int(briefing.window.start.timestamp())}-{int(briefing.window.end.timestamp())}"
