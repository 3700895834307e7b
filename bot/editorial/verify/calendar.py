"""Calendar: the days, months and weekdays of a line against those its evidence names or means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.domain.writing import Evidence
from bot.editorial import dates as resolved
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

_AMBIGUOUS = frozenset({"mars", "may", "march", "mar", "mai", "sept", "juin", "dec", "jan", "nov", "oct", "sep", "aug"})
"""Names of months that are other words too: they count beside a number, or in capitals within a sentence."""


_BEFORE_MONTHS = (" en", " in", " since", " depuis", " de", " of", " debut", " fin", " mi", " late", " early")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a text says of when."""

    days: frozenset[tuple[int, int]]
    """Month and day of month."""
    months: frozenset[int]
    weekdays: frozenset[int]
    relative: frozenset[int]
    """Days before or after publication: yesterday is -1."""


def calendar(text: str) -> Calendar:
    """The calendar words of a text, unresolved."""
    folded = fold(text)
    days = frozenset(
        (_months()[found[2] or found[3]], int(found[1] or found[4]))
        for found in _day().finditer(folded)
        if 0 < int(found[1] or found[4]) <= 31
    )
    months = frozenset(_months()[found[1]] for found in _month().finditer(folded) if _is_month(found, folded))
    weekdays = frozenset(_weekdays()[found[1]] for found in _weekday().finditer(folded))
    relative = frozenset(_RELATIVE[found[1]] for found in _relative().finditer(folded))
    return Calendar(days, months | {month for month, _ in days}, weekdays, relative)


def agrees(line: str, cited: Iterable[Evidence]) -> bool:
    """Whether every day, month and weekday of a line is named by its evidence, or is the day that evidence means."""
    said, known = calendar(line), [(calendar(one.text), _meant(one)) for one in cited]
    days = {day for there, _ in known for day in there.days} | {_of_year(day) for _, meant in known for day in meant}
    months = {month for there, _ in known for month in there.months} | {month for month, _ in days}
    weekdays = {day for there, _ in known for day in there.weekdays} | {
        day.weekday() for _, meant in known for day in meant
    }
    relative = {day for there, _ in known for day in there.relative}
    return said.days <= days and said.months <= months and said.weekdays <= weekdays and said.relative <= relative | {0}


def meant_days(cited: Iterable[Evidence]) -> frozenset[str]:
    """The days of month and the years that evidence means without writing them: they may stand in a line."""
    meant = {day for one in cited for day in _meant(one)}
    return frozenset({str(day.day) for day in meant} | {str(day.year) for day in meant})


def _meant(one: Evidence) -> frozenset[date]:
    """The dates a sentence names, resolved against the day it was published."""
    published = one.published.date()
    named = {found.date for found in resolved.dates(one.text, published, one.language)}
    named |= {published + timedelta(days=day) for day in calendar(one.text).relative}
    return frozenset(named)


def _of_year(day: date) -> tuple[int, int]:
    return day.month, day.day


def _is_month(found: re.Match[str], folded: str) -> bool:
    """Whether a month's name is one: ``le 3 mars``, ``in March``, but neither ``may`` nor a planet."""
    if found[1] not in _AMBIGUOUS:
        return True
    if re.search(r"\d\W{1,3}$", folded[: found.start()]) or re.match(r"\W{1,3}\d", folded[found.end() :]):
        return True
    before = folded[: found.start()].rstrip()
    return before.endswith(
        (" en", " in", " since", " depuis", " de", " of", " debut", " fin", " mi", " late", " early")
    )


_RELATIVE: Mapping[str, int] = {
    "hier": -1, "yesterday": -1, "avant-hier": -2, "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1,
}  # fmt: skip


@cache
def _months() -> Mapping[str, int]:
    listed: Mapping[int, str] = yaml_data("gazetteer.yaml")["months"]
    return {fold(name): number for number, names in listed.items() for name in names.split()}


@cache
def _weekdays() -> Mapping[str, int]:
    lines = (line.partition(":") for line in yaml_data("verify.yaml")["weekdays"].splitlines() if line.strip())
    return {fold(name.strip()): int(number) for number, _, names in lines for name in names.split(",")}


@cache
def _day() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,])(\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?({months})\b"
        rf"|\b({months})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]?\d)"
    )


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, _months()), key=len, reverse=True))})\b")


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(_weekdays())})s?\b")


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({'|'.join(sorted(_RELATIVE, key=len, reverse=True))})\b")
