"""The README says what is so: every command, setting and exit code is in it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
import typer

from bot import __main__ as command_line
from bot import feedlist
from bot.commands.registry import discover
from bot.settings import Settings
from tests import bench

ROOT = Path(__file__).parents[1]
BENCHMARKS = [name for _, name, _ in pkgutil.iter_modules(bench.__path__) if name.startswith("bench_")]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def verbs() -> list[str]:
    """Every command of the command line, as one types it."""
    main = typer.main.get_command(command_line.application)
    found = []
    for name, command in main.commands.items():  # type: ignore[attr-defined]  # a click group
        children = getattr(command, "commands", None)
        found += [f"{name} {child}" for child in children] if children else [name]
    return found


@pytest.mark.parametrize("verb", verbs())
def test_every_command_of_the_command_line_is_explained(verb: str) -> None:
    group, _, child = verb.partition(" ")
    pattern = rf"`bot {group} [^`]*\b{child}\b" if child else rf"`bot {group}\b"
    assert re.search(pattern, README)


@pytest.mark.parametrize("verb", [command.verb for command in discover()])
def test_every_chat_command_is_explained(verb: str) -> None:
    assert f"`/{verb}" in README


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_explained(name: str) -> None:
    assert f"| `{name}` |" in README


def test_every_setting_that_is_explained_exists() -> None:
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("code", [command_line.DONE, command_line.FAILED, command_line.WRONG])
def test_every_exit_code_is_explained(code: int) -> None:
    assert re.search(rf"^\| {code} \|", README, re.MULTILINE)


@pytest.mark.parametrize("key", feedlist.KEYS)
def test_every_key_of_the_feed_list_is_explained(key: str) -> None:
    assert re.search(rf"^ +-? *{key}: ", README, re.MULTILINE)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test " in README
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("make test")


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_starts_from_make_bench(name: str) -> None:
    start = importlib.import_module(f"tests.bench.{name}").main
    assert not inspect.iscoroutinefunction(start)
    assert inspect.signature(start).bind() is not None


def test_the_folders_it_names_exist() -> None:
    named = re.findall(r"^\| `(bot/\w+)` \|", README, re.MULTILINE)
    assert named
    assert [name for name in named if not (ROOT / name).is_dir()] == []


def test_every_file_it_links_to_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_locked_requirements_name_no_index_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[\w.\[\]-]+==", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE))
