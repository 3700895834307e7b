"""Breaking news, routine editions and cards as a Discord server gets them: asked, written, sent over sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

import pytest

from bot.adapters.discord import client
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.discord.render import DiscordRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.web.canonical import canonical
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.commands.command import Services
from bot.commands.registry import Registry, discover
from bot.domain.errors import Unreachable
from bot.platforms import CHANGED_IN_PLACE
from bot.ports import FoundFeed, Renderer
from bot.services.alerts import Alerts
from bot.services.brief import Briefer
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from bot.services.moderating import Moderating
from bot.services.status import StatusDesk
from tests.contracts.examples import follow
from tests.fakes.clock import FakeClock
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord, Sent
from tests.services.editions import IN_FORCE, TALKS, Paper

RENDERERS: Mapping[str, Renderer] = {"discord": DiscordRenderer()}
NOBODY: dict[str, list[str]] = {"parse": []}


class NoWeb:
    """A discoverer that reaches nothing."""

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        raise Unreachable(url=url)


@pytest.fixture
def registry(store: SqlStore, clock: FakeClock) -> Registry:
    """Every command there is."""
    briefer, desk = Briefer(store, ExtractiveWriter()), StatusDesk(store)
    moderating = Moderating.of(store, clock, NoWeb(), canonical, named=frozenset(), renderers=RENDERERS)
    services = Services(store, clock, briefer, desk, "Africa/Dakar", "fr", moderating, renderers=RENDERERS)
    return Registry.of(discover(), services)


@pytest.fixture
async def platform(
    discord: FakeDiscord, registry: Registry, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DiscordPlatform]:
    """The bot, which joins whatever server a test adds to the fake."""
    monkeypatch.setattr(client, "SETTLING", 0.05)
    made = DiscordPlatform(
        discord.token,
        commands=registry.descriptions(),
        suggest=registry.suggest,
        clock=clock,
        api_url=discord.api_url,
        gateway_url=discord.gateway_url,
        in_place=CHANGED_IN_PLACE,
    )
    serving = asyncio.create_task(made.serve(registry.dispatch))
    await discord.connected()
    yield made
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def told_of(paper: Paper, articles: tuple[tuple[str, str, str], ...]) -> None:
    for outlet, title, summary in articles:
        await paper.appear((title, summary), outlet=outlet)


async def test_breaking_news_mentions_the_chosen_role_alone_and_an_edition_nobody(
    store: SqlStore, clock: FakeClock, discord: FakeDiscord, platform: DiscordPlatform
) -> None:
    guild = discord.add_guild(invited=False)
    lobby, infos = discord.add_channel(guild, "accueil"), discord.add_channel(guild)
    role, other = discord.add_role(guild, "Alertes"), discord.add_role(guild, "Rédaction")
    await discord.invite(guild)
    card = await discord.slash(
        guild, lobby, "setup", permissions=MANAGE_GUILD, channel=str(infos.id), language="fr", zone="Africa/Dakar",
        time="13h, 16h", moderators=str(other.id), alerts=str(role.id),
    )  # fmt: skip
    assert "oui, en mentionnant @Alertes" in card.text.replace("\u200b", "")

    paper = Paper(store, clock)
    editions = Editions(store, clock, Briefer(store, ExtractiveWriter()), RENDERERS, "me")
    alerts = Alerts(store, clock, ExtractiveWriter(), RENDERERS, "me", default_zone="Africa/Dakar")
    deliverer = Deliverer(store, clock, {"discord": platform}, "me")

    async def arrived(minutes: float) -> list[Sent]:
        """What stands in the channel that did not before, so much later."""
        before = len(discord.messages(infos))
        clock.pass_by(minutes=minutes)
        await editions.turn()
        await alerts.turn()
        await deliverer.turn()
        return discord.messages(infos)[before:]

    await told_of(paper, TALKS)
    (edition,) = await arrived(62)
    assert await arrived(62) == []
    await told_of(paper, IN_FORCE)
    (alert,) = await arrived(5)
    (later,) = await arrived(120)

    mention = f"<@&{role.id}>"
    assert "En vigueur" in alert.text
    assert alert.text.splitlines()[0] == mention
    assert alert.payload["allowed_mentions"] == {"parse": [], "roles": [str(role.id)]}
    for routine in (edition, later):
        assert routine.payload["allowed_mentions"] == NOBODY
        assert "<@" not in routine.text
    assert discord.messages(lobby) == []


@pytest.mark.usefixtures("platform")
async def test_turning_a_page_and_saying_yes_change_the_card_and_another_answer_leaves_it(
    store: SqlStore, discord: FakeDiscord
) -> None:
    await follow(store, *(f"outlet{number}" for number in range(30)))
    guild = discord.add_guild(invited=False)
    channel = discord.add_channel(guild)
    await discord.invite(guild)

    listed = await discord.slash(guild, channel, "sources")
    (page,) = listed.messages
    before, turn = page.text, str(listed.buttons[0]["label"])
    turned = await discord.press(guild, page, turn)
    assert turned.messages == [page]
    assert page.text != before

    asked = await discord.slash(guild, channel, "forget", permissions=MANAGE_GUILD)
    (question,) = asked.messages
    yes, privacy = [str(button["label"]) for button in asked.buttons]
    aside = await discord.press(guild, question, privacy, permissions=MANAGE_GUILD)
    assert aside.messages != [question]
    assert "Est-ce sûr" in question.text.replace("\u00a0", " ")
    done = await discord.press(guild, question, yes, permissions=MANAGE_GUILD)
    assert done.messages == [question]
    assert "effacé" in question.text


async def test_settings_pressed_under_the_help_leave_the_help_where_it_is(
    platform: DiscordPlatform, discord: FakeDiscord
) -> None:
    awa = discord.open_direct()
    helped = await discord.slash(None, awa, "help")
    said = helped.text
    assert "/alerts" in said
    card = await discord.press(None, helped.messages[0], "Réglages")
    assert not card.in_place
    assert helped.text == said
    changed = await discord.slash(None, awa, "settings")
    assert (await discord.press(None, changed.messages[0], str(changed.buttons[0]["label"]))).in_place
