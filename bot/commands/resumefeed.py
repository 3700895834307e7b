"""``/resumefeed 12``: read a feed again."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import feed_command, stopped
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.RESUME, {"fr": ("reprendresource",)}, stopped, Access.MODERATOR)
