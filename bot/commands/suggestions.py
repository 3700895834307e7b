"""``/suggestions``: what members would like, for the moderators to approve or refuse."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.services.moderate import Moderator
from bot.views.moderation import changed_message
from bot.views.suggestion import none_waiting_message, refused_message, suggestion_message


async def answer(context: Context) -> Message:
    """The oldest one waiting; its buttons say ``suggestions approve 12``."""
    by = await moderator(context)
    typed = context.options.get("decision")
    return await _oldest(context, by) if typed is None else await _decided(context, by, typed)


async def _oldest(context: Context, by: Moderator) -> Message:
    waiting = await context.services.moderating.suggestions.waiting(by)
    if not waiting:
        return none_waiting_message(context.language)
    return suggestion_message(
        waiting[0], language=context.language, zone=context.zone, now=context.now, waiting=len(waiting)
    )


async def _decided(context: Context, by: Moderator, typed: str) -> Message:
    word, _, number = typed.partition(" ")
    if word not in {"approve", "refuse"} or not number.strip().isdecimal():
        raise InvalidOption(option="decision", value=typed)
    suggestions = context.services.moderating.suggestions
    if word == "approve":
        return changed_message(await suggestions.approve(int(number), by), context.language)
    return refused_message(await suggestions.refuse(int(number), by), context.language)


COMMAND = Command("suggestions", answer, options=(Option("decision"),), access=Access.MODERATOR, for_moderators=True)
