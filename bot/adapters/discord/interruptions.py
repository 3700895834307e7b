"""Should we be killed over an interaction: Discord tells it to nobody again, so who asked is told by our successor."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.adapters.discord.calls import FAILURES, Calls, WayBack, persist
from bot.adapters.discord.render import DiscordRenderer
from bot.domain.message import Message
from bot.ports import AnswerBook, Unanswered

Interrupted = Sequence[tuple[Unanswered, Message]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Interruptions:
    """What is being answered, as far as there is a ``book`` for it. A book that fails keeps nobody from an answer."""

    book: AnswerBook | None
    calls: Calls
    renderer: DiscordRenderer

    async def note(self, request: Unanswered) -> None:
        """It is being carried out."""
        if self.book is not None:
            try:
                await self.book.note(request)
            except Exception as error:
                _log.warning("%s could not be noted: %s", request.update_id, type(error).__name__)

    async def settle(self, update_id: str) -> None:
        """It has taken effect, or never will."""
        if self.book is not None:
            try:
                await self.book.settle(update_id)
            except Exception as error:
                _log.warning("%s stays noted: %s", update_id, type(error).__name__)

    async def found(self) -> Interrupted:
        """What an earlier process left. To be asked before we hear of anything new: that is noted in the same book."""
        if self.book is None:
            return ()
        try:
            return await self.book.interrupted()
        except Exception as error:
            _log.warning("nobody can be told what was interrupted: %s", type(error).__name__)
            return ()

    async def tell(self, application: int, interrupted: Interrupted) -> None:
        """Tell each asker once; whoever can't be reached any more is left."""
        for request, message in interrupted:
            back = WayBack(application, request.way_back)
            part = self.renderer.render(message)[0]
            try:
                if request.in_place:
                    await self.calls.add_answer(back, part, private=request.private)
                else:
                    await persist(partial(self.calls.complete_answer, back, part))
            except FAILURES as error:
                _log.info("the asker of %s could not be told: %s", request.update_id, type(error).__name__)
