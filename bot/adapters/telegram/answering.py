"""Answering one request: find out its asker's rights, have it answered, say the answer where it belongs."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace

import structlog

from bot.adapters.telegram.aim import aim
from bot.adapters.telegram.calls import Calls
from bot.adapters.telegram.cut import units
from bot.adapters.telegram.elsewhere import Aimed, Elsewhere
from bot.adapters.telegram.inbound import Heard
from bot.adapters.telegram.members import Members
from bot.adapters.telegram.render import TelegramRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.message import Heading, Message, RenderedPart, Text, plain
from bot.ports.talking import ChatChange, ChatEvent, ChatEvents, Dispatch, Request

log = structlog.get_logger(__name__)

ALOUD_LIMIT = 200
"""UTF-16 units of the words that acknowledge a press (Bot API, answerCallbackQuery)."""
PRESS_PATIENCE = 2.0
"""Seconds a button's clock may turn while its answer is written."""
_MOST_REMEMBERED = 500


@dataclass(slots=True)
class Answering:
    """Says answers. ``members`` and ``elsewhere`` ask Telegram who may do what."""

    calls: Calls
    members: Members
    elsewhere: Elsewhere
    events: ChatEvents | None = None
    """Told of a chat that an answer found to be gone."""
    renderer: TelegramRenderer = field(default_factory=TelegramRenderer)
    _said: OrderedDict[str, int] = field(default_factory=OrderedDict)
    """The message that answered an update, so that a later answer can point to it."""

    async def answer(self, heard: Heard, dispatch: Dispatch) -> None:
        """Have a request answered and say it; nothing where it was answered before."""
        request, aimed = await self._decided(heard)
        writing = asyncio.ensure_future(self._written(request, heard.request.chat, dispatch))
        try:
            if heard.query is not None and await self._told_aloud(heard.query, writing):
                return
            message = await writing
        finally:
            writing.cancel()
        if message is not None:
            await self._say(heard, message, aimed)

    async def _told_aloud(self, query: str, writing: asyncio.Future[Message | None]) -> bool:
        """Acknowledge a press, with the whole answer where it is for the presser alone and comes soon."""
        await asyncio.wait([writing], timeout=PRESS_PATIENCE)
        ready = writing.done() and not writing.cancelled() and writing.exception() is None
        aloud = _aloud(writing.result()) if ready else None
        await self.calls.acknowledge(query, words=aloud)
        return aloud is not None

    async def _decided(self, heard: Heard) -> tuple[Request, Aimed | None]:
        request = heard.request
        if heard.about is not None:
            aimed = await self.elsewhere.aim(heard, heard.about)
            return (aimed.request, aimed) if isinstance(aimed, Aimed) else (aimed, None)
        if heard.ask_about is not None:
            request = replace(request, is_moderator=await self.members.administers(*heard.ask_about))
        return request, None

    async def _written(self, request: Request, seen_in: ChatAddress, dispatch: Dispatch) -> Message | None:
        async with self.calls.typing(seen_in):
            return await dispatch(request)

    async def _say(self, heard: Heard, message: Message, aimed: Aimed | None) -> None:
        address, extra = heard.request.chat, self._reply_to(heard, message)
        parts = self._parts(message, aimed)
        if message.replaces and heard.pressed is not None and await self._replaced(address, heard.pressed, parts[0]):
            parts = parts[1:]
        for part in parts:
            result = await self.calls.send_patiently(address, part, extra)
            if result.outcome is not SendOutcome.SENT:
                log.warning("telegram answer not sent", outcome=result.outcome, detail=result.detail)
                await self._lost(heard.request, result)
                return
            self._remember(heard.request.update_id, result)
            extra = {}

    async def _lost(self, request: Request, result: SendResult) -> None:
        """The first sign that we may not write there any more: nothing else is tried."""
        if result.outcome is SendOutcome.CHAT_GONE and self.events is not None:
            await self.events(ChatEvent(request.chat, request.chat_kind, ChatChange.GONE))

    def _parts(self, message: Message, aimed: Aimed | None) -> tuple[RenderedPart, ...]:
        """For another chat: under its name, and with buttons that speak of it."""
        if aimed is None:
            return self.renderer.render(message)
        titled = replace(message, blocks=(Heading((Text(aimed.title),)), *message.blocks))
        return aim(self.renderer.render(titled), aimed.chat)

    async def _replaced(self, address: ChatAddress, message_id: int, part: RenderedPart) -> bool:
        """A picture can't become words, and an old message can't be changed: then the answer is a new one."""
        result = await self.calls.edit(address, str(message_id), part)
        return result.outcome is SendOutcome.SENT

    # --- What an answer points to ---

    def _reply_to(self, heard: Heard, message: Message) -> dict[str, object]:
        """The earlier answer it speaks of; else, in a group, its question."""
        target = self._said.get(message.points_to, heard.reply_to)
        if target is None:
            return {}
        return {"reply_parameters": {"message_id": target, "allow_sending_without_reply": True}}

    def _remember(self, update_id: str, result: SendResult) -> None:
        if result.message_id is None or update_id in self._said:
            return
        self._said[update_id] = int(result.message_id)
        if len(self._said) > _MOST_REMEMBERED:
            self._said.popitem(last=False)


def _aloud(message: Message | None) -> str | None:
    """What concerns a presser alone and is short is shown to them alone; None: it is said as a message."""
    if message is None or not message.private or message.buttons or message.replaces or message.picture:
        return None
    words = plain(message).strip()
    return words if words and units(words) <= ALOUD_LIMIT else None
