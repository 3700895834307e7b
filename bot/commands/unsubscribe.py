"""``/unsubscribe``: no more briefings here."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context
from bot.domain.message import Message
from bot.services.subscribe import unsubscribe
from bot.views.subscription import unsubscribed_message


async def answer(context: Context) -> Message:
    """Stop every briefing of this chat."""
    stopped = await unsubscribe(context.services.store, context.chat)
    return unsubscribed_message(stopped, context.language)


COMMAND = Command(
    "unsubscribe", answer, access=Access.SETTINGS, aliases={"fr": ("desabonner", "désabonner"), "en": ("stop",)}
)
