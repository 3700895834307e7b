"""``/claim CODE``: become the bot's moderator, with the code printed when it first ran."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.message import Message
from bot.views.moderation import claimed_message, how_to_claim_message


async def answer(context: Context) -> Message:
    """Use the code up."""
    code = context.options.get("code")
    if code is None:
        return how_to_claim_message(context.language)
    await context.services.moderating.moderators.claim(context.request, context.chat, code)
    return claimed_message(context.language)


COMMAND = Command("claim", answer, options=(Option("code", required=True),), for_moderators=True)
