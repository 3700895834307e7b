"""``/correct 12 the terminal is Izmail's``: set a reported point right, in one sentence of one's own."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.domain.moderation import Verb
from bot.views.moderation import changed_message
from bot.views.report import how_to_correct_message


async def answer(context: Context) -> Message:
    """Without words: how to say it."""
    by = await moderator(context)
    number, words = context.options.get("number", ""), context.options.get("words", "")
    if not number.isdecimal() or len(number) > 12:
        raise InvalidOption(option="number", value=number)
    reports = context.services.moderating.reports
    if not words:
        return how_to_correct_message(await reports.one(int(number), by), context.language)
    change = await reports.decide(int(number), Verb.CORRECT, by, words, context.language)
    return changed_message(change, context.language)


COMMAND = Command(
    "correct",
    answer,
    options=(Option("number", required=True), Option("words")),
    access=Access.MODERATOR,
    for_moderators=True,
    aliases={"fr": ("corriger",)},
)
