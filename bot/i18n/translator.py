"""A translator words keys, numbers, moments and places in one reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.domain.language import ReaderLanguage
from bot.i18n.catalogue import Catalogue, catalogue

_LOCALES: dict[ReaderLanguage, str] = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Translator:
    """Words for one language. A key the catalogue lacks is a programming error: KeyError."""

    catalogue: Catalogue

    @property
    def language(self) -> ReaderLanguage:
        """The language it words things in."""
        return self.catalogue.language

    @property
    def locale(self) -> Locale:
        """Babel's locale of this language."""
        return Locale.parse(_LOCALES[self.language])

    def knows(self, key: str) -> bool:
        """Whether the catalogue has a sentence for a key."""
        return key in self.catalogue.sentences

    def text(self, key: str, /, **arguments: object) -> str:
        """The sentence of a key with its placeholders filled."""
        return self.catalogue.sentences[key][0].format_map(arguments)

    def count(self, key: str, number: int, /, **arguments: object) -> str:
        """The sentence of a key in the plural form of ``number``, which fills ``{count}``."""
        forms = self.catalogue.sentences[key]
        form = forms[min(self.catalogue.form_of(number), len(forms) - 1)]
        return form.format_map({"count": self.number(number), **arguments})

    def number(self, number: float) -> str:
        """A number with the language's separators: ``1 234,5`` or ``1,234.5``."""
        return format_decimal(number, locale=self.locale)

    def both(self, items: list[str]) -> str:
        """Items joined as a sentence would: ``a, b et c``."""
        return format_list(items, locale=self.locale)

    def clock(self, at: datetime, zone: str) -> str:
        """A moment's wall-clock time in a zone: ``20 h 55``, ``21 h``, ``20:55``."""
        local = at.astimezone(ZoneInfo(zone))
        key = "format.clock-sharp" if local.minute == 0 else "format.clock"
        return self.text(key, hour=local.hour, padded_hour=f"{local.hour:02}", minute=f"{local.minute:02}")

    def day(self, at: datetime | date, zone: str = "UTC") -> str:
        """A date with its weekday: ``lundi 10 février``, ``Monday 10 February``."""
        local = at.astimezone(ZoneInfo(zone)).date() if isinstance(at, datetime) else at
        return self._ordinal(format_date(local, self.text("format.day"), locale=self.locale), local)

    def short_day(self, at: datetime | date, zone: str = "UTC") -> str:
        """A date without weekday: ``10 février``."""
        local = at.astimezone(ZoneInfo(zone)).date() if isinstance(at, datetime) else at
        return self._ordinal(format_date(local, self.text("format.short-day"), locale=self.locale), local)

    def _ordinal(self, words: str, day: date) -> str:
        """French counts the first of a month: ``1er février``."""
        return words.replace("1 ", "1er ", 1) if self.language == "fr" and day.day == 1 else words

    def when(self, at: datetime, now: datetime, zone: str) -> str:
        """A moment as one says it: the time today, ``hier 8 h``, else with its date."""
        here = ZoneInfo(zone)
        days = (now.astimezone(here).date() - at.astimezone(here).date()).days
        clock = self.clock(at, zone)
        if days == 0:
            return clock
        if days == 1:
            return self.text("format.yesterday", clock=clock)
        return self.text("format.on-day", day=self.short_day(at, zone), clock=clock)

    def city(self, zone: str) -> str:
        """The city a zone is known by: ``Dakar``, ``Le Caire``; an offset zone keeps its name, ``UTC+1``."""
        override = f"city.{zone}"
        if self.knows(override):
            return self.text(override)
        if "/" not in zone or zone.startswith("Etc/"):
            return _offset_name(zone)
        return get_timezone_location(zone, locale=self.locale, return_city=True)


def _offset_name(zone: str) -> str:
    """POSIX zones count westward: Etc/GMT-1 is UTC+1."""
    name = zone.removeprefix("Etc/")
    if name.startswith("GMT") and len(name) > 3:
        return "UTC" + name[3:].translate(str.maketrans("+-", "-+"))
    return "UTC" if name in {"GMT", "UTC", "UCT", "Zulu"} else name


@cache
def translator(language: ReaderLanguage) -> Translator:
    """The translator of a reader's language."""
    return Translator(catalogue(language))
