"""The offline writer: it selects and trims the articles' own sentences, and nothing else."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Story
from bot.editorial.digest import digest
from bot.ports import READER_WAITS, Patience


class ExtractiveWriter:
    """Fulfils the Summariser port without network, key or model download."""

    async def condense(
        self,
        story: Story,
        language: ReaderLanguage,
        *,
        since: datetime | None,
        patience: Patience = READER_WAITS,  # noqa: ARG002 - the port's; it takes milliseconds and costs nothing
    ) -> Digest:
        """A digest of the sources' sentences; off the event loop, since a long story takes tens of milliseconds."""
        return await asyncio.to_thread(digest, story, language, since=since)
