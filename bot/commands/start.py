"""``/start``: the first words."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.views.help import start_message


async def answer(context: Context) -> Message:
    """Who I am, what I do, and two taps to a first briefing."""
    return start_message(context.language)


COMMAND = Command("start", answer)
