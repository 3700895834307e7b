"""Help, and what the bot says of itself."""

from __future__ import annotations

from bot.domain.language import ReaderLanguage
from bot.domain.message import Heading, Listing, Message, Text
from bot.i18n import translator
from bot.views.parts import button, say

_HELPED = ("brief", "status", "search", "topics", "subscribe", "settings", "sources", "language", "forget")
"""What a newcomer needs, in that order; the menu shows the rest."""


def help_message(language: ReaderLanguage) -> Message:
    """The commands and examples."""
    reader = translator(language)
    lines = tuple(
        (Text(reader.text("help.line", verb=verb, description=reader.text(f"command.{verb}.description"))),)
        for verb in _HELPED
    )
    return Message(
        language,
        (Heading((Text(reader.text("help.title")),)), Listing(lines), say(reader.text("help.example"))),
        buttons=(
            (button(reader, "brief", "brief"), button(reader, "status-ceasefire", "status ceasefire")),
            (button(reader, "all-topics", "topics"), button(reader, "settings", "settings")),
        ),
        private=True,
        lasting=True,
    )


def about_message(language: ReaderLanguage) -> Message:
    """How it writes, and that it is no air-raid warning."""
    reader = translator(language)
    blocks = tuple(say(reader.text(key)) for key in ("about.text", "about.model", "start.not-an-alert"))
    return Message(language, blocks, private=True)


def privacy_message(language: ReaderLanguage) -> Message:
    """What is kept."""
    reader = translator(language)
    blocks = tuple(say(reader.text(f"privacy.{what}")) for what in ("text", "moderators", "forget"))
    return Message(language, blocks, buttons=((button(reader, "forget", "forget"),),), private=True)
