"""What a page says about who may use its text: opt-outs from text mining and from AI, paywalls. Pure.

TDM Reservation Protocol (W3C community group, 2024), robots meta tags, schema.org's ``isAccessibleForFree`` and
Facebook's ``article:content_tier``. In doubt the text is left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

OPT_OUTS = frozenset({"noai", "noimageai", "nosnippet", "none", "max-snippet:0"})
"""Words of a robots meta tag or an X-Robots-Tag header under which no text may be taken."""

_META = re.compile(r"<meta\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_NOT_FREE = re.compile(
    r"[\"']isAccessibleForFree[\"']\s{0,9}:\s{0,9}[\"']?(?:false|https?://schema\.org/False)", re.IGNORECASE
)
_SUBSCRIBERS = re.compile(
    r"(?:article|contenu|suite|texte)(?: est| vous est)? réservée?s? (?:à nos|aux) abonn"
    r"|il vous reste [\d,.]{1,5} ?% de (?:cet article|ce contenu)"
    r"|(?:subscribe|sign in|log in|register) to (?:continue|keep) reading"
    r"|this (?:article|content|story) is (?:for|reserved for|only available to|exclusive to) (?:\w+ )?subscribers",
    re.IGNORECASE,
)
_ROBOTS = frozenset({"robots", "depeche"})


def reserved(page: str) -> bool:
    """Whether the page keeps its text for people, or for those who pay."""
    if _NOT_FREE.search(page) or _SUBSCRIBERS.search(page.replace("\xa0", " ").replace("\u202f", " ")):
        return True
    return any(_reserves(name, content) for name, content in _metas(page))


def header_reserves(headers: Mapping[str, str]) -> bool:
    """Whether an answer's headers (case-insensitive names) do so."""
    robots = headers.get("X-Robots-Tag", "")
    return headers.get("TDM-Reservation", "").strip() == "1" or bool(OPT_OUTS & set(_words(robots)))


def _reserves(name: str, content: str) -> bool:
    if name in _ROBOTS:
        return bool(OPT_OUTS & set(_words(content)))
    if name == "tdm-reservation":
        return content.strip() == "1"
    return name == "article:content_tier" and content.strip().lower() in {"locked", "metered"}


def _metas(page: str) -> Iterator[tuple[str, str]]:
    for tag in _META.finditer(page):
        found = {key.lower(): double or single or bare for key, double, single, bare in _ATTRIBUTE.findall(tag[1])}
        yield (
            (found.get("name") or found.get("property") or "").strip().lower(),
            html.unescape(found.get("content", "")),
        )


def _words(content: str) -> list[str]:
    """``max-snippet: 0`` is one word; ``depeche: noai`` names us first."""
    joined = re.sub(r"\s{0,9}:\s{0,9}", ":", content.lower())
    return [word.removeprefix("depeche:") for word in re.split(r"[\s,]+", joined)]
