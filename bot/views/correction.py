"""Corrections: the dated note under a point that was set right, and what the next edition opens with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.correction import Correction, CorrectionKind
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, Paragraph, Text
from bot.i18n import Translator, translator
from bot.views.clip import clipped
from bot.views.parts import quoted, say

MOST_OPENED_WITH = 3
"""An edition is the news first."""
LONGEST_QUOTED = 160
_SHORT = frozenset({CorrectionKind.NUMBER, CorrectionKind.NAME})
LONGEST_SHORT = 60
"""A figure with its word, a name: longer ones are sentences."""


def note(correction: Correction, reader: Translator, zone: str) -> Paragraph:
    """``Corrigé le 11 février, 9 h : Le Quai écrit désormais « 8 morts », et non plus « 12 morts ».``"""
    words = reader.text("correction.note", when=_date(correction.at, reader, zone), what=_what(correction, reader))
    return Paragraph((Text(words, italic=True),))


def opening(corrections: Sequence[Correction], reader: Translator, zone: str, now: datetime) -> Iterator[Paragraph]:
    """What was set right since the last edition, a line each."""
    for correction in corrections[:MOST_OPENED_WITH]:
        yield say(
            reader.text(
                "correction.opening",
                headline=quoted(clipped(correction.headline, 80), reader),
                when=reader.when(correction.told_at, now, zone),
                what=_what(correction, reader, sentence="correction.now"),
            )
        )
    if len(corrections) > MOST_OPENED_WITH:
        yield say(reader.count("correction.more", len(corrections) - MOST_OPENED_WITH))


def _what(correction: Correction, reader: Translator, sentence: str = "correction.sentence") -> str:
    """What became of it. Words in a language that is not the reader's are labelled, never slipped in."""
    values = {
        "outlet": correction.outlet or reader.text("correction.a-source"),
        "before": quoted(clipped(correction.before, LONGEST_QUOTED), reader),
        "after": quoted(clipped(correction.after, LONGEST_QUOTED), reader),
    }
    kind = correction.kind
    if kind is CorrectionKind.WITHDRAWN:
        return reader.text("correction.withdrawn", **values)
    own = correction.language == reader.language
    if kind is CorrectionKind.MODERATORS:
        if own:
            return reader.text("correction.moderators", words=correction.after)
        return reader.text("correction.moderators-foreign", language=_in(correction, reader), **values)
    short = max(len(correction.before), len(correction.after)) <= LONGEST_SHORT
    key = "correction.instead" if kind in _SHORT and short else sentence
    return reader.text(key if own else f"{key}-foreign", language=_in(correction, reader), **values)


def ended_message(language: ReaderLanguage) -> Message:
    """In the place of a message that is no longer needed, since the edition became shorter."""
    return Message(language, (say(translator(language).text("correction.ended")),), silent=True)


def _in(correction: Correction, reader: Translator) -> str:
    return reader.text(f"language.in.{correction.language}")


def _date(at: datetime, reader: Translator, zone: str) -> str:
    return reader.text("format.on-day", day=reader.short_day(at, zone), clock=reader.clock(at, zone))
