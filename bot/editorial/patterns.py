"""Patterns over the words of one sentence, with gaps and anchors, in the notation of ``data/phases.yaml``.

    refus*      any word that begins so          (a|b c|)   one of these; an empty one makes it optional
    ~4          up to four words of the clause   _          any one word
    @           an anchor: a mention of the topic the sentence is read for; ``@*plan*`` one that holds "plan",
                ``@*(plan|deal)*`` one that holds either
    ;           the end of a clause

Patterns become regular expressions without unbounded repetition, so a sentence costs its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.editorial.text import fold

LONGEST = 150
"""Words of a sentence that are looked at; real ones have 20, a table glued into one line has thousands."""

_TOKEN = re.compile(r"[^\W_]+|[,;:!?…()\[\]—–]|[.](?=[\s\"»”]|$)")
_PIECE = re.compile(r"@\*\([^()]*\)\*|\([^()]*\)|\S+")
_SEPARATOR = re.compile(r"[,\n](?![^()]*\))")


class Match(NamedTuple):
    """Where a pattern was found: characters of the line, and how many words it spans."""

    start: int
    end: int
    length: int


def clauses(sentence: str) -> tuple[str, ...]:
    """The folded words of a sentence, at most ``LONGEST``; a comma is a word, ``;`` ends a clause."""
    found: list[str] = []
    for match in _TOKEN.finditer(fold(sentence)):
        word = match[0]
        found.append(word if word[0].isalnum() or word == "," else ";")
        if len(found) == LONGEST:
            break
    return tuple(found)


def line(words: Sequence[str]) -> str:
    """Words as the one line that patterns are searched in."""
    return f" {' '.join(words)} "


def compiled(block: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Every pattern of a block (separated by commas or lines) as one expression, for ``matches``.

    ``at_end``: only where the pattern ends with what is searched.

    Raises ValueError for nested brackets, and for a pattern that can match nothing at all.
    """
    alternatives = [_expression(pattern) for pattern in patterns(block)]
    return re.compile("(?<= )(?=(" + "|".join(alternatives) + ")" + ("$" if at_end else "") + ")")


def matches(expression: re.Pattern[str], searched: str) -> Iterator[Match]:
    """Every place of a ``line`` where a compiled block begins to match, overlapping ones included."""
    for found in expression.finditer(searched):
        yield Match(found.start(1), found.end(1), found[1].count(" "))


def patterns(block: str) -> Iterator[str]:
    """The patterns of a block, one by one."""
    return (pattern.strip() for pattern in _SEPARATOR.split(fold(block)) if pattern.strip())


def _expression(pattern: str) -> str:
    pieces = _PIECE.findall(pattern)
    if any(piece.count("(") != piece.count(")") or piece.count("(") > 1 for piece in pieces):
        raise ValueError(f"a pattern with brackets in brackets, or without a partner: {pattern!r}")
    expression = "".join(map(_piece, pieces))
    if re.fullmatch(expression, ""):
        raise ValueError(f"a pattern that matches nothing: {pattern!r}")
    return expression


def _piece(piece: str) -> str:
    if piece.startswith("@*("):
        return rf"@[^ ]*(?:{piece[3:-2]})[^ ]* "
    if piece.startswith("("):
        return "(?:" + "|".join("".join(map(_word, choice.split())) for choice in piece[1:-1].split("|")) + ")"
    return _word(piece)


def _word(word: str) -> str:
    if word.startswith("~"):
        return rf"(?:[^ ;]+ ){{0,{int(word[1:])}}}?"
    if word == "@":
        return "@[^ ]* "
    if word == "_":
        return "[^ ;]+ "
    return "[^ ]*".join(map(re.escape, word.split("*"))) + " "
