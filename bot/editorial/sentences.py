"""Sentences: where one ends in news prose, quotations and headlines included. Linear in the text's length.

A quotation stays with its speaker and in one piece; ``… :`` stays with the quotation that follows it; a stop after a
title, an initial or an abbreviation ends nothing; paragraphs and headings that a web page glued together are parted.
The words this needs are in ``data/sentences.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from bot.editorial import quotes
from bot.editorial.pack import yaml_data

INTRODUCED = 600
"""Characters. A longer paragraph that ends with a colon isn't joined to the quotation in the next one."""

_STOP = re.compile(r"[.!?…。！？]+")
_SPACE = re.compile(r"\s+")
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"]{1,24}$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_NEXT_WORD = re.compile(r"[^\W\d_]+['’]?")
_SPEAKER = re.compile(r"\s*(?:[^\W\d_][\w'’.-]*\s+){1,4}")
_ASIDE = re.compile(r"\([^()]{2,400}\)")
_SYMBOLS = re.compile(r"^(?:[\u2190-\u2bff\u25a0-\u27bf\ufe0f\U0001f000-\U0001faff]+\s*)+")
_OPENING = "«“„\"([–—-‘'*•"
_CLOSING = ")]’'"
_CLOSING_MARKS = " \u00a0\u202f»”\"’',)]"
_FULL_WIDTH = "。！？"


@dataclass(frozen=True, slots=True)
class _Rules:
    """One language's part of ``sentences.yaml``."""

    never_last: frozenset[str]
    may_end: frozenset[str]
    before_number: frozenset[str]
    starters: frozenset[str]
    glued: re.Pattern[str] | None
    speech: re.Pattern[str] | None


def split(text: str, language: str) -> list[str]:
    """The sentences of a text, white space made single; paragraphs are lines, and each ends its last sentence.

    ``language``: an article's language; others than fr, en, uk and ru are cut by the English rules.
    """
    rules = _rules(language)
    found: list[str] = []
    for paragraph in _paragraphs(text):
        found += _Cutter(paragraph, rules).sentences()
    return found


def _paragraphs(text: str) -> list[str]:
    """Lines with something in them; one that ends with a colon goes on with the quotation below it."""
    joined: list[str] = []
    for line in text.splitlines():
        paragraph = _SPACE.sub(" ", line).strip()
        if not paragraph:
            continue
        if joined and paragraph[0] in quotes.OPENERS and joined[-1].endswith(":") and len(joined[-1]) <= INTRODUCED:
            joined[-1] += " " + paragraph
        else:
            joined.append(paragraph)
    return joined


class _Cutter:
    """Finds the ends of one paragraph's sentences."""

    def __init__(self, paragraph: str, rules: _Rules) -> None:
        self._text = paragraph
        self._rules = rules
        self._quotes = quotes.spans(paragraph)
        self._quote_starts = [span.start for span in self._quotes]
        self._asides = [quotes.Span(*match.span()) for match in _ASIDE.finditer(paragraph)]
        self._aside_starts = [aside.start for aside in self._asides]
        self._lower_case = not any(char.isupper() for char in paragraph)

    def sentences(self) -> list[str]:
        ends = sorted({*self._stops(), *self._glued_headings()})
        pieces = [
            self._text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(self._text)], strict=True)
        ]
        return [piece for piece in pieces if piece]

    def _stops(self) -> list[int]:
        """Positions just after a sentence's final stop and the marks that close with it."""
        return [end for match in _STOP.finditer(self._text) if (end := self._end(match)) is not None]

    def _end(self, stop: re.Match[str]) -> int | None:
        """Where the sentence of this stop ends; None where it goes on."""
        quote = _around(stop.start(), self._quotes, self._quote_starts)
        end = self._closed(stop.end(), quote)
        if end is None:
            return None
        rest = self._text[end : end + 80]
        if not rest.strip() or not self._starts(rest):
            return None
        if stop[0] == "." and quote is None and self._abbreviates(stop.start(), rest.lstrip()):
            return None
        if not rest[0].isspace() and not self._unglues(stop, rest):
            return None
        return None if quote is not None and stop[0][-1] in "!?…" and self._names_speaker(rest) else end

    def _closed(self, end: int, quote: quotes.Span | None) -> int | None:
        """``end`` moved past the marks that close; None within a quotation or an aside, which stay whole."""
        aside = _around(end - 1, self._asides, self._aside_starts)
        for span in (quote, aside):
            if span is not None and self._text[end : span.end].strip(_CLOSING_MARKS) != "":
                return None
        end = quote.end if quote is not None else end
        while end < len(self._text) and self._text[end] in _CLOSING:
            end += 1
        return end

    def _starts(self, rest: str) -> bool:
        """May a sentence start like this?"""
        following = _SYMBOLS.sub("", rest.lstrip())
        first = following.lstrip(_OPENING + " ")[:1]
        return first.isupper() or first.isdigit() or first in "@#" or (first.isalpha() and self._caseless(first))

    def _caseless(self, char: str) -> bool:
        return self._lower_case or char.lower() == char.upper()

    def _abbreviates(self, place: int, following: str) -> bool:
        """Is the stop at ``place`` part of the word before it?"""
        match = _WORD_BEFORE.search(self._text, max(0, place - 24), place)
        if match is None or self._text[place - 1] in "([":
            return self._text[max(0, place - 1) : place] in {"(", "["}
        written = re.split(r"['’]", match[0])[-1]
        word = written.lower()
        if word in self._rules.never_last:
            return True
        if word in self._rules.before_number and following[:1].isdigit():
            return True
        if word in self._rules.may_end or _INITIALS.fullmatch(written):
            return not self._starter(following)
        return len(written) == 1 and written.isupper() and not self._lettered(match.start(), following)

    def _lettered(self, place: int, following: str) -> bool:
        """Does the single letter end its sentence (vitamin C, plan B), rather than stand for a first name?"""
        before = self._text[max(0, place - 24) : place].split()
        return bool(before) and before[-1][0].islower() and self._starter(following)

    def _starter(self, following: str) -> bool:
        match = _NEXT_WORD.match(following.lstrip(_OPENING + " "))
        return (
            match is not None and match[0][0].isupper() and match[0].lower().replace("’", "'") in self._rules.starters
        )

    def _unglues(self, stop: re.Match[str], rest: str) -> bool:
        """No space follows: is it a new paragraph all the same, and no domain name, number or acronym?"""
        before = self._text[max(0, stop.start() - 2) : stop.start()]
        if stop[0][-1] in _FULL_WIDTH:
            return True
        first = rest.lstrip(_OPENING + " ")
        word = len(first) > 1 and first[0].isupper() and (first[1].islower() or first[1] in " '’")
        closed = before[-1:] in ')»”"%€$ '
        quotes_next = rest[0] in quotes.OPENERS and before[-1:].isalnum()
        return word and (closed or quotes_next or (before[-1:].isalnum() and not before.isupper()))

    def _names_speaker(self, rest: str) -> bool:
        """Is it ``"…?" Smith asked``?"""
        return self._rules.speech is not None and self._rules.speech.match(rest) is not None

    def _glued_headings(self) -> list[int]:
        """Where a heading without a final stop was glued to a paragraph: ``une sortie difficileLe ministre``."""
        if self._rules.glued is None:
            return []
        glued = [match.start() for match in _CAPITAL.finditer(self._text) if self._glues(match.start())]
        glued += [quote.end for quote in self._quotes if self._text[quote.end : quote.end + 1].isupper()]
        return [place for place in glued if not _around(place, self._quotes, self._quote_starts)]

    def _glues(self, place: int) -> bool:
        """Does the capital at ``place`` start a paragraph's first word, right after another word's end?"""
        before = self._text[max(0, place - 2) : place]
        if len(before) < 2 or not before.isalpha() or not (before.islower() or before.isupper()):
            return False
        return self._rules.glued is not None and self._rules.glued.match(self._text, place) is not None


def _around(place: int, spans: list[quotes.Span], starts: list[int]) -> quotes.Span | None:
    """The span that holds the position, among spans in order of ``starts``."""
    index = bisect_right(starts, place) - 1
    return spans[index] if index >= 0 and place < spans[index].end else None


@cache
def _rules(language: str) -> _Rules:
    data = yaml_data("sentences.yaml")
    listed = data.get(language) or data["en"]
    lists = {key: listed[key].split() for key in listed}
    return _Rules(
        never_last=frozenset(lists["never_last"]),
        may_end=frozenset(lists["may_end"]),
        before_number=frozenset(lists["before_number"]),
        starters=frozenset(lists["starters"]),
        glued=_glue(lists["glued"]),
        speech=_speech(lists["speech"]),
    )


def _glue(starters: list[str]) -> re.Pattern[str] | None:
    words = "|".join(map(re.escape, (word for word in starters if word != '"')))
    return re.compile(rf"(?:{words})(?:[ \u00a0]|(?<=['’]))") if words else None


def _speech(verbs: list[str]) -> re.Pattern[str] | None:
    return re.compile(_SPEAKER.pattern + rf"(?:{'|'.join(verbs)})\b") if verbs else None
