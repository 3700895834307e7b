"""``/brief [hours]``: the war in brief, now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.commands.command import Command, Context, Option
from bot.domain.briefing import Length, Window
from bot.domain.errors import InvalidOption
from bot.domain.message import Message
from bot.domain.story import Told
from bot.ports import Scope
from bot.services.brief import Wanted, last_hours
from bot.services.editions import REMEMBERED
from bot.views.briefing import briefing_message
from bot.views.story import with_details, with_missed

DEFAULT_HOURS = 24
MOST_HOURS = 168
"""A week: further back, stories have faded and nothing would be news."""

SINCE_LAST = frozenset({"last", "since", "missed", "dernier", "depuis"})

_WINDOW = re.compile(r"([0-9]{10})-([0-9]{10})")

OFFERED_HOURS = (24, 72, MOST_HOURS)
"""Windows one tap away: what did I miss?"""


async def answer(context: Context) -> Message:
    """A briefing of the last hours, from what this chat can see, as long as its own. It counts as told to nobody."""
    typed = context.options.get("hours", "")
    last = await _last(context)
    if typed.lower() in SINCE_LAST and last is not None:
        return await _missed(context, last)
    typed = "" if typed.lower() in SINCE_LAST else typed
    then = edition_window(typed, context.now)
    asked = DEFAULT_HOURS if then else hours(typed or None)
    window = then or Window(last_hours(context.now, asked), context.now)
    async with context.services.store.read() as unit:
        own = await unit.subscriptions.of(context.chat.id)
    wanted = Wanted(
        language=context.language,
        zone=context.zone,
        at=window.end,
        since=window.start,
        scope=Scope(chat_id=context.chat.id, known_by=window.end),
        length=own[0].length if own else Length.SHORT,
    )
    briefing = await context.services.briefer.write(wanted)
    message = with_details(briefing_message(briefing), briefing, [other for other in OFFERED_HOURS if other != asked])
    return message if last is None or then else with_missed(message)


async def _last(context: Context) -> datetime | None:
    """Where this chat's newest briefing ended; None where it has had none."""
    async with context.services.store.read() as unit:
        ends = [await unit.deliveries.last_window_end(one.id) for one in await unit.subscriptions.of(context.chat.id)]
    return max((end for end in ends if end is not None), default=None)


async def _missed(context: Context, last: datetime) -> Message:
    """What is new since this chat's last briefing, what continues marked as such. It counts as told to nobody."""
    async with context.services.store.read() as unit:
        own = await unit.subscriptions.of(context.chat.id)
        told = await unit.deliveries.told(context.chat.id, context.now - REMEMBERED)
    wanted = Wanted(
        language=context.language,
        zone=context.zone,
        at=context.now,
        since=max(last, last_hours(context.now, MOST_HOURS)),
        scope=Scope(chat_id=context.chat.id, known_by=context.now),
        length=own[0].length if own else Length.SHORT,
        since_last=True,
    )
    memory = {story: Told(at, tuple(sorted(articles))) for story, (at, articles) in told.items()}
    briefing = await context.services.briefer.write(wanted, memory)
    return with_details(briefing_message(briefing), briefing, [DEFAULT_HOURS])


def edition_window(text: str, now: datetime) -> Window | None:
    """The time of an edition, as the button under it has it; None for anything else, a week at most, never to come."""
    found = _WINDOW.fullmatch(text)
    if found is None:
        return None
    start, end = (datetime.fromtimestamp(int(second), UTC) for second in found.groups())
    return Window(start, end) if start < end <= now and end - start <= timedelta(hours=MOST_HOURS) else None


def hours(text: str | None) -> int:
    """A number of hours as typed: ``48``, ``48h``. Raises InvalidOption."""
    if text is None:
        return DEFAULT_HOURS
    number = text.lower().removesuffix("h").strip()
    if not number.isdecimal() or not 1 <= int(number) <= MOST_HOURS:
        raise InvalidOption("invalid-hours", option="hours", value=text)
    return int(number)


COMMAND = Command("brief", answer, options=(Option("hours"),), in_menu=True, aliases={"fr": ("point",)})
