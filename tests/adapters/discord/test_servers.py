"""Servers as requests bring them: channels, roles, tags; cards that change in place."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.discord.sharing import Sharing
from bot.domain.chat import ChatAddress
from bot.domain.message import Button, Message, Paragraph, Text
from bot.domain.server import Place, Role
from bot.ports import Request
from tests.adapters.discord.conftest import Newsroom, Served
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord

SHARING = Sharing({"fr": "Partager", "en": "Share"}, frozenset({"status"}))


async def test_a_request_knows_the_channels_and_roles_of_its_server(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild, other = discord.add_guild(), discord.add_guild("Ailleurs")
    channel, news = discord.add_channel(guild), discord.add_announcements(guild)
    forum, shut = discord.add_forum(guild, tags=("point",)), discord.add_channel(guild, "muet")
    shut.silenced = True
    elsewhere = discord.add_channel(other)
    thread = discord.add_thread(channel, "fil")
    discreet = discord.add_role(guild, "Discrets", mentionable=False)
    loud = discord.add_role(guild, "Alertes")
    async with served():
        await discord.slash(guild, channel, "setup", channel=str(news.id), roles=(loud.id,))
    (request,) = newsroom.requests
    view = request.server
    assert view is not None
    assert (request.options, view.id) == ({"channel": str(news.id)}, str(guild.id))
    assert str(loud.id) in view.asker_roles
    assert view.place(str(channel.id)) == Place(ChatAddress("discord", str(channel.id)), "infos")
    assert view.place(str(news.id)) == Place(ChatAddress("discord", str(news.id)), "annonces", published=True)
    assert view.place(str(shut.id)) == Place(ChatAddress("discord", str(shut.id)), "muet", writable=False)
    assert view.place(str(thread.id)) == Place(ChatAddress("discord", str(thread.id)), "fil")
    tags = tuple((str(tag), name) for tag, name in forum.tags.items())
    assert view.place(str(forum.id)) == Place(ChatAddress("discord", str(forum.id)), "forum", tags=tags)
    assert (view.place(str(elsewhere.id)), view.place("12"), view.place("infos")) == (None, None, None)
    assert view.role(str(loud.id)) == Role(str(loud.id), "Alertes")
    assert view.role(str(discreet.id)) == Role(str(discreet.id), "Discrets", ringable=False)
    everyone = view.role(str(guild.id))
    assert everyone is not None
    assert everyone.for_all
    assert view.role("12") is None


async def test_direct_messages_belong_to_no_server(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    async with served():
        await discord.slash(None, discord.open_direct(), "status")
    assert newsroom.requests[0].server is None


async def test_a_forums_tags_are_completed_wherever_it_is_asked(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel, forum = discord.add_channel(guild), discord.add_forum(guild, tags=("Point du jour", "Autre"))
    post = discord.add_thread(forum, "un sujet")
    point = str(next(iter(forum.tags)))
    async with served():
        chosen = await discord.typing(guild, channel, "setup", "tag", "POINT", channel=str(forum.id))
        below = await discord.typing(guild, post, "setup", "tag", "")
        nowhere = await discord.typing(guild, channel, "setup", "tag", "")
    assert chosen == [("Point du jour", point)]
    assert [name for name, _ in below] == ["Point du jour", "Autre"]
    assert nowhere == []


# --- Cards that change ---


async def card(request: Request) -> Message:
    """A card whose button counts."""
    if request.text == "wrong":
        return Message("fr", (Paragraph((Text("Je ne comprends pas."),)),), private=True)
    count = int(request.text or 0)
    row = (Button("Encore", f"setup {count + 1}"), Button("Faux", "setup wrong"))
    return Message("fr", (Paragraph((Text(f"compte {count}"),)),), (row,), private=True, replaces=True)


async def test_a_card_only_its_asker_sees_changes_in_place(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    newsroom.answer = card
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        first = await discord.slash(guild, channel, "setup", permissions=MANAGE_GUILD)
        pressed = await discord.press(guild, first.messages[0], "Encore", permissions=MANAGE_GUILD)
        await discord.press(guild, first.messages[0], "Encore", permissions=MANAGE_GUILD)
        wrong = await discord.press(guild, first.messages[0], "Faux", permissions=MANAGE_GUILD)
    assert pressed.messages == first.messages
    assert first.text == "compte 2"
    assert (wrong.private, wrong.text) == (True, "Je ne comprends pas.")


async def test_in_direct_messages_a_card_changes_in_place_too(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    async def asked(request: Request) -> Message:
        return await card(replace(request, text=request.text if request.options is None else ""))

    newsroom.answer = asked
    direct = discord.open_direct()
    async with served():
        first = await discord.slash(None, direct, "status")
        await discord.press(None, first.messages[0], "Encore")
    assert first.text == "compte 1"


async def test_a_card_everybody_sees_is_left_alone(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    newsroom.answer = card
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served() as platform:
        message = await card(Request(*([None] * 6)))  # type: ignore[arg-type]  # only its text is read
        (part,) = platform.renderer.render(message)
        await platform.send(ChatAddress("discord", str(channel.id)), part, "d1-0")
        public = discord.messages(channel)[0]
        answer = await discord.press(guild, public, "Encore", permissions=MANAGE_GUILD)
    assert (answer.private, answer.text, public.text) == (True, "compte 1", "compte 0")


# --- A role that moderates ---


async def by_role(request: Request) -> Request:
    """Whoever has any role beside everybody's moderates."""
    assert request.server is not None
    return replace(request, is_moderator=request.is_moderator or len(request.server.asker_roles) > 1)


async def test_whoever_moderates_by_a_role_shows_answers_to_everyone_too(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel, role = discord.add_channel(guild), discord.add_role(guild, "Rédaction")
    async with served(SHARING, by_role):
        own = await discord.slash(guild, channel, "status", roles=(role.id,))
        shown = await discord.press(guild, own.messages[0], "Partager", roles=(role.id,))
        members = await discord.slash(guild, channel, "status")
    assert not shown.private
    assert "Partager" not in [button["label"] for button in members.buttons]


async def test_where_nobody_can_say_who_moderates_members_are_still_answered(
    discord: FakeDiscord, served: Served
) -> None:
    async def broken(request: Request) -> Request:
        raise RuntimeError("the database is away")

    guild = discord.add_guild()
    async with served(SHARING, broken):
        answer = await discord.slash(guild, discord.add_channel(guild), "status")
    assert answer.private
    assert answer.text
