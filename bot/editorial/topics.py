"""Topics: which subjects of the war a text touches, and which one a person means. The list is ``data/topics.yaml``."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from bot.domain.language import ArticleLanguage
from bot.domain.topic import Topic, TopicId, TopicMatch
from bot.editorial.matching import DECOYS, Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import STOP_WORDS, fold, words

NEAR = 25
"""Words. A ceasefire with Gaza this near, and no Ukraine, is another war's."""

LEAD = 60
"""Words. What an article says first is what it is about."""

SHORT = 80
"""Words. In a text this short one mention is enough."""

TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 4.0, 2.0, 1.0
ENOUGH = 2.0
"""Weight from which an article is about a topic: the title, the lead or two sentences further down."""

COUNTED = 6
"""Mentions of one topic that add weight; a list of strikes must not push everything else aside."""

TYPING_ERROR = 84.0
"""rapidfuzz ratio from which a word is taken for the alias it resembles: one error in seven letters or so."""

RESEMBLANCE = 68.0
"""rapidfuzz ratio from which an alias is worth suggesting."""

SUGGESTED = 3
SHORTEST_FUZZY = 4
"""Letters. Shorter words resemble everything."""

_NEVER = "\0"
"""No word begins so."""

OURS, PARTY, ELSEWHERE = "ours", "party", "elsewhere"


class Span(NamedTuple):
    """A mention: ``words[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the file."""

    topic: Topic
    phases: frozenset[str]
    anywhere: bool
    """Ours wherever it happens."""
    alone: bool
    """Ours even where nothing else near speaks of this war."""
    asked: str
    """Terms that count in a question only."""
    serving: tuple[str, ...]
    """Beginnings of words that speak of it only where they serve none of ``served``."""
    served: tuple[TopicId, ...]


def topics() -> tuple[Topic, ...]:
    """Every topic, in the file's order: the most asked first."""
    return tuple(entry.topic for entry in _entries().values())


def topic(topic_id: TopicId) -> Topic | None:
    """The topic of that id."""
    entry = _entries().get(topic_id)
    return entry.topic if entry else None


def phases_of(topic_id: TopicId) -> frozenset[str]:
    """The phases (values of ``Phase``) a topic can be in, beside mentioned; empty for a subject without phases."""
    entry = _entries().get(topic_id)
    return entry.phases if entry else frozenset()


# The aliases of all languages are read at once: borrowed words and wrong declarations are common, homographs rare.
def topics_of(title: str, body: str, language: ArticleLanguage) -> tuple[TopicId, ...]:  # noqa: ARG001 - see above
    """The topics an article is about, most important first; wider topics (``bears_on``) come after their own.

    Linear in the text's length.
    """
    heading, text = words(fold(title)), words(fold(body))
    weights: dict[TopicId, float] = defaultdict(float)
    for topic_id, spans in mentions(heading).items():
        weights[topic_id] += TITLE_WEIGHT + len(spans) - 1
    for topic_id, spans in mentions(text, heading).items():
        weights[topic_id] += _weight(spans, len(text))
    ranked = [found for found in sorted(weights, key=lambda key: -weights[key]) if weights[found] >= ENOUGH]
    return widened(ranked)


def widened(topic_ids: Sequence[TopicId]) -> tuple[TopicId, ...]:
    """The topics, then the wider ones they bear on, each once."""
    entries = _entries()
    wider = [broad for topic_id in topic_ids if topic_id in entries for broad in entries[topic_id].topic.bears_on]
    return tuple(dict.fromkeys([*topic_ids, *wider]))


def mentions(
    text: Sequence[str], heading: Sequence[str] = (), *, ours: bool = False
) -> dict[TopicId, tuple[Span, ...]]:
    """Topic → where folded words mention it. Another war's ceasefire, by the words around it, isn't mentioned.

    ``heading``: folded words of the title, consulted where nothing near a mention says which war it is.
    ``ours``: the text is known to speak of this war, so nothing in it has to say so.
    """
    found: dict[str, list[Span]] = defaultdict(list)
    for hit in _vocabulary().find(text):
        found[hit.group].append(Span(hit.start, hit.end))
    if not found:
        return {}
    context = _Context(text, heading)
    entries = _entries()
    kept = {
        topic_id: tuple(
            span
            for span in spans
            if context.admits(entries[topic_id], span, ours=ours) and not _serves(entries[topic_id], span, text, found)
        )
        for topic_id, spans in found.items()
    }
    return {topic_id: spans for topic_id, spans in kept.items() if spans}


def find(query: str) -> TopicMatch:
    """The topic a person means by a word or two, in any of our languages, typing errors forgiven.

    Without one: the nearest topics as suggestions; without these either, the words are for a search.
    """
    asked = words(fold(query))
    exact = topic("-".join(asked)) or _named(asked)
    if exact is not None or not asked:
        return TopicMatch(exact)
    ranked = _resembling(" ".join(asked))
    if ranked and ranked[0][1] >= TYPING_ERROR:
        return TopicMatch(topic(ranked[0][0]))
    return TopicMatch(None, tuple(_entries()[topic_id].topic for topic_id, _ in ranked[:SUGGESTED]))


class _Context:
    """Which war the words around a mention speak of."""

    def __init__(self, text: Sequence[str], heading: Sequence[str]) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        for hit in _contexts().find(text):
            found[hit.group].append(hit.start)
        self._ours, self._party, self._elsewhere = found[OURS], found[PARTY], found[ELSEWHERE]
        self._heading = heading

    def admits(self, entry: _Entry, mention: Span, *, ours: bool) -> bool:
        """Does the mention speak of this war, as far as the entry asks?"""
        if entry.anywhere:
            return True
        if not (ours or entry.alone or _near(self._ours, mention) or _near(self._party, mention)):
            return bool(_groups(self._heading) & {OURS, PARTY})
        return not self.is_elsewhere(mention)

    def is_elsewhere(self, mention: Span) -> bool:
        """Does it speak of another war?"""
        if _near(self._ours, mention):
            return False
        if _near(self._elsewhere, mention):
            return True
        if self._ours or self._party or not self._heading:
            return False
        groups = _groups(self._heading)
        return ELSEWHERE in groups and not groups & {OURS, PARTY}


def _serves(entry: _Entry, mention: Span, text: Sequence[str], found: Mapping[str, Sequence[Span]]) -> bool:
    """Is it only the way to something else near: a mediation that brings prisoners home is no peace talks?"""
    if not text[mention.start].startswith(entry.serving):
        return False
    return any(_near([span.start for span in found[other]], mention) for other in entry.served if other in found)


def _groups(heading: Sequence[str]) -> set[str]:
    return {hit.group for hit in _contexts().find(heading)}


def _near(places: Sequence[int], mention: Span) -> bool:
    index = bisect_left(places, mention.start - NEAR)
    return index < len(places) and places[index] <= mention.end + NEAR


def _weight(spans: Sequence[Span], length: int) -> float:
    weight = 0.0
    for span in spans[:COUNTED]:
        weight += LEAD_WEIGHT if span.start < LEAD or length <= SHORT else BODY_WEIGHT
    return weight


def _named(asked: Sequence[str]) -> Topic | None:
    """The topic of the one alias among the words, where nothing else is asked: ``cessez-le-feu en Ukraine``."""
    hits = [hit for hit in _questions().find(asked) if hit.group in _entries()]
    whole = [hit for hit in hits if hit.end - hit.start == len(asked)]
    alone = whole[:1] or hits
    if len(alone) != 1 or not all(_idle(word) for word in [*asked[: alone[0].start], *asked[alone[0].end :]]):
        return None
    return _entries()[alone[0].group].topic


def _idle(word: str) -> bool:
    """Does the word add nothing to a question about this war?"""
    return word in STOP_WORDS["other"] or bool(_groups([word]) & {OURS, PARTY})


def _resembling(asked: str) -> list[tuple[TopicId, float]]:
    """Topics with an alias that resembles the words, and how much, best first."""
    if len(asked) < SHORTEST_FUZZY:
        return []
    best: dict[TopicId, float] = {}
    spelled = _spelled()
    for _, score, index in process.extract(asked, [term for term, _ in spelled], scorer=fuzz.ratio, limit=20):
        if score >= RESEMBLANCE:
            best[spelled[index][1]] = max(score, best.get(spelled[index][1], 0.0))
    return sorted(best.items(), key=lambda item: -item[1])


@cache
def _entries() -> dict[TopicId, _Entry]:
    return {entry.topic.id: entry for entry in map(_entry, yaml_data("topics.yaml")["topics"])}


def _entry(listed: Mapping[str, Any]) -> _Entry:
    aliases = {language: tuple(_terms(block)) for language, block in listed["aliases"].items()}
    named = Topic(
        listed["id"],
        dict(listed["names"]),
        aliases,
        tuple(listed.get("bears_on", ())),
        phased=bool(listed["phases"]) and listed.get("state", True),
    )
    return _Entry(
        named,
        frozenset(listed["phases"]),
        not listed.get("elsewhere", True),
        listed.get("alone", True),
        listed.get("ask", ""),
        tuple(listed.get("serving", "").split()) or (_NEVER,),
        tuple(listed.get("served", ())),
    )


def _terms(block: str) -> Iterator[str]:
    return (term.strip() for line in block.splitlines() for term in line.split(",") if term.strip())


@cache
def _vocabulary() -> Vocabulary:
    """What articles are searched for: aliases, and what only looks like them."""
    excluded = "\n".join(listed.get("exclude", "") for listed in yaml_data("topics.yaml")["topics"])
    aliases = {topic_id: "\n".join(_alias_terms(entry)) for topic_id, entry in _entries().items()}
    return Vocabulary({**aliases, DECOYS: excluded})


@cache
def _contexts() -> Vocabulary:
    """Whose war it is. Apart from the aliases, since an excluded "truce in Gaza" must still say Gaza."""
    return Vocabulary(yaml_data("topics.yaml")["context"])


@cache
def _questions() -> Vocabulary:
    """What questions are searched for: aliases, names and the terms for questions only."""
    excluded = "\n".join(listed.get("exclude", "") for listed in yaml_data("topics.yaml")["topics"])
    asked = {
        topic_id: "\n".join([*_alias_terms(entry), entry.asked, *entry.topic.names.values()])
        for topic_id, entry in _entries().items()
    }
    return Vocabulary({**asked, DECOYS: excluded})


def _alias_terms(entry: _Entry) -> Iterator[str]:
    return (term for terms in entry.topic.aliases.values() for term in terms)


@cache
def _spelled() -> tuple[tuple[str, TopicId], ...]:
    """Every plain alias as folded words, with its topic: what typing errors are measured against."""
    spelled: dict[str, TopicId] = {}
    for topic_id, entry in _entries().items():
        for term in [*_alias_terms(entry), *_terms(entry.asked), *entry.topic.names.values()]:
            if not set(term) & set("(|_"):
                spelled.setdefault(" ".join(words(fold(term))), topic_id)
    return tuple((term, topic_id) for term, topic_id in spelled.items() if len(term) >= SHORTEST_FUZZY)
