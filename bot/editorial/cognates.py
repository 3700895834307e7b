"""Skeletons: one spelling for names and learned words that languages spell nearly alike.

Names from Cyrillic are written by ear, each language its own way: Porochenko and Poroshenko, Tokaïev and Tokayev,
Guerassimov and Gerasimov. A skeleton forgets those habits, so that equal skeletons are very probably one word.
"""

from __future__ import annotations

import re
from functools import lru_cache

LENGTH = 6
"""Letters of a skeleton that are kept: endings differ (négociation, negotiators), beginnings hardly ever."""

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдеєзиіїйклмнопрстуфхць'ыэё", "abvgdeeziiiiklmnoprstufkc  iee", strict=True)),
        **dict.fromkeys("чшщ", "s"),
        **dict.fromkeys("ъь", ""),
        "ґ": "g",
        "ж": "j",
        "ю": "iu",
        "я": "ia",
    }
)
_HABITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"tch|tsch|sch|ch|sh|cz", "s"),
        (r"zh|dj|dzh", "j"),
        (r"kh|ck|qu?|c(?![eiy])", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gu(?=[eiy])", "g"),
        (r"[ct](?=i[aeou])|c(?=[eiy])|z", "s"),
        (r"ou|oo", "u"),
        (r"w", "v"),
        (r"h", ""),
        (r"[yij]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The first letters of a folded word without its language's habits of spelling; Cyrillic is transliterated.

    ``zaloujny`` and ``zaluzhnyi`` are both ``saluin``. Words too short to be told apart come out short.
    """
    spelt = word[: 2 * LENGTH].translate(_CYRILLIC).replace(" ", "")
    for habit, spelling in _HABITS:
        spelt = habit.sub(spelling, spelt)
    return spelt[:LENGTH].removesuffix("e")
