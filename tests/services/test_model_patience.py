"""Editions and a model: however slow it is, nobody's briefing is a minute late because of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Story
from bot.ports import READER_WAITS, Patience, Purpose
from bot.services.brief import Briefer
from bot.services.editions import MODEL_SECONDS, Editions
from tests.fakes.clock import FakeClock
from tests.services.editions import SWAP, Paper

READERS = 30


class Slow:
    """A writer that takes all the time it is given, and then writes offline."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.given: list[float] = []
        self.purposes: set[Purpose] = set()

    async def condense(
        self, story: Story, language: ReaderLanguage, *, since: datetime | None, patience: Patience = READER_WAITS
    ) -> Digest:
        """See the port."""
        self.given.append(patience.seconds)
        self.purposes.add(patience.purpose)
        self._clock.pass_by(seconds=patience.seconds)
        return await ExtractiveWriter().condense(story, language, since=since)


@pytest.fixture
def paper(store: SqlStore, clock: FakeClock) -> Paper:
    """Readers who ordered their briefing for noon."""
    return Paper(store, clock)


async def test_all_editions_of_a_slot_together_wait_less_than_a_minute(paper: Paper) -> None:
    for number in range(READERS):
        await paper.reader(12, chat=str(number))
    paper.clock.pass_by(hours=1)
    await paper.appear(SWAP)
    paper.clock.pass_by(hours=23)
    slow, due = Slow(paper.clock), paper.clock.now()
    editions = Editions(paper.store, paper.clock, Briefer(paper.store, slow), paper.editions.renderers, "me")
    assert await editions.turn() == READERS
    assert paper.clock.now() - due <= timedelta(seconds=MODEL_SECONDS)
    assert MODEL_SECONDS < 60
    assert (slow.given[0], set(slow.given[1:])) == (MODEL_SECONDS, {0.0})
    assert slow.purposes == {Purpose.BRIEFING}
