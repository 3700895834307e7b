"""``/privacy``: what is kept of a chat."""

from __future__ import annotations

from bot.commands.command import Command, Context
from bot.domain.message import Message
from bot.services.upkeep import LEDGER
from bot.views.help import privacy_message


async def answer(context: Context) -> Message:
    """What is kept, and what is not."""
    return privacy_message(context.language, ledger_days=LEDGER.days, gone_days=context.services.gone_days)


COMMAND = Command("privacy", answer, aliases={"fr": ("confidentialite", "confidentialité")})
