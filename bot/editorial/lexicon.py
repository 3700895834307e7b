"""The lexicon: who, where and what a text names, as canonical ids that French, English, Ukrainian and Russian share.

Ids come from the pack's ``gazetteer.yaml``: ``P:zelensky``, ``O:nato``, ``L:kyiv``, ``C:ceasefire``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from bot.domain.language import ReaderLanguage
from bot.editorial.matching import DECOYS, Found, Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

Side = Literal["kyiv", "moscow"]
"""The belligerent an actor belongs to."""

_SIDES: Mapping[str, Side] = {"kyiv": "kyiv", "moscow": "moscow"}

_CAPITALS = "!"
"""Ends the group of names that must be written in capitals: UN is not ``un``, US is not ``us``."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060])*")
"""A word with the combining marks and invisible characters that folding takes off."""


_POSSESSIVE = re.compile(r"['’]s?\s*$")
_APPOSITION = re.compile(r"\s*[,;(:«\"“]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something of the gazetteer, named in a text."""

    id: str
    surface: str
    """As written."""
    start: int
    end: int
    """Where it stands: ``text[start:end]``."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or an institution that can say or do something."""

    id: str
    names: Mapping[ReaderLanguage, str]
    """As readers know it: one spelling a language."""
    roles: Mapping[ReaderLanguage, str]
    """Such as "porte-parole du Kremlin"; empty where the name says enough."""
    side: Side | None
    """None: neither belligerent's."""
    role_since: date | None = None
    """The day from which the role is true; None: always, as far as this war goes."""


def entities(text: str) -> tuple[Mention, ...]:
    """What the text names, in order, the longest name first where names overlap. Linear in the text's length.

    A name may have several ids ("fires" is a fire or a shot): each is reported.
    """
    spans = [found.span() for found in _WORD.finditer(text)]
    words = [_folded(text[start:end]) for start, end in spans]
    return tuple(
        Mention(found.group.removesuffix(_CAPITALS), text[start:end], start, end)
        for found in _longest(_vocabulary().find(words))
        for start, end in [(spans[found.start][0], spans[found.end - 1][1])]
        if not found.group.endswith(_CAPITALS) or text[start:end].isupper()
    )


def actor(name: str) -> Actor | None:
    """The person or institution a name means, such as ``Zelensky``, ``le président Zelensky`` or ``the Kremlin``.

    None for the unknown, and for namesakes: an unknown first name before a known family name is somebody else.
    """
    head = _POSSESSIVE.sub("", _APPOSITION.split(name)[0])
    mentions = entities(head)
    last = next((mention for mention in reversed(mentions) if mention.id in actors()), None)
    if last is None or _WORD.search(head, last.end):
        return None
    known = actors()[last.id]
    before = [word for word in _WORD.finditer(head, 0, last.start) if not _within(word.start(), mentions)]
    return known if all(_belongs(word[0], known) for word in before) else None


@cache
def spellings(id_: str) -> tuple[str, ...]:
    """Every name of something, in all languages, folded; of ``prisonnier*`` what it begins with. Unknown: none."""
    return tuple(dict.fromkeys(fold(name).removesuffix("*") for name in _names_by_id().get(id_, ())))


@cache
def actors() -> Mapping[str, Actor]:
    """Every person and institution of the gazetteer by id."""
    return {id_: _actor(id_, fields) for id_, fields in _fields().items()}


@cache
def places() -> Mapping[str, str]:
    """Institution's id → id of the country it stands for: the Pentagon decides, headlines say Washington."""
    return {id_: fields["of"] for id_, fields in _fields().items() if "of" in fields}


@cache
def ubiquitous() -> frozenset[str]:
    """Ids that nearly every article about this war has, so that sharing one tells little."""
    return frozenset(_listed("ubiquitous"))


@cache
def usual() -> frozenset[str]:
    """Ids that very many articles about this war have."""
    return frozenset(_listed("usual"))


@cache
def reporters() -> frozenset[str]:
    """Ids of agencies and outlets: they are named for what they report, not for what they do."""
    return frozenset(_listed("reporters"))


@cache
def belligerents() -> frozenset[str]:
    """Ids of the countries at war with each other."""
    return frozenset(_listed("belligerents"))


@cache
def invaded() -> frozenset[str]:
    """Ids of the countries the war is fought in."""
    return frozenset(_listed("invaded"))


@cache
def newsrooms() -> tuple[str, ...]:
    """Outlets, as written, that name their reporters in what they report."""
    return tuple(sorted(_listed("newsrooms"), key=len, reverse=True))


@cache
def newsroom_posts() -> tuple[str, ...]:
    """What comes between an outlet and its reporter's name."""
    return tuple(_listed("newsroom_posts"))


@cache
def formats() -> frozenset[str]:
    """Folded words that only name a kind of article: "direct", "décryptage"."""
    return frozenset(word for phrase in _listed("formats") for word in fold(phrase).split() if len(word) > 3)


_folded = lru_cache(maxsize=65_536)(fold)


def _longest(found: Iterable[Found]) -> Iterator[Found]:
    """Of terms that overlap the longest, then the first; terms of exactly one span all count."""
    ranked = sorted(found, key=lambda term: (term.start, -term.end))
    free_from, kept = 0, (-1, -1)
    for term in ranked:
        if (term.start, term.end) == kept or term.start >= free_from:
            yield term
            free_from, kept = term.end, (term.start, term.end)


def _within(position: int, mentions: Iterable[Mention]) -> bool:
    """Whether a word is part of something known, such as the Kremlin in "Kremlin spokesman Dmitry Peskov"."""
    return any(mention.start <= position < mention.end for mention in mentions)


def _belongs(word: str, person: Actor) -> bool:
    """Whether a word may precede the name without making it somebody else's: lower case, a title, a first name."""
    folded = fold(word)
    own = {part for name in person.names.values() for part in fold(name).split()}
    return word[:1].islower() or len(word) == 1 or folded in own or folded in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(part for title in _listed("titles") for part in _WORD.findall(fold(title)))


def _listed(key: str) -> list[str]:
    listed: str = yaml_data("gazetteer.yaml")[key]
    return [item.strip() for item in listed.split(",")]


@cache
def _fields() -> Mapping[str, Mapping[str, str]]:
    """Actor's id → field → value, as the pack's lines have them."""
    lines = (line for line in yaml_data("gazetteer.yaml")["actors"].splitlines() if line and line[0] != "#")
    parted = ([part.strip() for part in line.split("|")] for line in lines)
    return {id_: dict(_field(part) for part in parts) for id_, *parts in parted}


def _field(part: str) -> tuple[str, str]:
    name, _, value = part.partition(" = ")
    return name, value


def _actor(id_: str, fields: Mapping[str, str]) -> Actor:
    names: dict[ReaderLanguage, str] = {"fr": _typeset(fields["fr"]), "en": _typeset(_english(fields))}
    roles: dict[ReaderLanguage, str] = {
        "fr": _typeset(fields.get("role fr", "")),
        "en": _typeset(fields.get("role en", "")),
    }
    since = fields.get("role since")
    return Actor(id_, names, roles, _SIDES.get(fields.get("side", "")), date.fromisoformat(since) if since else None)


def _typeset(name: str) -> str:
    return name.replace("'", "’")


def _english(fields: Mapping[str, str]) -> str:
    return fields.get("en", fields["fr"])


@cache
def _vocabulary() -> Vocabulary:
    groups: dict[str, str] = {DECOYS: yaml_data("gazetteer.yaml")["namesakes"]}
    for id_, names in _names():
        capitals = [name for name in names if _in_capitals(name)]
        others = [name for name in names if not _in_capitals(name)]
        groups[id_] = ", ".join(others)
        groups[id_ + _CAPITALS] = ", ".join(capitals)
    return Vocabulary(groups)


def _in_capitals(name: str) -> bool:
    """``UN``, ``СБУ``, ``M23``: short words that would be others in lower case."""
    return name.isupper() and " " not in name


def _names() -> Iterator[tuple[str, list[str]]]:
    """Every id with its names as the pack writes them, display names included."""
    for id_, fields in _fields().items():
        shown = [] if "shown only" in fields else [fields["fr"], _english(fields)]
        yield id_, [_bare(name) for name in shown] + [name.strip() for name in fields.get("names", "").split(",")]
    for block in ("places", "concepts"):
        for line in yaml_data("gazetteer.yaml")[block].splitlines():
            id_, _, names = line.partition(" = ")
            if names:
                yield id_.strip(), [name.strip() for name in names.split(",")]


@cache
def _names_by_id() -> Mapping[str, list[str]]:
    return dict(_names())


def _bare(name: str) -> str:
    """A display name without its article: ``le Kremlin`` → Kremlin."""
    return re.sub(r"^(?:l['’]|(?:le|la|les|the|The)\s+)", "", name)
