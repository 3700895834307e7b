"""Evidence: the sentences of a story that a model may write from, chosen by the newsroom.

At most a dozen, of several owners, with a denial beside the claim it denies. Only what may be printed anyway: whole
sentences that do no harm, in a language the checks can read, of articles that don't try to steer a machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.article import Article
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.story import SourcedArticle, Story
from bot.domain.writing import Evidence, Voice
from bot.editorial.attribution import Standing
from bot.editorial.claimants import Speakers
from bot.editorial.digest import chosen
from bot.editorial.features import Vector, likeness, vector
from bot.editorial.harm import allowed
from bot.editorial.instructions import speaks_to_machine
from bot.editorial.naming import People
from bot.editorial.salience import tokens
from bot.editorial.scoring import learned, score
from bot.editorial.units import units
from bot.editorial.verify.progress import progress
from bot.editorial.verify.said_by import voices

MOST = 12
"""Sentences of a story."""

MOST_OF_ONE = 4
"""Of one article: a dozen of one would be a copy of it."""

FEWEST_WORDS, LONGEST = 6, 45
"""Words of a sentence."""

SAME_MATTER = 0.22
"""Likeness from which another article's denial answers a claim: less is only the same war."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    source: SourcedArticle
    place: int
    text: str
    standing: Standing
    voices: tuple[Voice, ...]
    worth: float
    about: Vector


def gather(
    story: Story, language: ReaderLanguage, *, since: datetime | None, free: frozenset[str] | None = None
) -> tuple[Evidence, ...]:
    """What a model may be given of a story; the reader's language first where articles of both have something to say.

    ``since``: what is newer is preferred. ``free``: ids of the articles whose publishers let the model have them; None:
    all of them.
    """
    usable = [source for source in story.articles if _is_usable(source.article, free)]
    own = [source for source in usable if source.article.language == language]
    fresh = frozenset(one.article.id for one in usable if since is None or one.article.published > since)
    read = [_read(source) for source in chosen(own, fresh) + chosen([one for one in usable if one not in own], fresh)]
    picked = _in_turn([sentences for sentences in read if sentences])
    return tuple(_with_denials(picked))


def content_hash(article: Article) -> str:
    """Of everything of an article that could have been written from."""
    text = f"{article.title}\x00{article.summary}\x00{article.text}".encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=8).hexdigest()


def standing_of(evidence: Sequence[Evidence]) -> str:
    """How far the matters of a story have come, in a word to compare: another one is a change of phase."""
    return progress(evidence)


def _is_usable(article: Article, free: frozenset[str] | None) -> bool:
    if article.language not in READER_LANGUAGES or (free is not None and article.id not in free):
        return False
    return not speaks_to_machine(f"{article.title}\n{article.summary}\n{article.text}")


def _read(source: SourcedArticle) -> list[_Sentence]:
    """The sentences of one article that may be used, the best first; a denial follows what it denies."""
    article = source.article
    found = units(article.title, article.body, article.language)
    scored = score(found, article.title, article.language, learned(article.language))
    people, speakers = People(f"{article.title}\n{article.body}", article.language), Speakers()
    sentences = [
        _Sentence(
            source,
            place,
            unit.text,
            unit.standing,
            voices(unit.text, article.language, people, speakers),
            scored.worth[place],
            vector(tokens(unit.text), article.language),
        )
        for place, unit in enumerate(found)
    ]
    usable = [one for one in sentences if found[one.place].complete and _tells(one, found[one.place].words)]
    best = sorted(usable, key=lambda one: (-one.worth, one.place))
    return list(_with_answers(best, {one.place: one for one in usable}))[:MOST_OF_ONE]


def _tells(one: _Sentence, words: int) -> bool:
    stands = one.standing
    tells = not (stands.personal or stands.promises or one.text.endswith("?"))
    return tells and FEWEST_WORDS <= words <= LONGEST and allowed(one.text, one.source.article.language)


def _with_answers(best: Sequence[_Sentence], by_place: dict[int, _Sentence]) -> Iterator[_Sentence]:
    """Each sentence once, a denial right behind the sentence it answers."""
    given: set[int] = set()
    for one in best:
        for place in (one.place, one.place + 1):
            sentence = by_place.get(place)
            wanted = sentence is not None and (place == one.place or sentence.standing.denies)
            if sentence is not None and wanted and place not in given:
                given.add(place)
                yield sentence


def _in_turn(read: Sequence[Sequence[_Sentence]]) -> list[_Sentence]:
    """Two sentences of each article in turn, so that a claim keeps the denial behind it."""
    picked: list[_Sentence] = []
    for start in range(0, MOST_OF_ONE, 2):
        for sentences in read:
            picked += sentences[start : start + 2][: MOST - len(picked)]
    return picked


def _with_denials(picked: Sequence[_Sentence]) -> Iterator[Evidence]:
    names = {(one.source.article.id, one.place): f"s{number}" for number, one in enumerate(picked, start=1)}
    for one in picked:
        article = one.source.article
        name = names[article.id, one.place]
        made = Evidence(name, one.text, article.language, article.id, article.published, one.voices)
        answers = tuple(names[other.source.article.id, other.place] for other in picked if _answers(other, one))
        yield replace(made, denied_by=answers)


def _answers(denial: _Sentence, claim: _Sentence) -> bool:
    """Whether one sentence denies the other, or leaves it open."""
    if denial is claim or not denial.standing.contradicts or claim.standing.contradicts:
        return False
    one, other = denial.source.article, claim.source.article
    if one.id == other.id:
        return denial.place == claim.place + 1 and denial.standing.denies
    return one.language == other.language and likeness(denial.about, claim.about) >= SAME_MATTER
