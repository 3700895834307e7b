"""The audit log as moderators read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import Change, Who
from bot.domain.language import ReaderLanguage
from bot.domain.message import Button, Heading, Listing, Message, Text
from bot.i18n import Translator, translator
from bot.views.moderation import change_words
from bot.views.parts import button, say

CODE = 4
"""Letters of an actor that are shown: enough to tell one moderator from another, too few to tell who it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change, and whom it is told of."""

    change: Change
    who: Who


def audit_message(
    changes: Sequence[Told], *, page: int, more: bool, turned: bool, language: ReaderLanguage, zone: str, now: datetime
) -> Message:
    """Newest first: number, when, who, what; a button takes the newest one back that can be."""
    reader = translator(language)
    if not changes:
        return Message(language, (say(reader.text("audit.empty")),), private=True)
    lines = tuple((Text(_line(told, reader, zone, now)),) for told in changes)
    blocks = (Heading((Text(reader.text("audit.title")),)), Listing(lines), say(reader.text("audit.how")))
    rows = tuple(row for row in (_pages(page, more, reader),) if row)
    return Message(language, blocks, buttons=rows, private=True, replaces=turned)


def who_words(told: Told, reader: Translator) -> str:
    """``vous``, ``un administrateur``, ``modérateur 7f3a``."""
    return reader.text(f"audit.who.{told.who}", code=told.change.actor[:CODE])


def _line(told: Told, reader: Translator, zone: str, now: datetime) -> str:
    change = told.change
    values: Mapping[str, object] = {
        "number": change.id,
        "when": reader.when(change.at, now, zone),
        "who": who_words(told, reader),
        "what": change_words(change, reader),
    }
    return reader.text("audit.line-undone" if change.undone else "audit.line", **values)


def _pages(page: int, more: bool, reader: Translator) -> tuple[Button, ...]:
    earlier = (button(reader, "later-page", f"audit {page - 1}"),) if page > 1 else ()
    later = (button(reader, "earlier-page", f"audit {page + 1}"),) if more else ()
    return (*earlier, *later)
