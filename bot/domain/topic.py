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
