"""The sentences publishing software adds to the end of every excerpt. Pure."""

from __future__ import annotations

import re

_FARTHEST = 600
"""Characters between a tail's opening and its marker: a title fits."""

_MARKERS = (" est apparu en premier sur ", " appeared first on ", " first appeared on ")
_OPENINGS = ("L’article ", "L'article ", "Cet article ", "The post ", "The article ", "Le post ")
_MORE = re.compile(
    r"\(?\b(?:Lire la suite|Lire l['’]article|Continuer la lecture|En savoir plus"
    r"|Continue reading|Read more|Read the rest)\b",
    re.IGNORECASE,
)
_MORE_WORDS = ("suite", "article", "lecture", "savoir", "reading", "more", "rest")
"""One of them is in whatever ``_MORE`` finds. Looked for first because it is quick."""
_LONGEST_MORE = 240
"""Characters: the phrase with the article's title behind it."""


def without_tail(text: str) -> str:
    """The text without WordPress's signature ("The post … appeared first on …") and a final "Read more".

    The signature must end the text, and stand at the start of a paragraph or after a sentence: prose that quotes
    the phrase keeps it.
    """
    return _without_more(_without_signature(text))


def _without_signature(text: str) -> str:
    last = text.rfind("\n") + 1
    for marker in _MARKERS:
        place = text.rfind(marker, last)
        if place < 0:
            continue
        for opening in _OPENINGS:
            start = text.rfind(opening, max(last, place - _FARTHEST), place)
            if start >= 0 and (start == last or text[start - 2 : start].strip()[-1:] in set('.!?…»”")]')):
                return text[:start].rstrip()
    return text


def _without_more(text: str) -> str:
    last = max(text.rfind("\n"), text.rfind("…"), len(text) - _LONGEST_MORE, 0)
    end = text[last:].lower()
    more = _MORE.search(text, last) if any(word in end for word in _MORE_WORDS) else None
    return text[: more.start()].rstrip() if more is not None else text
