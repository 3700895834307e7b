"""Figures: the numbers of a text, written one way whatever the language's separators."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\w.,])\d{1,12}(?:[.,\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,]\d{1,3}(?!\d))?")
_THOUSANDS = re.compile(r"[.,\u202f\u00a0 ](?=\d{3}(?:\D|$))")


def numbers(text: str) -> list[str]:
    """Every number in order: ``1 234``, ``1,234`` and ``1.234`` are "1234"; ``7,5`` is "7.5"."""
    return [normal(found) for found in _NUMBER.findall(text)]


def normal(number: str) -> str:
    """A number without separators of thousands, its decimals after a point."""
    return _THOUSANDS.sub("", number).replace(",", ".")
