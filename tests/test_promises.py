"""Three promises of the architecture: a new platform, a new command, a new topic, each in one place."""

from __future__ import annotations

import ast
import copy
from datetime import time
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.subscription import Schedule
from bot.editorial import pack, topics
from bot.services.brief import Briefer
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from bot.services.subscribe import subscribe
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

PACKAGE = Path(__file__).parents[1] / "bot"
PLATFORM_FLOORS = ("domain", "editorial", "ports", "services", "views", "commands")


async def test_a_platform_nobody_heard_of_is_subscribed_on_and_delivered_to(tmp_path: Path) -> None:
    store = await SqlStore.open(f"sqlite:///{tmp_path / 'pigeon.db'}")
    clock, pigeon = FakeClock(), FakePlatform("pigeon")
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("pigeon", "loft"), ChatKind.PRIVATE)
    await subscribe(store, chat, Schedule((time(8),), "Africa/Dakar"), "fr", clock.now())
    clock.pass_by(hours=20)
    await Editions(store, clock, Briefer(store, ExtractiveWriter()), {"pigeon": pigeon.renderer}, "me").turn()
    assert await Deliverer(store, clock, {"pigeon": pigeon}, "me").turn() == 1
    assert [address.chat for address, _ in pigeon.sent] == ["loft"]
    await store.close()


def test_only_adapters_and_the_composition_root_name_a_platform_in_code() -> None:
    named = []
    for floor in PLATFORM_FLOORS:
        for path in (PACKAGE / floor).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
            named += [path.name for word in words if word in {"telegram", "discord"}]
    assert named == []


def test_a_new_topic_is_one_entry_of_the_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    data = copy.deepcopy(pack.yaml_data("topics.yaml"))
    data["topics"].append(
        {
            "id": "beekeeping",
            "names": {"fr": "Apiculture", "en": "Beekeeping"},
            "aliases": {"fr": "ruches, apiculteurs", "en": "beehives, beekeepers"},
            "phases": [],
        }
    )
    caches = [value for value in vars(topics).values() if hasattr(value, "cache_clear")]
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(topics, "yaml_data", lambda name: data)
    try:
        found = topics.find("beehives").topic
        assert found is not None
        assert found.id == "beekeeping"
        about = topics.topics_of("Ukraine : les apiculteurs de Kharkiv rebâtissent leurs ruches", "", "fr")
        assert "beekeeping" in about
    finally:
        for cached in caches:
            cached.cache_clear()
