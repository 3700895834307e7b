"""Asking again: an answer that is still near, and one that was never given."""

from __future__ import annotations

from datetime import datetime

from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.i18n import translator
from bot.views.parts import say


def answered_above_message(at: datetime, points_to: str, *, language: ReaderLanguage, zone: str) -> Message:
    """When it was answered, so that one knows how far to look; ``points_to``: the request whose answer it is."""
    reader = translator(language)
    words = reader.text("again.above", clock=reader.clock(at, zone), city=reader.city(zone))
    return Message(language, (say(words),), silent=True, private=True, points_to=points_to)


def interrupted_message(language: ReaderLanguage, *, undone: bool) -> Message:
    """To who asked while we were ended; ``undone``: it has not taken effect, and will not by itself."""
    return Message(
        language, (say(translator(language).text("again.undone" if undone else "again.done")),), private=True
    )
