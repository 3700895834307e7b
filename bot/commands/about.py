"""``/about``: how the bot writes."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.views.help import about_message


async def answer(context: Context) -> Message:
    """Where the sentences come from, and what the bot is not."""
    return about_message(context.language)


COMMAND = Command("about", answer, aliases={"fr": ("apropos",)})
