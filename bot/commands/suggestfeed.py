"""``/suggestfeed netcomsn.com``: ask the moderators for a source."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.message import Message
from bot.domain.moderation import actor_of
from bot.views.suggestion import how_to_suggest_message, passed_on_message


async def answer(context: Context) -> Message:
    """Pass a suggestion on; one a day a person."""
    typed = context.options.get("url")
    if typed is None:
        return how_to_suggest_message(context.language)
    actor = actor_of(context.request.chat.platform, context.request.person)
    suggestion = await context.services.moderating.suggestions.suggest(typed, context.chat, actor)
    return passed_on_message(suggestion, context.language)


COMMAND = Command("suggestfeed", answer, options=(Option("url", required=True),), aliases={"fr": ("proposersource",)})
