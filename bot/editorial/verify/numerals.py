"""Numbers: every amount of a text as a value, in digits or words, whatever the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from bot.editorial.figures import normal
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold
from bot.editorial.verify.reading import Reading, reader

_PIECE = re.compile(
    r"(?P<time>(?<![\w.,])\d{1,2}(?:\s?[hH](?:\s?[0-5]\d)?(?![\w])|:[0-5]\d(?!\d))(?:\s?[ap]\.?m\b\.?)?"
    r"|(?<![\w.,])\d{1,2}\s?[ap]\.?m\b\.?)"
    r"|(?P<digits>\d{1,12}(?:[.,\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,]\d{1,3}(?!\d))?)"
    r"|(?P<word>[^\W\d_]+)|(?P<percent>%)|(?P<currency>[$€£])"
)
_TIME = re.compile(r"(\d{1,2})\D*(\d\d)?")
_TENS, _HUNDRED, _THOUSAND = 20, 100, 1_000
_GLUED = 2
"""Letters of a scale that must touch its number: ``10m`` is ten million, ``10 m`` ten metres."""


class Number(NamedTuple):
    """One amount."""

    value: str
    """Normal: ``1234``, ``7.5``; a time is ``20:30``, a vague amount its name (``dozens`` is "tens")."""
    start: int
    end: int
    """Where it stands in the text."""
    percent: bool = False


def numbers(text: str, reading: Reading) -> list[Number]:
    """Every amount in order. One, written as a word, is left out: it is an article more often than a number."""
    return list(_joined(_pieces(text), reader(reading.language))) + list(_vague(reading))


def has_one(text: str) -> bool:
    """Whether the text says "one" in some way, if only by an article."""
    return bool(re.search(r"\b(?:1|une?|one|an?|premiers?|premieres?|first|1er|1re)\b", fold(text)))


def currencies(text: str) -> frozenset[str]:
    """The currencies a text counts in."""
    signs = {"$": "usd", "€": "eur", "£": "gbp"}
    found = {signs[sign] for sign in re.findall(r"[$€£]", text)}
    words = re.findall(r"[^\W\d_]+", fold(text))
    return frozenset(found | {hit.group for hit in _named("currencies").find(words)})


def is_number(word: str) -> bool:
    """Whether a folded word is a number, or a vague amount."""
    known = any(word in _units(language) or word in _scales(language) for language in ("fr", "en"))
    return known or bool(_named("amounts").find([word]))


class _Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _pieces(text: str) -> list[_Piece]:
    return [_Piece(found.lastgroup or "", found[0], *found.span()) for found in _PIECE.finditer(text)]


def _joined(pieces: Sequence[_Piece], language: str) -> Iterator[Number]:
    """Amounts, each of as many pieces as it is written in: ``deux cent mille``, ``1.5 million``."""
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece.kind == "time":
            yield Number(_time(piece.text), piece.start, piece.end)
            place += 1
            continue
        value, after = _amount(pieces, place, language)
        if value is None:
            place += 1
            continue
        sign = _percent(pieces, after)
        yield Number(_plain(value), piece.start, pieces[after - 1].end, sign > 0)
        place = after + sign


def _time(text: str) -> str:
    found = _TIME.match(text)
    assert found is not None
    hour, minute = int(found[1]), int(found[2] or 0)
    if "p" in text.lower() and hour < 12:
        hour += 12
    return f"{hour}:{minute:02}"


def _amount(pieces: Sequence[_Piece], place: int, language: str) -> tuple[Decimal | None, int]:
    """The value that begins at a piece, and where it ends."""
    piece = pieces[place]
    if piece.kind == "digits":
        return _scaled(_decimal(normal(piece.text)), pieces, place + 1, language)
    if piece.kind == "word":
        return _spelt(pieces, place, language)
    return None, place


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _scaled(value: Decimal | None, pieces: Sequence[_Piece], place: int, language: str) -> tuple[Decimal | None, int]:
    """``3,5`` with the ``milliards`` behind it."""
    while value is not None and place < len(pieces) and pieces[place].kind == "word":
        piece = pieces[place]
        scale = _scales(language).get(fold(piece.text))
        if scale is None or (len(piece.text) <= _GLUED and piece.start > pieces[place - 1].end):
            break
        value, place = value * scale, place + 1
    return value, place


def _spelt(pieces: Sequence[_Piece], place: int, language: str) -> tuple[Decimal | None, int]:
    """A number in words; None where the word is none."""
    total, current, start = 0, 0, place
    while place < len(pieces) and pieces[place].kind == "word":
        word = fold(pieces[place].text)
        if word in {"et", "and"} and place > start and _goes_on(pieces, place + 1, language, current):
            place += 1
            continue
        scale, unit = _scales(language).get(word), _units(language).get(word)
        if word in {"un", "une", "one"} and place > start and current >= _TENS:
            unit = 1
        if unit is not None and _fits(current, unit):
            current = 80 + current - 4 if current % 100 == 4 and unit == _TENS else current + unit
        elif scale == _HUNDRED and (current or language == "fr"):
            current = max(1, current) * scale
        elif scale is not None and scale >= _THOUSAND and (current or word == "mille") and len(word) > 2:
            total, current = total + max(1, current) * scale, 0
        else:
            break
        place += 1
    value = total + current
    return (Decimal(value), place) if place > start and value else (None, start)


def _goes_on(pieces: Sequence[_Piece], place: int, language: str, current: int) -> bool:
    """``vingt et un``, ``two hundred and five``; "deux et trois" are two numbers."""
    if current < _TENS or place >= len(pieces):
        return False
    word = fold(pieces[place].text)
    return word in {"un", "une", "one", "onze"} or (current >= _HUNDRED and word in _units(language))


def _fits(current: int, unit: int) -> bool:
    """Whether a unit may stand behind what was said: ``soixante-douze``, ``vingt-deux``, ``quatre-vingts``."""
    if current == 0 or (current % 100 == 4 and unit == _TENS):
        return True
    below = current % 100
    return (below == 0 and current >= _HUNDRED) or (
        below >= _TENS and below % 10 == 0 and unit < (20 if below in {60, 80} else 10)
    )


def _percent(pieces: Sequence[_Piece], place: int) -> int:
    """How many pieces behind a number make it a percentage."""
    following = pieces[place : place + 2]
    if not following or following[0].kind != "word":
        return int(bool(following) and following[0].kind == "percent")
    said = [fold(piece.text) for piece in following if piece.kind == "word"]
    if said in (["pour", "cent"], ["per", "cent"]):
        return 2
    return int(said[:1] in (["percent"], ["pourcent"], ["pct"]))


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _vague(reading: Reading) -> Iterator[Number]:
    for hit in _named("amounts").find(reading.words):
        start, end = reading.tokens[hit.start].start, reading.tokens[hit.end - 1].end
        yield Number(hit.group, start, end)


@cache
def _named(block: str) -> Vocabulary:
    lines = (line.partition(":") for line in yaml_data("verify.yaml")[block].splitlines() if line.strip())
    return Vocabulary({name.strip(): words for name, _, words in lines})


@cache
def _units(language: str) -> Mapping[str, int]:
    return _values("numerals", language)


@cache
def _scales(language: str) -> Mapping[str, int]:
    return _values("scales", language)


def _values(block: str, language: str) -> Mapping[str, int]:
    pairs = (entry.split("=") for entry in yaml_data("verify.yaml")[block][language].split())
    return {word: int(value) for word, value in pairs}
