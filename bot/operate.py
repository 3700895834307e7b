"""What each command of the command line does, apart from its options: returns the exit code, raises our errors."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot import feedlist
from bot.adapters.clock import StoppedClock
from bot.adapters.web.canonical import canonical
from bot.adapters.web.discover import WebDiscoverer
from bot.adapters.web.robots import RobotsBook
from bot.app import App, opened
from bot.domain.errors import DepecheError, ImportRowError, ParseError, UnknownTopic, UsageError
from bot.domain.feed import FeedSpec
from bot.domain.language import ReaderLanguage
from bot.domain.masking import masked
from bot.domain.message import Message
from bot.editorial import topics
from bot.editorial.pack import NEWSROOM_VERSION
from bot.i18n import Translator, translator
from bot.platforms import connected, renderers
from bot.ports import Platform, Scope
from bot.running import follow_list
from bot.running import run as run_app
from bot.services import archive
from bot.services.brief import Wanted, last_hours
from bot.services.check import check_feeds
from bot.services.probe import probe
from bot.services.search import search
from bot.settings import Settings
from bot.views import operator
from bot.views.briefing import briefing_message
from bot.views.contract import briefing_json, status_json
from bot.views.operator import Checked
from bot.views.search import found_message
from bot.views.status import status_message

DONE, FAILED, WRONG = 0, 1, 2


async def run(settings: Settings) -> int:
    """The platforms that have a token; with none, the console."""
    async with opened(settings) as app:
        reader = translator(settings.bot_language)
        changes, problems = await follow_list(app, settings.feeds_file)
        _complain(operator.problem_lines(problems, reader))
        _complain(reader.text("cli.feed-paused", name=name) for name in changes.paused)
        platforms = connected(app.settings, app.store, app.clock, app.registry) or {
            "console": _console(settings, reader)
        }
        if "console" not in platforms and (code := await app.moderating.moderators.open_claim()) is not None:
            _complain([reader.text("cli.claim", code=code)])
        _complain([reader.text("cli.running", platforms=", ".join(platforms))])
        if "console" in platforms:
            _say([reader.text("cli.console-hello")])
        await run_app(app, platforms)
    return DONE


def _console(settings: Settings, reader: Translator) -> Platform:
    from bot.adapters.console import ConsolePlatform

    return ConsolePlatform(prompt=reader.text("cli.console-prompt"), language=settings.bot_language)


async def poll(settings: Settings, *, once: bool, everything: bool, fetch_only: bool, at: datetime | None) -> int:
    """Read what is due once; without ``--once`` go on until interrupted."""
    reader = translator(settings.bot_language)
    clock = None if at is None else StoppedClock(at)
    async with opened(settings, clock) as app:
        _, problems = await follow_list(app, settings.feeds_file)
        _complain(operator.problem_lines(problems, reader))
        while True:
            await _poll_round(app, reader, everything=everything, fetch_only=fetch_only)
            if once or everything or at is not None:
                return DONE
            await app.clock.sleep(10)


async def _poll_round(app: App, reader: Translator, *, everything: bool, fetch_only: bool) -> None:
    report = await (app.poller.all() if everything else app.poller.due())
    failures = [(failure.feed.name, failure.error) for failure in report.failed]
    _say(operator.poll_lines(failures, report.read, report.new_articles, reader))
    if not fetch_only:
        judged = await app.newsroom.turn()
        _say([operator.newsroom_line(judged.judged, judged.relevant, reader)])


async def brief(settings: Settings, *, language: ReaderLanguage, hours: int, at: datetime | None, form: str) -> int:
    """One briefing on standard output."""
    async with opened(settings) as app:
        moment = at or app.clock.now()
        await _catch_up(app)
        briefing = await app.briefer.write(
            Wanted(
                language=language,
                zone=settings.bot_timezone,
                at=moment,
                since=last_hours(moment, hours),
                scope=Scope(known_by=moment, replay=at is not None),
            )
        )
    if form == "json":
        _say([json.dumps(briefing_json(briefing), ensure_ascii=False)])
    else:
        _print(briefing_message(briefing), form)
    return DONE


async def status(settings: Settings, asked: str, *, language: ReaderLanguage, at: datetime | None, form: str) -> int:
    """The state of a topic on standard output; of words that are no topic's, the articles that have them.

    Raises UnknownTopic where there are none either, and for JSON, which has the shape of a topic's state.
    """
    topic, zone = topics.find(asked).topic, settings.bot_timezone
    async with opened(settings) as app:
        moment = at or app.clock.now()
        scope = Scope(known_by=moment, replay=at is not None)
        await _catch_up(app)
        if topic is None:
            found = await search(app.store, asked, scope, language)
            if not found.articles or form == "json":
                raise UnknownTopic(value=asked, nearest=", ".join(near.names[language] for near in found.nearest))
            _print(found_message(asked, found.articles, None, language=language, zone=zone, now=moment), form)
            return DONE
        state = await app.status.told(topic.id, scope, moment, language)
    if form == "json":
        _say([json.dumps(status_json(state, language), ensure_ascii=False)])
    else:
        _print(status_message(state, topic, language=language, zone=zone), form)
    return DONE


async def _catch_up(app: App) -> None:
    """Articles that were only fetched, or imported, are judged before anything is said of them."""
    await app.newsroom.turn()


async def import_archive(settings: Settings, file: Path, *, at: datetime | None) -> int:
    """Store an archive and judge it."""
    reader = translator(settings.bot_language)
    async with opened(settings) as app:
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                report = await archive.import_lines(app.store, lines, canonical=canonical, until=at)
        except OSError:
            raise ImportRowError("import-file", path=str(file)) from None
        _complain(operator.problem_lines(report.problems, reader))
        _say([operator.import_line(report.added, report.known, len(report.problems), reader)])
        judged = await app.newsroom.turn()
        _say([operator.newsroom_line(judged.judged, judged.relevant, reader)])
    return DONE


async def check(settings: Settings) -> int:
    """Every part once; 1 where something is wrong."""
    reader = translator(settings.bot_language)
    results = [Checked(reader.text("cli.check-settings"))]
    specs: tuple[FeedSpec, ...] = ()
    try:
        listed = feedlist.read(settings.feeds_file)
        specs = listed.specs
        list_errors: tuple[DepecheError | None, ...] = listed.problems or (None,)
    except DepecheError as error:
        list_errors = (error,)
    results += [Checked(reader.text("cli.check-feed-list"), error) for error in list_errors]
    try:
        async with opened(settings) as app:
            results.append(Checked(reader.text("cli.check-database")))
            results += await _check_tokens(app, reader)
            results += await _check_model(app, reader)
            results += await _check_deliveries(app, reader)
            results += await check_feeds(specs, app.poller.fetcher, app.poller.parser, app.clock)
    except DepecheError as error:
        results.append(Checked(reader.text("cli.check-database"), error))
    _say(operator.check_line(result, reader) for result in results)
    return FAILED if any(result.error for result in results) else DONE


async def _check_tokens(app: App, reader: Translator) -> list[Checked]:
    platforms = connected(app.settings, app.store, app.clock, app.registry)
    if not platforms:
        return [Checked(reader.text("cli.check-no-token"))]
    results = []
    for name, platform in platforms.items():
        what = reader.text("cli.check-token", platform=name)
        try:
            await platform.check()
            results.append(Checked(what))
        except DepecheError as error:
            results.append(Checked(what, error))
    return results


async def _check_deliveries(app: App, reader: Translator) -> list[Checked]:
    """What waits, what is in doubt and what was given up, by platform; nothing where nothing was ever written."""
    async with app.store.read() as unit:
        counted = (await unit.figures.count(NEWSROOM_VERSION, app.clock.now())).parts
    platforms = sorted({platform for platform, _ in counted})
    return [Checked(operator.deliveries_line(platform, counted, reader)) for platform in platforms]


async def _check_model(app: App, reader: Translator) -> list[Checked]:
    """The language model's server, by a call of some 150 tokens; then what it was used for."""
    if app.model is None:
        return [Checked(reader.text("cli.check-no-model"))]
    what = reader.text("cli.check-model", model=app.model.client.model)
    try:
        await app.model.check()
        answer = Checked(what)
    except DepecheError as error:
        answer = Checked(what, error)
    use = await app.model.use()
    return [answer, Checked(operator.use_line(use.today, use.daily, use.a_month, app.settings.llm_price, reader))]


async def backup(settings: Settings, file: Path) -> int:
    """A consistent copy of the live database. Raises StoreError."""
    async with opened(settings) as app:
        await app.store.backup(file)
    _say([translator(settings.bot_language).text("cli.backup-done", path=str(file))])
    return DONE


async def feeds_list(settings: Settings) -> int:
    """Every feed, a line each."""
    async with opened(settings) as app:
        await follow_list(app, settings.feeds_file)
        async with app.store.read() as unit:
            listed = await unit.feeds.listed(Scope())
            readings = await unit.feeds.readings([feed.id for feed in listed])
    _say(operator.feed_line(feed, readings.get(feed.id)) for feed in listed)
    return DONE


async def feeds_probe(settings: Settings, url: str) -> int:
    """What a site offers. Raises FetchError or ParseError; ParseError too where there is no feed."""
    reader = translator(settings.bot_language)
    address = url if "://" in url else f"https://{url}"
    async with opened(settings) as app:
        troubles: list[tuple[str, DepecheError]] = []
        fetcher, parser, clock = app.poller.fetcher, app.poller.parser, app.clock
        discoverer = WebDiscoverer(fetcher, parser, clock=clock, trouble=lambda *one: troubles.append(one))
        found = await probe(discoverer, RobotsBook(fetcher, clock), address)
        now = app.clock.now()
    _complain(operator.trouble_line(masked(where), error, reader) for where, error in troubles)
    if not found:
        raise ParseError("no-feeds-found", url=address)
    for feed in found:
        _say(operator.probe_lines(feed, reader, zone=settings.bot_timezone, now=now))
    return DONE


async def feeds_export(settings: Settings, *, as_opml: bool) -> int:
    """Every feed that is polled, as feeds.yaml or OPML."""
    async with opened(settings) as app:
        await follow_list(app, settings.feeds_file)
        async with app.store.read() as unit:
            specs = tuple(feed.spec for feed in await unit.feeds.listed(Scope()) if feed.polled)
    if as_opml:
        from bot.adapters import opml

        _say([opml.render(specs)])
    else:
        text = settings.feeds_file.read_text(encoding="utf-8") if settings.feeds_file.exists() else ""
        _say([feedlist.render(text, specs).rstrip("\n")])
    return DONE


async def feeds_import(settings: Settings, file: Path) -> int:
    """The feeds of an OPML file as feeds.yaml entries, ready to paste."""
    from bot.adapters import opml

    reader = translator(settings.bot_language)
    found = opml.parse(await asyncio.to_thread(_beginning, file, opml.MAX_BYTES + 1))
    _say([feedlist.render("", found.specs).rstrip("\n")])
    _complain(operator.problem_lines(found.problems, reader))
    _complain([reader.count("cli.feeds-imported", len(found.specs))])
    return DONE


def _beginning(file: Path, limit: int) -> bytes:
    """At most so many bytes of a file. Raises UsageError."""
    try:
        with file.open("rb") as stream:
            return stream.read(limit)
    except OSError:
        raise UsageError("file-unreadable", path=str(file)) from None


def _print(message: Message, form: str) -> None:
    """A message as a terminal shows it, or as the payloads a platform would be sent, one JSON object a line."""
    if form == "text":
        from bot.adapters.console import as_text

        _say([as_text(message)])
    else:
        parts = renderers()[form].render(message)
        _say(json.dumps(part.payload, ensure_ascii=False) for part in parts)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()
