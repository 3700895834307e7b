"""``/forget``: remove every trace of this chat, after asking once."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.chat import ChatKind
from bot.domain.message import Message
from bot.domain.moderation import actor_of
from bot.services.forget import forget
from bot.views.forget import forgotten_message, sure_message

_YES = frozenset({"yes", "oui", "y", "o", "ok"})


async def answer(context: Context) -> Message:
    """Ask; at a yes, forget."""
    if context.options.get("sure", "").lower() not in _YES:
        return sure_message(context.language)
    request = context.request
    private = request.chat_kind is ChatKind.PRIVATE
    await forget(
        context.services.store, context.chat, actor_of(request.chat.platform, request.person) if private else None
    )
    return forgotten_message(context.language)


COMMAND = Command(
    "forget", answer, options=(Option("sure"),), access=Access.SETTINGS, aliases={"fr": ("oublier", "effacer")}
)
