"""One card, read in the other language by whoever prefers it, without anybody else being shown it."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.discord.sharing import Sharing
from bot.domain.chat import ChatAddress
from bot.domain.message import Button, Message, Paragraph, Text
from bot.ports import Request
from bot.views.other_language import with_other_language
from tests.adapters.discord.conftest import Newsroom, Served, status
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord
from tests.fakes.discord.rules import walk

SHARING = Sharing({"fr": "Partager", "en": "Share"}, frozenset({"status"}))


async def readable(request: Request) -> Message:
    """A status that can be read in the other language; without a client's, in the server's, French."""
    asked = request if request.client_language else replace(request, client_language="fr")
    return with_other_language(status(asked), "status grain")


async def test_a_public_edition_is_read_in_the_other_language_by_its_presser_alone(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    newsroom.answer = readable
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    edition = with_other_language(Message("fr", (Paragraph((Text("Un pont rouvre."),)),)), "status grain")
    async with served() as platform:
        (part,) = platform.renderer.render(edition)
        await platform.send(ChatAddress("discord", str(channel.id)), part, "d1-0")
    async with served():  # Whatever was restarted since.
        answer = await discord.press(guild, discord.messages(channel)[0], "In English", locale="de")
    assert answer.private
    assert "Nothing is signed" in answer.text
    request = newsroom.requests[-1]
    assert (request.command, request.text, request.client_language) == ("status", "grain", "en")
    assert request.for_asker_alone
    assert [button["label"] for button in answer.buttons] == ["Details"]


async def test_a_shared_answer_has_the_button_and_a_members_own_has_not(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    newsroom.answer = readable
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served(SHARING):
        own = await discord.slash(guild, channel, "status", topic="grain", permissions=MANAGE_GUILD)
        shown = await discord.press(guild, own.messages[0], "Partager", permissions=MANAGE_GUILD)
        read = await discord.press(guild, shown.messages[0], "In English", locale="en-US")
    assert "In English" not in [button["label"] for button in own.buttons]
    assert "In English" in [button["label"] for button in shown.buttons]
    assert (read.private, "Nothing is signed" in read.text) == (True, True)


def test_the_button_ends_the_last_row_or_stands_below_a_full_one() -> None:
    def rows(*labels: str) -> list[list[str]]:
        buttons = tuple(Button(label, "help") for label in labels)
        message = Message("en", (Paragraph((Text("x"),)),), (buttons,) if buttons else ())
        (part,) = DiscordRenderer().render(with_other_language(message, "status grain"))
        found = [row["components"] for row in walk(part.payload) if row["type"] == 1]
        return [[button["label"] for button in row] for row in found]

    assert rows() == [["En français"]]
    assert rows("a", "b") == [["a", "b", "En français"]]
    assert rows("a", "b", "c") == [["a", "b", "c"], ["En français"]]


def test_what_would_not_fit_on_a_button_has_none() -> None:
    message = Message("fr", (Paragraph((Text("x"),)),))
    assert with_other_language(message, "status " + "x" * 40) == message
