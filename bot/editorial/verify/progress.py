"""Progress: how far each matter of some sentences has come, as one word to compare."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.claim import Phase
from bot.domain.writing import Evidence
from bot.editorial import phases, topics
from bot.editorial.verify.firmness import STRENGTH
from bot.editorial.verify.reading import read


def progress(evidence: Sequence[Evidence]) -> str:
    """``ceasefire:talks nato:mentioned``: of each topic the furthest phase any sentence gives it."""
    furthest: dict[str, str] = {}
    for one in evidence:
        reading = read(one.text, one.language)
        for topic in topics.mentions(reading.words):
            phase = phases.phase_of(one.text, topic, one.language).phase
            known = furthest.get(topic)
            if known is None or STRENGTH[phase] > STRENGTH[Phase(known)]:
                furthest[topic] = phase.value
    return " ".join(f"{topic}:{phase}" for topic, phase in sorted(furthest.items()))
