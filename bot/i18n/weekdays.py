"""Days of the week as people name them: ``en semaine``, ``lun-ven``, ``weekdays``, ``dimanche``; and back in words."""

from __future__ import annotations

import re

from babel.dates import get_day_names

from bot.i18n.translator import Translator

_ALL, _WORKING, _WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})

_NAMES = (
    (r"lundis?|lun", r"mondays?|mon"),
    (r"mardis?|mar", r"tuesdays?|tues|tue"),
    (r"mercredis?|mer", r"wednesdays?|wed"),
    (r"jeudis?|jeu", r"thursdays?|thurs|thur|thu"),
    (r"vendredis?|ven", r"fridays?|fri"),
    (r"samedis?|sam", r"saturdays?|sat"),
    (r"dimanches?|dim", r"sundays?|sun"),
)
"""Monday first, French then English, long forms before short ones."""

_SETS = (
    (r"tous\s+les\s+jours|chaque\s+jour|every\s*day|daily|quotidien(?:nement)?", _ALL),
    (r"en\s+semaine|la\s+semaine|jours\s+(?:de\s+semaine|ouvr(?:és|es|ables))|(?:on\s+)?week\s?days|work(?:ing)?\s?days",
     _WORKING),
    (r"week-?\s?ends?", _WEEKEND),
)  # fmt: skip

_DAY = "|".join(name for pair in _NAMES for name in pair)
_SET = "|".join(words for words, _ in _SETS)
_TO = r"\s*(?:-|–|à|a|au|to|through|until)\s*"
_UNIT = rf"(?:{_SET}|(?:{_DAY})\.?(?:{_TO}(?:{_DAY})\.?)?)"
_ARTICLE = r"(?:(?:tous\s+les|chaque|du|le|les|every|from|the|at\s+the|at|on)\s+)?"
_AND = r"\s*(?:[,;&]|\bet\b|\band\b|(?<=\s))\s*"
_GROUP = rf"{_ARTICLE}{_UNIT}(?:{_AND}{_ARTICLE}{_UNIT})*"
_BUT = re.compile(
    rf"(?<![\w/-])(?:(?P<all>{_GROUP})\s*,?\s*)?\b(?:sauf|hormis|except|but\s+not)\s+(?P<less>{_GROUP})(?![\w/-])",
    re.IGNORECASE,
)
_DAYS = re.compile(rf"(?<![\w/-]){_GROUP}(?![\w/-])", re.IGNORECASE)
_RANGE = re.compile(rf"({_DAY})\.?(?:{_TO}({_DAY})\.?)?", re.IGNORECASE)


def split_days(text: str) -> tuple[frozenset[int] | None, str]:
    """The days a text names first (Monday is 0) and the text without them; None where it names none.

    >>> split_days("8h du lundi au vendredi, Dakar")
    (frozenset({0, 1, 2, 3, 4}), '8h , Dakar')
    """
    found = _BUT.search(text)
    days = frozenset[int]()
    if found is not None:
        days = (_read(found["all"]) if found["all"] else _ALL) - _read(found["less"])
    if found is None or not days:
        found = _DAYS.search(text)
        days = _read(found[0]) if found is not None else days
    if found is None:
        return None, text
    return days, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def days_in_words(days: frozenset[int], reader: Translator) -> str:
    """``chaque jour``, ``du lundi au vendredi``, ``le week-end``, ``le mardi et le jeudi``."""
    if days == _ALL:
        return reader.text("days.all")
    if days == _WEEKEND:
        return reader.text("days.weekend")
    names = get_day_names("wide", locale=reader.locale)
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return reader.text("days.range", first=names[ordered[0]], last=names[ordered[-1]])
    return reader.both([reader.text("days.one", day=names[day]) for day in ordered])


def _read(words: str) -> frozenset[int]:
    days: set[int] = set()
    for pattern, listed in _SETS:
        if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE):
            days |= listed
            words = re.sub(rf"\b(?:{pattern})\b", " ", words, flags=re.IGNORECASE)
    for first, last in _RANGE.findall(words):
        start = _number(first)
        length = (_number(last) - start) % 7 if last else 0
        days |= {(start + step) % 7 for step in range(length + 1)}
    return frozenset(days)


def _number(name: str) -> int:
    return next(
        day for day, pair in enumerate(_NAMES) if any(re.fullmatch(names, name, re.IGNORECASE) for names in pair)
    )
