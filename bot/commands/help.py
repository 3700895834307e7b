"""``/help``: what the bot can do, in the order people need it."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.views.help import help_message


async def answer(context: Context) -> Message:
    """The commands of the short menu, with an example of each kind."""
    return help_message(context.language, context.request.hints)


COMMAND = Command("help", answer, in_menu=True, aliases={"fr": ("aide",)})
