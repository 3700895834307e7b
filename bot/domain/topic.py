"""Topics: the subjects of the war people ask about."""

from __future__ import annotations

from dataclasses import dataclass

TopicId = str
"""Kebab case, stable, such as ``ceasefire``: it is stored and it is what buttons carry."""

CEASEFIRE: TopicId = "ceasefire"
"""The topic of a bare ``/status``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the pack's topics.yaml."""

    id: TopicId
    names: dict[str, str]
    """Reader language → the name shown."""
    aliases: dict[str, tuple[str, ...]]
    """Language (fr, en, uk, ru) → words and phrases that mean it."""
    bears_on: tuple[TopicId, ...] = ()
    """Wider topics its articles also belong to: peace talks bear on the ceasefire."""
    phased: bool = True
    """It has a state: proposed, agreed, in force. The front line has none, nor have the many matters of sanctions."""


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """What a person's words for a topic came to. Neither set: nothing is near, so search the articles."""

    topic: Topic | None
    """The one topic they mean, typing errors forgiven."""
    suggestions: tuple[Topic, ...] = ()
    """Where ``topic`` is None: the nearest ones, best first."""
