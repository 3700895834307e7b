"""Who is behind an article: its outlet's owner, the agency it credits, the belligerent it speaks for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.domain.feed import Ownership, host_of
from bot.domain.story import Source, SourcedArticle
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

_SECTION = re.compile(r"\s+[-–—|•:]\s+|\s*[|:]\s+")
"""What parts an outlet's name from its section: ``Le Monde - International``, ``BBC | World``."""

_LETTERS = re.compile(r"[^\W_]+")
_SECOND_LEVELS = frozenset({"co", "com", "org", "gov", "net", "ac", "gouv", "edu"})
"""``bbc.co.uk``: the outlet is before them."""

_EDGE = 160
"""Characters at both ends of a text where credits stand; in between an agency is quoted, not credited."""


def outlet(sourced: SourcedArticle) -> str:
    """The outlet an article appeared in, whichever of its sections or feeds: ``lefigaro``."""
    return named(sourced.article.url, sourced.source.name)


def named(url: str | None, name: str) -> str:
    """The outlet of an article's address and its source's name: what sections of one outlet have in common."""
    return _outlet(url or "", name)


def owner(sourced: SourcedArticle) -> str:
    """The owner of the outlet, ``moscow`` or ``kyiv`` for a belligerent's government-controlled media.

    Owners nobody listed are named by their outlet: the letters of its site's name, else of its own.
    """
    return _owner(sourced.article.url or "", sourced.source)


def agency(sourced: SourcedArticle) -> str | None:
    """The owner of the agency whose wire the article says it is, such as ``(AFP)`` or ``avec Reuters``; else None."""
    article = sourced.article
    for text in (article.title, article.summary, article.text):
        for edge in (text[:_EDGE], text[-_EDGE:]):
            if (credit := _credit().search(edge)) is not None:
                return _agencies()[fold(next(group for group in credit.groups() if group))]
    return None


@lru_cache(4_096)
def _owner(url: str, source: Source) -> str:
    # Remembered, as the outlet is, since the same articles are asked about again and again.
    name = _outlet(url, source.name)
    listed = _owners().get(name)
    return listed or _belligerent(source) or name


@lru_cache(4_096)
def _outlet(url: str, name: str) -> str:
    name = name.strip()
    for address in (url, name if "://" in name else ""):
        if address and _tells(host := host_of(address).lower()):
            return _label(host)
    return _letters(_SECTION.split(name)[0])


@lru_cache(4_096)
def _label(host: str) -> str:
    """The name in a host: lefigaro of ``video.lefigaro.fr``, bbc of ``feeds.bbci.co.uk`` by way of its listed owner."""
    labels = host.split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels.pop()
    return _letters(labels[-1])


@lru_cache(4_096)
def _letters(name: str) -> str:
    return "".join(_LETTERS.findall(fold(name)))


def _tells(host: str) -> bool:
    """Whether a host is an outlet's own: not an aggregator's, a number or a machine nearby."""
    return "." in host and not host[-1].isdigit() and ":" not in host and host not in _aggregators()


def _belligerent(source: Source) -> str | None:
    if source.ownership is not Ownership.STATE or not source.country:
        return None
    countries: dict[str, str] = yaml_data("outlets.yaml")["belligerents"]
    return next((side for side, country in countries.items() if country == source.country.upper()), None)


@cache
def _aggregators() -> frozenset[str]:
    listed: str = yaml_data("outlets.yaml")["aggregators"]
    return frozenset(host.strip() for host in listed.split(","))


def _lines(key: str) -> list[tuple[str, list[str]]]:
    block: str = yaml_data("outlets.yaml")[key]
    parted = (line.partition(" = ") for line in block.splitlines())
    return [(owner.strip(), [name.strip() for name in names.split(",")]) for owner, _, names in parted]


@cache
def _owners() -> dict[str, str]:
    return {outlet: owner for owner, outlets in _lines("owners") for outlet in outlets}


@cache
def _agencies() -> dict[str, str]:
    return {fold(name): owner for owner, names in _lines("agencies") for name in names}


@cache
def _credit() -> re.Pattern[str]:
    """Credits as papers give them; an agency that was told something or is cited mid-sentence is none."""
    names = sorted((name for _, listed in _lines("agencies") for name in listed), key=len, reverse=True)
    one = "(" + "|".join(map(re.escape, names)) + ")"
    return re.compile(
        rf"\((?:avec |with |via |source ?: ?|© ?)?{one}(?: ?/ ?[\w .]+)?\)"
        rf"|(?:\bavec (?:l['’]|la )?|\bwith (?:the )?|©\s?|\b[Ss]ource ?: ?|\bvia ){one}\b(?=\s*(?:[.),|–—-]|$))"
        rf"|(?:^|[./|–—-]\s?){one}\s*\.?$"
        rf"|^\s*{one}\s*[-–—:|]"
    )
