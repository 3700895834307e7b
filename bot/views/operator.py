"""Lines for whoever runs the bot: reports of the command line, in the operator's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery import GivenUp, PartState
from bot.domain.errors import DepecheError
from bot.domain.feed import Feed, FeedReading
from bot.domain.probe import Probed
from bot.i18n import Translator, explain


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing ``bot check`` looked at; ``error`` None: it is fine."""

    what: str
    error: DepecheError | None = None


def poll_lines(
    failures: Iterable[tuple[str, DepecheError]], read: int, new_articles: int, reader: Translator
) -> Iterator[str]:
    """One line for each feed that failed, then the sum."""
    failed = 0
    for name, error in failures:
        failed += 1
        yield reader.text("cli.poll-feed-failed", name=name, reason=explain(error, reader))
    if read == 0:
        yield reader.text("cli.poll-nothing-due")
    else:
        articles = reader.count("cli.new-articles", new_articles)
        yield reader.count("cli.poll-done", read, articles=articles, failed=reader.number(failed))


def newsroom_line(judged: int, relevant: int, reader: Translator) -> str:
    """How many articles were judged, and how many are about the war."""
    return reader.count("cli.newsroom-done", judged, relevant=reader.number(relevant))


def problem_lines(problems: Iterable[DepecheError], reader: Translator) -> Iterator[str]:
    """One line a problem, with its remedy."""
    for problem in problems:
        yield reader.text("cli.problem", reason=explain(problem, reader))


def import_line(added: int, known: int, refused: int, reader: Translator) -> str:
    """What an import did."""
    return reader.count(
        "cli.import-done", added, known=reader.number(known), refused=reader.count("cli.rows-refused", refused)
    )


def check_line(checked: Checked, reader: Translator) -> str:
    """``✓ database`` or ``✗ database: what is wrong and how to mend it``."""
    if checked.error is None:
        return reader.text("cli.check-good", what=checked.what)
    return reader.text("cli.check-bad", what=checked.what, reason=explain(checked.error, reader))


def use_line(today: int, daily: int, a_month: int, price: float, reader: Translator) -> str:
    """``jetons : 1 200 aujourd’hui sur 200 000, environ 36 000 par mois, soit 0,07 à votre tarif``."""
    words = reader.text(
        "cli.check-model-use", today=reader.number(today), daily=reader.number(daily), month=reader.number(a_month)
    )
    if price <= 0:
        return words
    return reader.text("cli.check-model-cost", use=words, cost=reader.number(round(a_month * price / 1_000_000, 2)))


def deliveries_line(platform: str, parts: Mapping[tuple[str, str], int], reader: Translator) -> str:
    """``messages telegram : 90 envoyés, 4 en attente, …``, of the days the ledger remembers."""

    def number(*states: str) -> str:
        return reader.number(sum(parts.get((platform, state), 0) for state in states))

    return reader.text(
        "cli.check-deliveries",
        platform=platform,
        sent=number(PartState.SENT),
        waiting=number(PartState.PENDING, PartState.SENDING),
        doubt=number(PartState.UNKNOWN),
        refused=number(PartState.DEAD),
        expired=number(GivenUp.EXPIRED),
    )


def probe_lines(feed: Probed, reader: Translator, *, zone: str, now: datetime) -> Iterator[str]:
    """One feed that was found: its name and address, then what it is like, then what it says of the war."""
    yield reader.text("probe.feed", title=feed.title or feed.url, url=feed.url)
    yield "  " + reader.text(
        "probe.details",
        language=reader.text(f"language.{feed.language}"),
        entries=reader.count("probe.entries", feed.entries),
        week=reader.number(feed.entries_a_week),
        relevant=reader.number(round(100 * feed.relevant / max(1, feed.entries))),
        newest=reader.when(feed.newest_at, now, zone) if feed.newest_at else reader.text("probe.undated"),
    )
    yield from (f"  • {title}" for title in feed.relevant_titles)
    if feed.search:
        yield "  " + reader.text("probe.search")
    if feed.allowed is False:
        yield "  " + reader.text("probe.robots-forbid")


def trouble_line(url: str, error: DepecheError, reader: Translator) -> str:
    """One address of a site that could not be read as a feed."""
    return reader.text("probe.failed", url=url, reason=explain(error, reader))


def feed_line(feed: Feed, reading: FeedReading | None) -> str:
    """One feed for ``bot feeds list``: tab-separated, for people and for ``cut``.

    Its id, state or error, language, name, address, and how many entries of its last document were too many.
    """
    state = feed.state if reading is None or reading.error_key is None else reading.error_key
    left_out = reading.skipped_entries if reading else 0
    return "\t".join((str(feed.id), str(state), feed.spec.language or "-", feed.name, feed.spec.url, str(left_out)))
