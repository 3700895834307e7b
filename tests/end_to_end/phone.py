"""Someone's phone: what they write and tap on Telegram, and what they read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.fakes.telegram import FakeTelegram, Person, SentMessage


@dataclass(frozen=True, slots=True)
class Phone:
    """One person in one chat. Every message of the chat is read in order, whoever caused it."""

    telegram: FakeTelegram
    person: Person
    chat: int

    async def reads(self, *words: str) -> SentMessage:
        """The next message of the chat, which says these words."""
        return _says(await self.telegram.next_message(self.chat), words)

    async def writes(self, text: str, *words: str) -> SentMessage:
        """Write, and read the answer."""
        if self.chat == self.person.chat:
            await self.telegram.private(text, person=self.person)
        else:
            await self.telegram.group_message(self.chat, text, self.person)
        return await self.reads(*words)

    async def taps(self, message: SentMessage, label: str, *words: str) -> SentMessage:
        """Press a button that has a new message for an answer."""
        await self.telegram.press(message, _label(message, label), self.person)
        return await self.reads(*words)

    async def taps_in_place(self, message: SentMessage, label: str, *words: str) -> SentMessage:
        """Press a button whose answer takes the message's place."""
        before = message.edits
        await self.telegram.press(message, _label(message, label), self.person)
        await self.telegram.until(lambda: message.edits > before, f"the answer to {label}")
        return _says(message, words)

    async def is_told(self, message: SentMessage, label: str) -> str:
        """Press a button that is answered for the presser's eyes only."""
        query = await self.telegram.press(message, _label(message, label), self.person)
        answer = await self.telegram.until_answered(query)
        assert answer["show_alert"]
        return plain(answer["text"])


def next_minute() -> datetime:
    """The nearest full minute that leaves half a minute to subscribe before it, however busy the machine is."""
    return (datetime.now(UTC) + timedelta(seconds=90)).replace(second=0, microsecond=0)


def plain(text: str) -> str:
    """French no-break spaces as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _says(message: SentMessage, words: tuple[str, ...]) -> SentMessage:
    for each in words:
        assert each in plain(message.text), message.text
    return message


def _label(message: SentMessage, beginning: str) -> str:
    """The whole label of the button that begins so."""
    labels = [label for label in message.labels if plain(label).startswith(beginning)]
    assert labels, (beginning, message.labels)
    return labels[0]
