"""Behind a briefing: a story's articles, other windows; and in a group, the answer that is still near."""

from __future__ import annotations

import pytest

from bot.commands.registry import Registry
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import ACTION_LIMIT
from bot.ports import Request
from tests.commands.conftest import Ask
from tests.commands.talk import actions, labels, lines, said, words
from tests.fakes.clock import FakeClock

GROUP, OTHER = ChatAddress("console", "-5"), ChatAddress("console", "-6")


# --- Details ---


@pytest.mark.usefixtures("news")
async def test_each_story_of_a_briefing_leads_to_its_articles(ask: Ask) -> None:
    briefing = await said(ask, "/brief")
    details = dict(zip(labels(briefing), actions(briefing), strict=True))
    told = [label for label, action in details.items() if action.startswith("story ")]
    assert len(told) == 2
    (exchange,) = (label for label in told if "84 prisonniers" in label)
    assert lines(await said(ask, f"/{details[exchange]}")) == [
        "Guerre en Ukraine : 84 prisonniers échangés de chaque côté — Le Quai, 12 h",
        "« Ukraine and Russia swap 84 prisoners each » (en anglais, non traduit) — The Harbour Post, 11 h",
    ]


@pytest.mark.usefixtures("news")
async def test_a_storys_details_are_in_the_readers_language_and_lead_to_its_topic(ask: Ask) -> None:
    briefing = await said(ask, "/brief", language="en")
    story = await said(ask, f"/{actions(briefing)[0]}", language="en")
    assert (await words(ask, f"/{actions(briefing)[0]}", language="en")).startswith("Ukraine and Russia swap")
    assert "(in French, not translated)" in lines(story)[1]
    assert "status prisoners" in actions(story)


@pytest.mark.usefixtures("news")
async def test_a_headline_in_the_other_language_is_quoted_on_its_button(ask: Ask) -> None:
    briefing = await said(ask, "/brief", language="en")
    assert labels(briefing)[1].startswith("Details · “")
    assert labels(briefing)[1].endswith("”")
    assert all(len(action.encode()) <= ACTION_LIMIT for action in actions(briefing))


@pytest.mark.parametrize("line", ["/story", "/story 123456", "/story '; drop table articles"])
async def test_a_story_that_is_not_there_is_said_so(ask: Ask, line: str) -> None:
    assert await words(ask, line) == "Je n’ai plus les articles de cette nouvelle."


@pytest.mark.usefixtures("news")
async def test_other_windows_are_one_tap_away(ask: Ask) -> None:
    assert labels(await said(ask, "/brief"))[-2:] == ["3 derniers jours", "7 derniers jours"]
    assert actions(await said(ask, "/brief"))[-2:] == ["brief 72", "brief 168"]
    assert actions(await said(ask, "/brief 72"))[-2:] == ["brief 24", "brief 168"]
    assert labels(await said(ask, "/brief 72", language="en"))[-2:] == ["Last day", "Last 7 days"]
    assert "sur les 3 derniers jours" in await words(ask, "/brief 72")


@pytest.mark.usefixtures("news")
async def test_an_answer_is_as_long_as_the_chats_own_briefings(ask: Ask) -> None:
    assert "Les deux ministères" in await words(ask, "/brief")
    for line in ("/subscribe 8h Dakar", "/settings length headlines"):
        await ask(line)
    assert "Les deux ministères" not in await words(ask, "/brief")


# --- The same question again ---


async def in_group(ask: Ask, line: str, chat: ChatAddress = GROUP, language: str = "fr") -> str:
    return await words(ask, line, chat=chat, kind=ChatKind.GROUP, moderator=False, language=language)


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("again", ["/status", "/status ceasefire", "/statut trêve", "/status cessez le feu"])
async def test_the_same_status_in_a_group_points_to_the_answer_above(ask: Ask, clock: FakeClock, again: str) -> None:
    first = await in_group(ask, "/status ceasefire")
    clock.pass_by(minutes=9)
    assert await in_group(ask, again) == "Déjà répondu à 13 h (Paris), un peu plus haut."
    assert first.startswith("Cessez-le-feu")


@pytest.mark.usefixtures("news")
async def test_after_ten_minutes_it_is_answered_again(ask: Ask, clock: FakeClock) -> None:
    await in_group(ask, "/status")
    clock.pass_by(minutes=10)
    assert (await in_group(ask, "/status")).startswith("Cessez-le-feu")
    clock.pass_by(minutes=9)
    assert "13 h 10" in await in_group(ask, "/status")


@pytest.mark.usefixtures("news")
async def test_another_topic_group_or_language_is_another_question(ask: Ask) -> None:
    await in_group(ask, "/status")
    assert (await in_group(ask, "/status prisonniers")).startswith("Prisonniers")
    assert (await in_group(ask, "/status", OTHER)).startswith("Cessez-le-feu")
    assert (await in_group(ask, "/status", language="en")).startswith("Ceasefire")
    assert "further up" in await in_group(ask, "/status", language="en")


@pytest.mark.usefixtures("news")
async def test_a_private_chat_and_other_commands_are_answered_every_time(ask: Ask) -> None:
    for _ in range(2):
        assert (await words(ask, "/status")).startswith("Cessez-le-feu")
        assert (await in_group(ask, "/brief")).startswith("Dépêche")


@pytest.mark.usefixtures("news")
async def test_an_answer_only_its_asker_saw_is_above_nobody_else(registry: Registry) -> None:
    request = Request(GROUP, ChatKind.GROUP, "7", False, "fr", "status", for_asker_alone=True)
    for _ in range(2):
        answer = await registry.dispatch(request)
        assert answer is not None
        assert len(answer.blocks) > 1


@pytest.mark.usefixtures("news")
async def test_it_names_the_request_whose_answer_is_meant(ask: Ask) -> None:
    group = {"chat": GROUP, "kind": ChatKind.GROUP, "moderator": False}
    await ask("/status", update="telegram:1", **group)
    assert (await said(ask, "/status", update="telegram:2", **group)).points_to == "telegram:1"
    assert (await said(ask, "/status", update="telegram:3", **group)).points_to == "telegram:1"


@pytest.mark.usefixtures("news")
async def test_the_same_details_in_a_group_are_told_once(ask: Ask) -> None:
    edition = await said(ask, "/brief", chat=GROUP, kind=ChatKind.GROUP)
    story = next(action for action in actions(edition) if action.startswith("story"))
    other = [action for action in actions(edition) if action.startswith("story") and action != story]
    details = await said(ask, f"/{story}", chat=GROUP, kind=ChatKind.GROUP)
    assert details.lasting, "reporting an error does not take their place"
    assert await in_group(ask, f"/{story}") == "Déjà répondu à 13 h (Paris), un peu plus haut."
    assert "Déjà répondu" not in await in_group(ask, f"/{other[0]}")
