"""Names: whoever and whatever a line names must be named by its evidence, in whichever language and spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from bot.domain.writing import Evidence
from bot.editorial import lexicon
from bot.editorial.cognates import skeleton
from bot.editorial.idf import term_idf
from bot.editorial.matching import Vocabulary
from bot.editorial.naming import side_of
from bot.editorial.pack import yaml_data
from bot.editorial.rarity import ROOT, Rarity
from bot.editorial.text import STOP_WORDS, fold, stem
from bot.editorial.verify import binding, parts
from bot.editorial.verify.amounts import keys_of
from bot.editorial.verify.numerals import is_number
from bot.editorial.verify.reading import Reading, read

ALIKE = 88.0
"""rapidfuzz ratio from which two spellings are one name."""

CROSSED = 1.2
"""As ``binding.MARGIN``: sentences are turned round far more often than numbers change places."""

FEWEST_LETTERS = 4
"""Of names that may be spelt two ways."""

_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŠŻŽĆČА-ЯІЇЄҐ][^\W_]*(?:[-’'][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:«“\"•\n—–-]\s*$")
_LANDS: Mapping[str, str] = {"kyiv": "L:ukraine", "moscow": "L:russia"}
_CAPITALS: Mapping[str, str] = {
    "L:kyiv": "L:ukraine", "L:moscow": "L:russia", "O:kremlin": "L:russia", "O:white-house": "L:us",
}  # fmt: skip
"""A capital stands for its state, and a state's seat for it, in the news of both languages."""


def agrees(line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether a line names nobody and nothing its evidence doesn't, and leaves names in their places."""
    sources = [read(one.text, one.language) for one in cited]
    known = _licensed(frozenset().union(*(source.ids for source in sources)), sources)
    if not _named(line) <= known | _by_office(line, known):
        return False
    spoken = {word for source in sources for word in source.words}
    same = any(source.language == line.language for source in sources)
    if any(not _is_known(name, spoken, same=same) for name in _strangers(line)):
        return False
    return not any(
        binding.crossed(_contexts(line, source), _contexts(source, line), margin=CROSSED)
        or parts.exchanged(line, source)
        for source in sources
    )


def _named(reading: Reading) -> frozenset[str]:
    """Persons, institutions and places; what happens is no name."""
    ambiguous = _ambiguous(reading)
    return frozenset(id_ for id_ in reading.ids if id_[:2] in {"P:", "O:", "L:"} and id_ not in ambiguous)


def _ambiguous(reading: Reading) -> frozenset[str]:
    """Ids that a word stands for only beside others: each of them is possible, none is said."""
    spans: dict[tuple[int, int], set[str]] = {}
    for mention in reading.mentions:
        spans.setdefault((mention.start, mention.end), set()).add(mention.id)
    return frozenset(id_ for ids in spans.values() if len(ids) > 1 for id_ in ids if id_[:2] == "L:")


def _licensed(ids: frozenset[str], sources: Sequence[Reading]) -> frozenset[str]:
    """What the evidence names, and what that stands for: the Kremlin is Russia's, Zelensky Ukraine's."""
    known = set(ids)
    for id_ in ids:
        if (place := lexicon.places().get(id_)) is not None:
            known.add(place)
        if (side := side_of(id_)) is not None:
            known.add(_LANDS[side])
    for source in sources:
        known |= {hit.group for hit in _offices().find(source.words) if " " not in hit.group}
    for seat, state in _CAPITALS.items():
        if seat in known:
            known.add(state)
        elif state in ids:
            known.add(seat)
    return frozenset(known)


def _by_office(line: Reading, known: frozenset[str]) -> frozenset[str]:
    """What a line's own "Ukrainian president" names beside somebody the evidence names."""
    found: set[str] = set()
    for hit in _offices().find(line.words):
        if known & set(hit.group.split()):
            said = line.between(hit.start, hit.end)
            found |= {mention.id for mention in lexicon.entities(said)}
    return frozenset(found)


def _strangers(reading: Reading) -> Iterator[str]:
    """Capitalised words that the gazetteer doesn't know, each folded."""
    places = [(mention.start, mention.end) for mention in reading.mentions if mention.id[:2] != "C:"]
    for found in _CAPITALISED.finditer(reading.text):
        if any(start < found.end() and found.start() < end for start, end in places):
            continue
        word = fold(found[0])
        opens = found.start() == 0 or _SENTENCE_END.search(reading.text[: found.start()]) is not None
        for part in re.split(r"[-']", word):
            if len(part) < 2 or part in STOP_WORDS["other"] or part in _calendar():
                continue
            if opens and not _follows_name(reading.text, found.end()) and _is_common(part, reading):
                continue
            yield part


def _follows_name(text: str, end: int) -> bool:
    """Whether another capitalised word follows: "Marie Dupont" opens with a name, "Selon Paris" doesn't matter."""
    return re.match(r"\s[A-ZÀ-ÖØ-Þ]", text[end:]) is not None


def _is_common(word: str, reading: Reading) -> bool:
    """Whether a word that opens a sentence is an ordinary one."""
    listed = Rarity.of(reading.language).listed
    root = stem(word, reading.language)
    return root in term_idf(reading.language) or word[:ROOT] in listed or _is_thing(word) or is_number(word)


def _is_thing(word: str) -> bool:
    """Whether the gazetteer has it as a thing rather than a name."""
    ids = {mention.id for mention in lexicon.entities(word)}
    return bool(ids) and all(id_.startswith("C:") for id_ in ids)


def _is_known(name: str, spoken: set[str], *, same: bool) -> bool:
    """Whether the evidence has the name, if need be in another spelling."""
    if name in spoken or name.removesuffix("s") in spoken or f"{name}s" in spoken or _same_names()[name] & spoken:
        return True
    if len(name) < FEWEST_LETTERS:
        return False
    if not same and any(skeleton(name) == skeleton(word) for word in spoken if len(word) >= FEWEST_LETTERS):
        return True
    return any(fuzz.ratio(name, word) >= ALIKE for word in spoken if abs(len(word) - len(name)) <= 2)


def _contexts(reading: Reading, other: Reading) -> Mapping[str, binding.Context]:
    """Each name's company."""
    keys = keys_of(reading, across=reading.language != other.language)
    contexts: dict[str, binding.Context] = {}
    for mention in reading.mentions:
        if mention.id[:2] not in {"P:", "O:", "L:"}:
            continue
        inside = [place for place, token in enumerate(reading.tokens) if mention.start <= token.start < mention.end]
        if inside:
            bare = ["" if place in inside else key for place, key in enumerate(keys)]
            merged = dict(contexts.get(mention.id, {}))
            for key, weight in binding.context(bare, inside[0], inside[-1] + 1).items():
                merged[key] = max(weight, merged.get(key, 0.0))
            contexts[mention.id] = merged
    return contexts


@cache
def _offices() -> Vocabulary:
    return Vocabulary(yaml_data("attribution.yaml")["roles"])


@cache
def _same_names() -> Mapping[str, frozenset[str]]:
    """Folded name → what the other language calls it."""
    names: dict[str, set[str]] = defaultdict(set)
    for line in yaml_data("verify.yaml")["same_names"].splitlines():
        one, _, other = (part.strip() for part in line.partition("="))
        names[one].add(other)
        names[other].add(one)
    return defaultdict(frozenset, {name: frozenset(others) for name, others in names.items()})


@cache
def _calendar() -> frozenset[str]:
    months = " ".join(yaml_data("gazetteer.yaml")["months"].values())
    days = " ".join(
        line.partition(":")[2].replace(",", " ") for line in yaml_data("verify.yaml")["weekdays"].splitlines()
    )
    return frozenset(fold(f"{months} {days}").split())
