"""Pieces that several views say the same way: sources, labels, plain paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.briefing import Citation
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage
from bot.domain.message import Button, Link, Paragraph, Span, Text
from bot.editorial import quotes
from bot.editorial.headline import unlabelled
from bot.editorial.shorten import shortened
from bot.i18n import Translator

_LABELLED = {Ownership.STATE, Ownership.PUBLIC}
"""The ownerships a reader should know while reading."""


def say(text: str, *, bold: bool = False) -> Paragraph:
    """A paragraph of one plain sentence."""
    return Paragraph((Text(text, bold=bold),))


def name_of(citation: Citation, reader: Translator) -> str:
    """An outlet's name, labelled where who controls it matters: ``TASS (média d'État)``."""
    if citation.ownership in _LABELLED:
        return reader.text(f"source.{citation.ownership}", name=citation.name)
    return citation.name


def source(citation: Citation, reader: Translator) -> Span:
    """An outlet one can tap."""
    name = name_of(citation, reader)
    return Link(name, citation.url) if citation.url else Text(name)


def sources(citations: Sequence[Citation], reader: Translator, limit: int = 4) -> tuple[Span, ...]:
    """``Le Monde · RFI · et 3 autres``."""
    spans = list(separated((source(citation, reader) for citation in citations[:limit]), " · "))
    if len(citations) > limit:
        spans.append(Text(" · " + reader.count("source.more", len(citations) - limit)))
    return tuple(spans)


def excerpt(text: str, language: ArticleLanguage, longest: int) -> str:
    """About ``longest`` characters of an article's sentence, without its rubric."""
    return shortened(unlabelled(text, language), longest)


def told(words: str, translated_from: ArticleLanguage | None, reader: Translator) -> str:
    """Words in the reader's language, labelled where a model translated them."""
    return words if translated_from is None else f"{words} {reader.text('brief.translated')}"


def separated(spans: Iterable[Span], separator: str) -> Iterable[Span]:
    """Spans with a separator between them."""
    for place, span in enumerate(spans):
        if place:
            yield Text(separator)
        yield span


def quoted(text: str, reader: Translator) -> str:
    """Original words between the reader's own quotation marks, in place of the ones around them."""
    words = text.strip()
    if quotes.spans(words) == [(0, len(words))]:
        words = words[1:-1].strip()
    return reader.text("format.quoted", text=words)


def button(reader: Translator, key: str, action: str) -> Button:
    """A button whose label is in the catalogue."""
    return Button(reader.text(f"button.{key}"), action)
