"""``/audit``: who changed what about the sources, and when."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.audit import Change, Who
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.domain.moderation import BOT, FORMER, Actor, actor_of
from bot.views.audit import Told, audit_message

PAGE = 10


async def answer(context: Context) -> Message:
    """The changes of this chat; for the bot's moderators those of everyone's sources too."""
    typed = context.options.get("page")
    if typed is not None and (not typed.isdecimal() or len(typed) > 4):
        raise InvalidOption(option="page", value=typed)
    page = max(1, int(typed or "1"))
    by = await moderator(context)
    async with context.services.store.read() as unit:
        changes = await unit.audit.of(
            context.chat.id, everyones=by.authority.bot, limit=PAGE + 1, skip=(page - 1) * PAGE
        )
    told = [Told(change, who(change, by.actor, context)) for change in changes[:PAGE]]
    return audit_message(
        told,
        page=page,
        more=len(changes) > PAGE,
        turned=typed is not None,
        language=context.language,
        zone=context.zone,
        now=context.now,
    )


def who(change: Change, viewer: Actor, context: Context) -> Who:
    """Whom this reader of the log is told."""
    if change.actor == viewer:
        return Who.YOU
    if change.actor in {BOT, FORMER}:
        return Who.BOT if change.actor == BOT else Who.FORMER
    address = context.request.chat
    in_its_name = actor_of(address.platform, address.chat)
    return Who.ADMINISTRATOR if change.actor == in_its_name else Who.OTHER


COMMAND = Command(
    "audit",
    answer,
    options=(Option("page"),),
    access=Access.MODERATOR,
    for_moderators=True,
    aliases={"fr": ("journal",)},
)
