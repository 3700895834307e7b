"""The choice of a language."""

from __future__ import annotations

from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Message
from bot.i18n import translator
from bot.views.parts import button, say


def which_message(language: ReaderLanguage) -> Message:
    """Both languages, a button each."""
    reader = translator(language)
    choices = tuple(button(reader, f"language-{code}", f"language {code}") for code in READER_LANGUAGES)
    return Message(language, (say(reader.text("language.which")),), buttons=(choices,), private=True)


def chosen_message(language: ReaderLanguage) -> Message:
    """Said in the language just chosen."""
    return Message(language, (say(translator(language).text("language.done")),), private=True)
