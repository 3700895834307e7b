"""What is counted, in the words of Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.ports import Figures

CONTENT_TYPE = CONTENT_TYPE_LATEST

Labelled = Iterable[tuple[tuple[str, ...], float]]
"""Values, each with its labels."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything told at one moment."""

    now: datetime
    ages: Mapping[str, float]
    failures: Mapping[str, int]
    calls: Mapping[tuple[str, str], int]
    writable: bool
    figures: Figures | None
    stories: Mapping[str, int] = field(default_factory=dict)
    """What became of stories a model was to write."""
    disconnected: tuple[str, ...] = ()
    """Platforms that do not accept us, or have been out of reach for too long."""
    connections: Mapping[str, bool] = field(default_factory=dict)
    """Platform → whether this process is the one that listens and sends there."""


def exposition(snapshot: Snapshot) -> bytes:
    """The page that Prometheus reads."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Told(snapshot))
    return generate_latest(registry)


class _Told(Collector):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def collect(self) -> Iterator[Metric]:
        """See Collector."""
        told = self._snapshot
        yield _gauge("tick_age_seconds", "Since a tick last succeeded or got on", ("tick",), _one(told.ages))
        yield _counter("tick_failures", "Ticks that failed", ("tick",), _one(told.failures))
        yield _counter(
            "calls", "Messages sent or edited, by what became of it", ("platform", "outcome"), told.calls.items()
        )
        yield _counter(
            "model_stories", "Stories for the model, by what became of them", ("outcome",), _one(told.stories)
        )
        lost = [((name,), 1.0) for name in told.disconnected]
        yield _gauge("platform_lost", "Platforms that are out of reach, or refused us", ("platform",), lost)
        held = _one({name: float(held) for name, held in told.connections.items()})
        yield _gauge("connection_held", "Whether this process listens and sends: 0 stands by", ("platform",), held)
        yield _gauge("store_writable", "Whether the database takes writes", (), [((), float(told.writable))])
        if told.figures is not None:
            yield from _kept(told.figures, told.now)


def _kept(figures: Figures, now: datetime) -> Iterator[Metric]:
    yield _gauge("feeds", "Feeds", ("state",), _one(figures.feeds))
    yield _gauge("articles", "Articles kept", (), [((), figures.articles)])
    yield _gauge("articles_unread", "Articles the newsroom has not judged", (), [((), figures.unread)])
    yield _gauge("chats", "Chats", ("platform", "state"), figures.chats.items())
    yield _gauge("delivery_parts", "Parts of deliveries in the ledger", ("platform", "state"), figures.parts.items())
    yield _gauge("model_tokens_today", "Tokens the language model used today", (), [((), figures.model_tokens)])
    yield _gauge("model_calls_today", "Times the language model was asked today", (), [((), figures.model_calls)])
    waits = (("delivery", figures.part_waits_since), ("edition", figures.edition_waits_since))
    lags = [((what,), _seconds(since, now)) for what, since in waits]
    yield _gauge("lag_seconds", "How late the latest thing is that should have happened", ("of",), lags)


def _gauge(name: str, meaning: str, labels: tuple[str, ...], values: Labelled) -> Metric:
    family = GaugeMetricFamily(f"depeche_{name}", meaning, labels=labels)
    for label, value in sorted(values):
        family.add_metric(label, value)
    return family


def _counter(name: str, meaning: str, labels: tuple[str, ...], values: Labelled) -> Metric:
    family = CounterMetricFamily(f"depeche_{name}", meaning, labels=labels)
    for label, value in sorted(values):
        family.add_metric(label, value)
    return family


def _one(values: Mapping[str, float]) -> Labelled:
    return [((name,), value) for name, value in values.items()]


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
