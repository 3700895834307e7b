"""``/unmutefeed 12``: hear of a feed again in this chat."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import feed_command, silenced
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.UNMUTE, {"fr": ("entendresource",)}, silenced, Access.SETTINGS)
