"""``/feeds``: the sources with their numbers and their health; ``/feeds 12``: one of them and what can be done."""

from __future__ import annotations

from datetime import timedelta

from bot.commands import sources
from bot.commands.command import Command, Context
from bot.commands.feed_choice import FEED, matching, moderator, visible
from bot.domain.errors import CommandError
from bot.domain.message import Message
from bot.services.moderate import Moderator
from bot.views.feeds import Shelf, feed_message, feeds_message
from bot.views.moderation import which_message
from bot.views.sources import page_number

WEEK = timedelta(days=7)


async def answer(context: Context) -> Message:
    """A page of the list, or one feed; who moderates nothing is shown ``/sources``."""
    by = await moderator(context)
    if not by.authority.any:
        return await sources.answer(context)
    typed = context.options.get("feed")
    page = page_number(typed)
    return await _one(context, by, typed or "") if page is None else await _page(context, page, typed is not None)


async def _page(context: Context, page: int, turned: bool) -> Message:
    async with context.services.store.read() as unit:
        feeds, muted = await visible(unit, context.chat.id)
        ids = [feed.id for feed in feeds]
        readings = await unit.feeds.readings(ids)
        counts = await unit.traces.counts(ids, context.now - WEEK)
    shelf = Shelf(feeds, readings, counts, muted)
    return feeds_message(shelf, page=page, turned=turned, language=context.language, zone=context.zone, now=context.now)


async def _one(context: Context, by: Moderator, typed: str) -> Message:
    async with context.services.store.read() as unit:
        feeds, _ = await visible(unit, context.chat.id)
        found = matching(feeds, typed, context.services.moderating.inspector.spellings(typed))
        if not found:
            raise CommandError("feed-not-here", value=typed)
        if len(found) > 1:
            return which_message("feeds", found, context.language)
        feed_id = found[0].id
        case = await unit.standings.case(feed_id, context.chat.id)
        reading = (await unit.feeds.readings([feed_id]))[feed_id]
        counts = (await unit.traces.counts([feed_id], context.now - WEEK)).get(feed_id, (0, 0))
    if case is None:
        raise CommandError("feed-not-here", value=typed)
    return feed_message(
        case, reading, counts, by.authority, language=context.language, zone=context.zone, now=context.now
    )


COMMAND = Command("feeds", answer, options=(FEED,), in_menu=True, for_moderators=True, aliases={"fr": ("flux",)})
