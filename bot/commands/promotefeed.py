"""``/promotefeed 12``: make a chat's feed everyone's."""

from __future__ import annotations

from bot.commands.command import Access
from bot.commands.feed_choice import feed_command, private
from bot.domain.moderation import Verb

COMMAND = feed_command(Verb.PROMOTE, {"fr": ("promouvoirsource",)}, private, Access.BOT_MODERATOR)
