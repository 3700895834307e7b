"""What an article is about, as two sparse vectors: its own language's words, and a space every language shares.

The shared space holds the gazetteer's ids, numbers, and the skeletons of names and learned words, which French,
English and transliterated Ukrainian or Russian spell nearly alike (Poutine, Putin; négociation, negotiation).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from bot.domain.article import Article
from bot.domain.language import ArticleLanguage
from bot.editorial import lexicon
from bot.editorial.cognates import skeleton
from bot.editorial.figures import dates, numbers
from bot.editorial.idf import COUNTED, Idf, shared_idf, term_idf
from bot.editorial.text import STEMMERS, STOP_WORDS, fold, plain, words

Vector = dict[str, float]
"""Key → weight. Lengths are 1 unless said otherwise."""

LEAD_WORDS = 60
"""Words of the body that are read: news says first what it is about, and an excerpt has about thirty."""

_LEAD_CHARACTERS = 600
_MARKED_UP = 2_400
"""Characters read of a body that may hold markup, whose links would make an outlet's articles one story."""
_TITLE_CHARACTERS = 300
_TITLE_WEIGHT = 2.0

_ROOT_LETTERS = 7

_NAME_LETTERS, _WORD_LETTERS = 4, 7
"""From how many letters a capitalised word, and any word, is worth comparing across languages."""

_NAME_WEIGHT, _WORD_WEIGHT, _HOME_WEIGHT = 1.3, 0.7, 0.5
"""What a name, a learned word, and the country an institution stands for count."""

_UBIQUITOUS_WEIGHT, _USUAL_WEIGHT = 0.25, 0.8
_CLASSES: Mapping[str, float] = {"P": 1.15, "#": 1.15, "&": 1.15, "O": 0.9, "L": 0.8, "C": 0.8, "~": 0.8}
"""How much a key of each class tells about the event: persons, figures and pairs most, concepts least."""

_MOST_PAIRED = 6
"""Ids of a title that are paired: a title that names more is a list."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:»\"“«]\s*)$")
_YEAR = re.compile(r"20[0-3]\d")


@dataclass(frozen=True, slots=True)
class Representation:
    """An article as the clusterer sees it."""

    language: ArticleLanguage
    terms: Vector
    """Empty for languages other than French and English."""
    shared: Vector


@dataclass(frozen=True, slots=True)
class _Part:
    """The title or the lead, with what it names."""

    text: str
    mentions: tuple[lexicon.Mention, ...]
    weight: float


def represent(article: Article) -> Representation:
    """The vectors of a title and the beginning of its body. Cost is bounded, whatever the body's length.

    The day it was published on is left out: "ce mardi 11 février" is a habit of some outlets, not what happened.
    """
    terms, shared = counts(article.title, article.summary or article.text, article.language)
    shared.pop(article.published.strftime("#%m-%d"), None)
    return Representation(
        article.language,
        _weighed(terms, term_idf(article.language), lambda _: 1.0),
        _weighed(shared, shared_idf(), _class_weight),
    )


def prepare() -> None:
    """Read the pack, so that the first article costs what the others do."""
    shared_idf()
    for language in COUNTED:
        term_idf(language)
        counts("", "", language)


def counts(title: str, body: str, language: ArticleLanguage) -> tuple[Vector, Vector]:
    """Words' roots, and keys of the shared space, with how often they occur; those of the title count twice.

    No roots where the language is not one that readers are answered in.
    """
    title = _unsigned(plain(title[:_TITLE_CHARACTERS]))
    lead = " ".join(_unsigned(plain(body[:_MARKED_UP])[:_LEAD_CHARACTERS]).split()[:LEAD_WORDS])
    parts = [
        _Part(title, lexicon.entities(title), _TITLE_WEIGHT),
        _Part(lead, lexicon.entities(lead), 1.0),
    ]
    return _term_counts(parts, language), _shared_counts(parts, language)


def dot(left: Vector, right: Vector) -> float:
    """The scalar product; the cosine where both have length 1.

    Added up exactly, since common keys come in no particular order and a restart must change nothing.
    """
    common = left.keys() & right.keys()
    return math.fsum([left[key] * right[key] for key in common]) if common else 0.0


def _term_counts(parts: Sequence[_Part], language: ArticleLanguage) -> Vector:
    counts: Vector = defaultdict(float)
    if language not in STEMMERS:
        return counts
    commonness = _commonness(parts, language)
    for part in parts:
        for word in _telling_words(part.text, language):
            counts[_root(word)] += part.weight * commonness.get(_root(word), 1.0)
    return counts


def _unsigned(text: str) -> str:
    """Without reporters' names: one of them in two articles makes them no story."""
    return _signature().sub(" ", text)


@cache
def _signature() -> re.Pattern[str]:
    outlets, roles = ("|".join(map(re.escape, names)) for names in (lexicon.newsrooms(), lexicon.newsroom_posts()))
    return re.compile(rf"\b(?:{outlets})(?:['’]s(?: (?:{roles}))*|(?: (?:{roles}))+)(?: [A-Z][\w'’-]{{1,30}}){{2,3}}")


def _telling_words(text: str, language: ArticleLanguage) -> list[str]:
    idle = _idle(language)
    return [word for word in words(fold(text)) if len(word) > 1 and word not in idle]


@cache
def _idle(language: ArticleLanguage) -> frozenset[str]:
    """Folded words that say nothing about the event."""
    return STOP_WORDS[language] | lexicon.formats()


def _root(word: str) -> str:
    """A folded word's beginning. As good as a stem for telling stories apart, and a new word costs 0.2 µs, not 50."""
    return word.removesuffix("s").removesuffix("x")[:_ROOT_LETTERS] if len(word) > 3 else word


def _commonness(parts: Sequence[_Part], language: ArticleLanguage) -> Vector:
    """The roots that name what every article about this war names, with what is left of their weight."""
    return {
        term: weight
        for part in parts
        for mention in part.mentions
        if (weight := _telling(mention.id)) < 1.0
        for term in map(_root, _telling_words(mention.surface, language))
    }


def _telling(id_: str) -> float:
    if id_ in lexicon.ubiquitous():
        return _UBIQUITOUS_WEIGHT
    return _USUAL_WEIGHT if id_ in lexicon.usual() else 1.0


def _shared_counts(parts: Sequence[_Part], language: ArticleLanguage) -> Vector:
    counts: Vector = defaultdict(float)
    for part in parts:
        for key, times in _shared_keys(part, language):
            counts[key] += times * part.weight
    for key in _pairs(parts[0].mentions):
        counts[key] += _TITLE_WEIGHT
    return counts


def _shared_keys(part: _Part, language: ArticleLanguage) -> Iterator[tuple[str, float]]:
    covered: set[int] = set()
    for mention in part.mentions:
        yield mention.id.replace("N:", "#"), 1.0
        if (home := lexicon.places().get(mention.id)) is not None:
            yield home, _HOME_WEIGHT
        covered.update(range(mention.start, mention.end))
    yield from ((f"#{date}", 1.0) for date in dates(part.text))
    for number in numbers(part.text):
        if len(number) > 1 and number != "10" and not _YEAR.fullmatch(number):
            yield f"#{number}", 1.0
    for word in _WORD.finditer(part.text):
        if word.start() not in covered:
            yield from _cognate(word, language)


def _cognate(word: re.Match[str], language: ArticleLanguage) -> Iterator[tuple[str, float]]:
    folded = fold(word[0])
    if folded in _idle(language):
        return
    before = word.string[max(0, word.start() - 3) : word.start()]
    named = word[0][0].isupper() and not _SENTENCE_START.search(before)
    if len(folded) >= (_NAME_LETTERS if named else _WORD_LETTERS):
        yield f"~{skeleton(folded)}", _NAME_WEIGHT if named else _WORD_WEIGHT


def _pairs(mentions: Sequence[lexicon.Mention]) -> Iterator[str]:
    """Two things every article about this war names, named together in one title, where that tells something."""
    named = [id_ for mention in mentions for id_ in (mention.id, lexicon.places().get(mention.id)) if id_]
    common = [id_ for id_ in dict.fromkeys(named) if _telling(id_) < 1.0]
    for first, second in combinations(sorted(common[:_MOST_PAIRED]), 2):
        if not _idle_pair(first, second):
            yield f"&{first}&{second}"


def _idle_pair(first: str, second: str) -> bool:
    """Two concepts, one beside a country at war, a place beside the invaded country, a side's army beside either side:
    these are in every title."""
    if first.startswith("C:"):
        return second.startswith("C:") or second in lexicon.belligerents()
    if second in lexicon.invaded():
        return first.startswith("L:")
    return first in lexicon.belligerents() and lexicon.places().get(second) in lexicon.belligerents()


def _class_weight(key: str) -> float:
    return _CLASSES[key[0]] * _telling(key)


def _weighed(counts: Vector, idf: Idf, importance: Callable[[str], float]) -> Vector:
    weights = {key: math.log1p(count) * idf[key] * importance(key) for key, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {key: round(weight / length, 4) for key, weight in weights.items()}
