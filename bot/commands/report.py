"""``/report``: say that a point is wrong. Its button stands under briefings and under a story's details."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.command import Command, Context, Option
from bot.commands.feed_choice import moderator
from bot.domain.message import Message
from bot.ports import Scope
from bot.services.brief import Wanted, last_hours
from bot.services.reports import may_decide
from bot.views.report import card_message, sure_message, thanks_message, which_point_message

TOLD = timedelta(days=2)
"""How far back points are offered; older ones are reported from their details."""
MOST_POINTS = 8
SEND = "send"


async def answer(context: Context) -> Message:
    """Which point, then the point itself once more, then the report: three taps, none of them by accident."""
    story_id = context.options.get("story")
    reports = context.services.moderating.reports
    if story_id is None:
        return which_point_message(await _points(context), context.language)
    if context.options.get("confirm") != SEND:
        story, headline, text = await reports.point(story_id, context.chat)
        return sure_message(story.id, headline, text, context.language)
    by = await moderator(context)
    report = await reports.report(story_id, by)
    if may_decide(report, by):
        return card_message(await reports.card(report), context.language, answer=True)
    return thanks_message(report, context.language)


async def _points(context: Context) -> list[tuple[str, str]]:
    """Those this chat was told last, the newest first; where it was told nothing, today's."""
    scope = Scope(chat_id=context.chat.id, known_by=context.now)
    async with context.services.store.read() as unit:
        told = await unit.deliveries.told(context.chat.id, context.now - TOLD)
    newest = sorted(told, key=lambda story: told[story][0], reverse=True)
    found = []
    for story_id in newest[:MOST_POINTS]:
        async with context.services.store.read() as unit:
            visible = await unit.articles.story(story_id, scope)
        if visible is not None:
            story, headline, _ = await context.services.moderating.reports.point(story_id, context.chat)
            found.append((story.id, headline))
    if found:
        return found
    wanted = Wanted(context.language, context.zone, context.now, last_hours(context.now, 24), scope)
    briefing = await context.services.briefer.write(wanted)
    return [(point.story_id, point.headline) for point in briefing.points]


COMMAND = Command("report", answer, options=(Option("story"), Option("confirm")), aliases={"fr": ("signaler",)})
