"""Fact cards: what can be said of a story in any language, without translating a sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from bot.domain.briefing import FactCard
from bot.domain.story import SourcedArticle, Story
from bot.editorial import lexicon
from bot.editorial.figures import normal
from bot.editorial.independence import groups
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

MOST_ACTORS, MOST_NUMBERS = 4, 3
"""Of a card: more would be a list, not an answer."""

_CONFIRMED = 2
"""Independent sources that must give a figure: a card names no claimant, so it can't carry one side's figure."""

_LEAD_CHARACTERS = 600

_COUNTED = re.compile(
    r"(?<![\w.,])(\d{1,9}(?:[.,\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?)[\u202f\u00a0 ]([^\W\d_]+)"
    r"(?:[\u202f\u00a0 ]([^\W\d_]+))?"
)


def fact_card(story: Story, phase: str | None = None) -> FactCard:
    """The card of a story. ``phase``: how far its matter has come, where that is known."""
    sources = groups(story.articles)
    return FactCard(
        topics=_topics(story),
        phase=phase,
        actors=_actors(story),
        numbers=_numbers(sources),
        source_count=len(sources),
    )


def units() -> tuple[str, ...]:
    """Everything a card's numbers may count; the view has words for each."""
    return tuple(dict.fromkeys(_units().values()))


def _topics(story: Story) -> tuple[str, ...]:
    """By how many articles have them, an article's main topic counting most: wider ones follow it."""
    counts: Counter[str] = Counter()
    for article in story.articles:
        for place, topic in enumerate(article.topics):
            counts[topic] += 6 // (place + 1)
    return tuple(sorted(counts, key=lambda topic: (-counts[topic], topic)))


def _actors(story: Story) -> tuple[str, ...]:
    """By how many articles name them, a title counting twice."""
    counts: Counter[str] = Counter()
    for sourced in story.articles:
        article = sourced.article
        counts.update(_named(article.title))
        counts.update(_named(f"{article.title}\n{article.body[:_LEAD_CHARACTERS]}"))
    return tuple(sorted(counts, key=lambda id_: (-counts[id_], id_))[:MOST_ACTORS])


def _named(text: str) -> set[str]:
    ids = {mention.id for mention in lexicon.entities(text)}
    return {id_ for id_ in ids if id_ in lexicon.actors()} - lexicon.reporters()


def _numbers(sources: tuple[tuple[SourcedArticle, ...], ...]) -> tuple[str, ...]:
    given: Mapping[str, set[int]] = defaultdict(set)
    for source, articles in enumerate(sources):
        for sourced in articles:
            article = sourced.article
            for counted in _figures(f"{article.title}\n{article.body[:_LEAD_CHARACTERS]}"):
                given[counted].add(source)
    confirmed = [counted for counted, by in given.items() if len(by) >= _CONFIRMED]
    return tuple(sorted(confirmed, key=lambda counted: (-len(given[counted]), counted))[:MOST_NUMBERS])


def _figures(text: str) -> Iterator[str]:
    """``150 prisonniers`` and ``150 Ukrainian prisoners`` are both "150:prisoners"."""
    for found in _COUNTED.finditer(text):
        words = [fold(word) for word in found.groups()[1:] if word]
        unit = next((_units()[word] for word in words if word in _units()), None)
        if unit is not None:
            yield f"{normal(found[1])}:{unit}"


@cache
def _units() -> dict[str, str]:
    """Folded word → unit."""
    parted = (line.partition(" = ") for line in yaml_data("gazetteer.yaml")["units"].splitlines())
    return {fold(word.strip()): unit.strip() for unit, _, words in parted for word in words.split(",")}
