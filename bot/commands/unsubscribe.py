"""``/unsubscribe``: no more briefings here; ``/unsubscribe 8h``: none at that time."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.order import read_order
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.services.subscribe import drop_times, unsubscribe
from bot.views.subscription import dropped_message, unsubscribed_message


async def answer(context: Context) -> Message:
    """Stop every briefing of this chat, or those at the times given."""
    typed = context.options.get("time")
    if typed is None:
        stopped = await unsubscribe(context.services.store, context.chat)
        return unsubscribed_message(stopped, context.language)
    order = read_order(typed)
    if not order.times or order.place:
        raise InvalidOption("invalid-time", option="time", value=typed)
    left = await drop_times(context.services.store, context.chat, order.times, context.now)
    return dropped_message(order.times, left, context.language)


COMMAND = Command(
    "unsubscribe",
    answer,
    options=(Option("time"),),
    access=Access.SETTINGS,
    aliases={"fr": ("desabonner", "désabonner"), "en": ("stop",)},
)
