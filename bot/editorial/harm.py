"""No harm: what is not printed, whoever published it.

Nothing finer than a town for positions, no coordinates, street addresses, plates or phone numbers; no names of
prisoners, minors or private victims; no gore. Rules can't know everybody: they err towards leaving a sentence out.
People of the gazetteer and people who act in public may be named. The words are in ``data/summary_harm.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.editorial import lexicon
from bot.editorial.attribution import standing
from bot.editorial.pack import yaml_data
from bot.editorial.sentences import split
from bot.editorial.text import STOP_WORDS, fold

NEAR = 40
"""Characters between a name and a word that says what befell the person."""

OF_AGE = 18
"""Years."""

NO_AGE = 999

LONGEST_CHECKED = 3_000
"""Characters of a sentence: nothing longer is printed."""


class Harm(StrEnum):
    """Why a sentence is left out."""

    POSITION = "position"
    ADDRESS = "address"
    PLATE = "plate"
    CONTACT = "contact"
    PRISONER = "prisoner"
    MINOR = "minor"
    VICTIM = "victim"
    GORE = "gore"


_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŠŻŽĆČА-ЯІЇЄҐЁ]"
_DEGREES = re.compile(r"\d{1,3}\s?°\s?\d{1,2}|\d{1,3}[.,]\d{3,8}\s?°|°\s?[NSEWO]\b")
_DECIMALS = re.compile(r"(?<![\d.,])-?\d{1,2}\.\d{3,8}\s?[NSns]?\s?[,;/ ]\s?-?\d{1,3}\.\d{3,8}(?!\d)")
_GRID = re.compile(r"\b\d{1,2}[C-X]\s?[A-Z]{2}\s?\d{2,5}\s?\d{2,5}\b|///\w+\.\w+\.\w+")
_PLATE = re.compile(
    r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b"  # French
    r"|\b[A-ZА-ЯІЇЄ]{2} ?\d{4} ?[A-ZА-ЯІЇЄ]{2}\b"  # Ukrainian
    r"|\b[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3}\b"  # Russian
)
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}"
    r"|0\d(?:[ .-]?\d{2}){4}|0\d{3}(?:[ .]\d{2}){3})(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]{2,}")
_LONG_NUMBER = re.compile(r"\d(?:[ .()-]{0,2}\d){7,}")
_NAME = re.compile(rf"{_CAPITAL}[\w’'-]+(?:\s(?:d[eu]s?\s|von\s|van\s|al-)?{_CAPITAL}[\w’'-]+){{0,3}}")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_PLACES_AND_BODIES = ("L:", "O:")
_AGED_AFTER = re.compile(
    r",?\s\(?(?:(?:âgée?s?\s(?:de|d['’])|aged)\s?)?(\d{1,3})(?:\s(?:ans|mois|years)\b|-year)"
    r"|(?:,\s|\s\()(?:aged\s)?(\d{1,2})[,)]"
)
_AGED_BEFORE = re.compile(r"\b(\d{1,3})(?:[- ]year[- ]old|\sans)[,\s]+(?:\w+\s){0,2}$")
_NUMBERED = r"\d{{1,5}}(?:\s?(?:bis|ter))?,?\s+(?:{before})\b|\d{{1,5}}\s+(?:\w+\s){{1,3}}(?:{after})\b"
_STREET = (
    r"(?:{before})\.?\s+(?:(?:de|du|des|de la)\s|d['’]|de l['’])?{capital}\w+|(?:{capital}\w+\s){{1,3}}(?:{after})\b"
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A sentence, as written and folded."""

    written: str
    folded: str
    language: str


def allowed(sentence: str, language: str) -> bool:
    """May the sentence be printed?"""
    return not harms(sentence, language)


def redact(text: str, language: str) -> str:
    """The text without the sentences that may not be printed; paragraphs stay lines."""
    lines = [" ".join(kept) for line in text.split("\n") if (kept := _kept(line, language))]
    return "\n".join(lines)


def _kept(line: str, language: str) -> list[str]:
    return [sentence for sentence in split(line, language) if allowed(sentence, language)]


def harms(sentence: str, language: str) -> frozenset[Harm]:
    """Everything that speaks against printing a sentence. Read up to ``LONGEST_CHECKED`` characters."""
    written = sentence[:LONGEST_CHECKED]
    text = _Text(written, fold(written), language)
    return frozenset(harm for harm, found in _CHECKS.items() if found(text))


def _position(text: _Text) -> bool:
    if _DEGREES.search(text.written) or _DECIMALS.search(text.written) or _GRID.search(text.written):
        return True
    if _words("coordinates").search(text.folded) and any(char.isdigit() for char in text.written):
        return True
    return _words("strikes").search(text.folded) is not None and _street(_STREET).search(_common(text)) is not None


def _address(text: _Text) -> bool:
    return _street(_NUMBERED).search(_common(text)) is not None


def _common(text: _Text) -> str:
    """The sentence without streets that stand for an institution."""
    return _words("known_streets").sub(" ", text.written)


def _plate(text: _Text) -> bool:
    return _PLATE.search(text.written) is not None or (
        _words("plate").search(text.folded) is not None and _LONG_NUMBER.search(text.written) is not None
    )


def _contact(text: _Text) -> bool:
    if _PHONE.search(text.written) or _EMAIL.search(text.written):
        return True
    return _words("contact").search(text.folded) is not None and _LONG_NUMBER.search(text.written) is not None


def _gore(text: _Text) -> bool:
    return _words("gore").search(text.folded) is not None


def _prisoner(text: _Text) -> bool:
    """A name beside a word for captivity, of nobody who is known or speaks."""
    if not _words("prisoners").search(text.folded):
        return False
    return any(
        _words("prisoners").search(fold(_around(text.written, name))) and not _public(text, name)
        for name in _people(text.written)
    )


def _minor(text: _Text) -> bool:
    return any(_age(text.written, name) < OF_AGE and _somebody(name[0]) for name in _NAME.finditer(text.written))


def _victim(text: _Text) -> bool:
    """A name with an age in a sentence about the dead and wounded: private people are presented so."""
    if not _words("victims").search(text.folded):
        return False
    return any(
        _age(text.written, name) < NO_AGE and _somebody(name[0]) and not _body(name[0]) and not _public(text, name)
        for name in _NAME.finditer(text.written)
    )


_CHECKS: dict[Harm, Callable[[_Text], bool]] = {
    Harm.POSITION: _position,
    Harm.ADDRESS: _address,
    Harm.PLATE: _plate,
    Harm.CONTACT: _contact,
    Harm.PRISONER: _prisoner,
    Harm.MINOR: _minor,
    Harm.VICTIM: _victim,
    Harm.GORE: _gore,
}


def _people(written: str) -> Iterator[re.Match[str]]:
    """First name and family name."""
    return (
        match
        for match in _NAME.finditer(written)
        if len(_own_words(match[0])) > 1 and _somebody(match[0]) and not _body(match[0])
    )


def _somebody(capitalised: str) -> bool:
    """May it be a person's name? Days and months are not, nor places and bodies of the gazetteer."""
    words = _own_words(capitalised)
    if not words or fold(words[-1]) in _calendar():
        return False
    name = " ".join(words)
    return not any(
        mention.end - mention.start == len(name) and not mention.id.startswith("P:")
        for mention in lexicon.entities(name)
    )


def _body(capitalised: str) -> bool:
    """A country, a body, a unit, a region: its last word says so, or all of them are known, and one is nobody's name.

    Known places alone are not enough: Paris and Georgia are people too.
    """
    name = " ".join(word for word in _own_words(capitalised) if word[:1].isupper())
    spans = [found.span() for found in _WORD.finditer(name)]
    if not spans:
        return False
    nobodys = [_words("nobodys").fullmatch(fold(name[first:last])) is not None for first, last in spans]
    if _words("bodies").fullmatch(fold(name[slice(*spans[-1])])):
        return True
    places = [(one.start, one.end) for one in lexicon.entities(name) if one.id.startswith(_PLACES_AND_BODIES)]
    return any(nobodys) and all(
        ours or any(start <= first and last <= end for start, end in places)
        for ours, (first, last) in zip(nobodys, spans, strict=True)
    )


def _own_words(name: str) -> list[str]:
    """The words of a name without a capitalised word before it that only starts the sentence."""
    words = name.split()
    return words[1:] if fold(words[0]) in STOP_WORDS["other"] else words


def _around(written: str, name: re.Match[str]) -> str:
    return written[max(0, name.start() - NEAR) : name.start()] + " " + written[name.end() : name.end() + NEAR]


def _age(written: str, name: re.Match[str]) -> int:
    """The age given beside a name; ``NO_AGE`` where none is."""
    after = _AGED_AFTER.match(written, name.end())
    before = _AGED_BEFORE.search(written, max(0, name.start() - NEAR), name.start())
    found = after or before
    return int(next(filter(None, found.groups()))) if found else NO_AGE


def _public(text: _Text, name: re.Match[str]) -> bool:
    """Somebody of the gazetteer, presented by an office, or speaking in this sentence."""
    full = " ".join(_own_words(name[0]))
    if lexicon.actor(full) is not None or _words("roles").search(fold(_around(text.written, name))):
        return True
    following = text.written[name.end() : name.end() + NEAR].split(",")[0]
    return standing(f"X {' '.join(following.split()[:3])}", text.language).speaker


@cache
def _words(key: str) -> re.Pattern[str]:
    patterns = [pattern.strip() for pattern in " ".join(yaml_data("summary_harm.yaml")[key].split()).split(",")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


@cache
def _street(shape: str) -> re.Pattern[str]:
    data = yaml_data("summary_harm.yaml")
    before, after = _alternatives(data["streets_before"]), _alternatives(data["streets_after"])
    return re.compile(shape.format(before=before, after=after, capital=_CAPITAL))


def _alternatives(block: str) -> str:
    return "|".join(word.strip() for word in block.split(","))


@cache
def _calendar() -> frozenset[str]:
    return frozenset(" ".join(yaml_data("summary_harm.yaml")["calendar"].split(",")).split())
