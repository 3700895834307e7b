"""``/undo``: take one's last change of the sources back; ``/undo 57``: a certain one."""

from __future__ import annotations

from bot.commands.audit import who
from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.i18n import translator
from bot.services.moderate import Moderator
from bot.views.audit import Told, who_words
from bot.views.moderation import change_words, changed_message, confirm_undo_message, nothing_to_undo_message


async def answer(context: Context) -> Message:
    """One's own last change at once; somebody else's only when asked for by number."""
    typed = context.options.get("change")
    by = await moderator(context)
    if typed is None:
        return await _last(context, by)
    if not typed.isdecimal() or len(typed) > 12:
        raise InvalidOption(option="change", value=typed)
    return await _undone(context, by, int(typed))


async def _last(context: Context, by: Moderator) -> Message:
    async with context.services.store.read() as unit:
        own = await unit.audit.last(context.chat.id, by.actor)
        newest = own or await unit.audit.last(context.chat.id)
    if own is not None:
        return await _undone(context, by, own.id)
    if newest is None:
        return nothing_to_undo_message(context.language)
    reader = translator(context.language)
    told = Told(newest, who(newest, by.actor, context))
    words = reader.text("undo.change", what=change_words(newest, reader), who=who_words(told, reader))
    return confirm_undo_message(newest, words, context.language)


async def _undone(context: Context, by: Moderator, number: int) -> Message:
    moderating = context.services.moderating
    async with context.services.store.read() as unit:
        found = await unit.audit.get(number)
    of_report = found is not None and found.report_id is not None
    change = await (moderating.reports if of_report else moderating.moderation).undo(number, by)
    return changed_message(change, context.language)


COMMAND = Command(
    "undo",
    answer,
    options=(Option("change"),),
    access=Access.MODERATOR,
    for_moderators=True,
    aliases={"fr": ("annuler",)},
)
