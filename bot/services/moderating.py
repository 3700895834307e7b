"""Moderating: everything commands need to let people look after the sources, wired together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.chat import PlatformName
from bot.domain.language import ReaderLanguage
from bot.ports import Clock, Discoverer, Renderer, Store
from bot.services.inspect import Canonical, Inspector
from bot.services.moderate import Moderation
from bot.services.moderators import Moderators
from bot.services.notices import Notices
from bot.services.reports import Reports
from bot.services.suggest import Suggestions


@dataclass(frozen=True, slots=True)
class Moderating:
    """The services of the sources' moderators."""

    moderators: Moderators
    inspector: Inspector
    moderation: Moderation
    suggestions: Suggestions
    notices: Notices
    reports: Reports

    def on(self, store: Store) -> Moderating:
        """The same, changing things through another store."""
        moderators, moderation = self.moderators.on(store), replace(self.moderation, store=store)
        suggestions = replace(self.suggestions, store=store, moderation=moderation, moderators=moderators)
        reports = replace(self.reports, store=store, moderators=moderators)
        return replace(self, moderators=moderators, moderation=moderation, suggestions=suggestions, reports=reports)

    @classmethod
    def of(
        cls,
        store: Store,
        clock: Clock,
        discoverer: Discoverer,
        canonical: Canonical,
        *,
        named: frozenset[tuple[PlatformName, str]] = frozenset(),
        renderers: Mapping[str, Renderer] | None = None,
        default_language: ReaderLanguage = "fr",
        default_zone: str = "Europe/Paris",
    ) -> Moderating:
        """Wire them. ``named``: the bot moderators of the operator's settings."""
        moderators = Moderators(store, clock, named)
        inspector = Inspector(store, clock, discoverer, canonical)
        moderation = Moderation(store, clock)
        notices = Notices(renderers or {}, default_language, default_zone)
        suggestions = Suggestions(store, clock, inspector, moderation, moderators, notices)
        reports = Reports(store, clock, moderators, notices)
        return cls(moderators, inspector, moderation, suggestions, notices, reports)
