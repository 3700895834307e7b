"""Reports: somebody says that a point of a briefing is wrong, and moderators decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import CommandError
from bot.domain.language import ReaderLanguage
from bot.domain.moderation import Authority

REPORTS_A_DAY = 5
"""Of one person. Each is somebody else's work."""
LONGEST_CORRECTION = 200
"""Characters of what moderators add under a point: one sentence."""


class ReportState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    HIDDEN = "hidden"
    """The point's story is no longer told to the chats concerned."""
    CORRECTED = "corrected"
    """The messages that told it carry the moderators' note."""
    DISMISSED = "dismissed"
    """The sources say what the point says."""


@dataclass(frozen=True, slots=True)
class Report:
    """One point, by however many people it is reported."""

    id: int
    story_id: str
    chat_id: int | None
    """The chat whose moderators decide, for it alone; None: the bot's, for everyone."""
    headline: str
    text: str
    """As the reader met it; empty where it was not kept."""
    opened_at: datetime
    state: ReportState = ReportState.OPEN
    words: str = ""
    """The moderators' correction, in ``language``."""
    language: ReaderLanguage = "fr"
    telling: int | None = None
    """The change of the audit log that messages do not follow yet."""

    @property
    def for_everyone(self) -> bool:
        """Whether what is decided holds for every chat."""
        return self.chat_id is None

    def require(self, authority: Authority, chat_id: int) -> None:
        """Raise CommandError where a moderator of ``chat_id`` may not decide it."""
        if self.for_everyone:
            if not authority.bot:
                raise CommandError("not-bot-moderator")
        elif self.chat_id != chat_id:
            raise CommandError("report-unknown", value=self.id)
        elif not authority.chat:
            raise CommandError("not-allowed")


@dataclass(frozen=True, slots=True)
class SourceSaid:
    """What one source says of a reported point."""

    outlet: str
    url: str | None
    sentence: str
