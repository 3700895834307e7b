"""Where components v2 are refused, the same words arrive as an embed."""

from __future__ import annotations

from typing import Any

from bot.adapters.discord.fallback import as_embed
from bot.adapters.discord.render import DiscordRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from bot.domain.message import Button, Footer, Heading, Message, Paragraph, Picture, Text
from tests.adapters.discord.conftest import Served
from tests.fakes.discord import FakeDiscord, Fault
from tests.fakes.discord.rules import V2, message_problems
from tests.fakes.discord.schema import schema_problems

CARD = Message(
    "fr",
    (Heading((Text("Cessez-le-feu"),)), Paragraph((Text("Rien n'est signé."),)), Footer((Text("2 médias"),))),
    ((Button("Détails", "status ceasefire"),),),
    Picture(b"png", "Une courbe."),
    mention="77",
)


def test_nothing_is_lost_but_the_rules_between_texts() -> None:
    (part,) = DiscordRenderer().render(CARD)
    simple = as_embed(part)
    assert simple is not None
    assert message_problems(simple.payload, ["depeche.png"]) == []
    assert schema_problems("MessageCreateRequest", simple.payload) == []
    payload: dict[str, Any] = simple.payload
    (embed,) = payload["embeds"]
    assert embed["description"].split("\n") == ["### Cessez-le-feu", "Rien n'est signé.", "", "-# 2 médias"]
    assert embed["image"] == {"url": "attachment://depeche.png"}
    assert simple.payload["content"] == "<@&77>"
    assert simple.payload["allowed_mentions"] == {"parse": [], "roles": ["77"]}
    assert as_embed(simple) is None


def test_the_longest_part_still_fits_an_embed() -> None:
    blocks = tuple(Footer((Text("x" * 100),)) for _ in range(36))
    for part in DiscordRenderer().render(Message("fr", blocks)):
        simple = as_embed(part)
        assert simple is not None
        assert message_problems(simple.payload) == []


async def test_a_refused_edition_and_a_refused_answer_arrive_all_the_same_and_once(
    discord: FakeDiscord, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=400, code=50035))
        (part,) = platform.renderer.render(Message("fr", CARD.blocks, CARD.buttons))
        result = await platform.send(ChatAddress("discord", str(channel.id)), part, "d1-0")
        discord.spoil(Fault("@original", status=400, code=50035))
        answer = await discord.slash(guild, channel, "status")
    assert result.outcome is SendOutcome.SENT
    (sent,) = discord.messages(channel)
    assert not sent.payload["flags"] & V2
    assert sent.nonce == "d1-0"
    assert answer.messages[0].payload["embeds"][0]["description"].startswith("### Cessez-le-feu")
    assert [button["label"] for button in answer.buttons] == ["Détails"]


async def test_what_is_refused_in_both_shapes_is_not_tried_a_third_time(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=400, code=50035, times=5))
        (part,) = platform.renderer.render(Message("fr", CARD.blocks))
        result = await platform.send(ChatAddress("discord", str(channel.id)), part, "d1-0")
        discord.rest.faults.clear()
    assert result.outcome is SendOutcome.REFUSED
    assert sum("POST /channels" in call for call in discord.rest.calls) == 2
