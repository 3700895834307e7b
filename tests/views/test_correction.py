"""Corrections as readers meet them: under the point, and at the start of the next edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.adapters.console import as_text
from bot.domain.briefing import Badge
from bot.domain.correction import Correction, CorrectionKind
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import plain
from bot.views.briefing import briefing_message
from tests.views.test_briefing import AT, ENGLISH, LOCAL, briefing, point

LATER = AT + timedelta(hours=12)
SENTENCE = "Moscou a accepté la trêve de trente jours proposée par Washington."
NUMBER = Correction(
    CorrectionKind.NUMBER, LATER, "Odessa : un terminal touché", AT, "Le Quai", "12 morts", "8 morts", "fr"
)
NEGATION = replace(NUMBER, kind=CorrectionKind.NEGATION, before=SENTENCE, after=f"{SENTENCE[:6]} n’{SENTENCE[7:]}")
WITHDRAWN = replace(NUMBER, kind=CorrectionKind.WITHDRAWN, before="", after="")
BY_HAND = replace(NUMBER, kind=CorrectionKind.MODERATORS, before="", after="le terminal est celui d’Izmaïl.")
FOREIGN = replace(NUMBER, outlet="The Harbour Post", before="12 dead", after="8 dead", language="en")
ALL = (NUMBER, NEGATION, WITHDRAWN, BY_HAND, FOREIGN)


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_message_set_right_says_when_by_whom_and_what_it_said(
    language: ReaderLanguage, snapshot: SnapshotAssertion
) -> None:
    points = (
        point("Odessa : un terminal touché", LOCAL, badges=(Badge.NEW, Badge.CORRECTED), notes=ALL),
        point("Retiré", text="", citations=(), badges=(Badge.CORRECTED,), notes=(WITHDRAWN,)),
        point("Talks in Ankara end without a date", ENGLISH, quoted_language="en", notes=(FOREIGN,)),
    )
    assert as_text(briefing_message(briefing(language, *points))) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_the_next_edition_opens_with_it(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    later = briefing(language, point("Autre chose", LOCAL), at=LATER, corrections=ALL)
    assert as_text(briefing_message(later)) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_quiet_day_opens_with_it_too(language: ReaderLanguage) -> None:
    first, second, *_ = plain(briefing_message(briefing(language, at=LATER, corrections=(NUMBER,)))).splitlines()
    assert "Odessa" in first
    assert "Rien de nouveau" in second or "Nothing new" in second
