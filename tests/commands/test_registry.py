"""The registry: commands are found, described, and never collide."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.commands
from bot.adapters.console import HERE
from bot.adapters.sql.store import SqlStore
from bot.commands.command import Command, Context, Option, last_takes_the_rest
from bot.commands.registry import Registry, discover
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import FeedSpec
from bot.domain.message import Message, plain
from bot.ports import Request, Scope
from tests.commands.conftest import Ask
from tests.fakes.clock import FakeClock


async def nothing(context: Context) -> Message:
    return Message(context.language, ())


async def crash(context: Context) -> Message:
    raise RuntimeError("a bug")


def test_every_module_of_the_package_with_a_command_is_found() -> None:
    folder = Path(bot.commands.__file__ or "").parent
    with_command = {path.stem for path in folder.glob("*.py") if "\nCOMMAND = " in path.read_text(encoding="utf-8")}
    assert {command.verb for command in discover()} == with_command


def test_a_new_command_is_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ping.py").write_text(
        "from bot.commands.command import Command\n"
        "async def answer(context): return None\n"
        "COMMAND = Command('ping', answer)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(bot.commands, "__path__", [*bot.commands.__path__, str(tmp_path)])
    assert "ping" in {command.verb for command in discover()}


def test_the_short_menu_is_in_the_order_people_meet_it(registry: Registry) -> None:
    shown = [description for description in registry.descriptions() if description.in_menu]
    menu = [description.verb for description in shown if not description.for_moderators]
    assert menu[:2] == ["brief", "status"]
    assert menu[-1] == "help"


def test_descriptions_fit_every_platform_in_both_languages(registry: Registry) -> None:
    for command in registry.descriptions():
        texts = [command.descriptions, *(option.descriptions for option in command.options)]
        assert all(set(text) == {"fr", "en"} for text in texts)
        assert all(1 <= len(words) <= 100 for text in texts for words in text.values())


def test_two_commands_may_not_share_a_word(registry: Registry) -> None:
    clash = [Command("a", nothing), Command("b", nothing, aliases={"fr": ("a",)})]
    with pytest.raises(ValueError, match="two commands are called a"):
        Registry.of(clash, registry.services)


def test_the_last_option_takes_the_rest_of_what_was_typed() -> None:
    options = (Option("time"), Option("zone"))
    assert last_takes_the_rest(options, "8h New York") == {"time": "8h", "zone": "New York"}
    assert last_takes_the_rest((Option("words"),), " a  b ") == {"words": "a  b"}
    assert last_takes_the_rest(options, "") == {}


@pytest.mark.parametrize(("verb", "option", "typed"), [("status", "topic", "cess"), ("subscribe", "zone", "dak")])
async def test_what_is_typed_is_completed(registry: Registry, verb: str, option: str, typed: str) -> None:
    found = await registry.suggest(verb, option, typed, "fr", HERE)
    assert found
    assert found[0][0].lower().startswith(typed)
    assert len(found) <= 25


async def test_nothing_is_suggested_for_what_has_no_suggestions(registry: Registry) -> None:
    assert await registry.suggest("brief", "hours", "2", "fr", HERE) == []
    assert await registry.suggest("dance", "with", "", "fr", HERE) == []


async def test_a_chats_feeds_are_suggested_by_name_and_remembered_for_a_short_while(
    registry: Registry, store: SqlStore, clock: FakeClock, ask: Ask
) -> None:
    await ask("/help")
    async with store.write() as unit:
        await unit.feeds.reconcile(
            [FeedSpec("https://a.example/feed", "Écho"), FeedSpec("https://b.example/f", "Le Quai")]
        )
        first = (await unit.feeds.listed(Scope()))[0]
    assert await registry.suggest("feeds", "feed", "echo", "fr", HERE) == [(f"Écho ({first.id})", str(first.id))]
    async with store.write() as unit:
        await unit.feeds.reconcile([])
    for verb in ("feeds", "mutefeed", "removefeed"):
        assert len(await registry.suggest(verb, "feed", "", "fr", HERE)) == 2
    clock.pass_by(seconds=31)
    assert await registry.suggest("feeds", "feed", "", "fr", HERE) == []


async def test_a_crash_is_answered_with_an_apology_and_no_traceback(registry: Registry) -> None:
    broken = Registry.of([Command("crash", crash)], registry.services)
    request = Request(ChatAddress("console", "1"), ChatKind.PRIVATE, "7", True, "en", "crash")
    answer = await broken.dispatch(request)
    assert answer is not None
    assert plain(answer) == "Something failed on my side. Please try again in a moment."


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("fr", "Je ne trouve pas le canal @lavigie. Vérifiez son nom, et ajoutez-moi à ses administrateurs."),
        ("en", "I can’t find the channel @lavigie. Check its name, and make me one of its administrators."),
    ],
)
async def test_what_a_platform_found_in_the_way_is_the_answer(registry: Registry, language: str, answer: str) -> None:
    request = Request(HERE, ChatKind.PRIVATE, "7", True, language, "settings", "@lavigie", obstacle="channel-unknown")
    message = await registry.dispatch(request)
    assert message is not None
    assert plain(message) == answer


def test_what_changes_a_chat_may_be_asked_for_from_elsewhere(registry: Registry) -> None:
    elsewhere = {command.verb for command in registry.descriptions() if command.elsewhere}
    assert {"subscribe", "unsubscribe", "settings", "language", "forget", "addfeed", "audit"} <= elsewhere
    assert elsewhere.isdisjoint({"status", "search", "brief", "help", "start", "claim", "promotefeed"})
