"""One answer to ``/status`` being worded: what is told, to whom, and how much of it there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.status import Latest, TopicStatus
from bot.domain.topic import Topic
from bot.i18n import Translator

MOST_CONTESTS = 2
STOPS = ".!?…"


class Room(NamedTuple):
    """How much is told."""

    claimants: int
    dates: int
    quote: int
    """Characters of one sentence, about."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer being worded."""

    status: TopicStatus
    topic: Topic
    reader: Translator
    zone: str
    room: Room


def is_retold(latest: Latest, reader: Translator) -> bool:
    """Told in the reader's words: the sides of a dispute, where their own words are in another language."""
    return latest.language != reader.language and len(latest.positions) > 1
