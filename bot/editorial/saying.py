"""Saying: the verbs of a sentence by which somebody says, denies or leaves something open, clause by clause.

The words are in ``data/attribution.yaml``. Verbs and names within longer quotations are the speaker's words, not about
the speaker, so they don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from bot.editorial import quotes
from bot.editorial.matching import Found, Vocabulary
from bot.editorial.naming import Named, Read, Token
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold
from bot.editorial.through import led_to

LONG_QUOTATION = 5
"""Spaces within a quotation from which it is somebody's words rather than a term."""

VERBS = ("neither", "unaware", "denied", "refused", "wanted", "asked", "said")
"""Groups of verbs, the most telling first: where they overlap, the first counts."""


REFUSALS = frozenset({"neither", "unaware", "denied"})
"""Groups by which somebody doesn't affirm."""

_STOP = re.compile(r"\s*[,.;:()»”\"–—]")


class Cue(NamedTuple):
    """A verb of saying at ``words[start:end]``."""

    start: int
    end: int
    group: str


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with a verb of saying, or a whole sentence: ``words[start:end]``."""

    sentence: str
    words: Sequence[Token]
    start: int
    end: int
    everyone: Sequence[Named]
    """All that the sentence names."""
    names: Sequence[Named]
    """Who may be its subject, in order: outside quotations, and not an outlet that is spoken to."""
    cues: Sequence[Cue]
    """In order."""
    hits: Sequence[Found]
    """Its other terms: "selon", head nouns."""

    def between(self, start: int, end: int) -> str:
        """The text from behind word ``start - 1`` to before word ``end``."""
        finish = self.words[end].start if end < len(self.words) else len(self.sentence)
        return self.sentence[self.words[start - 1].end : finish]

    def before(self, index: int) -> str:
        """The clause's text before a word."""
        return self.sentence[self.words[self.start].start if self.start else 0 : self.words[index].start]

    def after(self, index: int) -> str:
        """The clause's text from a word on."""
        finish = self.words[self.end].start if self.end < len(self.words) else len(self.sentence)
        return self.sentence[self.words[index].start : finish]


def parts(read: Read) -> tuple[Part, ...]:
    """The clauses that a "but" or a semicolon parts and that each have a verb of saying.

    Where only one has, it is what stands between semicolons around it: a headline tells of two things.
    """
    sentence, words = read.sentence, read.words
    hits = _vocabulary().find(read.folded)
    quoted = _quoted(sentence, words)
    cues = _cues(hit for hit in hits if not any(quoted[hit.start : hit.end]) and not _is_noun(words, hit.start))
    reader = _Reader(sentence, words, read.names, quoted, cues, hits)
    bounds = [0, *_boundaries(sentence, words, quoted, listed("contrast")), len(words)]
    spans = [span for span in pairwise(bounds) if any(span[0] <= cue.start < span[1] for cue in cues)]
    if len(spans) < 2:
        told = [0, *_boundaries(sentence, words, quoted, frozenset()), len(words)]
        around = [span for span in pairwise(told) if any(span[0] <= cue.start < span[1] for cue in cues)]
        spans = around if len(around) == 1 else [(0, len(words))]
    return tuple(reader.part(start, end) for start, end in spans)


def holds_quotation(sentence: str) -> bool:
    """Are there somebody's own words in it?"""
    return any(_is_long(sentence, span) for span in quotes.spans(sentence))


def is_quotation(sentence: str) -> bool:
    """Is it nothing but somebody's own words?"""
    return sentence[:1] in quotes.OPENERS and not quotes.without(sentence).strip(" .,;:!?…")


def leaves_unnamed(read: Read) -> bool:
    """Does it deny or leave open something it has no word for: ``Le Kremlin ne confirme ni ne dément.``?"""
    refusing = [hit for hit in _vocabulary().find(read.folded) if hit.group in REFUSALS]
    index = max((hit.end for hit in refusing), default=0)
    while 0 < index < len(read.words) and read.words[index].folded in listed("refusing"):
        index += 1
    if index in {0, len(read.words)}:
        return index > 0
    return bool(_STOP.match(read.sentence, read.words[index - 1].end))


def explains(sentence: str) -> bool:
    """Does it announce an explanation rather than tell news: ``What keeps China from …``, ``Comment Moscou …``?"""
    return fold(sentence.split(maxsplit=1)[0].strip("«“\"' ")) in listed("explainers") if sentence.split() else False


def is_head(word: str) -> bool:
    """Is the folded word one of those whose owner doesn't speak: entourage, envoy, ministry?"""
    return any(hit.group == "heads" for hit in _vocabulary().find([word]))


@cache
def listed(key: str) -> frozenset[str]:
    """A list of single words of ``attribution.yaml``."""
    return frozenset(yaml_data("attribution.yaml")[key].split())


@dataclass(frozen=True, slots=True)
class _Reader:
    """A sentence, read once for all its clauses."""

    sentence: str
    words: Sequence[Token]
    everyone: Sequence[Named]
    quoted: Sequence[bool]
    cues: Sequence[Cue]
    hits: Sequence[Found]

    def part(self, start: int, end: int) -> Part:
        """The clause of ``words[start:end]``."""
        names = [named for named in self.everyone if start <= named.start and named.end <= end and self._speaks(named)]
        cues = [cue for cue in self.cues if start <= cue.start < end]
        hits = [hit for hit in self.hits if start <= hit.start < end]
        return Part(self.sentence, self.words, start, end, self.everyone, names, cues, hits)

    def _speaks(self, named: Named) -> bool:
        return not self.quoted[named.start] and not (named.outlet and led_to(self.words, named.start))


def _boundaries(
    sentence: str, words: Sequence[Token], quoted: Sequence[bool], contrast: frozenset[str]
) -> Iterator[int]:
    """The words with which a new clause begins: behind a semicolon, or one of ``contrast``."""
    for index in range(1, len(words)):
        if not quoted[index]:
            gap = sentence[words[index - 1].end : words[index].start]
            if ";" in gap or words[index].folded in contrast:
                yield index


def _cues(hits: Iterable[Found]) -> list[Cue]:
    """Verbs of saying, in order; where two overlap, the more telling."""
    found: list[Cue] = []
    ranked = sorted((hit for hit in hits if hit.group in VERBS), key=lambda hit: VERBS.index(hit.group))
    for hit in ranked:
        if not any(hit.start < cue.end and cue.start < hit.end for cue in found):
            found.append(Cue(hit.start, hit.end, hit.group))
    return sorted(found)


def _is_noun(words: Sequence[Token], index: int) -> bool:
    """Is it "une annonce" or "the report", rather than somebody announcing or reporting?"""
    before = words[index - 1].folded if index else ""
    if before in {"l", "la", "le", "les"}:
        return words[index].folded in listed("nouns")
    return before in listed("noun_markers")


def _quoted(sentence: str, words: Sequence[Token]) -> list[bool]:
    """For each word: does it stand in somebody's own words?"""
    spans = [span for span in quotes.spans(sentence) if _is_long(sentence, span)]
    return [any(span.start <= word.start < span.end for span in spans) for word in words]


def _is_long(sentence: str, span: quotes.Span) -> bool:
    return sentence.count(" ", span.start, span.end) >= LONG_QUOTATION


@cache
def _vocabulary() -> Vocabulary:
    data = yaml_data("attribution.yaml")
    groups = {group: data[group] for group in (*VERBS, "according", "own_words", "heads")}
    groups["said"] += "\n" + "\n".join(_inflected(entry) for entry in data["verbs"].values())
    return Vocabulary(groups)


def _inflected(entry: Mapping[str, str]) -> str:
    return ", ".join(stem + ending for stem in entry["stems"].split() for ending in entry["endings"].split())
