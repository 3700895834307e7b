"""``/picture ceasefire``: the coverage of a topic as a picture."""

from __future__ import annotations

import asyncio

from bot.commands.command import Command, Context, Option
from bot.commands.follow import suggest_topics
from bot.domain.message import Message
from bot.domain.topic import CEASEFIRE
from bot.editorial import topics
from bot.ports import Scope
from bot.views.picture import coverage_chart, picture_message
from bot.views.status import unknown_message


async def answer(context: Context) -> Message:
    """The picture with a sentence that says the same; the sentence alone where the painter is not installed."""
    asked = context.options.get("topic", CEASEFIRE)
    topic = topics.find(asked).topic
    if topic is None:
        return unknown_message(asked, topics.find(asked).suggestions, context.language)
    scope = Scope(chat_id=context.chat.id, known_by=context.now)
    status = await context.services.status.of(topic.id, scope, context.now, context.language)
    changes = await context.services.status.changes(topic.id, scope, context.now)
    paint = context.services.paint
    png = None
    if paint is not None and status.trend.days:
        png = await asyncio.to_thread(paint, coverage_chart(status, topic, changes, context.language))
    return picture_message(status, topic, changes, png, language=context.language)


COMMAND = Command("picture", answer, options=(Option("topic", suggestions=suggest_topics),), aliases={"fr": ("image",)})
