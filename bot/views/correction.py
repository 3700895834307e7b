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
    words = _worded("correction.note", correction, reader, when=_date(correction.at, reader, zone))
    return Paragraph((Text(words, italic=True),))


def opening(corrections: Sequence[Correction], reader: Translator, zone: str, now: datetime) -> Iterator[Paragraph]:
    """What was set right since the last edition, a line each."""
    for correction in corrections[:MOST_OPENED_WITH]:
        when = reader.when(correction.told_at, now, zone)
        headline = quoted(clipped(correction.headline, 80), reader)
        yield say(_worded("correction.opening", correction, reader, when=when, headline=headline))
    if len(corrections) > MOST_OPENED_WITH:
        yield say(reader.count("correction.more", len(corrections) - MOST_OPENED_WITH))


def _worded(key: str, correction: Correction, reader: Translator, **values: object) -> str:
    if correction.kind is not CorrectionKind.MODERATORS:
        sentence = "correction.sentence" if key == "correction.note" else "correction.now"
        return reader.text(key, what=_what(correction, reader, sentence), **values)
    if correction.language == reader.language:
        return reader.text(f"{key}-by-hand", words=correction.after, **values)
    words = quoted(correction.after, reader)
    return reader.text(f"{key}-by-hand-foreign", words=words, language=_in(correction, reader), **values)


def _what(correction: Correction, reader: Translator, sentence: str) -> str:
    """What became of it. Words in a language that is not the reader's are labelled, never slipped in.

    ``sentence``: how to say that a whole sentence changed.
    """
    values = {
        "outlet": correction.outlet or reader.text("correction.a-source"),
        "before": quoted(clipped(correction.before, LONGEST_QUOTED), reader),
        "after": quoted(clipped(correction.after, LONGEST_QUOTED), reader),
    }
    if correction.kind is CorrectionKind.WITHDRAWN:
        return reader.text("correction.withdrawn", **values)
    short = max(len(correction.before), len(correction.after)) <= LONGEST_SHORT
    key = "correction.instead" if correction.kind in _SHORT and short else sentence
    if correction.language == reader.language:
        return reader.text(key, **values)
    return reader.text(f"{key}-foreign", language=_in(correction, reader), **values)


def follow_up_message(corrections: Sequence[Correction], language: ReaderLanguage, zone: str, now: datetime) -> Message:
    """After an alert that was wrong."""
    return Message(language, tuple(opening(corrections, translator(language), zone, now)))


def ended_message(language: ReaderLanguage) -> Message:
    """In the place of a message that is no longer needed, since the edition became shorter."""
    return Message(language, (say(translator(language).text("correction.ended")),), silent=True)


def _in(correction: Correction, reader: Translator) -> str:
    return reader.text(f"language.in.{correction.language}")


def _date(at: datetime, reader: Translator, zone: str) -> str:
    return reader.text("format.on-day", day=reader.short_day(at, zone), clock=reader.clock(at, zone))
