"""Units: the sentences a summary may be made of, with what each of them leans on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.editorial import quotes
from bot.editorial.attribution import Standing, standing
from bot.editorial.cleanup import clean, is_noise, visible
from bot.editorial.compress import compress
from bot.editorial.sentences import split
from bot.editorial.text import words

LONGEST_READ = 40_000
"""Characters of an article that are read: news says what matters long before."""

MOST_UNITS = 30
"""Sentences looked at, for the same reason, so that the cost of comparing them has an end."""

_FINAL_STOPS = ".!?"
_AFTER_STOP = " \u00a0\u202f»”\"’')]"
_LONGEST_OPEN_QUOTATION = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, as a summary would print it."""

    text: str
    words: int
    """As readers and the budget count them: what white space parts."""
    complete: bool
    """It ends like a sentence, its marks have their partners, it isn't the middle of a longer quotation, and no word
    of it was glued to another in the source."""
    language: str

    @property
    def standing(self) -> Standing:
        """What it leans on. Found when asked for: most sentences of an article never are."""
        return standing(self.text, self.language)


def units(title: str, text: str, language: str) -> list[Unit]:
    """The first sentences of an article after clean-up and compression, in order."""
    text = text[:LONGEST_READ]
    source = frozenset(words(visible(text).lower()))
    found = []
    for sentence, quoted in _sentences(title, text, language):
        short = compress(sentence, language)
        if short:
            whole = not quoted and _ends(short) and quotes.balanced(short) and source.issuperset(words(short.lower()))
            found.append(Unit(short, len(short.split()), whole, language))
        if len(found) == MOST_UNITS:
            break
    return found


def _sentences(title: str, text: str, language: str) -> Iterator[tuple[str, bool]]:
    """Each sentence, and whether it stands within a quotation that runs over several sentences."""
    open_for = 0
    for sentence in split(clean(text, language, title), language):
        opened = _openers(sentence) - _closers(sentence)
        if not is_noise(sentence, language):
            yield sentence, open_for > 0 or opened < 0
        open_for = _LONGEST_OPEN_QUOTATION if opened > 0 else 0 if opened < 0 else max(0, open_for - 1)


def _openers(sentence: str) -> int:
    return sentence.count("«") + sentence.count("“")


def _closers(sentence: str) -> int:
    return sentence.count("»") + sentence.count("”")


def _ends(sentence: str) -> bool:
    """Does it end with a final stop? What ends with an ellipsis was cut short or trails off."""
    return sentence.rstrip(_AFTER_STOP)[-1:] in _FINAL_STOPS and not sentence.rstrip(_AFTER_STOP).endswith("..")
