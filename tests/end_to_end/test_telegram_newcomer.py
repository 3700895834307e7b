"""A newcomer's path on Telegram, from the first word to the last, in both languages, through one ``bot run``."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.end_to_end.conftest import Operator
from tests.end_to_end.phone import Phone, next_minute
from tests.fakes.telegram import FakeTelegram
from tests.fakes.web import Answer, WebServer
from tests.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Words:
    """What a newcomer reads and taps in their language."""

    language: str
    greeting: str
    morning: str
    confirmed: str
    outlet: str
    headline: str
    news: str
    since: str
    details: str
    ceasefire: str
    speaker: str
    picture: str
    settings: str
    time: str
    evening: str
    changed: str
    mute: str
    muted: str
    unsubscribed: str
    sure: str
    yes: str
    forgotten: str
    nothing_kept: str


FRENCH = Words(
    language="fr", greeting="Bonjour. Je suis Dépêche", morning="Chaque jour à 8 h",
    confirmed="C’est noté : le point chaque jour à 8 h (Dakar)", outlet="Le Quai", headline="84 prisonniers",
    news="Ukraine : des missiles frappent une centrale électrique à Kharkiv", since="Depuis votre dernier point",
    details="Détails", ceasefire="Cessez-le-feu", speaker="le Kremlin ne confirme ni ne dément",
    picture="En image", settings="Réglages",
    time="Heure", evening="19 h", changed="Le point : 19 h (Dakar)", mute="Couper le son", muted="Arrivée : sans son",
    unsubscribed="je ne vous enverrai plus de point", sure="Est-ce sûr ?", yes="Oui, tout oublier",
    forgotten="C’est effacé", nothing_kept="Aucun point prévu",
)  # fmt: skip
ENGLISH = Words(
    language="en", greeting="Hello. I am Dépêche", morning="Every day at 8:00",
    confirmed="Done: a briefing every day at 08:00 (Dakar)", outlet="The Harbour Post", headline="84 prisoners",
    news="Ukraine: missiles strike a power plant in Kharkiv", since="Since your last briefing",
    details="Details", ceasefire="Ceasefire", speaker="Dmitry Peskov", picture="As a picture", settings="Settings",
    time="Time", evening="19:00", changed="Briefing: 19:00 (Dakar)", mute="Mute", muted="Arrives: without a sound",
    unsubscribed="no more briefings", sure="Are you sure?", yes="Yes, forget everything",
    forgotten="It is removed", nothing_kept="No briefing",
)  # fmt: skip


async def test_from_the_first_word_to_the_last_in_both_languages(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    async with FakeTelegram() as telegram, WebServer(fresh_news()) as site:
        environment = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "FETCH_ALLOW": f"{operator.environment['FETCH_ALLOW']},127.0.0.1:{site.port}",
        }
        async with operator.running(**environment) as process:
            readers = [(telegram.person(words.language, words.greeting), words) for words in (FRENCH, ENGLISH)]
            phones = [(Phone(telegram, person, person.chat), words) for person, words in readers]
            await asyncio.gather(*(takes_two_taps(phone, words) for phone, words in phones))

            follow(operator, [site.url("/fr"), site.url("/en")])
            process.send_signal(signal.SIGHUP)
            await asyncio.gather(*(finds_the_news(phone, words) for phone, words in phones))

            at = next_minute()
            await asyncio.gather(
                *(phone.writes(f"/subscribe {at:%H:%M} Dakar", words.confirmed[:4]) for phone, words in phones)
            )
            await asyncio.gather(*(reads_the_briefing(phone, words, at) for phone, words in phones))
            await asyncio.gather(*(changes_and_leaves(phone, words) for phone, words in phones))
        assert telegram.violations == []


async def takes_two_taps(phone: Phone, words: Words) -> None:
    """A time, a city, and today's edition is there."""
    greeting = await phone.writes("/start", words.greeting)
    cities = await phone.taps(greeting, words.morning)
    edition = await phone.taps_in_place(cities, "Dakar", words.confirmed, words.outlet, words.headline)
    assert words.news not in edition.text


async def finds_the_news(phone: Phone, words: Words) -> None:
    """What was published meanwhile is found as soon as it has been read."""
    async with asyncio.timeout(PATIENCE):
        while "Kharkiv" not in (await phone.writes("/search centrale" if words is FRENCH else "/search plant")).text:
            pass


async def reads_the_briefing(phone: Phone, words: Words, at: datetime) -> None:
    """It comes at its minute, tells what is new, and answers under its buttons."""
    briefing = await phone.reads(words.since)
    assert datetime.now(UTC) >= at
    assert words.headline not in briefing.text
    details = await phone.taps(briefing, words.details, words.news)
    assert any(link.startswith("https://evening.example/") for link in details.links)
    status = await phone.taps(briefing, words.ceasefire, words.ceasefire, words.speaker)
    picture = await phone.taps(status, words.picture, words.ceasefire)
    assert picture.photo is not None
    assert briefing.edits == 0


async def changes_and_leaves(phone: Phone, words: Words) -> None:
    """Settings change in place; then no briefing, and no trace."""
    settings = await phone.writes("/settings", words.settings)
    await phone.taps_in_place(settings, words.time)
    await phone.taps_in_place(settings, words.evening, words.changed)
    await phone.taps_in_place(settings, words.mute, words.muted)
    await phone.writes("/unsubscribe", words.unsubscribed)
    sure = await phone.writes("/forget", words.sure)
    await phone.taps_in_place(sure, words.yes, words.forgotten)
    await phone.writes("/settings", words.nothing_kept)


def follow(operator: Operator, urls: list[str]) -> None:
    """The operator adds sources to the list."""
    listed = operator.folder / "feeds.yaml"
    added = "".join(f"  - url: {url}\n    dedicated: true\n" for url in urls)
    listed.write_text(listed.read_text(encoding="utf-8").rstrip() + "\n" + added, encoding="utf-8")


def fresh_news() -> dict[str, Answer]:
    """An outlet in each language, with one article of a few minutes ago."""
    french = "Une centrale électrique de Kharkiv est à l’arrêt. Trois ouvriers sont blessés, dit le maire."
    english = "A power plant in Kharkiv no longer delivers electricity. Three workers are wounded, the mayor said."
    return {
        "/fr": _feed("Le Soir du port", "fr", FRENCH.news, french),
        "/en": _feed("The Evening Wire", "en", ENGLISH.news, english),
    }


def _feed(title: str, language: str, headline: str, text: str) -> Answer:
    published = format_datetime(datetime.now(UTC) - timedelta(minutes=3))
    return Answer(
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<language>{language}</language><item><title>{headline}</title><guid>{language}-1</guid>"
        f"<link>https://evening.example/{language}</link><pubDate>{published}</pubDate>"
        f"<description>{text}</description></item></channel></rss>".encode()
    )
