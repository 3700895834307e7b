"""Clean-up: an article's prose, without what web pages put around it. Linear in the text's length.

What counts as noise is in ``data/summary_noise.yaml``. Cleaning only takes away: what is left is the source's
own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

LONGEST_HEADING = 90
"""Characters of a line without a final stop that is taken for a heading."""

LONGEST_NOISE = 260
"""Characters: a longer line is prose, even if it starts like noise."""

FEWEST_LINES = 4
"""Headings are looked for in texts of at least so many lines: an excerpt's only line is its content."""

SAME_TITLE = 90
"""Percent of likeness from which a line repeats the title."""

HEADINGS_AT_MOST = 0.5
"""Share of the text. Where more would go, the page simply doesn't end its paragraphs with stops."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]"
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]{0,300}>")
_SPACES = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"^[\s•·●▪►▶→⇒*\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+")
_CUT_SHORT = re.compile(r" ?[\[(] ?(?:…|\.\.\.) ?[\])]$")
_BEFORE_STOP = re.compile(r" ([,.])(?=\s|$)")
_SPACED_STOP = re.compile(r"[^\W_] \.(?=\s|$)")
_STOP = re.compile(r"[^\W_][»”\"')\]]?\.(?=\s|$)")
_SPACED_TITLE = re.compile(rf"(?:(?<=^)|(?<=[.!?»”\")]\s))[^.!?\n]{{1,{LONGEST_HEADING}}} \.(?=\s|$)", re.MULTILINE)
_ARTICLE = re.compile(r"\b(?:the|an?|les?|la|une?|des|du|aux?)\b|\b[ld]['’]", re.IGNORECASE)
_FINAL = re.compile(r"[.!?…:;,。！？][\s»”\"’')\]]*$|[»”\")]$")

_AGENCY = (
    r"(?:AFP|AP|APA|APS|AA|BBC|Belga|CNN(?: Business)?|dpa|EFE|R(?:euters|EUTERS)|RFI|TASS|Ukrinform|UNIAN|VOA|Xinhua)"
)
_NAME = r"[A-ZÀ-Ý][\w'’.-]{1,24}"
_PLACE = rf"{_NAME}(?:[ ,/]{{1,2}}{_NAME}){{0,4}}"
_CAPITALS = r"[A-ZÀ-Ý][A-ZÀ-Ý'’.-]{2,24}(?:[ ,/]{1,2}[A-ZÀ-Ý][\w'’.-]{1,24}){0,3}"
_DAY = r"(?:,?\s*(?:le\s+)?(?:\d{1,2}(?:er)?\s[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.?\s\d{1,2})(?:,?\s\d{4})?)?"
_DATELINE = re.compile(
    rf"^(?:\({_AGENCY}\)\s*[-–—]*\s*"
    rf"|{_PLACE}(?:\s\([\w ]{{2,30}}\))?{_DAY}\s*\(?{_AGENCY}\)?{_DAY}\s*[-–—]{{1,2}}\s+"
    rf"|{_AGENCY}\s*[-–—]{{1,2}}\s+"
    rf"|{_CAPITALS}(?:\s\([\w ]{{2,30}}\))?{_DAY}\s+[-–—]{{1,2}}\s+)(?=\S)"
)

_WORDPRESS = (
    (" est apparu en premier sur ", "L’article", "L'article"),
    (" appeared first on ", "The post", "The post"),
    (" first appeared on ", "The post", "The post"),
)


@dataclass(frozen=True, slots=True)
class _Noise:
    """One language's part of ``summary_noise.yaml``, with what holds for all languages."""

    lines: re.Pattern[str]
    whole: re.Pattern[str]
    inside: re.Pattern[str]
    signs: tuple[str, ...]
    kicker: re.Pattern[str] | None


def clean(text: str, language: str, title: str = "") -> str:
    """The article's prose, one paragraph a line; empty where nothing of it is prose.

    ``text`` is plain text with one paragraph a line; ``title`` the article's, whose repetition is dropped.
    """
    prose = _without_spaced_titles(_without_wordpress_tail(visible(text)))
    lines = [_tidy(line, language) for line in prose.split("\n")]
    lines = [line for line in lines if line and not is_noise(line, language) and not _repeats(line, title)]
    return "\n".join(_without_headings([_after_title(line, title) for line in lines]))


def is_noise(line: str, language: str) -> bool:
    """Is a line or sentence a byline, credit, teaser or the like, rather than prose?"""
    noise = _noise(language)
    return len(line) <= LONGEST_NOISE and bool(noise.lines.match(line) or noise.whole.fullmatch(line))


def is_heading(line: str) -> bool:
    """Is a line short and without a final stop, or wholly in capitals?"""
    return len(line) <= LONGEST_HEADING and (not _FINAL.search(line) or line.isupper())


def without_kicker(line: str, language: str) -> str:
    """The line without an opening label such as ``ANALYSE -`` or ``EN DIRECT.``; itself where it has none."""
    kicker = _noise(language).kicker
    shorter = kicker.sub("", line, count=1).lstrip() if kicker is not None else line
    return shorter or line


def visible(text: str) -> str:
    """The text without control and direction characters and left-over tags; line ends as newlines."""
    lines = "\n".join(text.splitlines())
    return _TAG.sub(" ", _INVISIBLE.sub("", lines))


def _tidy(line: str, language: str) -> str:
    line = _BULLET.sub("", _SPACES.sub(" ", line))
    line = _BEFORE_STOP.sub(r"\1", line)  # where inline markup stood: "the United Nations , accused"
    line = _DATELINE.sub("", line[:200]) + line[200:]
    line = _CUT_SHORT.sub("…", _without_insertions(line, language).strip())
    return without_kicker(line, language)


def _without_insertions(line: str, language: str) -> str:
    noise = _noise(language)
    if not any(sign in line for sign in noise.signs):
        return line
    shorter, cuts = noise.inside.subn("", line)
    return _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", shorter)) if cuts else line


def _without_wordpress_tail(text: str) -> str:
    """Without ``L’article … est apparu en premier sur …``, which ends WordPress excerpts."""
    for marker, *openings in _WORDPRESS:
        place = text.rfind(marker)
        if place < 0:
            continue
        start = max(text.rfind(opening, max(0, place - 400), place) for opening in openings)
        end = text.find("\n", place)
        if start >= 0:
            text = text[:start].rstrip() + (text[end:] if end >= 0 else "")
    return text


def _without_spaced_titles(text: str) -> str:
    """Without link titles and labels that were made to end like sentences: ``Minister resigns over bridge .``

    Told by the space before their stop and by having no article, where other stops have no space before them; with
    one, it may be a sentence that ended in a link.
    """
    spaced = len(_SPACED_STOP.findall(text)) if " ." in text else 0
    if not spaced or spaced > len(_STOP.findall(text)):
        return text
    return _SPACED_TITLE.sub(lambda title: title[0] if _ARTICLE.search(title[0]) else "", text)


def _repeats(line: str, title: str) -> bool:
    """Is the line the title again? Not where it is a sentence: then the title repeats it."""
    if not title or not line or line[-1] in ".!" or not len(title) / 2 <= len(line) <= 2 * len(title):
        return False
    return fuzz.ratio(fold(title[:400]), fold(line[:400])) >= SAME_TITLE


def _after_title(line: str, title: str) -> str:
    """Without the title where it was glued to the start of a paragraph."""
    rest = line[len(title) :].lstrip(" .:-–—")
    return rest if len(title) > 20 and line.startswith(title) and rest[:1].isupper() else line


def _without_headings(lines: list[str]) -> list[str]:
    if len(lines) < FEWEST_LINES:
        return lines
    kept = [line for line, after in zip(lines, [*lines[1:], ""], strict=True) if not _heads(line, after)]
    enough = sum(map(len, kept)) >= (1 - HEADINGS_AT_MOST) * sum(map(len, lines))
    return kept if enough else lines


def _heads(line: str, after: str) -> bool:
    """Is the line a heading, or a question that the longer paragraph after it answers?"""
    return is_heading(line) or (len(line) <= LONGEST_HEADING and line.endswith("?") and len(after) > 1.5 * len(line))


@cache
def _noise(language: str) -> _Noise:
    data = yaml_data("summary_noise.yaml")
    own = data.get(language) or dict.fromkeys(data["any"], "")
    lines, whole, inside = (
        _either([*data["any"][key].splitlines(), *own[key].splitlines()]) for key in ("lines", "whole", "inside")
    )
    return _Noise(
        lines=lines,
        whole=whole,
        inside=inside,
        signs=(*data["any"]["signs"].split(), *own["signs"].split()),
        kicker=_kicker(own["kickers"].split(",") if own["kickers"] else []),
    )


def _either(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern.strip()), re.IGNORECASE)


def _kicker(labels: list[str]) -> re.Pattern[str] | None:
    if not labels:
        return None
    listed = "|".join(re.escape(label.strip().upper()) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"^(?:{listed})(?:\s[^\W\d_a-zà-ÿ]{{2,14}}){{0,2}}\s?[-–—|:.]\s+(?=\S)")
