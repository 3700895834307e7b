"""Time zones as people name them: a city in either language, an offset, or an IANA name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.domain.language import ReaderLanguage
from bot.i18n.places import PLACES
from bot.i18n.translator import translator

_NOT_AREAS = {"Etc", "US", "Canada", "Brazil", "Mexico", "Chile"}
"""Prefixes whose names are no cities, or are old spellings of others."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+−-])\s*(?P<hours>\d{1,2})(?::?00|h)?", re.IGNORECASE)
_LINKING = ("heure de ", "a ", "de ", "in ", "at ")


def find_zone(text: str) -> str | None:
    """The IANA zone someone means, or None.

    >>> find_zone("Dakar"), find_zone("UTC+1"), find_zone("Le Caire")
    ('Africa/Dakar', 'Etc/GMT-1', 'Africa/Cairo')
    """
    wanted = _fold(text)
    for linking in _LINKING:
        wanted = wanted.removeprefix(linking)
    offset = _OFFSET.fullmatch(wanted)
    if offset is not None:
        return _etc(int(offset["hours"]), ahead=offset["sign"] == "+")
    if several_zones(wanted):
        return None
    return _cities().get(wanted) or _cities().get(wanted.partition(",")[0])


def several_zones(text: str) -> bool:
    """Whether places of more than one zone are named: ``Paris, Dakar``, unlike ``Montréal, Québec``."""
    return len({_cities().get(_fold(place)) for place in text.split(",")} - {None}) > 1


def _etc(hours: int, *, ahead: bool) -> str | None:
    """POSIX zones count westward: UTC+1 is Etc/GMT-1."""
    if hours == 0:
        return "Etc/UTC"
    name = f"Etc/GMT{'-' if ahead else '+'}{hours}"
    return name if name in available_timezones() else None


@cache
def _cities() -> dict[str, str]:
    names: dict[str, str] = {}
    aliases = get_global("zone_aliases")
    for zone in sorted(available_timezones()):
        area, _, place = zone.rpartition("/")
        names[_fold(zone)] = zone if area else aliases.get(zone, zone)
        if not area or area in _NOT_AREAS or zone in aliases:
            continue
        names.setdefault(_fold(place.replace("_", " ")), zone)
        for locale in ("fr", "en"):
            names.setdefault(_fold(get_timezone_location(zone, locale=locale, return_city=True)), zone)
    for folded, zone in _countries():
        names.setdefault(folded, zone)
    return {**names, **PLACES}


def _countries() -> Iterator[tuple[str, str]]:
    """(folded name, zone) of the countries where it is the same time everywhere."""
    real, aliases = available_timezones(), get_global("zone_aliases")
    zones: dict[str, list[str]] = {}
    for zone, territory in get_global("zone_territories").items():
        if zone in real and zone not in aliases:
            zones.setdefault(territory, []).append(zone)
    names = [Locale(language).territories for language in ("fr", "en")]
    for territory, only in zones.items():
        if len(only) == 1:
            yield from ((_fold(known[territory]), only[0]) for known in names if territory in known)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("’", "'")).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


_COMMON = (
    "Africa/Dakar", "Africa/Abidjan", "Africa/Bamako", "Africa/Kinshasa", "Africa/Casablanca", "Africa/Algiers",
    "Africa/Tunis", "Africa/Lagos", "Africa/Douala", "Europe/Paris", "Europe/London", "Europe/Brussels",
    "Europe/Zurich", "Europe/Berlin", "Europe/Kyiv", "America/Toronto", "America/New_York", "Etc/UTC",
)  # fmt: skip
"""Offered before anything is typed: where the readers are."""


_NEAR: dict[ReaderLanguage, tuple[str, ...]] = {
    "fr": ("Africa/Dakar", "Europe/Paris", "Europe/Kyiv"),
    "en": ("Africa/Dakar", "Europe/London", "Europe/Kyiv"),
}
_FAR = (
    "America/Los_Angeles", "America/New_York", "America/Toronto", "America/Sao_Paulo", "Africa/Dakar",
    "Africa/Abidjan", "Africa/Bamako", "Africa/Casablanca", "Europe/London", "Africa/Algiers", "Africa/Douala",
    "Africa/Kinshasa", "Africa/Lagos", "Africa/Tunis", "Europe/Brussels", "Europe/Paris", "Europe/Kyiv",
    "Africa/Nairobi", "Europe/Istanbul", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo",
)  # fmt: skip
"""A page of buttons: with the chat's own, 24 cities in rows of two are what one Discord message holds."""


def offered_zones(language: ReaderLanguage, now: datetime, *, first: Sequence[str], all_of_them: bool) -> list[str]:
    """Zones to choose from with a tap, westernmost first: ``first`` and the language's own, or a page of them."""
    wanted = [*first, *(_FAR if all_of_them else _NEAR[language])]
    return sorted(dict.fromkeys(wanted), key=lambda zone: now.astimezone(ZoneInfo(zone)).replace(tzinfo=None))


def suggest_zones(typed: str, language: ReaderLanguage, limit: int = 25) -> list[tuple[str, str]]:
    """(city, IANA zone) pairs for what is typed so far, from memory."""
    wanted = _fold(typed)
    if not wanted:
        zones: list[str] = list(_COMMON)
    else:
        exact = find_zone(typed)
        found = [exact] if exact else []
        zones = list(dict.fromkeys(found + [zone for name, zone in _cities().items() if name.startswith(wanted)]))
    reader = translator(language)
    return [(reader.city(zone), zone) for zone in zones[:limit]]
