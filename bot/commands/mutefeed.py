"""``/mutefeed 12``: hear no more of a feed in this chat; everyone else still does."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import feed_command, heard
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.MUTE, {"fr": ("tairesource",)}, heard, Access.SETTINGS)
