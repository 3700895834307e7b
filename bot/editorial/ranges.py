"""Ranges: differing numbers for one thing in one story, with their sources; never merged, never averaged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

from bot.domain.claim import Claim, Modality
from bot.domain.status import FigureRange, FigureSource
from bot.domain.story import SourcedArticle
from bot.editorial.figures import normal
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

MOST = 3
_NUMBER = r"(\d{1,3}(?:[ .,\u202f\u00a0]\d{3})+|\d{1,7})"


def ranges(claims: Sequence[Claim], articles: Mapping[str, SourcedArticle]) -> tuple[FigureRange, ...]:
    """Ranges of the newest stories whose sources differ; articles without a story are compared with nothing."""
    found: dict[tuple[str, str, date], dict[str, FigureSource]] = defaultdict(dict)
    for claim in claims:
        story = articles[claim.article_id].story_id if claim.article_id in articles else None
        if story is not None and claim.claimant and claim.modality is Modality.ASSERTED:
            for unit, value in counts(claim.sentence):
                day = claim.event_date or claim.published.date()
                found[unit, story, day][claim.claimant] = FigureSource(claim.claimant, value, claim.article_id)
    differing = [
        FigureRange(unit, min(values), max(values), tuple(sources.values()))
        for (unit, _, _), sources in reversed(found.items())
        if len(values := {source.value for source in sources.values()}) > 1
    ]
    return tuple(differing[:MOST])


@lru_cache(maxsize=8_192)
def counts(sentence: str) -> tuple[tuple[str, int], ...]:
    """What a sentence counts: the unit's key and the number, where the number stands right before it."""
    # Remembered, since the same sentences are asked about again every minute.
    return tuple(_counts(fold(sentence))) if any(map(str.isdigit, sentence)) else ()


def _counts(folded: str) -> Iterator[tuple[str, int]]:
    for unit, expression in _units().items():
        for match in expression.finditer(folded):
            number = normal(match[1])
            if number.isdigit():
                yield unit, int(number)


@cache
def _units() -> dict[str, re.Pattern[str]]:
    listed: dict[str, str] = yaml_data("counts.yaml")
    return {
        unit: re.compile(rf"(?<![\d.,]){_NUMBER} (?:\w+ )?(?:{'|'.join(names.split())})\b")
        for unit, names in listed.items()
    }
