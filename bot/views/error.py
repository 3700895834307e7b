"""An error as an answer: what is wrong, and what to do."""

from __future__ import annotations

from bot.domain.errors import DepecheError
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.i18n import explain, translator
from bot.views.parts import say


def error_message(error: DepecheError, language: ReaderLanguage) -> Message:
    """One paragraph, for the asker's eyes."""
    return Message(language, (say(explain(error, translator(language))),), private=True)
