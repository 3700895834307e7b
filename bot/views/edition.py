"""An edition: the briefing a chat receives, with what one can do from there."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.briefing import Briefing
from bot.domain.message import Button, Message
from bot.i18n import translator
from bot.views.briefing import briefing_message
from bot.views.other_language import edition_action, with_other_language
from bot.views.parts import button
from bot.views.schedule import Rows
from bot.views.story import with_details

REPORT = "report"
MISSED_HOURS = 72
"""What one missed: the last three days."""


def edition_message(briefing: Briefing, *, silent: bool = False, to_be_completed: bool = False) -> Message:
    """The briefing, a button a story, what one may have missed, and where to change all that."""
    message = briefing_message(briefing, silent=silent, to_be_completed=to_be_completed)
    message = with_details(message, briefing)
    if not briefing.coverage.feeds_total:
        return message
    reader = translator(briefing.language)
    row = (button(reader, "missed", f"brief {MISSED_HOURS}"), button(reader, "settings", "settings"))
    message = replace(message, buttons=with_row(message.buttons, row))
    return with_other_language(message, edition_action(briefing)) if briefing.points else message


def with_row(rows: Rows, row: tuple[Button, ...]) -> Rows:
    """One more row: under the others, and above the one that reports an error, which is needed least."""
    if rows and rows[-1][0].action == REPORT:
        return (*rows[:-1], row, rows[-1])
    return (*rows, row)
