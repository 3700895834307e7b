"""The commands in Discord's own interface."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.discord.tree import choices, definitions, fingerprint
from tests.adapters.discord.conftest import COMMANDS, QuickClock, Served
from tests.fakes.discord import FakeDiscord, Fault
from tests.fakes.discord.rest import _stored
from tests.fakes.discord.rules import command_problems
from tests.fakes.discord.schema import SPECIFICATION, schema_problems


def test_a_command_is_described_in_both_languages_and_english_elsewhere() -> None:
    status = definitions(COMMANDS)[0]
    assert status["description"] == "Where a topic stands"
    assert status["description_localizations"] == {
        "fr": "L'état d'un sujet",
        "en-GB": "Where a topic stands",
        "en-US": "Where a topic stands",
    }
    (topic,) = status["options"]
    assert (topic["name"], topic["autocomplete"], topic["required"]) == ("topic", True, False)
    assert topic["description_localizations"]["fr"] == "Le sujet"


def test_every_command_can_be_typed_and_only_moderators_are_shown_theirs() -> None:
    hints = {one["name"]: one.get("default_member_permissions") for one in definitions(COMMANDS)}
    assert hints == {"status": None, "help": None, "addfeed": 32, "setup": 32}


def test_channels_and_roles_are_picked_and_languages_chosen_from_a_list() -> None:
    setup = definitions(COMMANDS)[3]
    channel, language, moderators, tag = setup["options"]
    assert (channel["type"], moderators["type"], tag["type"], tag["autocomplete"]) == (7, 8, 3, True)
    assert 4 not in channel["channel_types"]  # a category holds no messages
    assert {5, 11, 15} <= set(channel["channel_types"])  # announcements, threads, forums
    assert language["choices"][0] == {
        "name": "French", "value": "fr", "name_localizations": {"fr": "Français", "en-GB": "French", "en-US": "French"},
    }  # fmt: skip


def test_what_makes_sense_in_servers_only_is_not_shown_in_direct_messages() -> None:
    contexts = {one["name"]: one["contexts"] for one in definitions(COMMANDS)}
    assert (contexts["setup"], contexts["status"]) == ([0], [0, 1])


def test_required_options_come_first() -> None:
    optional, required = COMMANDS[0].options[0], COMMANDS[2].options[0]
    (definition,) = definitions([replace(COMMANDS[0], options=(optional, required))])
    assert [option["name"] for option in definition["options"]] == ["url", "topic"]
    assert command_problems([definition]) == []


@pytest.mark.shared
@pytest.mark.skipif(not SPECIFICATION.exists(), reason="Discord's OpenAPI file is not beside the checkout")
def test_definitions_are_what_discord_describes() -> None:
    assert schema_problems("ApplicationCommandUpdateRequest", definitions(COMMANDS), many=True) == []


def test_what_discord_adds_or_leaves_out_is_no_change() -> None:
    ours = definitions(COMMANDS)
    assert fingerprint([_stored(one) for one in reversed(ours)]) == fingerprint(ours)


@pytest.mark.parametrize(
    "change",
    [
        replace(COMMANDS[0], descriptions={"fr": "Autre", "en": "Where a topic stands"}),
        replace(COMMANDS[0], options=()),
        replace(COMMANDS[0], for_moderators=True),
        replace(COMMANDS[0], verb="state"),
        replace(COMMANDS[0], options=(replace(COMMANDS[0].options[0], suggested=False),)),
        replace(COMMANDS[0], options=(replace(COMMANDS[0].options[0], choices=(("a", {"fr": "A", "en": "A"}),)),)),
        replace(COMMANDS[0], in_servers=True),
    ],
)
def test_whatever_people_would_see_is_a_change(change: object) -> None:
    changed = [change, *COMMANDS[1:]]
    assert fingerprint(definitions(changed)) != fingerprint(definitions(COMMANDS))  # type: ignore[arg-type]  # any


def test_suggestions_are_at_most_25_and_no_value_is_cut() -> None:
    assert choices([("x" * 130, "a"), ("y", "b" * 101), ("", "c")]) == [("x" * 100, "a")]
    assert len(choices([(str(number), str(number)) for number in range(40)])) == 25


async def test_commands_are_sent_once_and_not_again_at_the_next_start(discord: FakeDiscord, served: Served) -> None:
    async with served():
        pass
    async with served():
        await discord.until(lambda: sum("GET /applications" in call for call in discord.rest.calls) == 2)
    assert discord.rest.overwrites == 1


async def test_people_are_answered_while_the_commands_cannot_be_refreshed(
    discord: FakeDiscord, served: Served, clock: QuickClock
) -> None:
    async with served():
        pass
    discord.spoil(Fault("GET /applications", status=503, times=3))
    discord.rest.commands[0]["description"] = "outdated"
    guild = discord.add_guild()
    async with served():
        answer = await discord.slash(guild, discord.add_channel(guild), "help")
        await discord.until(lambda: discord.rest.overwrites == 2)
    assert answer.text
    assert clock.slept.count(300.0) == 3
