"""How many sources a story really has.

Articles count once together that have one owner, that carry one text or one headline, or that credit one agency. A
belligerent's government-controlled media are that party, whatever their number. The count errs on the low side: it
decides whether something is settled.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz

from bot.domain.story import SourcedArticle
from bot.editorial.outlets import agency, owner
from bot.editorial.text import fold, words

_ALIKE = 90.0
"""rapidfuzz token_set from which two headlines or two excerpts are one."""

_SHORTER = 0.6
"""A headline may be that much shorter than the other, not more: "Zelensky in Paris" is in many headlines."""

_TITLE_WORDS, _EXCERPT_WORDS, _TEXT_WORDS = 5, 12, 60
"""From how many words a headline, an excerpt and a text can be told to be copied."""

_BITS, _BAND_BITS = 64, 16
_DISTANCE = 6
"""Bits of a simhash in which copies of a text of sixty words or more may differ."""

_COMPARED = 20
"""Articles of a block that a new one is compared with: more of them would already be one."""

_READ = 1_500
"""Characters of a text that are compared."""

_LANE = 16
_LANES = [sum(1 << bit * _LANE for bit in range(8) if byte >> bit & 1) for byte in range(256)]
"""A byte with its bits far apart, so that adding bytes counts each bit by itself."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What an article is compared by."""

    title: list[str]
    excerpt: list[str]
    simhash: int | None


def independent_sources(articles: Sequence[SourcedArticle]) -> int:
    """How many of the articles' sources are independent of each other."""
    return len(groups(articles))


def groups(articles: Sequence[SourcedArticle]) -> tuple[tuple[SourcedArticle, ...], ...]:
    """The articles, those that count once together; groups and their articles in the order given.

    Near linear: copies are looked for among articles that share a rare word or a quarter of a simhash.
    """
    return _joined(articles, chain(_copies(articles), _kin(articles)))


def copies(articles: Sequence[SourcedArticle]) -> tuple[tuple[SourcedArticle, ...], ...]:
    """The same by text and headline alone: what a reader of one article has read."""
    return _joined(articles, _copies(articles))


def simhash(tokens: Sequence[str]) -> int:
    """64 bits that differ little where the words, taken three by three, do."""
    shingles = {" ".join(tokens[at : at + 3]) for at in range(max(1, len(tokens) - 2))}
    votes = [0] * (_BITS // 8)
    for shingle in shingles:
        for place, byte in enumerate(hashlib.blake2b(shingle.encode("utf-8", "replace"), digest_size=8).digest()):
            votes[place] += _LANES[byte]
    bits = [votes[bit // 8] >> (bit % 8 * _LANE) & (1 << _LANE) - 1 for bit in range(_BITS)]
    return sum(1 << bit for bit, vote in enumerate(bits) if 2 * vote > len(shingles))


def _joined(
    articles: Sequence[SourcedArticle], links: Iterable[tuple[int, int]]
) -> tuple[tuple[SourcedArticle, ...], ...]:
    parents = list(range(len(articles)))
    for first, second in links:
        parents[_root(parents, second)] = _root(parents, first)
    found: dict[int, list[SourcedArticle]] = defaultdict(list)
    for position, article in enumerate(articles):
        found[_root(parents, position)].append(article)
    return tuple(tuple(group) for group in found.values())


def _root(parents: list[int], position: int) -> int:
    while parents[position] != position:
        parents[position] = parents[parents[position]]
        position = parents[position]
    return position


def _kin(articles: Sequence[SourcedArticle]) -> Iterator[tuple[int, int]]:
    """Pairs of one owner or agency: enough of them to join every group."""
    latest: dict[str, int] = {}
    for position, article in enumerate(articles):
        for key in _keys(article):
            if key in latest:
                yield latest[key], position
            latest[key] = position


def _copies(articles: Sequence[SourcedArticle]) -> Iterator[tuple[int, int]]:
    """Pairs of one text or headline."""
    blocks: dict[str, list[int]] = defaultdict(list)
    prints = [_print(article) for article in articles]
    for position in range(len(articles)):
        for block in _blocks(prints[position]):
            for other in blocks[block][-_COMPARED:]:
                if _copied(prints[other], prints[position]):
                    yield other, position
            blocks[block].append(position)


def _keys(article: SourcedArticle) -> set[str]:
    """Owner and credited agency, in one name space: AFP's own feed and a paper's wire copy are one source."""
    return {owner(article), agency(article) or owner(article)}


def _print(sourced: SourcedArticle) -> _Print:
    article = sourced.article
    body = words(fold(article.body[:_READ]))
    return _Print(
        words(fold(article.title[:300])),
        words(fold((article.summary or article.text)[:600]))[:60],
        simhash(body) if len(body) >= _TEXT_WORDS else None,
    )


def _blocks(seen: _Print) -> set[str]:
    rare = set(sorted(set(seen.title), key=lambda word: (-len(word), word))[:4])
    rare |= set(sorted(set(seen.excerpt), key=lambda word: (-len(word), word))[:4])
    if seen.simhash is None:
        return rare
    quarters = range(0, _BITS, _BAND_BITS)
    return rare | {f"{start}:{seen.simhash >> start & (1 << _BAND_BITS) - 1}" for start in quarters}


def _copied(one: _Print, other: _Print) -> bool:
    if one.simhash is not None and other.simhash is not None and (one.simhash ^ other.simhash).bit_count() <= _DISTANCE:
        return True
    return _same(one.title, other.title, _TITLE_WORDS) or _same(one.excerpt, other.excerpt, _EXCERPT_WORDS)


def _same(one: list[str], other: list[str], fewest: int) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < fewest or shorter < _SHORTER * longer:
        return False
    return fuzz.token_set_ratio(" ".join(one), " ".join(other), score_cutoff=_ALIKE) > 0
