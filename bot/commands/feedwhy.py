"""``/feedwhy https://…``: why an article was in a briefing, or was not."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.message import Message
from bot.domain.trace import Unread
from bot.services.why import why
from bot.views.feed_why import how_to_ask_message, unread_message, why_message


async def answer(context: Context) -> Message:
    """What became of the article at an address, or of the newest one with these words in its title."""
    typed = context.options.get("article")
    if typed is None:
        return how_to_ask_message(context.language)
    services = context.services
    found = await why(services.store, typed, services.moderating.inspector.spellings, context.chat.id, context.now)
    if isinstance(found, Unread):
        return unread_message(found, typed, context.language)
    return why_message(found, language=context.language, zone=context.zone, now=context.now)


COMMAND = Command(
    "feedwhy",
    answer,
    options=(Option("article", required=True),),
    access=Access.MODERATOR,
    for_moderators=True,
    aliases={"fr": ("pourquoi",)},
)
