"""Help, and what the bot says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language import ReaderLanguage
from bot.domain.message import Heading, Listing, Message, Text
from bot.i18n import translator
from bot.views.parts import button, say

_HELPED = ("brief", "status", "search", "topics", "subscribe", "alerts", "settings", "sources", "language", "forget")
"""What a newcomer needs, in that order; the menu shows the rest."""


def help_message(language: ReaderLanguage, hints: Sequence[str] = ()) -> Message:
    """The commands and examples; ``hints``: keys of what this platform alone can do."""
    reader = translator(language)
    lines = tuple(
        (Text(reader.text("help.line", verb=verb, description=reader.text(f"command.{verb}.description"))),)
        for verb in _HELPED
    )
    return Message(
        language,
        (
            Heading((Text(reader.text("help.title")),)),
            Listing(lines),
            *(say(reader.text(key)) for key in hints),
            say(reader.text("help.example")),
        ),
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


def privacy_message(language: ReaderLanguage, *, ledger_days: int, gone_days: int) -> Message:
    """What is kept: what was sent for ``ledger_days``, a chat that left for ``gone_days``."""
    reader = translator(language)
    blocks = (
        say(reader.text("privacy.text")),
        say(reader.count("privacy.ledger", ledger_days)),
        say(reader.text("privacy.moderators")),
        say(reader.count("privacy.forget", gone_days)),
    )
    return Message(language, blocks, buttons=((button(reader, "forget", "forget"),),), private=True)
