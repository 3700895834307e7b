"""Who says it: a claim keeps its claimant, a denial stays a denial."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.claim import Polarity
from bot.domain.language import ArticleLanguage
from bot.domain.writing import Bullet, Evidence, Voice
from bot.editorial import lexicon
from bot.editorial.attribution import standing
from bot.editorial.claimants import Speakers
from bot.editorial.cognates import skeleton
from bot.editorial.naming import People, side_of
from bot.editorial.text import fold
from bot.editorial.verify.reading import Reading, is_listed

_WORD = re.compile(r"[^\W_]+")
_PROPER = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ]\w*$|[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ][^\W\d]+ [A-ZÀ-ÖØ-Þ]")
"""A name that ends with a proper name; "le maire de Kharkiv" does too, and is somebody one can name."""
_OPEN = frozenset({Polarity.NEITHER, Polarity.UNAWARE})


def voices(sentence: str, language: ArticleLanguage, people: People, speakers: Speakers) -> tuple[Voice, ...]:
    """Who says the next sentence of an article; empty for the outlet's own voice."""
    said = speakers.read(people.read(sentence))
    return tuple(
        Voice(one.claimant.name if one.claimant else "", one.claimant.id if one.claimant else None, one.polarity)
        for one in said
        if one.claimant is not None or (one.unclear and (one.quoted or standing(sentence, language).speaker))
    )


def claimants_agree(bullet: Bullet, line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether whoever says the evidence is named in the line, and nobody else is made to say it."""
    behind = [voice for one in cited for voice in one.voices if voice.name or _is_told(one, line)]
    if not all(_is_named(voice, line) for voice in behind):
        return False
    if cited and all(_is_someones_word(one.text) for one in cited) and not _is_attributed(line):
        return False
    if bullet.claimant and not _is_named(Voice(bullet.claimant, _id(bullet.claimant)), line):
        return False
    named = [voice for voice in behind if voice.id is not None]
    own = [voice for voice in _own(line, cited) if voice.id is not None]
    return not named or not own or any(_same_side(voice, other) for voice in own for other in named)


def polarity_agrees(line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether nobody affirms in the line what they deny or leave open in the evidence, nor the other way round."""
    for voice in _own(line, cited):
        same = [other for one in cited for other in one.voices if _same(voice, other)]
        if same and not any(_as_firm(voice.polarity, other.polarity) for other in same):
            return False
    return True


def _as_firm(said: Polarity, known: Polarity) -> bool:
    """To leave open and to know of nothing are near enough; to deny and to affirm are not."""
    return said is known or {said, known} <= _OPEN


def _own(line: Reading, cited: Sequence[Evidence]) -> tuple[Voice, ...]:
    """Who says the line, by its words."""
    context = "\n".join([line.text, *(voice.name for one in cited for voice in one.voices)])
    return voices(line.text, line.language, People(context, line.language), Speakers())


def _is_named(voice: Voice, line: Reading) -> bool:
    if voice.id is not None and (voice.id in line.ids or voice.id in _standing_for(line)):
        return True
    if not _PROPER.search(voice.name):
        # "the mayor", "residents": said by somebody is all that can be asked for.
        return _is_attributed(line)
    family = _family(voice.name)
    return family in line.words or any(skeleton(family) == skeleton(word) for word in line.words if len(word) > 3)


def _is_told(one: Evidence, line: Reading) -> bool:
    """Whether somebody unnamed must stay in the line; between languages only where they are named as a source."""
    return one.language == line.language or _is_hearsay(one.text)


def _is_hearsay(text: str) -> bool:
    """Whether a sentence says that it is somebody's word: "selon", "sources say"."""
    return any(is_listed(word, "hearsay") for word in _WORD.findall(fold(text)))


def _is_someones_word(text: str) -> bool:
    return any(is_listed(word, "someones_word") for word in _WORD.findall(fold(text)))


def _is_attributed(line: Reading) -> bool:
    """Whether a line is somebody's word, whoever it is."""
    return _is_hearsay(line.text) or standing(line.text, line.language).speaker


def _standing_for(line: Reading) -> frozenset[str]:
    """Whom the offices of a line mean: "the Ukrainian president"."""
    people = People(line.text, line.language).read(line.text)
    return frozenset(named.claimant.id for named in people.names if named.claimant.id)


def _same(one: Voice, other: Voice) -> bool:
    if one.id is not None and other.id is not None:
        return one.id == other.id
    return bool(one.name and other.name) and _family(one.name) == _family(other.name)


def _same_side(one: Voice, other: Voice) -> bool:
    """Whether two speak for one state: its spokesman for the Kremlin."""
    side = side_of(one.id)
    return _same(one, other) or (side is not None and side == side_of(other.id))


def _family(name: str) -> str:
    words = _WORD.findall(fold(name))
    return words[-1] if words else ""


def _id(name: str) -> str | None:
    known = lexicon.actor(name)
    return known.id if known else None
