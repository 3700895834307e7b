"""The preview of ``/addfeed``: a card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.errors import CommandError
from bot.domain.feed import Ownership
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Footer, Message, Text
from bot.domain.offer import Caution, Preview
from bot.i18n import Translator, explain, translator
from bot.views.candidate import candidate_blocks
from bot.views.clip import clipped
from bot.views.parts import button, say

LABEL = 40
"""Characters of a button that names a feed."""


def preview_message(
    preview: Preview, *, language: ReaderLanguage, zone: str, now: datetime, bot_moderator: bool, again: bool = False
) -> Message:
    """What would be added. ``again``: the card was shown before, and takes its own place."""
    reader = translator(language)
    choice = preview.offer.choice
    blocks = candidate_blocks(choice, reader, zone, now)
    may_add = bot_moderator or Caution.SANCTIONED not in choice.cautions
    if not may_add:
        refused = CommandError("sanctioned-outlet", name=choice.name)
        blocks = (*blocks, Footer((Text(explain(refused, reader)),)))
    elif choice.ownership is None:
        blocks = (*blocks, Footer((Text(reader.text("feed.whose")),)))
    rows = tuple(_rows(preview, reader, may_add=may_add))
    return Message(language, blocks, buttons=rows, private=True, replaces=again)


def how_to_add_message(language: ReaderLanguage) -> Message:
    """How to ask."""
    return Message(language, (say(translator(language).text("addfeed.how")),), private=True)


def cancelled_message(language: ReaderLanguage) -> Message:
    """Nothing was added."""
    return Message(language, (say(translator(language).text("addfeed.cancelled")),), private=True, replaces=True)


def _rows(preview: Preview, reader: Translator, *, may_add: bool) -> Iterator[tuple[Button, ...]]:
    token = f"addfeed #{preview.token}"
    cancel = button(reader, "cancel", f"{token} cancel")
    yield (button(reader, "add-feed", f"{token} add"), cancel) if may_add else (cancel,)
    if may_add and preview.offer.choice.ownership is None:
        yield tuple(button(reader, f"ownership-{label}", f"{token} {label}") for label in Ownership)
    for place, other in enumerate(preview.offer.candidates):
        if place != preview.offer.chosen:
            key = "button.search-feed" if Caution.SEARCH in other.cautions else "button.other-feed"
            yield (Button(reader.text(key, name=clipped(other.name, LABEL)), f"{token} {place + 1}"),)
