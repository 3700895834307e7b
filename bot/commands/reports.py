"""``/reports``: what readers say is wrong, for the moderators to hide, correct or dismiss."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.domain.moderation import Verb
from bot.services.moderate import Moderator
from bot.views.moderation import changed_message
from bot.views.report import card_message, how_to_correct_message, none_waiting_message

DECISIONS = {"hide": Verb.HIDE, "correct": Verb.CORRECT, "dismiss": Verb.DISMISS}


async def answer(context: Context) -> Message:
    """The oldest one waiting; its buttons say ``reports hide 12``."""
    by = await moderator(context)
    typed = context.options.get("decision")
    return await _oldest(context, by) if typed is None else await _decided(context, by, typed)


async def _oldest(context: Context, by: Moderator) -> Message:
    reports = context.services.moderating.reports
    waiting = await reports.waiting(by)
    if not waiting:
        return none_waiting_message(context.language)
    return card_message(await reports.card(waiting[0], len(waiting) - 1), context.language)


async def _decided(context: Context, by: Moderator, typed: str) -> Message:
    word, _, number = typed.partition(" ")
    if word not in DECISIONS or not number.strip().isdecimal() or len(number) > 12:
        raise InvalidOption(option="decision", value=typed)
    reports = context.services.moderating.reports
    if word == "correct":
        return how_to_correct_message(await reports.one(int(number), by), context.language)
    return changed_message(await reports.decide(int(number), DECISIONS[word], by), context.language)


COMMAND = Command(
    "reports",
    answer,
    options=(Option("decision"),),
    access=Access.MODERATOR,
    for_moderators=True,
    aliases={"fr": ("signalements",)},
)
