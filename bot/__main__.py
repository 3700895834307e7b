"""The command line. Everything is imported where it is used, so that a parser worker never loads a platform."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.domain.errors import DepecheError
    from bot.domain.language import ReaderLanguage
    from bot.i18n import Translator
    from bot.settings import Settings

DONE, FAILED, WRONG = 0, 1, 2
"""Exit codes: done; failed (one clear line on standard error); wrong usage or settings."""

application = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
    help="Dépêche: five trustworthy minutes a day on the war in Ukraine.",
)  # fmt: skip
feeds = typer.Typer(no_args_is_help=True, help="The feeds that are followed.")
desk = typer.Typer(no_args_is_help=True, help="The newsroom without a database: JSON Lines in, JSON Lines out.")
application.add_typer(feeds, name="feeds")
application.add_typer(desk, name="desk")


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"
    TELEGRAM = "telegram"
    DISCORD = "discord"


class Language(StrEnum):
    """A reader's language."""

    FR = "fr"
    EN = "en"


At = Annotated[
    str | None, typer.Option("--at", metavar="ISO", help="Answer as of that moment: later articles are unknown.")
]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of the answer; BOT_LANGUAGE where not given.")]
Form = Annotated[Format, typer.Option("--format", help="text for people, json for tools, else a platform's payloads.")]


# --- Running ---


@application.command()
def run() -> None:
    """Run the bot: the platforms that have a token; with none, the console."""
    from bot import operate

    _do(operate.run)


@application.command()
def demo() -> None:
    """Show the main job without network or token: sample feeds, briefings, a console chat."""
    from bot.demo import show

    _do(show)


@application.command()
def poll(
    once: Annotated[bool, typer.Option("--once", help="One round and the newsroom, then exit.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every feed now, due or not.")] = False,
    fetch_only: Annotated[bool, typer.Option("--fetch-only", help="Store as unread, without the newsroom.")] = False,
    at: At = None,
) -> None:
    """Read the feeds that are due."""
    from bot import operate

    _do(lambda settings: operate.poll(
        settings, once=once, everything=everything, fetch_only=fetch_only, at=_moment(at)
    ))  # fmt: skip


# --- Asking ---


@application.command()
def brief(
    lang: Lang = None,
    hours: Annotated[int, typer.Option(min=1, max=8760, help="How far back.")] = 24,
    at: At = None,
    form: Form = Format.TEXT,
) -> None:
    """The war in brief."""
    from bot import operate

    _do(lambda settings: operate.brief(
        settings, language=_language(lang, settings), hours=hours, at=_moment(at), form=form
    ))  # fmt: skip


@application.command()
def status(
    topic: Annotated[
        list[str] | None, typer.Argument(help="A topic, in either language; the ceasefire when empty.")
    ] = None,
    lang: Lang = None,
    at: At = None,
    form: Form = Format.TEXT,
) -> None:
    """Where a topic stands: its state, who says what, what is contested."""
    from bot import operate

    asked = " ".join(topic or ["ceasefire"])
    _do(lambda settings: operate.status(
        settings, asked, language=_language(lang, settings), at=_moment(at), form=form
    ))  # fmt: skip


# --- Keeping ---


@application.command(name="import")
def import_archive(
    file: Annotated[Path, typer.Argument(help="JSON Lines: id, title, published, source, url, summary, text, lang.")],
    at: At = None,
) -> None:
    """Bring in an archive. Idempotent by id."""
    from bot import operate

    _do(lambda settings: operate.import_archive(settings, file, at=_moment(at)))


@application.command()
def check() -> None:
    """Look at settings, database, tokens and every feed: what is wrong, and how to mend it."""
    from bot import operate

    _do(operate.check)


@application.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Copy a live database, consistently."""
    from bot import operate

    _do(lambda settings: operate.backup(settings, file))


@feeds.command("list")
def feeds_list() -> None:
    """Every feed: id, state, language, name, address."""
    from bot import operate

    _do(operate.feeds_list)


@feeds.command("probe")
def feeds_probe(url: Annotated[str, typer.Argument(help="A feed, or a site that has one.")]) -> None:
    """What a site offers: its feeds, their language, freshness and share about the war."""
    from bot import operate

    _do(lambda settings: operate.feeds_probe(settings, url))


@feeds.command("import")
def feeds_import(file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Print the feeds of a subscription list as feeds.yaml entries."""
    from bot import operate

    _do(lambda settings: operate.feeds_import(settings, file))


@feeds.command("export")
def feeds_export(
    opml: Annotated[bool, typer.Option("--opml", help="As a subscription list for feed readers.")] = False,
    yaml: Annotated[bool, typer.Option("--yaml", help="As feeds.yaml, its comments kept (the default).")] = False,
) -> None:
    """Print every followed feed."""
    from bot import operate

    _do(lambda settings: operate.feeds_export(settings, as_opml=opml and not yaml))


# --- The desk ---


@desk.command("relevance")
def desk_relevance() -> None:
    """Is it about the war? Answers id, verdict, score and reasons."""
    from bot.services.desk import relevance

    _answer(relevance.answer)


@desk.command("stories")
def desk_stories() -> None:
    """Which articles tell one story? Answers id and story."""
    from bot.services.desk import stories

    _answer(stories.answer)


@desk.command("summarise")
def desk_summarise(
    words: Annotated[int, typer.Option(min=1, help="At most this many words.")] = 50,
    lang: Annotated[str, typer.Option(help="Language of rows that name none.")] = "fr",
) -> None:
    """Condense each text. Answers id and summary."""
    from bot.services.desk import summarise

    _answer(lambda rows: summarise.answer(rows, words=words, language=lang))


@desk.command("claims")
def desk_claims(topic: Annotated[str, typer.Option(help="A topic id.")] = "ceasefire") -> None:
    """Who says what about a topic? Answers id and claims."""
    from bot.services.desk import claims

    _answer(lambda rows: claims.answer(rows, topic=topic))


def _answer(question: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]) -> None:
    """Read every row, answer every row, in order; a line that is no JSON object is answered with its number."""
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").split("\n")
    rows = [_row(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a file or a pipe
    sys.stdout.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in question(rows))


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return row if isinstance(row, dict) else {"id": f"line {number}"}


# --- Around every command ---


def _do(job: Callable[[Settings], Coroutine[Any, Any, int]]) -> None:
    """Run a job with settings and logs; every error of ours becomes one line and its exit code."""
    from bot import settings as environment
    from bot.adapters import logs
    from bot.domain.errors import DepecheError

    reader = _reader("fr")
    try:
        settings = environment.load()
        reader = _reader(settings.bot_language)
        logs.configure(settings.log_format, settings.log_level)
        code = asyncio.run(job(settings))
    except DepecheError as error:
        code = _fail(error, reader)
    except KeyboardInterrupt:
        code = DONE
    except Exception:
        logs.crashed()
        code = _fail(DepecheError("crashed"), reader)
    raise typer.Exit(code)


def _fail(error: DepecheError, reader: Translator) -> int:
    from bot.domain.errors import FeedListError, SettingsError, UsageError
    from bot.i18n import explain

    typer.echo(explain(error, reader), err=True)
    return WRONG if isinstance(error, SettingsError | UsageError | FeedListError) else FAILED


def _reader(language: ReaderLanguage) -> Translator:
    from bot.i18n import translator

    return translator(language)


def _language(chosen: Language | None, settings: Settings) -> ReaderLanguage:
    return settings.bot_language if chosen is None else chosen.value


def _moment(text: str | None) -> datetime | None:
    from bot.domain.errors import UsageError
    from bot.domain.moments import iso_moment

    if text is None:
        return None
    moment = iso_moment(text)
    if moment is None:
        raise UsageError("bad-moment", value=text)
    return moment


def main() -> None:
    """Run the command line."""
    application()


if __name__ == "__main__":
    main()
