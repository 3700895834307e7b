"""Memory of ``bot run`` with both platforms and 60 feeds, after 30 simulated days: all its processes together.

``python -m tests.bench memory``. RSS counts what processes share for each of them, PSS once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import psutil

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.feed import Feed, FeedSpec
from bot.domain.message import RenderedPart
from bot.ports import Scope
from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.telegram import FakeTelegram
from tests.fakes.web import Answer, Asked, WebServer

ROOT = Path(__file__).parents[2]
FEEDS, DAYS, A_DAY = 60, 30, 5
CHATS = 200
TARGET = 250.0
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
PLACES = ("Odessa", "Kharkiv", "Kyiv", "Kherson", "Zaporijjia", "Pokrovsk", "Soumy", "Dnipro", "Lviv", "Marioupol")
ACTS = ("une frappe de drones russes fait {} blessés", "l’armée ukrainienne dit avoir abattu {} drones",
        "un cessez-le-feu de {} jours proposé par Kiev", "le Kremlin rejette une trêve de {} jours",
        "{} prisonniers échangés entre Kiev et Moscou", "coupures d’électricité pour {} habitants")  # fmt: skip
OTHER = ("Football : {} joueurs retenus pour le match à", "Festival de cinéma : {} films projetés à",
         "Marché : {} commerçants attendus à")  # fmt: skip


def told(number: int) -> tuple[str, str]:
    """A headline and a text; one in three is about the war."""
    chance = random.Random(number)
    place, count = chance.choice(PLACES), chance.randint(2, 400)
    if number % 3:
        title = f"{chance.choice(OTHER).format(count)} {place}"
        return title, f"{title}. Les organisateurs se disent satisfaits de la journée. " * 8
    title = f"Guerre en Ukraine : à {place}, {chance.choice(ACTS).format(count)}"
    words = f"{title}, selon le gouverneur de la région. Le ministère russe de la Défense dément. "
    return title, words + "Les secours sont restés sur place toute la nuit, a dit le porte-parole. " * 12


def document(asked: Asked) -> Answer:
    """A feed as it is now: twenty items."""
    feed = int(asked.path[1:])
    now = datetime.now(UTC)
    items = ""
    for place in range(20):
        title, text = told(feed * 7919 + place)
        date = format_datetime(now - timedelta(hours=place + 1))
        items += (
            f"<item><title>{title}</title><link>https://journal{feed}.test/{place}</link>"
            f"<pubDate>{date}</pubDate><description>{text}</description></item>"
        )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Journal {feed}</title>{items}</channel></rss>'
    return Answer(body.encode())


async def month(store: SqlStore, addresses: list[str]) -> None:
    """What thirty days leave: articles, judged at the bot's start, and a ledger."""
    now = datetime.now(UTC)
    async with store.write() as unit:
        await unit.feeds.reconcile(
            [FeedSpec(address, f"Journal {number}", "fr") for number, address in enumerate(addresses)]
        )
        feeds = await unit.feeds.listed(Scope())
    for day in range(DAYS, 0, -1):
        async with store.write() as unit:
            await unit.articles.add([article(feed, day, turn, now) for feed in feeds for turn in range(A_DAY)])
    async with store.write() as unit:
        for number in range(CHATS):
            chat = await unit.chats.meet(ChatAddress("telegram", str(80_000_000 + number)), ChatKind.PRIVATE)
            for day in range(DAYS):
                part = RenderedPart({"text": f"Le point du jour {day}. " * 40})
                await unit.deliveries.answered(
                    NewDelivery(f"daily:{number}:{day}", chat.id, DeliveryKind.DAILY, (part,)), now
                )


def article(feed: Feed, day: int, turn: int, now: datetime) -> Article:
    """One of a past day."""
    number = (feed.id * 1000 + day) * 10 + turn
    title, text = told(number)
    moment = now - timedelta(days=day) + timedelta(hours=turn)
    url = f"https://journal{feed.id}.test/past/{number}"
    return Article(f"past{number:012}", url, title, text[:300], text, "fr", moment, moment, (feed.id,))


@dataclass(slots=True)
class Peak:
    """The most that was seen, in MB."""

    rss: float = 0.0
    pss: float = 0.0
    processes: int = 0

    def look(self, main: psutil.Process) -> None:
        """Look once more."""
        with contextlib.suppress(psutil.Error):
            family = [main, *main.children(recursive=True)]
            found = [one.memory_full_info() for one in family]
            self.rss = max(self.rss, sum(one.rss for one in found) / 1e6)
            self.pss = max(self.pss, sum(one.pss for one in found) / 1e6)
            self.processes = max(self.processes, len(family))


async def watch(process: asyncio.subprocess.Process, peak: Peak) -> None:
    """Look ten times a second, until nobody wants to know."""
    main = psutil.Process(process.pid)
    while True:
        peak.look(main)
        await asyncio.sleep(0.1)


async def use(telegram: FakeTelegram, discord: FakeDiscord, channel: Channel) -> None:
    """What loads whatever is loaded late."""
    (guild,) = discord.guilds.values()
    for line in (
        "/start",
        "/status ceasefire",
        "/brief 48",
        "/search Odessa",
        "/picture",
        "/subscribe 8h Dakar",
        "/sources",
    ):
        await telegram.private(line)
    for command in ("status", "brief"):
        await discord.slash(guild, channel, command, wait=False)


async def measure() -> None:
    """Run it, use it, print what it took."""
    peak = Peak()
    async with FakeTelegram() as telegram, FakeDiscord() as discord, contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        server = await stack.enter_async_context(WebServer({f"/{number}": document for number in range(FEEDS)}))
        addresses = [server.url(f"/{number}") for number in range(FEEDS)]
        listed = "".join(f"  - url: {one}\n" for one in addresses)
        await asyncio.to_thread(Path(folder, "feeds.yaml").write_text, f"feeds:\n{listed}")
        channel = discord.add_channel(discord.add_guild())
        database = f"sqlite:///{folder}/bench.db"
        store = await SqlStore.open(database)
        await month(store, addresses)
        await store.close()
        environment = {
            "PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "DATABASE_URL": database, "OPS_ADDRESS": "",
            "FETCH_ALLOW": f"127.0.0.1:{server.port}", "LOG_LEVEL": "WARNING", "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url, "DISCORD_BOT_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=folder, env=environment)
        watching = asyncio.create_task(watch(process, peak))
        await telegram.until_called("getUpdates", patience=60)
        await use(telegram, discord, channel)
        await asyncio.sleep(SECONDS)
        watching.cancel()
        process.terminate()
        code = await asyncio.wait_for(process.wait(), 20)
    verdict = "within" if peak.pss <= TARGET else "beyond"
    print(
        f"{FEEDS} feeds, {FEEDS * A_DAY * DAYS:,} articles of {DAYS} days, {CHATS} chats: at most {peak.pss:.0f} MB PSS"
        f" ({peak.rss:.0f} MB RSS) in {peak.processes} processes, {verdict} {TARGET:.0f}; exit code {code}"
    )


def main() -> None:
    """Print it."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()
