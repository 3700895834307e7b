"""``/removefeed 12``: follow a feed no longer."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import added_here, feed_command
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.REMOVE, {"fr": ("retirersource",)}, added_here, Access.MODERATOR)
