"""``/addfeed netcomsn.com``: look at a site, show what would be added, add it at a tap."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.errors import CommandError
from bot.domain.feed import Ownership
from bot.domain.message import Message
from bot.domain.offer import Preview
from bot.services.moderate import Moderator
from bot.views.feed_preview import cancelled_message, how_to_add_message, preview_message
from bot.views.moderation import changed_message


async def answer(context: Context) -> Message:
    """An address leads to a preview; what the preview's buttons say starts with its token, after ``#``."""
    typed = context.options.get("url")
    if typed is None:
        return how_to_add_message(context.language)
    by = await moderator(context)
    if typed.startswith("#"):
        token, _, choice = typed[1:].partition(" ")
        return await _pressed(context, by, token, choice.strip())
    moderating = context.services.moderating
    offer = await moderating.inspector.offer(typed, context.chat.id)
    preview = await moderating.moderation.propose(offer, context.chat)
    return _card(context, by, preview)


async def _pressed(context: Context, by: Moderator, token: str, choice: str) -> Message:
    """Add, cancel, another feed by its place, or whose it is. Raises CommandError for a preview that is over."""
    moderating = context.services.moderating
    preview = await moderating.moderation.preview(token, context.chat)
    if choice == "add":
        spellings = moderating.inspector.spellings(preview.offer.choice.url)
        change = await moderating.moderation.accept(token, spellings, by)
        return changed_message(change, context.language, bot_moderator=by.authority.bot)
    if choice == "cancel":
        await moderating.moderation.cancel(token, context.chat)
        return cancelled_message(context.language)
    if choice in set(Ownership):
        offer = preview.offer.label(Ownership(choice))
    elif choice.isdecimal():
        offer = preview.offer.choose(int(choice) - 1)
    else:
        raise CommandError("invalid-option", option="url", value=choice)
    return _card(context, by, await moderating.moderation.revise(preview, offer), again=True)


def _card(context: Context, by: Moderator, preview: Preview, *, again: bool = False) -> Message:
    return preview_message(
        preview,
        language=context.language,
        zone=context.zone,
        now=context.now,
        bot_moderator=by.authority.bot,
        again=again,
    )


COMMAND = Command(
    "addfeed",
    answer,
    options=(Option("url", required=True),),
    access=Access.SETTINGS,
    in_menu=True,
    for_moderators=True,
    aliases={"fr": ("ajoutersource",)},
)
