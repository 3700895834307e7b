"""``/brief [hours]``: the war in brief, now."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.ports import Scope
from bot.services.brief import Wanted, last_hours
from bot.views.briefing import briefing_message

DEFAULT_HOURS = 24
MOST_HOURS = 168
"""A week: further back, stories have faded and nothing would be news."""


async def answer(context: Context) -> Message:
    """A briefing of the last hours, from what this chat can see. It counts as told to nobody."""
    wanted = Wanted(
        language=context.language,
        zone=context.zone,
        at=context.now,
        since=last_hours(context.now, hours(context.options.get("hours"))),
        scope=Scope(chat_id=context.chat.id, known_by=context.now),
    )
    return briefing_message(await context.services.briefer.write(wanted))


def hours(text: str | None) -> int:
    """A number of hours as typed: ``48``, ``48h``. Raises InvalidOption."""
    if text is None:
        return DEFAULT_HOURS
    number = text.lower().removesuffix("h").strip()
    if not number.isdecimal() or not 1 <= int(number) <= MOST_HOURS:
        raise InvalidOption("invalid-hours", option="hours", value=text)
    return int(number)


COMMAND = Command("brief", answer, options=(Option("hours"),), in_menu=True, aliases={"fr": ("point",)})
