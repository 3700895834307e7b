"""Extracts: what may be quoted of a story's articles, and which one or two of them tell most of it.

Fair quoting: at most two extracts a story and about 35 words of any one article. Each extract stands by itself, keeps
its speaker, and can do no harm. A claim is not told without its denial where an article has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.story import SourcedArticle
from bot.editorial.features import Vector, likeness, vector
from bot.editorial.harm import allowed
from bot.editorial.salience import tokens
from bot.editorial.scoring import learned, score
from bot.editorial.units import Unit, units

MOST_WORDS_OF_ONE = 40
"""Of one article: about 35, and sentences aren't cut."""

FEWEST_WORDS = 6
"""Of an extract: less is a heading or an aside."""

MOST_OF_ONE = 6
"""Extracts of one article to choose from: its first usable sentences."""

USUAL_LENGTH = 20.0
"""Words. The higher, the longer the texts: worth is weighed against length plus this."""

NEW = 1.3
"""Weight of what the reader has not been told yet."""

OTHER_OUTLET = 1.1
"""Weight of two extracts of different outlets, against two of one."""

CONTESTED = 1.5
"""Weight of a claim with its denial."""

SAME_MATTER = 0.12
"""Likeness from which a denial may answer a claim."""

SAME_WORDS = 0.7
"""Likeness to the headline, or to each other, from which an extract adds nothing."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence that may be quoted."""

    source: SourcedArticle
    place: int
    """Of the sentence in its article."""
    unit: Unit
    about: Vector
    worth: float
    """Per word: how much of the story it can be expected to tell."""
    new: bool


def extracts(sources: Sequence[SourcedArticle], language: str, fresh: frozenset[str]) -> list[Extract]:
    """What may be quoted of articles in one language. ``fresh``: ids of those the reader has not been told of."""
    centre = subject(sources, language)
    return [extract for source in sources for extract in _of(source, language, centre, source.article.id in fresh)]


def subject(sources: Sequence[SourcedArticle], language: str) -> Vector:
    """What the articles have in common: their titles' words, the shared ones weighing most."""
    found: Vector = {}
    for source in sources:
        for root, weight in vector(tokens(source.article.title), language).items():
            found[root] = found.get(root, 0.0) + weight
    length = sum(weight * weight for weight in found.values()) ** 0.5
    return {root: weight / length for root, weight in found.items()} if length else {}


def _of(source: SourcedArticle, language: str, centre: Vector, new: bool) -> Iterator[Extract]:
    article = source.article
    read = units(article.title, article.body, language)
    scored = score(read, article.title, language, learned())
    usable = (place for place, unit in enumerate(read) if _quotable(unit))
    for number, place in enumerate(usable):
        if number == MOST_OF_ONE:
            return
        about = vector(scored.seen.sentences[place], language)
        worth = scored.worth[place] / scored.length[place] * (0.5 + likeness(about, centre)) * (NEW if new else 1.0)
        yield Extract(source, place, read[place], about, worth, new)


def _quotable(unit: Unit) -> bool:
    if not unit.complete or not FEWEST_WORDS <= unit.words <= MOST_WORDS_OF_ONE or unit.text.endswith("?"):
        return False
    standing = unit.standing
    about_itself = standing.personal or standing.promises
    return not standing.orphan and not about_itself and allowed(unit.text, unit.language)


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
    total = sum(extract.unit.words for extract in choice)
    one_article = len({extract.source.article.id for extract in choice}) == 1
    return total <= (min(words, MOST_WORDS_OF_ONE) if one_article else words)


def _stands(choice: Sequence[Extract]) -> bool:
    """Does each sentence stand by itself, or right after the one it leans on?"""
    first, *others = choice
    if not first.unit.standing.opens:
        return False
    return all(
        extract.unit.standing.opens or (_same_article(first, extract) and extract.place == first.place + 1)
        for extract in others
    )


def _value(choice: Sequence[Extract], told: Vector, pool: Sequence[Extract]) -> float:
    worth = sum(extract.worth * extract.unit.words * (1.0 - likeness(extract.about, told) / 2) for extract in choice)
    length = sum(extract.unit.words for extract in choice)
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
    outlets = OTHER_OUTLET if one.source.source.name != other.source.source.name else 1.0
    return outlets * (1.0 - alike / 2)


def _answers(denial: Extract, claim: Extract) -> bool:
    """Does one extract deny what the other claims?"""
    if denial is claim or not denial.unit.standing.contradicts or claim.unit.standing.contradicts:
        return False
    return likeness(denial.about, claim.about) >= SAME_MATTER


def _ordered(choice: Sequence[Extract]) -> tuple[Extract, ...]:
    """A claim before its denial; one article's sentences as it has them; else the one that tells most first."""
    if len(choice) < 2:
        return tuple(choice)
    one, other = choice
    if _same_article(one, other):
        return (one, other) if one.place < other.place else (other, one)
    if _answers(one, other) or (not _answers(other, one) and other.worth > one.worth):
        return other, one
    return one, other


def _same_article(one: Extract, other: Extract) -> bool:
    return one.source.article.id == other.source.article.id
