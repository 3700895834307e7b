"""A strict Bot API server on loopback, and the people who talk to the bot through it.

    async with FakeTelegram() as fake:
        platform = TelegramPlatform(fake.token, api_url=fake.url, …)     # or TELEGRAM_API_URL=fake.url bot run
        await fake.private("/status ceasefire", language="fr")
        answer = await fake.next_message(fake.person("fr").chat)
        await fake.press(answer, "Détails")
        assert fake.violations == []

Faults are scripted call by call: ``fake.script("sendMessage", faults.flood(3), faults.dropped())``.
"""

from __future__ import annotations

from tests.fakes.telegram import faults
from tests.fakes.telegram.people import FakeTelegram
from tests.fakes.telegram.state import Call, ChatState, Person, SentButton, SentMessage

__all__ = ["Call", "ChatState", "FakeTelegram", "Person", "SentButton", "SentMessage", "faults"]
