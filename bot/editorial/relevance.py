"""Is it about the war? A verdict, and reasons a moderator can read.

An article has three zones: its title, its lead (the summary, else how its text begins) and the rest of its text. The
pack's vocabulary is looked up in each, and the score adds

- tiers: groups that tell by themselves, worth most in the title, and in the text by how often they come;
- pairs: two groups that tell together, such as Russia and sanctions; the best few count;
- exclusions: other subjects that such words stray into (sport, shows, other wars), which take away;
- being alone: a country at war has its culture, its politics and its weather too. Where neither title nor lead holds a
  sign of the war, its name in the title is worth less, and company decides.

Two thresholds make it yes, maybe or no. A maybe is settled by company: its feed is all about the war, or its story is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.article import Relevance, Verdict
from bot.domain.language import ArticleLanguage
from bot.editorial.matching import DECOYS, Found, Vocabulary
from bot.editorial.pack import json_data, yaml_data
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
    """What two groups are worth together: in the title, one there and one in the lead (across), in the lead."""

    one: str
    other: str
    title: float
    across: float
    lead: float


@dataclass(frozen=True, slots=True)
class _Exclusion:
    """What another subject takes away; ``spared`` is the share left where the title names the country at war, or one of
    the groups ``spared_by``."""

    title: float
    lead: float
    more: float
    spared: float
    spared_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Alone:
    """What a name in the title loses where nothing in title or lead is of the war."""

    names: frozenset[str]
    share: float
    """Of what the names add up to, in every zone."""
    signs: frozenset[str]
    """Groups of which one is enough."""
    telling: tuple[str, ...]
    """How names begin that are a sign themselves, where no other subject stands beside them."""
    fewest: int
    """Words of a lead from which its silence tells something."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """relevance.yaml, read."""

    zones: Mapping[str, int]
    acronyms: Mapping[str, str]
    acronym: re.Pattern[str]
    thresholds: Mapping[str, float]
    text_full: Mapping[str, float]
    best_pairs: int
    repeated: float
    tiers: Mapping[str, _Tier]
    pairs: tuple[_Pair, ...]
    exclusions: Mapping[str, _Exclusion]
    alone: _Alone
    names: frozenset[str]
    acts: frozenset[str]
    dealings: frozenset[str]
    vocabulary: Vocabulary
    in_text: Vocabulary
    """Only what counts in the text: the tiers, and the decoys."""


@dataclass(frozen=True, slots=True)
class _Zone:
    """What one zone holds."""

    phrases: Mapping[str, Sequence[str]]
    """Group → its phrases, in order."""
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
    rules = _RULES
    zones = _read(rules, title, summary, text)
    parts = [*_tiers(rules, zones), *_pairs(rules, zones), *_exclusions(rules, zones)]
    parts.extend(_left_alone(rules, zones, sum(part.points for part in parts)))
    if dedicated:
        parts.append(_Part(rules.thresholds["dedicated"], "dedicated"))
    score = round(sum(part.points for part in parts), 2)
    return Relevance(_verdict(rules, score), score, tuple(part.reason for part in parts))


def named(title: str, language: ArticleLanguage) -> frozenset[str]:  # noqa: ARG001 - as in ``judge``
    """The groups a title names: what is of the war (assault, peace …) and what is beside it (sport, market …)."""
    return frozenset(_zone(_RULES, _RULES.vocabulary, _spelt_out(_RULES, title[: _RULES.zones["title"]])).phrases)


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
    opening = limits["opening"]
    lead, rest = (summary, text) if summary.strip() else (text[:opening], text[opening:])
    return _Zones(
        _zone(rules, rules.vocabulary, _spelt_out(rules, title[: limits["title"]])),
        _zone(rules, rules.vocabulary, _spelt_out(rules, lead[: limits["lead"]])),
        _zone(rules, rules.in_text, rest[: limits["text"]]),
    )


def _spelt_out(rules: _Rules, text: str) -> str:
    return rules.acronym.sub(lambda acronym: rules.acronyms[acronym[0]], text)


def _zone(rules: _Rules, vocabulary: Vocabulary, text: str) -> _Zone:
    tokens = words(fold(plain(text)))
    phrases: dict[str, list[str]] = {}
    for term in _apart(rules, vocabulary.find(tokens)):
        phrases.setdefault(term.group, []).append(" ".join(tokens[term.start : term.end]))
    return _Zone(phrases, len(tokens))


def _apart(rules: _Rules, found: Sequence[Found]) -> Iterator[Found]:
    """Without what lies inside a longer phrase of a tier: Russian troops are one sign, not Russia and troops too."""
    inside = {
        place: term.end - term.start
        for term in found
        if term.group in rules.tiers
        for place in range(term.start, term.end)
    }
    return (term for term in found if term.group in rules.tiers or inside.get(term.start, 0) <= term.end - term.start)


def _tiers(rules: _Rules, zones: _Zones) -> Iterator[_Part]:
    for group, tier in rules.tiers.items():
        for name, zone, worth in (("title", zones.title, tier.title), ("lead", zones.lead, tier.lead)):
            if phrases := zone.phrases.get(group):
                yield _Part(worth + tier.more * min(_COUNTED, len(phrases) - 1), f"{name}:{phrases[0]}")
        if phrases := zones.text.phrases.get(group):
            share = _fullness(rules, len(phrases), zones.text.size)
            yield _Part(tier.text * share, f"text:{phrases[0]}×{len(phrases)}")


def _fullness(rules: _Rules, count: int, size: int) -> float:
    """0 to 1: how far a group fills a text, by number and by density."""
    full = rules.text_full
    return min(1.0, count / full["count"]) * min(1.0, 100 * count / size / full["per_hundred_words"])


def _pairs(rules: _Rules, zones: _Zones) -> list[_Part]:
    parts = [part for pair in rules.pairs if (part := _pair(pair, zones))]
    parts.sort(key=lambda part: -part.points)
    reasons: set[str] = set()
    for place, part in enumerate(parts):
        if part.reason in reasons:
            parts[place] = _Part(part.points * rules.repeated, part.reason)
        reasons.add(part.reason)
    return sorted(parts, key=lambda part: -part.points)[: rules.best_pairs]


def _pair(pair: _Pair, zones: _Zones) -> _Part | None:
    points = _pair_points(pair, zones.title, zones.lead)
    if not points:
        return None
    return _Part(points, f"pair:{zones.head(pair.one)[0]}+{zones.head(pair.other)[0]}")


def _pair_points(pair: _Pair, title: _Zone, lead: _Zone) -> float:
    above = [group in title.phrases for group in (pair.one, pair.other)]
    below = [group in lead.phrases for group in (pair.one, pair.other)]
    if all(above):
        return pair.title
    if (above[0] and below[1]) or (above[1] and below[0]):
        return pair.across
    return pair.lead if all(below) else 0.0


def _exclusions(rules: _Rules, zones: _Zones) -> Iterator[_Part]:
    for group, exclusion in rules.exclusions.items():
        if phrases := zones.head(group):
            in_title = group in zones.title.phrases
            worth = (exclusion.title if in_title else exclusion.lead) + exclusion.more * min(
                _COUNTED, len(set(phrases)) - 1
            )
            yield _Part(-worth * _spared(rules, exclusion, zones, in_title), f"-{group}:{phrases[0]}")


def _spared(rules: _Rules, exclusion: _Exclusion, zones: _Zones, in_title: bool) -> float:
    """The share of an exclusion that stays: all, less where the title names the country, least where it is at war."""
    title = zones.title.phrases
    if not title.keys().isdisjoint(exclusion.spared_by):
        return exclusion.spared
    if rules.names.isdisjoint(title) or not any(map(zones.head, rules.acts | rules.dealings)):
        return 1.0
    if in_title and rules.acts.isdisjoint(title):
        return (1 + exclusion.spared) / 2
    return exclusion.spared


def _left_alone(rules: _Rules, zones: _Zones, score: float) -> Iterator[_Part]:
    """What the country's name loses where an article tells of it and says nothing of its war; a maybe stays one."""
    alone, head = rules.alone, zones.title.phrases.keys() | zones.lead.phrases.keys()
    named = [phrase for name in alone.names for phrase in zones.title.phrases.get(name, ())]
    if not named or zones.lead.size < alone.fewest or not alone.signs.isdisjoint(head):
        return
    telling = [phrase for name in alone.names for phrase in zones.head(name) if phrase.startswith(alone.telling)]
    if telling and rules.exclusions.keys().isdisjoint(head):
        return
    of_names = _tiers(replace(rules, tiers={name: rules.tiers[name] for name in alone.names}), zones)
    lost = min(alone.share * sum(part.points for part in of_names), score - rules.thresholds["maybe"])
    if lost > 0:
        yield _Part(-lost, f"alone:{named[0]}")


def _read_rules() -> _Rules:
    pack = yaml_data("relevance.yaml")
    groups = {group: "\n".join(lines) for group, lines in json_data("vocabulary.json").items()}
    return _Rules(
        zones=pack["zones"],
        acronyms=pack["acronyms"],
        acronym=re.compile(rf"\b(?:{'|'.join(pack['acronyms'])})\b"),
        thresholds=pack["thresholds"],
        text_full=pack["text_full"],
        best_pairs=pack["best_pairs"],
        repeated=pack["repeated"],
        tiers={group: _Tier(**tier) for group, tier in pack["tiers"].items()},
        pairs=tuple(_read_pair(line) for line in pack["pairs"].splitlines()),
        exclusions={group: _Exclusion(**worth) for group, worth in pack["exclusions"].items()},
        alone=_read_alone(pack["alone"]),
        names=frozenset(pack["spared_by"]["names"]),
        acts=frozenset(pack["spared_by"]["acts"]),
        dealings=frozenset(pack["spared_by"]["dealings"]),
        vocabulary=Vocabulary(groups),
        in_text=Vocabulary({group: groups[group] for group in (DECOYS, *pack["tiers"])}),
    )


def _read_alone(pack: Mapping[str, Any]) -> _Alone:
    return _Alone(
        frozenset(pack["names"]), pack["share"], frozenset(pack["signs"]), tuple(pack["telling"]), pack["fewest"]
    )


def _read_pair(line: str) -> _Pair:
    groups, title, across, lead = line.split()
    one, other = groups.split("+")
    return _Pair(one, other, float(title), float(across), float(lead))


_RULES = _read_rules()
"""Read once, when the newsroom starts."""
