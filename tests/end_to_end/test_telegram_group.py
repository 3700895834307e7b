"""A group's path on Telegram and a channel's, in both languages, through one ``bot run``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.end_to_end.conftest import Operator
from tests.end_to_end.phone import Phone, next_minute, plain
from tests.fakes.telegram import FakeTelegram


@dataclass(frozen=True, slots=True)
class Words:
    """What a group reads and taps in its language; who adds the bot has a client in another one."""

    language: str
    adders_language: str
    greeting: str
    morning: str
    refused: str
    speak: str
    spoken: str
    confirmed: str
    topic: str
    again: str
    outlet: str
    current: str
    asked: str
    settings: str
    details: str


FRENCH = Words(
    language="fr", adders_language="en", greeting="Hello. I am Dépêche", morning="Every day at 8:00",
    refused="Seuls les modérateurs", speak="/language fr", spoken="Je vous réponds maintenant en français",
    confirmed="C’est noté", topic="Cessez-le-feu", again="Déjà répondu", outlet="Le Quai", current="Vos points",
    asked="publier dans ce canal", settings="Réglages", details="Détails",
)  # fmt: skip
ENGLISH = Words(
    language="en", adders_language="fr", greeting="Bonjour. Je suis Dépêche", morning="Chaque jour à 8 h",
    refused="Only this chat’s moderators", speak="/langue anglais", spoken="I will answer you in English",
    confirmed="Done", topic="Ceasefire", again="Already answered", outlet="The Harbour Post", current="Your briefings",
    asked="post in this channel", settings="Settings", details="Details",
)  # fmt: skip


async def test_a_group_and_a_channel_from_being_added_to_being_back_in_both_languages(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    async with FakeTelegram() as telegram:
        tokens = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        async with operator.running(**tokens):
            groups = [Group(telegram, words) for words in (FRENCH, ENGLISH)]
            channels = [Channel(telegram, words) for words in (FRENCH, ENGLISH)]
            await asyncio.gather(*(each.is_joined() for each in groups), *(each.is_offered() for each in channels))
            at = next_minute()
            await asyncio.gather(*(group.orders(at) for group in groups), *(channel.orders(at) for channel in channels))
            await asyncio.gather(
                *(group.moves_and_reads(at) for group in groups), *(channel.posts(at) for channel in channels)
            )
            await asyncio.gather(*(group.throws_us_out_and_takes_us_back() for group in groups))
        assert telegram.violations == []


class Group:
    """A group with an administrator and a member."""

    def __init__(self, telegram: FakeTelegram, words: Words) -> None:
        self.telegram, self.words = telegram, words
        self.admin = telegram.person(words.adders_language, f"Admin of {words.language}")
        self.member = telegram.person(words.language, f"Member of {words.language}")
        self.chat = telegram.group(admins=[self.admin], members=[self.member], basic=True, joined=False)

    async def is_joined(self) -> None:
        """Greeted in the adder's language; what a member may not is told to them alone; then it gets its language."""
        admin, member, words = self._phone(admin=True), self._phone(), self.words
        await self.telegram.membership(self.chat, "member", by=self.admin)
        greeting = await admin.reads(words.greeting)
        assert await member.is_told(greeting, words.morning)
        await admin.writes(words.speak, words.spoken)
        for command in ("/settings", "/addfeed netcomsn.com", "/audit", "/unsubscribe", "/forget"):
            await member.writes(command, words.refused)

    async def orders(self, at: datetime) -> None:
        """The administrator orders, an anonymous one looks it up, and a question asked twice is answered once."""
        member, words = self._phone(), self.words
        await self._phone(admin=True).writes(f"/subscribe {at:%H:%M} UTC", words.confirmed)
        await self.telegram.anonymous_message(self.chat, "/settings")
        await member.reads(words.settings, "UTC")
        answer = await member.writes("/status ceasefire", words.topic)
        assert (await member.writes("/status", words.again)).reply_to == answer.message_id

    async def moves_and_reads(self, at: datetime) -> None:
        """It becomes a supergroup, and the briefing follows it there."""
        before = len(self.telegram.sent(self.chat))
        old, self.chat = self.chat, await self.telegram.migrate(self.chat)
        edition = await self._phone().reads(self.words.outlet)
        assert datetime.now(UTC) >= at
        assert edition.buttons
        assert len(self.telegram.sent(old)) == before

    async def throws_us_out_and_takes_us_back(self) -> None:
        """What was ordered is still known."""
        await self.telegram.membership(self.chat, "kicked", by=self.admin)
        await self.telegram.membership(self.chat, "member", by=self.admin)
        await self._phone().reads(self.words.current, "UTC")

    def _phone(self, *, admin: bool = False) -> Phone:
        return Phone(self.telegram, self.admin if admin else self.member, self.chat)


class Channel:
    """A public channel, its administrator and a reader."""

    def __init__(self, telegram: FakeTelegram, words: Words) -> None:
        self.telegram, self.words = telegram, words
        self.admin = telegram.person(words.language, f"Owner of {words.language}")
        self.name = f"vigie_{words.language}"
        self.chat = telegram.channel(admins=[self.admin], bot_is_admin=False, username=self.name)

    async def is_offered(self) -> None:
        """Who makes us administrator is asked for the hour in private."""
        phone = Phone(self.telegram, self.admin, self.admin.chat)
        await phone.writes("/help")
        await self.telegram.membership(self.chat, "administrator", by=self.admin)
        await phone.reads("La Vigie", self.words.asked)

    async def orders(self, at: datetime) -> None:
        """By the channel's name, or at a button's press."""
        phone = Phone(self.telegram, self.admin, self.admin.chat)
        await phone.writes(f"/subscribe @{self.name} {at:%H:%M} UTC", "La Vigie", self.words.confirmed)
        await phone.writes(f"/settings @{self.name}", "La Vigie", self.words.settings, "UTC")
        stranger = self.telegram.person(self.words.language, f"Stranger to {self.words.language}")
        refused = await Phone(self.telegram, stranger, stranger.chat).writes(f"/unsubscribe @{self.name}", "La Vigie")
        assert not refused.buttons

    async def posts(self, at: datetime) -> None:
        """The briefing comes to all; a reader's press is answered in their own chat with us."""
        edition = await Phone(self.telegram, self.admin, self.chat).reads(self.words.outlet)
        assert datetime.now(UTC) >= at
        reader = self.telegram.person(self.words.language, f"Reader of {self.words.language}")
        label = next(label for label in edition.labels if label.startswith(self.words.details))
        query = await self.telegram.press(edition, label, reader)
        opened = await self.telegram.until_answered(query)
        phone = Phone(self.telegram, reader, reader.chat)
        details = await phone.writes(f"/start {opened['url'].partition('?start=')[2]}")
        assert details.links
        assert len(self.telegram.sent(self.chat)) == 1, plain(self.telegram.sent(self.chat)[-1].text)
