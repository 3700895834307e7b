"""A feed that was looked at, as the blocks of a card: previews and suggestions show the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.masking import masked
from bot.domain.message import Block, Heading, Listing, Text
from bot.domain.offer import Candidate, Caution
from bot.i18n import Translator
from bot.views.clip import clipped
from bot.views.parts import quoted, say

LONGEST_TITLE = 120
LONGEST_ADDRESS = 100


def candidate_blocks(candidate: Candidate, reader: Translator, zone: str, now: datetime) -> tuple[Block, ...]:
    """Name, address, rhythm, share about the war with headlines, whose it is, and what to beware of."""
    facts = (
        shown_address(candidate.url),
        _rhythm(candidate, reader, zone, now),
        _share(candidate, reader),
        ownership_words(candidate, reader),
    )
    titles = tuple((Text(quoted(clipped(title, LONGEST_TITLE), reader)),) for title in candidate.titles)
    blocks: list[Block] = [Heading((Text(candidate.name),)), Listing(tuple((Text(fact),) for fact in facts))]
    if titles:
        blocks += [say(reader.text("feed.titles" if candidate.relevant else "feed.titles-other")), Listing(titles)]
    cautions = tuple((Text(words),) for words in _cautions(candidate, reader))
    if cautions:
        blocks += [say(reader.text("feed.beware"), bold=True), Listing(cautions)]
    return tuple(blocks)


def shown_address(url: str) -> str:
    """An address for people: without secrets, and not too long."""
    return clipped(masked(url), LONGEST_ADDRESS)


def ownership_words(candidate: Candidate, reader: Translator) -> str:
    """Who controls it, or that it is not known."""
    return reader.text(f"feed.ownership.{candidate.ownership or 'unknown'}")


def _rhythm(candidate: Candidate, reader: Translator, zone: str, now: datetime) -> str:
    newest = candidate.newest_at
    return reader.text(
        "feed.rhythm",
        language=reader.text(f"language.{candidate.language}"),
        week=reader.number(round(candidate.entries_a_week)),
        newest=reader.when(newest, now, zone) if newest else reader.text("probe.undated"),
    )


def _share(candidate: Candidate, reader: Translator) -> str:
    percent = round(100 * candidate.relevant / max(1, candidate.entries))
    return reader.count("feed.share", candidate.entries, percent=reader.number(percent))


def _cautions(candidate: Candidate, reader: Translator) -> Iterator[str]:
    for caution in Caution:
        if caution in candidate.cautions:
            yield reader.text(f"feed.caution.{caution}", name=candidate.same_as or "")
