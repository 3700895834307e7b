"""Extracts: what may be quoted of a story's articles, and which one or two of them tell most of it.

Fair quoting: at most two extracts a story and about 35 words of any one article (a longer
sentence is quoted only whole). Each extract stands by itself, keeps
its speaker, and can do no harm. A claim is not told without its denial where an article has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.domain.story import SourcedArticle
from bot.editorial.compress import shortened
from bot.editorial.features import Vector, likeness, vector
from bot.editorial.harm import allowed
from bot.editorial.outlets import owner
from bot.editorial.salience import tokens
from bot.editorial.scoring import Scored, learned, score
from bot.editorial.units import Unit, units

FAIR_WORDS = 35
"""Of any one article."""

LONGEST_SENTENCE = 40
"""Words of a single sentence that may be quoted all the same: it isn't cut."""

FEWEST_WORDS = 6
"""Of an extract: less is a heading or an aside."""

MOST_OF_ONE = 6
"""Extracts of one article to choose from: its first usable sentences."""

USUAL_LENGTH = 20.0
"""Words. The higher, the longer the texts: worth is weighed against length plus this."""

NEW = 1.3
"""Weight of what the reader has not been told yet."""

OTHER_OWNER = 1.1
"""Weight of two extracts of different owners' outlets, against two of one."""

CONTESTED = 1.5
"""Weight of a claim with its denial."""

SAME_MATTER = 0.12
"""Likeness from which a denial may answer a claim."""

SAME_WORDS = 0.7
"""Likeness to the headline, or to each other, from which an extract adds nothing."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences of one article that follow each other and may be quoted."""

    source: SourcedArticle
    place: int
    """Of its first sentence in its article."""
    text: str
    words: int
    opens: bool
    """It reads well by itself."""
    contradicts: bool
    """It denies something."""
    about: Vector
    worth: float
    """Per word: how much of the story it can be expected to tell."""
    new: bool


def extracts(sources: Sequence[SourcedArticle], language: str, fresh: frozenset[str]) -> list[Extract]:
    """What may be quoted of articles in one language. ``fresh``: ids of those the reader has not been told of."""
    centre = subject(sources, language)
    return [extract for source in sources for extract in _Reading(source, language, centre, fresh).extracts()]


def subject(sources: Sequence[SourcedArticle], language: str) -> Vector:
    """What the articles have in common: their titles' words, the shared ones weighing most."""
    found: Vector = {}
    for source in sources:
        for root, weight in vector(tokens(source.article.title), language).items():
            found[root] = found.get(root, 0.0) + weight
    length = sum(weight * weight for weight in found.values()) ** 0.5
    return {root: weight / length for root, weight in found.items()} if length else {}


class _Reading:
    """One article, read for what may be quoted of it."""

    def __init__(self, source: SourcedArticle, language: str, centre: Vector, fresh: frozenset[str]) -> None:
        article = source.article
        self._source = source
        self._language = language
        self._centre = centre
        self._new = article.id in fresh
        self._units = [_short(unit) for unit in units(article.title, article.body, language)]
        self._scored: Scored = score(self._units, article.title, language, learned(language))

    def extracts(self) -> Iterator[Extract]:
        """All of a short text, which keeps denials beside claims; of a longer one, its first usable sentences."""
        whole = range(len(self._units))
        if self._quotable(whole) and self._units[0].standing.opens:
            yield self._extract(whole)
            return
        spans = [self._with_denial(place) for place in whole]
        yield from [self._extract(span) for span in spans if self._quotable(span)][:MOST_OF_ONE]

    def _with_denial(self, place: int) -> range:
        """A sentence, and those right after it that contradict it."""
        end = place + 1
        while end < len(self._units) and self._units[end].standing.denies:
            end += 1
        return range(place, end)

    def _quotable(self, span: range) -> bool:
        chosen = [self._units[place] for place in span]
        longest = LONGEST_SENTENCE if len(chosen) == 1 else FAIR_WORDS
        if not FEWEST_WORDS <= sum(unit.words for unit in chosen) <= longest:
            return False
        return all(_tells(unit) and allowed(unit.text, self._language) for unit in chosen)

    def _extract(self, span: range) -> Extract:
        chosen = [self._units[place] for place in span]
        words = [word for place in span for word in self._scored.seen.sentences[place]]
        about = vector(words, self._language)
        worth = sum(self._scored.worth[place] for place in span) / max(1, len(words))
        return Extract(
            source=self._source,
            place=span.start,
            text=" ".join(unit.text for unit in chosen),
            words=sum(unit.words for unit in chosen),
            opens=chosen[0].standing.opens,
            contradicts=any(unit.standing.contradicts for unit in chosen),
            about=about,
            worth=worth * (0.5 + likeness(about, self._centre)) * (NEW if self._new else 1.0),
            new=self._new,
        )


def _short(unit: Unit) -> Unit:
    """The sentence, or as much of a long one as may be quoted."""
    if not unit.complete or unit.words <= LONGEST_SENTENCE:
        return unit
    text = shortened(unit.text, unit.language, LONGEST_SENTENCE)
    return replace(unit, text=text, words=len(text.split()))


def _tells(unit: Unit) -> bool:
    """A whole sentence of news: nothing asked or promised, nobody's words without the speaker."""
    standing = unit.standing
    tells = not (standing.orphan or standing.personal or standing.promises)
    return unit.complete and tells and not unit.text.endswith("?")


def best(pool: Sequence[Extract], headline: str, language: str, *, words: int) -> tuple[Extract, ...]:
    """The one or two extracts that tell most beside the headline; none where none is usable.

    Where something is new, at least one of them is.
    """
    told = vector(tokens(headline), language)
    useful = [extract for extract in pool if likeness(extract.about, told) < SAME_WORDS]
    choices = [choice for choice in _choices(useful) if _fair(choice, words) and _stands(choice)]
    if any(extract.new for choice in choices for extract in choice):
        choices = [choice for choice in choices if any(extract.new for extract in choice)]
    return _ordered(max(choices, key=lambda choice: _value(choice, told, useful), default=()))


def _choices(pool: Sequence[Extract]) -> Iterable[tuple[Extract, ...]]:
    yield from ((extract,) for extract in pool)
    yield from combinations(pool, 2)


def _fair(choice: Sequence[Extract], words: int) -> bool:
    """Few enough words together, and of each article."""
    total = sum(extract.words for extract in choice)
    of_one = len(choice) > 1 and _same_article(*choice)
    return total <= (min(words, FAIR_WORDS) if of_one else words)


def _stands(choice: Sequence[Extract]) -> bool:
    """Does each extract stand by itself, or right after the one it leans on?"""
    first, *others = choice
    return first.opens and all(
        extract.opens or (_same_article(first, extract) and extract.place == first.place + 1) for extract in others
    )


def _value(choice: Sequence[Extract], told: Vector, pool: Sequence[Extract]) -> float:
    worth = sum(extract.worth * extract.words * (1.0 - likeness(extract.about, told) / 2) for extract in choice)
    length = sum(extract.words for extract in choice)
    if len(choice) == 2:
        worth *= _together(*choice)
    elif any(_answers(other, choice[0]) for other in pool):
        worth /= CONTESTED
    return worth / (length + USUAL_LENGTH)


def _together(one: Extract, other: Extract) -> float:
    """What two extracts are worth together, against each by itself."""
    alike = likeness(one.about, other.about)
    if _answers(other, one) or _answers(one, other):
        return CONTESTED
    if alike >= SAME_WORDS:
        return 0.5
    owners = OTHER_OWNER if owner(one.source) != owner(other.source) else 1.0
    return owners * (1.0 - alike / 2)


def _answers(denial: Extract, claim: Extract) -> bool:
    """Does one extract deny what the other claims?"""
    if denial is claim or not denial.contradicts or claim.contradicts:
        return False
    return likeness(denial.about, claim.about) >= SAME_MATTER


def _ordered(choice: Sequence[Extract]) -> tuple[Extract, ...]:
    """A claim before its denial; one article's sentences as it has them; else what is new, or tells most, first."""
    if len(choice) < 2:
        return tuple(choice)
    one, other = choice
    if _same_article(one, other):
        return (one, other) if one.place < other.place else (other, one)
    if _answers(one, other) or _answers(other, one):
        return (other, one) if _answers(one, other) else (one, other)
    return (one, other) if (one.new, one.worth) >= (other.new, other.worth) else (other, one)


def _same_article(one: Extract, other: Extract) -> bool:
    return one.source.article.id == other.source.article.id
