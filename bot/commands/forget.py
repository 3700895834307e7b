"""``/forget``: remove every trace of this chat, after asking once."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.message import Message
from bot.services.forget import forget
from bot.views.forget import forgotten_message, sure_message

_YES = frozenset({"yes", "oui", "y", "o", "ok"})


async def answer(context: Context) -> Message:
    """Ask; at a yes, forget."""
    if context.options.get("sure", "").lower() not in _YES:
        return sure_message(context.language)
    await forget(context.services.store, context.chat)
    return forgotten_message(context.language)


COMMAND = Command(
    "forget", answer, options=(Option("sure"),), access=Access.SETTINGS, aliases={"fr": ("oublier", "effacer")}
)
