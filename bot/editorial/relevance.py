"""Is it about the war? A verdict, and reasons a moderator can read.

An article has three zones: its title, its lead (the summary, else how its text begins) and the rest of its text. The
pack's vocabulary is looked up in each, and the score adds

- tiers: groups that tell by themselves, worth most in the title, and in the text by how often they come;
- pairs: two groups that tell together, such as Russia and sanctions; the best few count;
- exclusions: other subjects that such words stray into (sport, shows, other wars), which take away.

Two thresholds make it yes, maybe or no. A maybe is settled by company: its feed is all about the war, or its story is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.domain.article import Relevance, Verdict
from bot.domain.language import ArticleLanguage
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold, plain, words

_COUNTED = 2
"""How many further terms of a group in one zone still add something."""


@dataclass(frozen=True, slots=True)
class _Tier:
    """What a group is worth where it is found. ``more``: each further term; ``text``: at most."""

    title: float
    lead: float
    more: float
    text: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """What two groups are worth together: ``both`` in the title, or one or both of them in the lead (``head``)."""

    one: str
    other: str
    both: float
    head: float


@dataclass(frozen=True, slots=True)
class _Exclusion:
    """What another subject takes away; ``spared`` is the share left where the title names the country at war."""

    title: float
    lead: float
    more: float
    spared: float


@dataclass(frozen=True, slots=True)
class _Rules:
    """relevance.yaml, read."""

    zones: Mapping[str, int]
    thresholds: Mapping[str, float]
    text_full: Mapping[str, float]
    best_pairs: int
    tiers: Mapping[str, _Tier]
    pairs: tuple[_Pair, ...]
    exclusions: Mapping[str, _Exclusion]
    names: frozenset[str]
    acts: frozenset[str]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class _Zone:
    """What one zone holds: group → its phrases in order."""

    phrases: Mapping[str, Sequence[str]]
    size: int
    """In words."""


@dataclass(frozen=True, slots=True)
class _Zones:
    title: _Zone
    lead: _Zone
    text: _Zone

    def head(self, group: str) -> Sequence[str]:
        """Its phrases in title and lead."""
        return (*self.title.phrases.get(group, ()), *self.lead.phrases.get(group, ()))


@dataclass(frozen=True, slots=True)
class _Part:
    """One term of the sum, with its reason."""

    points: float
    reason: str


def judge(
    title: str,
    summary: str,
    text: str,
    language: ArticleLanguage,  # noqa: ARG001 - the vocabulary holds every language; kept for packs that part them
    *,
    dedicated: bool = False,
) -> Relevance:
    """Judge one article by itself. ``dedicated``: its feed is all about the war, so only another subject makes it no.

    Never raises. The cost is bounded, since only the beginning of each zone is read.
    """
    rules = _rules()
    zones = _read(rules, title, summary, text)
    parts = [*_tiers(rules, zones), *_pairs(rules, zones), *_exclusions(rules, zones)]
    if dedicated:
        parts.append(_Part(rules.thresholds["dedicated"], "dedicated"))
    score = round(sum(part.points for part in parts), 2)
    return Relevance(_verdict(rules, score), score, tuple(part.reason for part in parts))


def settle(relevance: Relevance, company: Sequence[Verdict]) -> Relevance:
    """A maybe becomes yes when most of its story's other articles with a plain verdict are yes; all else stays."""
    counted = Counter(company)
    yes, decided = counted[Verdict.YES], counted[Verdict.YES] + counted[Verdict.NO]
    if relevance.verdict is not Verdict.MAYBE or 2 * yes <= decided:
        return relevance
    return replace(relevance, verdict=Verdict.YES, reasons=(*relevance.reasons, f"company:{yes}/{decided}"))


def _verdict(rules: _Rules, score: float) -> Verdict:
    if score >= rules.thresholds["yes"]:
        return Verdict.YES
    return Verdict.MAYBE if score >= rules.thresholds["maybe"] else Verdict.NO


def _read(rules: _Rules, title: str, summary: str, text: str) -> _Zones:
    limits = rules.zones
    begin = limits["lead"]
    lead, rest = (summary, text) if summary.strip() else (text[:begin], text[begin:])
    return _Zones(
        _zone(rules, title[: limits["title"]]),
        _zone(rules, lead[:begin]),
        _zone(rules, rest[: limits["text"]]),
    )


def _zone(rules: _Rules, text: str) -> _Zone:
    found_words = words(fold(plain(text)))
    phrases: dict[str, list[str]] = {}
    for found in rules.vocabulary.find(found_words):
        phrases.setdefault(found.group, []).append(" ".join(found_words[found.start : found.end]))
    return _Zone(phrases, len(found_words))


def _tiers(rules: _Rules, zones: _Zones) -> Iterator[_Part]:
    for group, tier in rules.tiers.items():
        for name, zone, worth in (("title", zones.title, tier.title), ("lead", zones.lead, tier.lead)):
            if phrases := zone.phrases.get(group):
                yield _Part(worth + tier.more * _further(phrases), f"{name}:{phrases[0]}")
        if phrases := zones.text.phrases.get(group):
            share = _fullness(rules, len(phrases), zones.text.size)
            yield _Part(tier.text * share, f"text:{phrases[0]}×{len(phrases)}")


def _fullness(rules: _Rules, count: int, size: int) -> float:
    """0 to 1: how far a group fills a text, by number and by density."""
    full = rules.text_full
    return min(1.0, count / full["count"]) * min(1.0, 100 * count / size / full["per_hundred_words"])


def _further(phrases: Sequence[str]) -> int:
    return min(_COUNTED, len(set(phrases)) - 1)


def _pairs(rules: _Rules, zones: _Zones) -> list[_Part]:
    parts = [part for pair in rules.pairs if (part := _pair(pair, zones))]
    return sorted(parts, key=lambda part: -part.points)[: rules.best_pairs]


def _pair(pair: _Pair, zones: _Zones) -> _Part | None:
    one, other = zones.head(pair.one), zones.head(pair.other)
    if not one or not other:
        return None
    in_title = pair.one in zones.title.phrases and pair.other in zones.title.phrases
    return _Part(pair.both if in_title else pair.head, f"pair:{one[0]}+{other[0]}")


def _exclusions(rules: _Rules, zones: _Zones) -> Iterator[_Part]:
    for group, exclusion in rules.exclusions.items():
        if phrases := zones.head(group):
            worth = exclusion.title if group in zones.title.phrases else exclusion.lead
            points = worth + exclusion.more * _further(phrases)
            yield _Part(-points * _spared(rules, exclusion, zones), f"-{group}:{phrases[0]}")


def _spared(rules: _Rules, exclusion: _Exclusion, zones: _Zones) -> float:
    """The share of an exclusion that stays: all, less where the title names the country, least where it is at war."""
    named = not rules.names.isdisjoint(zones.title.phrases)
    if not named:
        return 1.0
    at_war = not rules.acts.isdisjoint(zones.title.phrases)
    return exclusion.spared if at_war else (1 + exclusion.spared) / 2


@cache
def _rules() -> _Rules:
    pack = yaml_data("relevance.yaml")
    return _Rules(
        zones=pack["zones"],
        thresholds=pack["thresholds"],
        text_full=pack["text_full"],
        best_pairs=pack["best_pairs"],
        tiers={group: _Tier(**tier) for group, tier in pack["tiers"].items()},
        pairs=tuple(_Pair(*names.split("+"), **worth) for names, worth in pack["pairs"].items()),
        exclusions={group: _Exclusion(**worth) for group, worth in pack["exclusions"].items()},
        names=frozenset(pack["spared_by"]["names"]),
        acts=frozenset(pack["spared_by"]["acts"]),
        vocabulary=Vocabulary(pack["vocabulary"]),
    )
