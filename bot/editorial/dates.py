"""Dates a sentence names, resolved against the day it was published. What can't be resolved surely is left out.

"lundi", "le 12 février", "on Monday", "Feb 12, 2025", "hier": French and English. A weekday that contradicts its date,
a month without a day and a weekday between two tenses give nothing: no date is ever invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.language import ArticleLanguage
from bot.editorial.text import fold

FARTHEST = timedelta(days=200)
"""A day and month without a year further than this from publication could be of either year."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan janv", "fevrier february feb fevr", "mars march mar", "avril april apr avr", "mai may",
            "juin june jun", "juillet july jul juil", "aout august aug", "septembre september sept sep",
            "octobre october oct", "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday",
         "dimanche sunday")
    )
    for name in names.split()
}  # fmt: skip
_RELATIVE = {"hier": -1, "yesterday": -1, "avant-hier": -2, "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1}

_MONTH, _WEEKDAY = "|".join(sorted(_MONTHS, key=len, reverse=True)), "|".join(_WEEKDAYS)
_OF_YEAR = r"(?:,? (?P<year{n}>(?:19|20)\d\d))?"
_OF_MONTH = r"(?P<day{n}>\d{{1,2}})(?:er|st|nd|rd|th)?"
_DAY_MONTH = _OF_MONTH.format(n=1) + rf"(?: of)? (?P<month1>{_MONTH})\b\.?" + _OF_YEAR.format(n=1)
_MONTH_DAY = (
    rf"(?P<month2>{_MONTH})\.? " + _OF_MONTH.format(n=2) + r"\b(?! (?:heures|hours|ans|years))" + _OF_YEAR.format(n=2)
)
_NUMERIC = r"(?P<day3>\d{1,2})/(?P<month3>\d{1,2})/(?P<year3>20\d\d)"
_DATED = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY}),? (?:le |the )?)?(?<![\w.,/])(?:{_DAY_MONTH}|{_MONTH_DAY}|{_NUMERIC})(?![\w/])"
)
_DAYS = re.compile(
    r"\b(?:(?P<before>last|next|ce|cet|this) )?"
    rf"(?P<weekday>{_WEEKDAY})(?: (?P<after>prochain|dernier|derniere|next|last))?\b"
    rf"|\b(?P<relative>{'|'.join(_RELATIVE)})\b"
)
_FUTURE_FR = re.compile(
    r"\b(?:avant|d'ici|doit|doivent|prevue?s?|attendue?s?|va|vont|devrai(?:t|ent)|s'apprete|"
    r"(?!(?:opera|camera|extra|contra)\b)\w{2,20}[eidvrut]r(?:a|ont))\b"
)
_FUTURE_EN = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:due|expected|set|scheduled|to)|plans? to|planned|upcoming|ahead of|before)\b"
)
_PAST_FR = re.compile(
    r"\b(?:a|ont|avai(?:t|ent)|etai(?:t|ent)|fut|furent|s'est|se sont|s'etai(?:t|ent)|est|sont|\w{3,20}aient)\b"
)
_PAST_EN = re.compile(
    r"\b(?:was|were|had|has|have|said|says|told|did|met|held|spoke|took|gave|began|came|went|made|struck|hit|sent|left|"
    r"fell|won|lost|\w{3,20}ed)\b"
)
_TENSES_FR, _TENSES_EN = (_FUTURE_FR, _PAST_FR), (_FUTURE_EN, _PAST_EN)
_Tenses = tuple[re.Pattern[str], re.Pattern[str]]
_OPENING = re.compile(r"\W*(?:(?:on|le|ce|the|this|des|depuis|since) )?")
LONGEST = 1_000
"""Characters of a sentence that are read."""

_CLAUSE = re.compile(r",|;|:|\b(?:que|that|qu|mais|but|et|and)\b")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date a sentence names."""

    date: date
    planned: bool
    """It lies after the day of publication."""


def dates(sentence: str, published: date, language: ArticleLanguage) -> tuple[Dated, ...]:
    """The days a sentence names, in order, as far as they are certain. Linear in the sentence's length."""
    folded = fold(sentence[:LONGEST])
    found: dict[date, None] = {}
    covered: list[tuple[int, int]] = []
    for match in _DATED.finditer(folded):
        covered.append(match.span())
        found.update(dict.fromkeys(_explicit(match, published)))
    for match in _DAYS.finditer(folded):
        if not any(start <= match.start() < end for start, end in covered):
            found.update(dict.fromkeys(_relative(match, folded, published, language)))
    return tuple(Dated(day, day > published) for day in found)


def _explicit(match: re.Match[str], published: date) -> Iterator[date]:
    """The date of a day and month, with or without its year."""
    part = match.groupdict()
    day = int(part["day1"] or part["day2"] or part["day3"])
    month = int(part["month3"]) if part["month3"] else _MONTHS[part["month1"] or part["month2"]]
    year = part["year1"] or part["year2"] or part["year3"]
    years = [int(year)] if year else [published.year - 1, published.year, published.year + 1]
    possible = [built for one in years if (built := _built(one, month, day)) is not None]
    if not year:
        possible = [built for built in possible if abs(built - published) <= FARTHEST]
    if not possible:
        return
    nearest = min(possible, key=lambda built: abs(built - published))
    if part["weekday"] is None or nearest.weekday() == _WEEKDAYS[part["weekday"]]:
        yield nearest


def _built(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(match: re.Match[str], folded: str, published: date, language: ArticleLanguage) -> Iterator[date]:
    """The date of a weekday, or of a word such as "yesterday"."""
    if match["relative"]:
        yield published + timedelta(days=_RELATIVE[match["relative"]])
        return
    ahead = (_WEEKDAYS[match["weekday"]] - published.weekday()) % 7
    direction = _direction(match, folded, _TENSES_FR if language == "fr" else _TENSES_EN)
    if ahead == 0 and match["after"] is None and match["before"] not in {"last", "next"}:
        yield published
    elif direction > 0:
        yield published + timedelta(days=ahead or 7)
    elif direction < 0:
        yield published - timedelta(days=(7 - ahead))


def _direction(match: re.Match[str], folded: str, tenses: _Tenses) -> int:
    """1: the weekday lies ahead; -1: behind; 0: can't be told."""
    said = {match["before"], match["after"]}
    if said & {"next", "prochain"}:
        return 1
    if said & {"last", "dernier", "derniere"}:
        return -1
    direction = _tense(_clause(folded, match), tenses)
    opens = _OPENING.fullmatch(folded, 0, match.start()) is not None
    return _tense(folded, tenses) if direction == 0 and opens else direction


def _tense(clause: str, tenses: _Tenses) -> int:
    ahead, behind = (tense.search(clause) is not None for tense in tenses)
    return 0 if ahead == behind else 1 if ahead else -1


def _clause(folded: str, match: re.Match[str]) -> str:
    """The clause around a match."""
    start = max((cut.end() for cut in _CLAUSE.finditer(folded, 0, match.start())), default=0)
    following = _CLAUSE.search(folded, match.end())
    return folded[start : following.start() if following else len(folded)]
