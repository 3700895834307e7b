"""How much of each story, as people write it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.briefing import Length

LENGTHS: Mapping[str, Length] = {
    "titres": Length.HEADLINES, "court": Length.SHORT, "courte": Length.SHORT, "complet": Length.FULL,
    "complète": Length.FULL, "long": Length.FULL, **{length.value: length for length in Length},
}  # fmt: skip
