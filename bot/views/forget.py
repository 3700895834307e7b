"""Forgetting a chat: the question, and the last word."""

from __future__ import annotations

from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.i18n import translator
from bot.views.parts import button, say


def sure_message(language: ReaderLanguage) -> Message:
    """Asked once, since it can't be undone."""
    reader = translator(language)
    buttons = ((button(reader, "forget-yes", "forget yes"),), (button(reader, "privacy", "privacy"),))
    return Message(language, (say(reader.text("forget.sure")),), buttons=buttons, private=True)


def forgotten_message(language: ReaderLanguage) -> Message:
    """Done; the question goes, so that nobody wonders about its button."""
    return Message(language, (say(translator(language).text("forget.done")),), private=True, replaces=True)
