"""Corrections: which changes of an article matter to somebody who was told a sentence of it. Pure.

A rewritten headline, another order of words, a longer sentence are none: precision first, since each one edits a
message that was sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property

from bot.domain.article import Relevance, Verdict
from bot.domain.briefing import Point
from bot.domain.claim import Phase
from bot.domain.correction import CorrectionKind, Difference, Wording
from bot.domain.language import ArticleLanguage
from bot.editorial import figures, lexicon, patterns, phases, topics
from bot.editorial.pack import yaml_data
from bot.editorial.sentences import split
from bot.editorial.text import fold, words

LONGEST_READ = 20_000
"""Characters of an article that are compared."""
MOST_COMPARED = 40
"""Changed sentences that are compared: whoever changes more has written another article."""

LEAD = 3
"""Sentences at an article's start that alerts are made of."""

_SAME = 0.55
"""How alike two sentences must be for one to be what became of the other."""
_SAME_BUT_A_NAME = 0.7
"""The same where a name changed: less alike, it is rather another sentence about somebody else."""
_CITED = 0.8
"""Share of a cited sentence's words that its source sentence has: what is printed may have been shortened."""
_FEWEST_WORDS = 4
"""Shorter sentences are alike by chance."""
_NEAR_THE_START = 300
"""Characters of a text in which a notice of withdrawal stands."""
_LONGEST_LABEL = 40

_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\S+")
_EDGES = "«»“”\"'’‘()[],;:.!?…—–-"
_NAMED = ("P:", "L:", "O:")
"""Persons, places and institutions of the gazetteer."""
_FIRM = frozenset({Phase.AGREED, Phase.IN_FORCE, Phase.VIOLATED, Phase.REJECTED, Phase.EXPIRED})
"""Phases that a sentence does not gain or lose by a matter of style."""


def withdrawn(title: str, summary: str, text: str) -> bool:
    """Whether what stands here now says that its source took the article back."""
    if _labelled(title):
        return True
    return any(
        next(patterns.matches(_said("withdrawn_said"), patterns.line(patterns.clauses(sentence))), None) is not None
        for start in (title, summary[:_NEAR_THE_START], text[:_NEAR_THE_START])
        for sentence in re.split(r"(?<=[.!?])\s|\n", start)
    )


WITHDRAWN = Relevance(Verdict.NO, 0.0, ("withdrawn",))
"""The verdict on an article that was taken back."""


def matters(before: Wording, after: Wording, language: ArticleLanguage) -> bool:
    """Whether anybody who was told anything of an article has to be told of its change."""
    return bool(differences(_body(before), before, after, language))


def differences(told: str, before: Wording, after: Wording, language: ArticleLanguage) -> tuple[Difference, ...]:
    """What changed in the sentences that a text (of a briefing) took from an article, each change once."""
    if withdrawn(after.title, after.summary, after.text):
        gone = withdrawn(before.title, before.summary, before.text)
        return () if gone else (Difference(CorrectionKind.WITHDRAWN),)
    old, new = _sentences(_body(before), language), _sentences(_body(after), language)
    pairs = _rewritten(old, new)
    if not pairs:
        return ()
    sentences = _sentences(told, language)
    found = (
        difference
        for source, now in pairs
        for sentence in sentences
        if sentence.is_from(source) and (difference := _difference(sentence, source, now, language)) is not None
    )
    return tuple(dict.fromkeys(found))


def cited(point: Point, article_id: str) -> str:
    """What a point tells of an article, in the article's words: its text, or what a model wrote the text from."""
    if not point.grounds:
        return point.text
    return "\n".join(ground.text for ground in point.grounds if ground.article_id == article_id)


def lead(wording: Wording, language: ArticleLanguage) -> str:
    """How an article begins: what an alert tells of it."""
    return " ".join(split(_body(wording), language)[:LEAD])


# --- Sentences, and what became of them ---


@dataclass(frozen=True)
class _Sentence:
    """One sentence as written, and as it is compared."""

    text: str

    @cached_property
    def tokens(self) -> list[str]:
        return _TOKEN.findall(self.text)

    @cached_property
    def folded(self) -> list[str]:
        return [_bare(token) for token in self.tokens]

    @cached_property
    def words(self) -> list[str]:
        return words(fold(self.text))

    @cached_property
    def numbers(self) -> Counter[str]:
        return _numbers(self.text)

    @cached_property
    def negated(self) -> bool:
        line = patterns.line(patterns.clauses(self.text))
        return next(patterns.matches(_said("negations"), line), None) is not None

    def is_from(self, source: _Sentence) -> bool:
        """Whether it is that sentence, perhaps shortened."""
        known = Counter(source.words)
        return sum((Counter(self.words) & known).values()) >= _CITED * max(len(self.words), 1)


def _body(wording: Wording) -> str:
    """Without the title: a rewritten headline is no correction."""
    return f"{wording.summary}\n{wording.text}"[:LONGEST_READ]


def _sentences(text: str, language: ArticleLanguage) -> list[_Sentence]:
    once = dict.fromkeys(split(text, language))
    return [one for one in map(_Sentence, once) if len(one.words) >= _FEWEST_WORDS]


def _rewritten(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    """Sentences that are no longer there, each with what stands in its place; those without are left out.

    A sentence that was there all along replaces none.
    """
    stay = {tuple(one.words) for one in new} & {tuple(one.words) for one in old}
    gone = [one for one in old if tuple(one.words) not in stay][:MOST_COMPARED]
    come = [one for one in new if tuple(one.words) not in stay][:MOST_COMPARED]
    alike = sorted(
        (
            (_likeness(one, other), place, position)
            for place, one in enumerate(gone)
            for position, other in enumerate(come)
        ),
        reverse=True,
    )
    pairs, used_old, used_new = [], set[int](), set[int]()
    for likeness, place, position in alike:
        if likeness >= _SAME and place not in used_old and position not in used_new:
            used_old.add(place)
            used_new.add(position)
            pairs.append((gone[place], come[position]))
    return pairs


def _likeness(one: _Sentence, other: _Sentence) -> float:
    return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()


# --- What is different ---


def _difference(told: _Sentence, before: _Sentence, after: _Sentence, language: ArticleLanguage) -> Difference | None:
    """The change that matters most: whether it is so at all, how far it has come, how many, who or where."""
    if before.negated is not after.negated and told.negated is before.negated:
        return Difference(CorrectionKind.NEGATION, before.text, after.text)
    if _phase_changed(told, before, after, language):
        return Difference(CorrectionKind.PHASE, before.text, after.text)
    lost, won = (before.numbers - after.numbers) & told.numbers, after.numbers - before.numbers
    if lost and won:
        return _figure(before, after, set(lost), set(won))
    return _name(told, before, after)


def _figure(before: _Sentence, after: _Sentence, lost: set[str], won: set[str]) -> Difference:
    """The figures with the word they count, where each stands alone; else the sentences."""
    if len(lost) == len(won) == 1:
        old, new = _with_its_word(before, lost), _with_its_word(after, won)
        if old and new:
            return Difference(CorrectionKind.NUMBER, old, new)
    return Difference(CorrectionKind.NUMBER, before.text, after.text)


def _with_its_word(sentence: _Sentence, wanted: set[str]) -> str:
    for place, token in enumerate(sentence.tokens):
        if wanted & set(_numbers(token)):
            following = sentence.tokens[place + 1 : place + 2]
            ends = token[-1] in _EDGES
            return " ".join([token, *(() if ends else following)]).strip(_EDGES)
    return ""


def _name(told: _Sentence, before: _Sentence, after: _Sentence) -> Difference | None:
    """One name in the place of another, in a sentence that is otherwise the same."""
    if _likeness(before, after) < _SAME_BUT_A_NAME:
        return None
    known = set(told.folded)
    matcher = SequenceMatcher(None, before.folded, after.folded, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace":
            old, new = _names_in(before, start, end), _names_in(after, first, last)
            if old and new and not _same(old, new) and known.issuperset(before.folded[start:end]):
                return Difference(CorrectionKind.NAME, _words(before, start, end), _words(after, first, last))
    return None


def _words(sentence: _Sentence, start: int, end: int) -> str:
    return " ".join(sentence.tokens[start:end]).strip(_EDGES)


def _names_in(sentence: _Sentence, start: int, end: int) -> frozenset[str]:
    """Gazetteer ids and capitalised words; a sentence's first word has its capital anyway."""
    piece = _words(sentence, start, end)
    listed = {found.id for found in lexicon.entities(piece) if found.id.startswith(_NAMED)}
    if listed:
        return frozenset(listed)
    capitals = [
        _bare(token)
        for place, token in enumerate(sentence.tokens[start:end], start)
        if place > 0 and token.strip(_EDGES)[:1].isupper()
    ]
    return frozenset(capitals)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """One says no more than the other: a first name was added, a title left out."""
    return one <= other or other <= one


def _phase_changed(told: _Sentence, before: _Sentence, after: _Sentence, language: ArticleLanguage) -> bool:
    for topic in topics.mentions(before.words, ours=True):
        was, is_, said = (phases.phase_of(one.text, topic, language).phase for one in (before, after, told))
        if was is not is_ and said is was and _FIRM & {was, is_}:
            return True
    return False


# --- Words ---


def _bare(token: str) -> str:
    return fold(token).strip(_EDGES)


def _numbers(text: str) -> Counter[str]:
    """Figures and number words, as figures. One is left out: it is an article too."""
    found = Counter(figures.numbers(text))
    found.update(str(number) for number in _spelled(words(fold(text))))
    del found["1"]
    return found


def _spelled(listed: Sequence[str]) -> Iterator[int]:
    """``vingt deux`` → 22, ``quatre vingt dix`` → 90, ``two hundred`` → 200."""
    total = 0
    values = _number_words()
    for word in (*listed, ""):
        value = values.get(word)
        if value is None:
            if total:
                yield total
            total = 0
        elif value >= 100 or (value == 20 and total == 4):
            total = max(total, 1) * value
        else:
            total += value


@cache
def _number_words() -> dict[str, int]:
    listed: dict[int, str] = yaml_data("corrections.yaml")["number_words"]
    return {word: number for number, names in listed.items() for word in names.split()}


@cache
def _said(block: str) -> re.Pattern[str]:
    return patterns.compiled(yaml_data("corrections.yaml")[block])


@cache
def _labels() -> frozenset[str]:
    listed: str = yaml_data("corrections.yaml")["withdrawn_label"]
    return frozenset(label.strip() for label in listed.replace("\n", " ").split(",") if label.strip())


def _labelled(title: str) -> bool:
    """``RETIRÉ : …``, ``[Withdrawn] …``."""
    start = fold(title[:_LONGEST_LABEL]).strip()
    label = start[1:].partition("]")[0] if start.startswith("[") else start.partition(":")[0] if ":" in start else ""
    return label.strip() in _labels()
