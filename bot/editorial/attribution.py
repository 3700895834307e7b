"""Attribution: who speaks in a sentence, and what the sentence leans on.

A sentence taken out of its article must keep its meaning: a quotation needs its speaker, a pronoun what it stands for,
a denial the claim it denies. The words are in ``data/summary_attribution.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.editorial import lexicon, quotes
from bot.editorial.pack import listed, yaml_data
from bot.editorial.text import fold

LONG_QUOTATION = 6
"""Words. Shorter quotations are titles, nicknames and single terms, which need no speaker."""

LONGEST_CLAUSE = 120
"""Characters of opening clauses after which a pronoun is looked for (``Interrogé mardi, il…``)."""

LONG_WORD = 4
"""Letters. In English titles only shorter words, such as articles, are written small."""

_DASHES = ("-", "–", "—")
_MARKS = " «»“”„\"'([*•"
_NAME = re.compile(r"(?<=[\s«“\"'’(])[^\W\d_a-zß-ÿа-яіїєґё][\w-]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a sentence needs to be understood."""

    opens: bool
    """It reads well as the first sentence."""
    leans: bool
    """It points back: the sentence before must stand before it."""
    speaker: bool
    """It names a speaker or a source outside its quotations."""
    orphan: bool
    """It quotes at length and names no one."""
    denies: bool
    """It contradicts what was said in the sentence before it."""
    contradicts: bool
    """It denies something, said there or elsewhere."""
    personal: bool
    """Its author speaks of or to themselves or the reader."""
    promises: bool
    """It announces an article rather than telling the news."""


@lru_cache(maxsize=2_048)
def standing(sentence: str, language: str) -> Standing:
    """How a sentence stands by itself. ``language``: an article's; others than fr, en, uk, ru are judged as English."""
    cues = _cues(language)
    voice = quotes.without(sentence)
    folded = fold(sentence)
    spoken = fold(voice) if voice != sentence else folded
    opening = folded.lstrip(_MARKS)
    speaker = cues.saying.search(spoken) is not None
    points_back = _points_back(opening, voice, cues)
    orphan = sentence.startswith(_DASHES) or (not speaker and _quotes_at_length(sentence, voice))
    pronoun = cues.pronoun.search(spoken) is not None and len(voice) < len(sentence) and not _NAME.search(voice)
    contradicts = cues.denial.search(spoken) is not None
    return Standing(
        opens=not (points_back or orphan or pronoun or cues.impersonal.match(opening)),
        leans=points_back or pronoun,
        speaker=speaker,
        orphan=orphan,
        denies=contradicts and cues.denied.search(spoken) is not None,
        contradicts=contradicts,
        personal=cues.personal.search(spoken) is not None,
        promises=cues.promise.search(spoken) is not None,
    )


def without_lead_in(sentence: str, language: str) -> str:
    """The sentence without an opening that only links it to another one: ``Mais``, ``De son côté,``, ``However,``."""
    folded = fold(sentence)
    cues = _cues(language)
    match = cues.lead_in.match(folded)
    if match is None or folded[match.end() : match.end() + 1] != ",":
        match = cues.joining.match(folded)
    if match is None or len(folded) != len(sentence):
        return sentence
    rest = sentence[match.end() :].lstrip(" ,\u00a0")
    return rest[:1].upper() + rest[1:] if _can_start(rest) else sentence


def _can_start(rest: str) -> bool:
    return len(rest) > 20 and rest[0].isalnum()


def _points_back(opening: str, voice: str, cues: _Cues) -> bool:
    if cues.leaning.match(opening) and not cues.impersonal.match(opening) and not cues.time.match(opening):
        return not (cues.ahead.match(opening) and _subject_follows(voice))
    place = voice.find(", ")
    while 0 < place < LONGEST_CLAUSE:
        if cues.late.match(voice, place + 2) is not None:
            return not _names_somebody(voice[:place])
        place = voice.find(", ", place + 2)
    return False


def _subject_follows(voice: str) -> bool:
    """Is the first clause followed by a name, which a pronoun in it then points forward to?"""
    place = voice.find(", ", 0, LONGEST_CLAUSE)
    return place > 0 and voice[place + 2 : place + 3].isupper()


def _names_somebody(clause: str) -> bool:
    """Does it hold a name that a pronoun after it may stand for: no place of the gazetteer?"""
    names = [match.start() for match in _NAME.finditer(clause)]
    if not names:
        return False
    places = [mention for mention in lexicon.entities(clause) if mention.id.startswith("L:")]
    return any(not any(place.start <= name < place.end for place in places) for name in names)


def _quotes_at_length(sentence: str, voice: str) -> bool:
    if voice == sentence:
        return False
    quoted = sum(len(said) for said in map(_WORD.findall, _quotations(sentence)) if not _is_title(said))
    opens = sentence[:1] in quotes.OPENERS
    return quoted >= LONG_QUOTATION or (opens and quoted > 0 and len(_WORD.findall(voice)) < LONG_QUOTATION - 2)


def _quotations(sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in quotes.spans(sentence)]


def _is_title(quoted: list[str]) -> bool:
    """A work's title rather than somebody's words: every long word has a capital."""
    return len(quoted) > 1 and all(word[0].isupper() for word in quoted if len(word) >= LONG_WORD)


@dataclass(frozen=True, slots=True)
class _Cues:
    """One language's part of ``summary_attribution.yaml``."""

    saying: re.Pattern[str]
    pronoun: re.Pattern[str]
    leaning: re.Pattern[str]
    ahead: re.Pattern[str]
    late: re.Pattern[str]
    time: re.Pattern[str]
    impersonal: re.Pattern[str]
    lead_in: re.Pattern[str]
    joining: re.Pattern[str]
    personal: re.Pattern[str]
    promise: re.Pattern[str]
    denial: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def _cues(language: str) -> _Cues:
    data = yaml_data("summary_attribution.yaml")
    lists = {key: listed(block) for key, block in (data.get(language) or data["en"]).items()}
    verbs, endings = lists.pop("verbs"), lists.pop("endings")
    if verbs:
        lists["saying"].append(f"(?:{'|'.join(verbs)})(?:{'|'.join(endings)})?")
    return _Cues(**{key: _whole_words(patterns) for key, patterns in lists.items()})


def _whole_words(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?:(?<=')|(?!\w))")
