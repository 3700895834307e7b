"""Phases: how far a matter has come by what one sentence says, and how it says it. The rules are ``data/phases.yaml``.

A sentence that fits no rule is only a mention: the rules abstain. A condition or a question never gives more than
"proposed", whatever words it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from bot.domain.claim import Modality, Phase
from bot.domain.language import ArticleLanguage
from bot.domain.topic import TopicId
from bot.editorial import patterns, topics
from bot.editorial.pack import yaml_data

HYPOTHETICAL: frozenset[Phase] = frozenset({Phase.MENTIONED, Phase.PROPOSED})
"""All that a condition or a question can give."""

_DONE = frozenset({Phase.AGREED, Phase.IN_FORCE})
_OVER = frozenset({Phase.VIOLATED, Phase.EXPIRED})
_REACH, _REACH_AFTER = 60, 30
"""Characters before a match in which a condition or a wish bears on it; of a "possible" only the nearest."""

_PER_WORD = 0.5
"""What each word between a trigger and the mention adds to a match's cost."""


class Reading(NamedTuple):
    """What a sentence says of a topic's progress."""

    phase: Phase
    modality: Modality
    scope: str | None = None
    """A partial truce such as ``energy``; None: the general matter."""


@dataclass(frozen=True, slots=True)
class _Rule:
    phase: Phase
    cost: float
    expression: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Found:
    rule: _Rule
    match: patterns.Match

    @property
    def cost(self) -> float:
        return self.rule.cost + _PER_WORD * (self.match.length - 2)


# One set of rules reads all languages: sentences quote each other's words, and feeds misdeclare their own.
def phase_of(sentence: str, topic: TopicId, language: ArticleLanguage) -> Reading:  # noqa: ARG001 - see above
    """The phase, modality and scope a sentence gives a topic; MENTIONED where no rule is sure. Never raises."""
    words = patterns.clauses(sentence)
    marked = _parted(anchored(words, topic))
    searched = patterns.line(marked)
    scope = scope_of(words)
    for found in _cheapest_first(searched, topic):
        phase = _weighed(found, searched)
        if phase in _DONE | _OVER and not _can_settle(searched, found.match, topic):
            continue
        modality = _modality(searched, sentence, found.match)
        return Reading(_allowed(phase, modality, topic), modality, scope)
    return Reading(Phase.MENTIONED, _modality(searched, sentence, None), scope)


def anchored(words: Sequence[str], topic: TopicId) -> list[str]:
    """The words with every mention of the topic made one word: ``@plan_de_paix``.

    Of some subjects only a part can get anywhere: a grain deal, not a grain silo.
    """
    letters = [(place, word) for place, word in enumerate(words) if word[0].isalnum()]
    spans = topics.mentions([word for _, word in letters], ours=True).get(topic, ())
    marked = list(words)
    progresses = yaml_data("phases.yaml")["topics"].get(topic, {}).get("progresses", "").split()
    for span in reversed(spans):
        mention = " ".join(word for _, word in letters[span.start : span.end])
        if progresses and not any(word in mention for word in progresses):
            continue
        start, end = letters[span.start][0], letters[span.end - 1][0] + 1
        marked[start:end] = ["@" + "_".join(word for word in marked[start:end] if word[0].isalnum())]
    return marked


def scope_of(words: Sequence[str]) -> str | None:
    """The partial truce the folded words of a sentence speak of."""
    searched = patterns.line(words)
    for scope, expression in _scopes().items():
        if any(patterns.matches(expression, searched)):
            return scope
    return None


def is_question(sentence: str) -> bool:
    """Does the sentence ask, rather than quote somebody's question?"""
    return sentence.rstrip(" \u00a0\u202f»”\"’')").endswith("?")


def _cheapest_first(searched: str, topic: TopicId) -> list[_Found]:
    return sorted(_matches(_rules(topic), searched), key=lambda found: found.cost) if "@" in searched else []


def _matches(rules: Sequence[_Rule], searched: str) -> Iterator[_Found]:
    for rule in rules:
        for match in patterns.matches(rule.expression, searched):
            yield _Found(rule, match)


def _weighed(found: _Found, searched: str) -> Phase:
    """The rule's phase, unless the words before it wish for it or deny it."""
    phase = found.rule.phase
    if phase not in _DONE:
        return phase
    if _just_before("negated", searched, found.match):
        return Phase.TALKS if phase is Phase.AGREED else Phase.MENTIONED
    begins_with_verb = searched[found.match.start] != "@"
    matched = searched[found.match.start - 1 : found.match.end]
    wished = (
        any(patterns.matches(_block("potential"), _around(searched, found.match, _REACH_AFTER)))
        or any(patterns.matches(_block("unfulfilled"), matched))
        or _just_before("demanded", searched, found.match)
        or (begins_with_verb and _just_before("wished", searched, found.match))
    )
    return Phase.PROPOSED if wished else phase


def _can_settle(searched: str, match: patterns.Match, topic: TopicId) -> bool:
    """Can what is mentioned be agreed or broken? Talks can't; a peace treaty can."""
    settles = yaml_data("phases.yaml")["topics"].get(topic, {}).get("settles", "").split()
    mention = searched[searched.index("@", match.start) :].split(" ", 1)[0]
    return not settles or any(word in mention for word in settles)


def _just_before(block: str, searched: str, match: patterns.Match) -> bool:
    before = searched[max(0, match.start - _REACH) : match.start]
    return any(patterns.matches(_ending(block), before))


def _allowed(phase: Phase, modality: Modality, topic: TopicId) -> Phase:
    """The phase, within what the modality and the topic can give."""
    if modality in {Modality.CONDITIONAL, Modality.QUESTION} and phase not in HYPOTHETICAL:
        held = phase in _OVER or (phase is Phase.IN_FORCE and modality is Modality.QUESTION)
        phase = Phase.MENTIONED if held else Phase.PROPOSED
    return phase if phase.value in topics.phases_of(topic) else Phase.MENTIONED


def _modality(searched: str, sentence: str, match: patterns.Match | None) -> Modality:
    if is_question(sentence):
        return Modality.QUESTION
    near = searched if match is None else _around(searched, match, _REACH)
    clause = searched if match is None else _around(searched, match, len(searched))
    if any(patterns.matches(_block("conditional"), near)) or any(patterns.matches(_block("provided"), clause)):
        return Modality.CONDITIONAL
    if any(patterns.matches(_block("hoped"), near)):
        return Modality.HOPED
    return Modality.ASSERTED


def _around(searched: str, match: patterns.Match, reach: int) -> str:
    """The match with the words of its clause up to ``reach`` characters before and half of that after."""
    before = searched[: match.start].rsplit(" ; ", 1)[-1]
    after = searched[match.end :].split(" ; ", 1)[0] if searched[match.end - 2] != ";" else ""
    if len(before) > reach:
        before = before[-reach:].partition(" ")[2]
    if len(after) > reach // 2:
        after = after[: reach // 2].rpartition(" ")[0]
    return f" {before.lstrip()}{searched[match.start : match.end]}{after.strip()} "


def _parted(words: Sequence[str]) -> list[str]:
    """The words with every "but" and "because" made the end of a clause."""
    boundaries = _boundaries()
    return [";" if word in boundaries else word for word in words]


@cache
def _boundaries() -> frozenset[str]:
    return frozenset(yaml_data("phases.yaml")["boundaries"].split())


@cache
def _rules(topic: TopicId) -> tuple[_Rule, ...]:
    data = yaml_data("phases.yaml")
    own: list[Mapping[str, Any]] = data["topics"].get(topic, {}).get("rules", [])
    return tuple(
        _Rule(Phase(listed["phase"]), float(listed["cost"]), patterns.compiled(listed["patterns"]))
        for listed in [*own, *data["rules"]]
    )


@cache
def _block(name: str) -> re.Pattern[str]:
    return patterns.compiled(yaml_data("phases.yaml")[name])


@cache
def _ending(name: str) -> re.Pattern[str]:
    return patterns.compiled(yaml_data("phases.yaml")[name], at_end=True)


@cache
def _scopes() -> Mapping[str, re.Pattern[str]]:
    return {scope: patterns.compiled(block) for scope, block in yaml_data("phases.yaml")["scopes"].items()}
