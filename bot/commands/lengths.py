"""How much of each story, as people write it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.briefing import Length

LENGTHS: Mapping[str, Length] = {
    "titres": Length.HEADLINES, "titres seulement": Length.HEADLINES, "les titres": Length.HEADLINES,
    "headlines only": Length.HEADLINES, "court": Length.SHORT, "courte": Length.SHORT, "complet": Length.FULL,
    "complète": Length.FULL, "long": Length.FULL, "longue": Length.FULL, **{length.value: length for length in Length},
}  # fmt: skip
