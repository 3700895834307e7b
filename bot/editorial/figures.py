"""Figures: the numbers and calendar dates of a text, written one way whatever the language."""

from __future__ import annotations

import re
from functools import cache

from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

_NUMBER = re.compile(r"(?<![\w.,])\d{1,12}(?:[.,\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,]\d{1,3}(?!\d))?")
_THOUSANDS = re.compile(r"[.,\u202f\u00a0 ](?=\d{3}(?:\D|$))")

_LONGEST_MONTH = 31


def numbers(text: str) -> list[str]:
    """Every number in order: ``1 234``, ``1,234`` and ``1.234`` are "1234"; ``7,5`` is "7.5"."""
    return [normal(found) for found in _NUMBER.findall(text)]


def dates(text: str) -> list[str]:
    """Days of the year as "01-06": ``6 janvier``, ``January 6th``, ``Jan. 6``, ``6 січня``."""
    days = ((found[1] or found[4], found[2] or found[3]) for found in _date().finditer(fold(text)))
    return [f"{_months()[month]:02}-{int(day):02}" for day, month in days if 0 < int(day) <= _LONGEST_MONTH]


def normal(number: str) -> str:
    """A number without separators of thousands, its decimals after a point."""
    return _THOUSANDS.sub("", number).replace(",", ".")


@cache
def _months() -> dict[str, int]:
    """Folded name of a month → its number."""
    listed: dict[int, str] = yaml_data("gazetteer.yaml")["months"]
    return {fold(name): number for number, names in listed.items() for name in names.split()}


@cache
def _date() -> re.Pattern[str]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(rf"\b(?:(\d{{1,2}})(?:er|st|nd|rd|th)? ({months})\b|({months})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b)")
