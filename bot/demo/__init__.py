"""The main job without network or token: sample feeds written for it, served on loopback and polled for real."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bot.adapters import logs
from bot.adapters.clock import SystemClock
from bot.demo.server import sample, serving
from bot.i18n import translator
from bot.settings import Address, Settings


async def show(settings: Settings) -> int:
    """Poll the samples, brief in French and in English, answer ``/status ceasefire``, then chat on a terminal."""
    from bot import operate

    logs.configure("console", "ERROR")  # The reports below say what failed, in words.
    reader = translator(settings.bot_language)
    with serving(SystemClock().now()) as address, tempfile.TemporaryDirectory(prefix="depeche-demo-") as folder:
        here = _settings(settings, Path(folder), address)
        _title(reader.text("cli.demo-serving", address=address))
        await operate.poll(here, once=True, everything=True, fetch_only=False, at=None)
        _title(reader.text("cli.demo-french"))
        await operate.brief(here, language="fr", hours=24, at=None, form="text")
        _title(reader.text("cli.demo-english"))
        await operate.brief(here, language="en", hours=24, at=None, form="text")
        _title(reader.text("cli.demo-status"))
        await operate.status(here, "ceasefire", language=settings.bot_language, at=None, form="text")
        if sys.stdin.isatty():
            await operate.run(here)
    return operate.DONE


def _settings(settings: Settings, folder: Path, address: str) -> Settings:
    """The operator's language and zone, and nothing else of theirs: no token, no database, no real feed."""
    feeds = folder / "feeds.yaml"
    feeds.write_text(sample("feeds.yaml").replace("{{address}}", address), encoding="utf-8")
    host, port = address.split(":")
    allowed: frozenset[Address] = frozenset({(host, int(port))})
    changes = {
        "telegram_bot_token": None,
        "discord_bot_token": None,
        "database_url": f"sqlite:///{folder / 'demo.db'}",
        "feeds_file": feeds,
        "fetch_allow": allowed,
        "ops_address": None,
    }
    return settings.model_copy(update=changes)


def _title(text: str) -> None:
    sys.stdout.write(f"\n\n=== {text}\n\n")
    sys.stdout.flush()
