"""``/brief [hours]``: the war in brief, now."""

from __future__ import annotations

from bot.commands.command import Command, Context, Option
from bot.domain.briefing import Length
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.ports import Scope
from bot.services.brief import Wanted, last_hours
from bot.views.briefing import briefing_message
from bot.views.story import with_details

DEFAULT_HOURS = 24
MOST_HOURS = 168
"""A week: further back, stories have faded and nothing would be news."""


OFFERED_HOURS = (24, 72, MOST_HOURS)
"""Windows one tap away: what did I miss?"""


async def answer(context: Context) -> Message:
    """A briefing of the last hours, from what this chat can see, as long as its own. It counts as told to nobody."""
    asked = hours(context.options.get("hours"))
    async with context.services.store.read() as unit:
        own = await unit.subscriptions.of(context.chat.id)
    wanted = Wanted(
        language=context.language,
        zone=context.zone,
        at=context.now,
        since=last_hours(context.now, asked),
        scope=Scope(chat_id=context.chat.id, known_by=context.now),
        length=own[0].length if own else Length.SHORT,
    )
    briefing = await context.services.briefer.write(wanted)
    return with_details(briefing_message(briefing), briefing, [other for other in OFFERED_HOURS if other != asked])


def hours(text: str | None) -> int:
    """A number of hours as typed: ``48``, ``48h``. Raises InvalidOption."""
    if text is None:
        return DEFAULT_HOURS
    number = text.lower().removesuffix("h").strip()
    if not number.isdecimal() or not 1 <= int(number) <= MOST_HOURS:
        raise InvalidOption("invalid-hours", option="hours", value=text)
    return int(number)


COMMAND = Command("brief", answer, options=(Option("hours"),), in_menu=True, aliases={"fr": ("point",)})
