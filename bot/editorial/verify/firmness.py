"""Firmness: a line may not tell more firmly, or as further come, than its evidence does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.domain.claim import Modality, Phase
from bot.domain.writing import Bullet, Evidence
from bot.editorial import phases, topics
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.verify.negation import negations
from bot.editorial.verify.reading import STEM, Reading, is_listed, read, reader

STRENGTH: Mapping[Phase, int] = {
    Phase.UNKNOWN: 0, Phase.MENTIONED: 0, Phase.REJECTED: 1, Phase.PROPOSED: 1, Phase.TALKS: 2, Phase.AGREED: 3,
    Phase.VIOLATED: 4, Phase.EXPIRED: 4, Phase.IN_FORCE: 4,
}  # fmt: skip
"""How much must have come about for a phase to be true: a truce that was broken was in force."""

_FIRM: Mapping[Modality, int] = {Modality.QUESTION: 0, Modality.HOPED: 1, Modality.CONDITIONAL: 1, Modality.ASSERTED: 2}
_SETTLED, _IN_FORCE = 3, 4
REACH = 6
"""Words before a settling word in which "wants", "not" or "could" takes it back."""

HEADS = 3
"""Telling words a hedge bears on."""


def phase_agrees(bullet: Bullet, line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether no matter has come further in a line than in its evidence, by its words and by what it declares."""
    sources = [read(one.text, one.language) for one in cited]
    for topic in _topics(line):
        # Of what is only offered or talked about the words tell more surely than the rules do.
        needed = _IN_FORCE if _phase(line, topic) is Phase.IN_FORCE else _SETTLED
        if _progress(line, topic) >= needed > max(_progress(source, topic) for source in sources):
            return False
    if bullet.phase is not None and STRENGTH[bullet.phase] > max(_declarable(sources), STRENGTH[Phase.PROPOSED]):
        return False
    return _level(line) <= _level_of(sources)


def modality_agrees(bullet: Bullet, line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether what may be, or is asked, in the evidence does not simply become so."""
    sources = [read(one.text, one.language) for one in cited]
    if all(phases.is_question(source.text) for source in sources) and not phases.is_question(line.text):
        return False
    if bullet.modality is not None and _FIRM[bullet.modality] == _FIRM[Modality.ASSERTED]:
        unhedged = any(not _hedges(source) for source in sources)
        if not unhedged and not _is_hedged(line):
            return False
    if any(source.language != line.language for source in sources):
        return _is_hedged(line) or any(not _hedges(source) for source in sources)
    return phases.is_question(line.text) or not any(_hardened(line, source, sources) for source in sources)


def _topics(reading: Reading) -> frozenset[str]:
    return frozenset(topic for topic in topics.mentions(reading.words) if topics.phases_of(topic))


def _progress(reading: Reading, topic: str) -> int:
    """How far a topic has come: by the rules for its phases, and by single words where they abstain."""
    return _strength(reading, topic) or _level(reading)


def _strength(reading: Reading, topic: str) -> int:
    return STRENGTH[_phase(reading, topic)]


def _phase(reading: Reading, topic: str) -> Phase:
    return phases.phase_of(reading.text, topic, reading.language).phase


def _declarable(sources: Sequence[Reading]) -> int:
    found = [_strength(source, topic) for source in sources for topic in _topics(source)]
    return max(*found, _level_of(sources), 0, 0)


def _level_of(sources: Sequence[Reading]) -> int:
    return max((_level(source) for source in sources), default=0)


def _level(reading: Reading) -> int:
    """The most a text says has come about, by its settling words; those that are hoped for or denied don't count."""
    hits = [hit for hit in _levels().find(reading.words) if not _taken_back(reading, hit.start)]
    if phases.is_question(reading.text):
        return 0
    return max((int(hit.group) for hit in hits), default=0)


def _taken_back(reading: Reading, place: int) -> bool:
    before = range(max(0, place - REACH), place)
    if any(is_listed(reading.words[near], "open_words") for near in before):
        return True
    hedged = {hedge for hedge in _hedges(reading) if place - REACH <= hedge <= place}
    denied = any(one.start <= place < one.end + 2 or place - REACH < one.end <= place for one in negations(reading))
    return bool(hedged) or denied


def _hardened(line: Reading, source: Reading, sources: Sequence[Reading]) -> bool:
    """Does a line tell firmly what one of its sentences hedges?"""
    firm = {stem for other in sources for stem in _unhedged(other)}
    for place in _hedges(source):
        # "signerait" is what might be, "pourrait" bears on what follows.
        start = place if _tense(source, place) and not _is_auxiliary(source.words[place]) else place + 1
        heads = [stem for stem in source.stems[start : start + 2 * HEADS] if stem][:2]
        told = [_places(line, head) for head in heads]
        # The same hedge elsewhere is a sentence turned round: "une trêve a été proposée".
        kept = start > place and bool(source.stems[place] and _places(line, source.stems[place]))
        if not heads or heads[0] in firm or not all(told) or kept:
            continue
        if not any(_is_open(line, one, heads[0]) for one in told[0]):
            return True
    return False


def _places(line: Reading, head: str) -> list[int]:
    """Where a line has a word, in whatever form: ``signerait`` and ``signé``."""
    return [
        place
        for place, stem in enumerate(line.stems)
        if stem and (stem == head or (len(head) > STEM and stem[: STEM + 1] == head[: STEM + 1]))
    ]


def _is_open(line: Reading, place: int, head: str) -> bool:
    """Whether a word of a line is hedged there, too: by itself, or by another one before it."""
    language = reader(line.language)
    near = range(max(0, place - REACH), place)
    hedges = set(_hedges(line))
    broad = any(is_listed(line.words[one], "hedges", language, "broad") and line.stems[one] != head for one in near)
    return broad or place in hedges or any(one in hedges for one in near)


def _unhedged(source: Reading) -> Iterator[str]:
    """Words that no hedge of a sentence comes before."""
    first = min(_hedges(source), default=len(source.words))
    yield from (stem for stem in source.stems[:first] if stem)


def _hedges(reading: Reading) -> list[int]:
    """Where a text says that something may be, or is yet to be."""
    language = reader(reading.language)
    return [
        place
        for place, word in enumerate(reading.words)
        if (is_listed(word, "hedges", language, "strict") and not _is_may(reading, place)) or _tense(reading, place)
    ]


def _is_hedged(line: Reading) -> bool:
    language = reader(line.language)
    broad = any(is_listed(word, "hedges", language, "broad") for word in line.words)
    return bool(_hedges(line)) or broad or phases.is_question(line.text)


def _is_may(reading: Reading, place: int) -> bool:
    """The month: ``in May``."""
    token = reading.tokens[place]
    return token.folded == "may" and place > 0 and reading.text[token.start].isupper()


def _tense(reading: Reading, place: int) -> bool:
    """A French verb in the conditional or the future."""
    if reading.language != "fr":
        return False
    token = reading.tokens[place]
    written = reading.text[token.start : token.end]
    return written[:1].islower() and _is_open_tense(written.lower(), token.folded)


def _is_open_tense(written: str, folded: str) -> bool:
    # Only the accent tells "espérait" (hoped) from "espérerait" (would hope).
    return (
        folded not in _excepted()
        and not re.search(r"[éè]r(?:ait|aient|a|ont)$", written)
        and bool(_endings().search(folded))
    )


def _is_auxiliary(word: str) -> bool:
    return word.startswith(tuple(yaml_data("verify.yaml")["tenses"]["auxiliary"].split()))


@cache
def _endings() -> re.Pattern[str]:
    rules = yaml_data("verify.yaml")["tenses"]
    return re.compile(rf"^\w{{1,14}}(?:{rules['conditional']}|{rules['future']})$|^(?:sera|aura|ira)(?:it|ient|)$")


@cache
def _excepted() -> frozenset[str]:
    return frozenset(yaml_data("verify.yaml")["tenses"]["except"].split())


@cache
def _levels() -> Vocabulary:
    return Vocabulary({str(level): block for level, block in yaml_data("verify.yaml")["levels"].items()})
