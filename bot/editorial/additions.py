"""Additions: the parts of a sentence that only add to what it states, and that a summary may leave out.

Relative clauses and appositions between two commas, and last parts behind a comma. None is within a quotation, names
a source, denies, limits or conditions anything: what is left must say what the whole sentence said. The words are in
``data/summary_additions.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.editorial import quotes
from bot.editorial.headline import binds
from bot.editorial.pack import listed, yaml_data
from bot.editorial.shorten import turns
from bot.editorial.text import fold

FEWEST_WORDS = 7
"""Of what is left."""

LONGEST_READ = 600
"""Characters of a sentence. A longer one is a list or no sentence, and never fits a summary."""

MOST = 4
"""Additions of one sentence that are looked for: one with more is a list."""

_ENUMERATES = re.compile(r"\b(?:and|et|or|ou)\b")
_FINAL = " .!"


@dataclass(frozen=True, slots=True)
class Addition:
    """``sentence[start:end]``, with the commas that go with it."""

    start: int
    end: int


def shorter_forms(sentence: str, language: str) -> list[str]:
    """The sentence without each of its additions, and without all of them; empty where it has none."""
    found = additions(sentence, language)
    choices = [[addition] for addition in found] + ([found] if len(found) > 1 and _apart(found) else [])
    forms = dict.fromkeys(_without(sentence, choice) for choice in choices)
    return [form for form in forms if len(form.split()) >= FEWEST_WORDS]


def additions(sentence: str, language: str) -> list[Addition]:
    """The parts that may be left out, in order."""
    if "," not in sentence or sentence.endswith("?") or len(sentence) > LONGEST_READ:
        return []
    folded = fold(sentence)
    if len(folded) != len(sentence):
        return []
    cues = _cues(language)
    quoted = quotes.spans(sentence)
    found = []
    for addition in sorted({*_inner(sentence, folded, cues), *_last(sentence, folded, cues)}, key=lambda a: a.start):
        part = sentence[addition.start : addition.end]
        within = any(span.start < addition.end and addition.start < span.end for span in quoted)
        if not (within or binds(part, language) or turns(part) or cues.limiting.search(fold(part))):
            found.append(addition)
        if len(found) == MOST:
            break
    return [addition for addition in found if _leaves_a_statement(sentence, addition)]


def _inner(sentence: str, folded: str, cues: _Cues) -> Iterator[Addition]:
    """Between two commas, the second followed by the verb of what stood before the first."""
    for match in cues.relative.finditer(folded):
        yield Addition(match.start(), match.end())
    for match in cues.apposition.finditer(folded):
        names = _last_word(sentence[: match.start()])[:1].isupper()
        if names and not cues.verb.search(folded, match.start() + 1, match.end()):
            yield Addition(match.start(), match.end())


def _last(sentence: str, folded: str, cues: _Cues) -> Iterator[Addition]:
    """Behind a comma, up to the final stop."""
    end = len(sentence.rstrip(_FINAL))
    for match in cues.ending.finditer(folded):
        kept, start = folded[: match.start()], match.end()
        fragment = cues.openings.match(kept) is not None and "," not in kept
        listing = match["determiner"] is not None and (
            _ENUMERATES.search(folded, start, end) is not None
            or not _last_word(sentence[: match.start()])[:1].isupper()
        )
        goes_on = cues.resuming.search(folded, start) is not None
        if sentence[start].islower() and cues.verb.search(kept) and not (fragment or listing or goes_on):
            yield Addition(match.start(), end)


def _leaves_a_statement(sentence: str, addition: Addition) -> bool:
    kept = _without(sentence, [addition])
    even = kept.count("(") == kept.count(")") and quotes.balanced(kept)
    return even and len(kept.split()) >= FEWEST_WORDS


def _apart(found: list[Addition]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(found))


def _without(sentence: str, left_out: list[Addition]) -> str:
    for addition in reversed(left_out):
        sentence = sentence[: addition.start] + sentence[addition.end :]
    return sentence


def _last_word(text: str) -> str:
    return text[text.rfind(" ") + 1 :]


@dataclass(frozen=True, slots=True)
class _Cues:
    """One language's part of ``summary_additions.yaml``."""

    relative: re.Pattern[str]
    apposition: re.Pattern[str]
    ending: re.Pattern[str]
    verb: re.Pattern[str]
    resuming: re.Pattern[str]
    openings: re.Pattern[str]
    limiting: re.Pattern[str]


@cache
def _cues(language: str) -> _Cues:
    data = yaml_data("summary_additions.yaml")
    either = {key: "|".join(listed(block)) or "(?!)" for key, block in (data.get(language) or data["en"]).items()}
    resuming = rf",(?= (?:{either['verbs']})\b)"
    inside = r"[^,;:()–—]{1,120}?"
    word = r"(?:\b|(?<='))"
    return _Cues(
        relative=re.compile(rf",[ \u00a0](?:{either['relatives']}){word}{inside}{resuming}"),
        apposition=re.compile(rf"(?<=\w),[ \u00a0](?:{either['appositions']}){word}{inside}{resuming}"),
        ending=re.compile(rf",[ \u00a0](?=(?:{either['endings']})\b)(?=(?P<determiner>(?:an?|the)\b)?)"),
        verb=re.compile(rf"\b(?:{either['verbs']})\b"),
        resuming=re.compile(rf"{resuming}|, (?:and|et|or|ou)\b"),
        openings=re.compile(rf"(?:{either['openings']})\b"),
        limiting=re.compile(rf"\b(?:{either['limiting']}){word}"),
    )
