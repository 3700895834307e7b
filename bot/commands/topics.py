"""``/topics``: the subjects one can ask about."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.editorial import topics
from bot.views.topics import topics_message


async def answer(context: Context) -> Message:
    """Every topic, a button each."""
    return topics_message(topics.topics(), context.language)


COMMAND = Command("topics", answer, aliases={"fr": ("sujets",)})
