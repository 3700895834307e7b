"""Naming: who is named in a sentence, by name, office or state, and who an article's unknown names are.

Canonical actors come from the lexicon; offices ("le président ukrainien") stand for the person the article names;
somebody we don't know keeps the full name and the role the article gave them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.editorial import institutions, lexicon
from bot.editorial.lexicon import Side
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import STOP_WORDS, fold

LONGEST_ROLE = 6
"""Words of a role."""

READ = 20_000
"""Characters of an article in which unknown names are looked for."""

_TOKEN = re.compile(r"[^\W_]+")
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŁŚŠŻŽĆČ][^\W\d_]*[a-zß-ÿąćęłńśźżšžčěř][^\W_]*(?:[-’'][^\W\d_]+)*"
_PARTICLE = r"(?:(?:de|du|des|von|van|der|den|ben|bin|al|el|di|da|le|la|d’|d')\s?)"
_FULL_NAME = re.compile(rf"{_CAPITALISED}(?:\s{_PARTICLE}{{0,2}}{_CAPITALISED}){{1,3}}")
_ROLE_BEFORE = re.compile(r"(?:\b[Ll]['’]|\b(?:[Ll]e|[Ll]a|[Uu]ne?|[Tt]he|[Aa]n?|[Ll]es)\s)([^,;:.«»“”\"()]{3,60})\s$")
_ROLE_AFTER = re.compile(r",\s(?:(?:l['’]|le |la |un |une |the |an? ))?([a-zß-ÿ][^,;:.«»“”\"()]{3,60})[,.]")

_REPORTER = re.compile(
    r"(?:\b[A-Z][\w.]*(?: News)?['’]s|correspondent|reporter|journalist"
    r"|envoyée? spéciale?|journaliste|correspondante?)\s$"
)


class Token(NamedTuple):
    """A word of a sentence."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Somebody who may say something."""

    name: str
    id: str | None = None
    """Canonical actor or place id; None for somebody we don't know."""
    role: str | None = None
    """What the article calls somebody we don't know, in its own language."""

    @property
    def side(self) -> Side | None:
        """The belligerent they speak for."""
        return side_of(self.id)


class Named(NamedTuple):
    """Somebody named at ``tokens[start:end]`` of a sentence."""

    start: int
    end: int
    claimant: Claimant
    outlet: bool
    """An agency or another outlet, which may speak or be spoken to."""


class Read(NamedTuple):
    """A sentence with its words and everybody it names."""

    sentence: str
    words: Sequence[Token]
    names: Sequence[Named]

    @property
    def folded(self) -> list[str]:
        """Its folded words."""
        return [word.folded for word in self.words]


def tokens(sentence: str) -> list[Token]:
    """A sentence's words with their places."""
    return [Token(fold(match[0]), *match.span()) for match in _TOKEN.finditer(sentence)]


def side_of(claimant_id: str | None) -> Side | None:
    """The belligerent an actor or a state belongs to."""
    if claimant_id is None:
        return None
    known = lexicon.actors().get(claimant_id) or institutions.institution(claimant_id)
    if known is not None:
        return known.side
    side: Side | None = yaml_data("attribution.yaml")["states"].get(claimant_id, {}).get("side")
    return side


def name_of(claimant_id: str, language: ReaderLanguage) -> str | None:
    """What readers call an actor or a state; None for an id we don't have."""
    known = lexicon.actors().get(claimant_id) or institutions.institution(claimant_id)
    if known is not None:
        return known.names[language]
    state = yaml_data("attribution.yaml")["states"].get(claimant_id)
    return str(state[language]) if state else None


class People:
    """The people of one article: whom its offices and its family names mean."""

    def __init__(self, text: str, language: ArticleLanguage) -> None:
        self._language: ReaderLanguage = "fr" if language == "fr" else "en"
        read = text[:READ]
        mentioned = lexicon.entities(read)
        self._present = Counter(mention.id for mention in mentioned)
        taken = [(mention.start, mention.end) for mention in mentioned]
        self._unknown = dict(_unknown_people(read, taken))

    def read(self, sentence: str) -> Read:
        """A sentence with everybody it names, in order, none overlapping: offices before names before states."""
        words = tokens(sentence)
        found = [
            *self._institutions(sentence, words),
            *self._offices(words),
            *self._actors(sentence, words),
            *self._strangers(sentence, words),
            *self._states(sentence, words),
        ]
        return Read(sentence, words, sorted(_apart(found)))

    def known(self, claimant_id: str) -> Claimant:
        """An actor or a state under the name the article's readers know."""
        return Claimant(name_of(claimant_id, self._language) or claimant_id, claimant_id)

    def _institutions(self, sentence: str, words: Sequence[Token]) -> Iterator[Named]:
        capitals = [sentence[word.start].isupper() for word in words]
        for hit in institutions.find([word.folded for word in words], capitals):
            yield Named(hit.start, hit.end, self.known(hit.group), outlet=False)

    def _offices(self, words: Sequence[Token]) -> Iterator[Named]:
        for hit in _offices().find([word.folded for word in words]):
            ids = hit.group.split()
            present = [claimant_id for claimant_id in ids if self._present[claimant_id]]
            chosen = max(present, key=lambda claimant_id: self._present[claimant_id], default=ids[0])
            if present or len(ids) == 1:
                yield Named(hit.start, hit.end, self.known(chosen), outlet=False)

    def _actors(self, sentence: str, words: Sequence[Token]) -> Iterator[Named]:
        for mention in lexicon.entities(sentence):
            if mention.id not in lexicon.actors():
                continue
            start, end = _span(words, mention.start, mention.end)
            if start == end:
                continue
            # Of a name in full the capitalised words before it are an office: "Secretary of State Antony Blinken".
            family_only = mention.id.startswith("P:") and " " not in mention.surface
            first = _first_name(sentence, words, start) if family_only else start
            full = sentence[words[first].start : mention.end]
            if first < start and lexicon.actor(full) is None:
                yield Named(first, end, Claimant(full), outlet=False)
            else:
                yield Named(first, end, self.known(mention.id), outlet=mention.id in _outlet_ids())

    def _strangers(self, sentence: str, words: Sequence[Token]) -> Iterator[Named]:
        for index, word in enumerate(words):
            claimant = self._unknown.get(word.folded)
            if claimant is not None and sentence[word.start].isupper():
                yield Named(_first_name(sentence, words, index), index + 1, claimant, outlet=False)

    def _states(self, sentence: str, words: Sequence[Token]) -> Iterator[Named]:
        for hit in _states().find([word.folded for word in words]):
            if sentence[words[hit.start].start].isupper() or sentence[words[hit.end - 1].start].isupper():
                yield Named(hit.start, hit.end, self.known(hit.group), outlet=False)


def _apart(found: Iterable[Named]) -> Iterator[Named]:
    """Those that don't overlap one that came before."""
    taken: list[tuple[int, int]] = []
    for named in found:
        if not any(named.start < end and start < named.end for start, end in taken):
            taken.append((named.start, named.end))
            yield named


def _span(words: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens that cover characters ``start`` to ``end``."""
    inside = [index for index, word in enumerate(words) if word.start < end and start < word.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _first_name(sentence: str, words: Sequence[Token], start: int) -> int:
    """Where the capitalised words just before a family name begin; stop words and other clauses don't count."""
    first = start
    while first > 0 and start - first < 3:
        word = words[first - 1]
        joined = sentence[word.end : words[first].start]
        if (
            joined not in {" ", "-", "\u00a0"}
            or not sentence[word.start].isupper()
            or word.folded in STOP_WORDS["other"]
        ):
            break
        first -= 1
    return first


def _unknown_people(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, Claimant]]:
    """Folded family name → the person an article first names in full; the lexicon's own are left out."""
    seen: set[str] = set()
    places = sorted(taken)
    for match in _FULL_NAME.finditer(text):
        start, full = _without_stop_words(match)
        before = text[max(0, start - 80) : start].rpartition("\n")[2]
        if _REPORTER.search(before):
            continue  # the outlet's own people tell the news, they don't make it
        family = _TOKEN.findall(fold(full))[-1]
        if len(full.split()) < 2 or family in seen or _overlaps(places, start, match.end()):
            continue
        seen.add(family)
        role = _role_before(before) or _role_after(text[match.end() : match.end() + 80].partition("\n")[0])
        yield family, Claimant(full, None, role)


def _without_stop_words(match: re.Match[str]) -> tuple[int, str]:
    """The name without capitalised words such as "Selon" or "Mais" before it."""
    full, start = match[0], match.start()
    while " " in full and fold(re.split(r"[\s'’]", full)[0]) in STOP_WORDS["other"]:
        cut = full.index(" ") + 1
        full, start = full[cut:], start + cut
    return start, full


def _overlaps(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(begin < end and start < finish for begin, finish in places)


def _role_before(before: str) -> str | None:
    match = _ROLE_BEFORE.search(before)
    return _role(match[1]) if match else None


def _role_after(after: str) -> str | None:
    match = _ROLE_AFTER.match(after)
    return _role(match[1]) if match else None


def _role(words: str) -> str | None:
    """A role of a few words, or nothing where the words are something else."""
    short = 0 < len(words.split()) <= LONGEST_ROLE and words[0].islower()
    return words.strip() if short and not set(fold(words).split()) & {"qui", "who", "et", "and", "que"} else None


@cache
def _offices() -> Vocabulary:
    return Vocabulary(yaml_data("attribution.yaml")["roles"])


@cache
def _states() -> Vocabulary:
    listed: Mapping[str, Mapping[str, str]] = yaml_data("attribution.yaml")["states"]
    return Vocabulary({state: entry["nouns"] for state, entry in listed.items()})


@cache
def _outlet_ids() -> frozenset[str]:
    return frozenset(yaml_data("attribution.yaml")["outlets"].split())
