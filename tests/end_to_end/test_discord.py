"""A server's whole path and a person's, on Discord, through ``bot run``, in both languages at once.

Invited, set up, briefed at the time, published, read in detail, restarted, removed, invited again: one minute's wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.end_to_end.conftest import Operator
from tests.end_to_end.phone import next_minute
from tests.fakes.discord import MANAGE_GUILD, Answer, Channel, FakeDiscord, Guild, Sent
from tests.fakes.discord.rules import SILENT

DETAILS = {"fr": "Détails", "en": "Details"}
AWA, JOHN, EDITOR = 601, 602, 603
"""A French and an English reader, and an editor who manages nothing."""


def shown(words: Answer | Sent) -> str:
    """The text as a reader sees it, without the marks that keep it literal."""
    return words.text.replace("\\", "").replace("\u200b", "").replace("\u00a0", " ")


@dataclass
class Newsroom:
    """A server with a French announcement channel and an English forum."""

    discord: FakeDiscord
    guild: Guild
    news: Channel
    forum: Channel
    lobby: Channel
    role: int
    alerts: int

    @classmethod
    def of(cls, discord: FakeDiscord) -> Newsroom:
        """A server the bot is not in yet."""
        guild = discord.add_guild(invited=False)
        return cls(
            discord,
            guild,
            news=discord.add_announcements(guild),
            forum=discord.add_forum(guild, "briefings", tags=("Misc", "Ukraine")),
            lobby=discord.add_channel(guild, "accueil"),
            role=discord.add_role(guild, "Rédaction").id,
            alerts=discord.add_role(guild, "Alertes").id,
        )

    async def manage(self, command: str, /, locale: str = "fr", **options: Any) -> Answer:
        """Whoever manages the server asks in the lobby."""
        return await self.discord.slash(
            self.guild, self.lobby, command, locale=locale, permissions=MANAGE_GUILD, **options
        )

    async def member(self, command: str, /, locale: str = "fr", **options: Any) -> Answer:
        """Anybody asks in the lobby."""
        return await self.discord.slash(self.guild, self.lobby, command, locale=locale, **options)

    async def press(self, message: Sent, label: str, locale: str = "fr", **who: Any) -> Answer:
        """Anybody, or who manages the server, presses the first button whose label begins so."""
        full = next(str(button["label"]) for button in message.buttons if str(button["label"]).startswith(label))
        return await self.discord.press(self.guild, message, full, locale=locale, **who)

    @property
    def post(self) -> Sent | None:
        """The newest post of the forum."""
        posts = {channel.id for channel in self.discord.channels.values() if channel.parent_id == self.forum.id}
        return next((sent for sent in reversed(self.discord.rest.sent) if sent.channel_id in posts), None)


async def test_a_server_and_two_readers_from_the_invitation_to_the_return(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    async with FakeDiscord() as discord:
        tokens = {
            "DISCORD_BOT_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        room = Newsroom.of(discord)
        awa, john = discord.open_direct(AWA), discord.open_direct(JOHN)
        async with operator.running(**tokens):
            await discord.connected()
            await discord.invite(room.guild)
            minute = next_minute()
            at = f"{minute:%H:%M}"
            await set_up(room, at)
            await subscribe_in_private(discord, awa, john, at)
            await members_may_not(room)
            await ask(room)
            editions = await pushed(room, awa, john, minute)
            await read_in_detail(room, *editions[:2])
            await talk_in_private(discord, awa, john, *editions[2:])
        async with operator.running(**tokens):
            await discord.connected(2)
            await old_buttons_work(room, *editions[:2])
            await removed_and_back(room, at)
        assert discord.rest.overwrites == 1
    assert discord.violations == []


async def set_up(room: Newsroom, at: str) -> None:
    refused = await room.member("setup", time=at)
    assert refused.private
    assert "Seuls les modérateurs" in shown(refused)

    card = await room.manage(
        "setup", channel=str(room.news.id), language="fr", zone="UTC", time=at,
        moderators=str(room.role), alerts=str(room.alerts),
    )  # fmt: skip
    assert "Réglages de #annonces" in shown(card)
    assert "dix par heure" in shown(card)
    assert "Dernière minute : oui, en mentionnant @Alertes" in shown(card)

    tags = await room.discord.typing(room.guild, room.lobby, "setup", "tag", "ukr", channel=str(room.forum.id))
    card = await room.discord.slash(
        room.guild, room.lobby, "setup", locale="en-GB", by=EDITOR, roles=(room.role,),
        channel=str(room.forum.id), language="en", zone="UTC", tag=tags[0][1],
    )  # fmt: skip
    assert "When should the briefing come" in shown(card)
    again = await room.manage("setup", "en-GB", channel=str(room.forum.id), time=at)
    assert "Tag: Ukraine" in shown(again)
    assert at in shown(again)


async def subscribe_in_private(discord: FakeDiscord, awa: Channel, john: Channel, at: str) -> None:
    done = await discord.slash(None, awa, "subscribe", locale="fr", by=AWA, time=at, zone="UTC")
    assert not done.private
    assert "C’est noté" in shown(done)
    done = await discord.slash(None, john, "subscribe", locale="en-US", by=JOHN, time=at, zone="UTC")
    assert "Done" in shown(done)


async def members_may_not(room: Newsroom) -> None:
    for command in ("subscribe", "settings", "addfeed", "feeds"):
        options = {"url": "https://a.example"} if command == "addfeed" else {}
        answer = await room.member(command, "en-GB", **options)
        assert answer.private
        assert "moderators" in shown(answer) or command == "feeds"
    assert room.discord.messages(room.lobby) == []


async def ask(room: Newsroom) -> None:
    """A status with its topic completed, shown to everyone by an editor, and its picture."""
    found = await room.discord.typing(room.guild, room.lobby, "status", "topic", "cess")
    assert found[0] == ("Cessez-le-feu", "ceasefire")
    french = await room.member("status", topic=found[0][1])
    english = await room.member("status", "en-GB", topic="ceasefire")
    assert (french.private, english.private) == (True, True)
    assert "Cessez-le-feu" in shown(french)
    assert "Ceasefire" in shown(english)
    picture = await room.press(english.messages[0], "As a picture", "en-GB")
    assert [content[:4] for content in picture.files.values()] == [b"\x89PNG"]

    own = await room.discord.slash(room.guild, room.lobby, "status", by=EDITOR, roles=(room.role,))
    public = await room.discord.press(room.guild, own.messages[0], "Montrer à tous", by=EDITOR, roles=(room.role,))
    assert not public.private
    read = await room.press(public.messages[0], "In English", "de")
    assert read.private
    assert "Ceasefire" in shown(read)

    feeds = await room.discord.typing(room.guild, room.lobby, "feeds", "feed", "quai")
    assert feeds[0][0].startswith("Le Quai")


async def pushed(room: Newsroom, awa: Channel, john: Channel, minute: datetime) -> tuple[Sent, Sent, Sent, Sent]:
    """The edition everywhere at its minute: published in French, under its tag in English, and in private."""
    discord = room.discord
    await discord.until(
        lambda: discord.messages(room.news) and room.post and discord.messages(awa) and discord.messages(john),
        "the editions",
    )
    (french,), english = discord.messages(room.news), room.post
    assert english is not None
    assert datetime.now(UTC) >= minute
    await discord.until(lambda: french.published, "the publication")
    assert "Le Quai" in shown(french)
    assert ":R>" in french.text
    assert "The Harbour Post" in shown(english)
    assert english.tags == ["Ukraine"]
    for edition in (french, english):
        assert edition.payload["flags"] & SILENT
        assert edition.payload["allowed_mentions"] == {"parse": []}
    private = discord.messages(awa)[0], discord.messages(john)[0]
    assert not any(edition.payload["flags"] & SILENT for edition in private)
    assert all(sent.nonce for sent in (french, *private))
    return french, english, *private


async def read_in_detail(room: Newsroom, french: Sent, english: Sent) -> None:
    details = await room.press(french, DETAILS["fr"])
    assert details.private
    assert "](<http" in details.text
    translated = await room.press(french, "In English")
    assert translated.private
    assert "The Harbour Post" in shown(translated)
    assert "Dépêche" in (await room.press(english, "En français", "en-GB")).text
    details = await room.press(english, DETAILS["en"], "en-GB")
    assert details.private


async def talk_in_private(discord: FakeDiscord, awa: Channel, john: Channel, french: Sent, english: Sent) -> None:
    """A person's own settings, as on any other platform, to the end of everything kept."""
    for place, edition, locale, person in ((awa, french, "fr", AWA), (john, english, "en-US", JOHN)):
        words = DETAILS[locale[:2]]
        label = next(str(one["label"]) for one in edition.buttons if str(one["label"]).startswith(words))
        assert (await discord.press(None, edition, label, locale=locale, by=person)).text
        card = await discord.slash(None, place, "settings", locale=locale, by=person)
        length = "Complet" if locale == "fr" else "Full"
        await discord.press(None, card.messages[0], length, locale=locale, by=person)
        assert f"✓ {length}" in [button["label"] for button in card.buttons]
        gone = await discord.slash(None, place, "unsubscribe", locale=locale, by=person)
        assert ("plus de point" if locale == "fr" else "no more briefings") in shown(gone)
        sure = await discord.slash(None, place, "forget", locale=locale, by=person)
        done = await discord.press(None, sure.messages[0], str(sure.buttons[0]["label"]), locale=locale, by=person)
        assert ("C’est effacé" if locale == "fr" else "It is removed") in shown(done)


async def old_buttons_work(room: Newsroom, french: Sent, english: Sent) -> None:
    assert "](<http" in (await room.press(french, DETAILS["fr"])).text
    assert "Le Quai" in (await room.press(english, "En français")).text


async def removed_and_back(room: Newsroom, at: str) -> None:
    await room.discord.remove(room.guild)
    await room.discord.invite(room.guild)
    card = await room.manage("setup", channel=str(room.news.id))
    assert at.replace(":", " h ").removesuffix(" 00").lstrip("0") in shown(card)
    assert "@Rédaction" in shown(card)
