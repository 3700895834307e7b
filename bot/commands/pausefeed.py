"""``/pausefeed 12``: read a feed no longer, until it is resumed."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import being_read, feed_command
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.PAUSE, {"fr": ("suspendresource",)}, being_read, Access.MODERATOR)
