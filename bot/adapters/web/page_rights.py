"""What a page says about who may use its text: opt-outs from text mining and from AI, paywalls. Pure.

TDM Reservation Protocol (W3C community group, 2024), robots meta tags, schema.org's ``isAccessibleForFree`` and
Facebook's ``article:content_tier``. In doubt the text is left alone.
"""

from __future__ import annotations

import re
from typing import Any

from bot.adapters.web.headers import opts_out
from bot.adapters.web.markup import text_in

_NOT_FREE = re.compile(
    r"[\"']isAccessibleForFree[\"']\s{0,9}:\s{0,9}[\"']?(?:false|https?://schema\.org/False)", re.IGNORECASE
)
"""In JSON-LD as it is written, since much of it is no JSON."""
_SUBSCRIBERS = re.compile(
    r"(?:article|contenu|suite|texte)(?: est| vous est)? réservée?s? (?:à nos|aux) abonn"
    r"|il vous reste [\d,.]{1,5} ?% de (?:cet article|ce contenu)"
    r"|(?:subscribe|sign in|log in|register) to (?:continue|keep) reading"
    r"|this (?:article|content|story) is (?:for|reserved for|only available to|exclusive to) (?:\w+ )?subscribers",
    re.IGNORECASE,
)
_ROBOTS = frozenset({"robots", "depeche"})


def reserved(page: Any) -> bool:
    """Whether a page (its root, an lxml element) keeps its text for people, or for those who pay."""
    return (
        any(_reserves(meta) for meta in page.iter("meta"))
        or any(_NOT_FREE.search(script.text or "") for script in page.iter("script"))
        or _SUBSCRIBERS.search(" ".join(text_in(page).split())) is not None
    )


def _reserves(meta: Any) -> bool:
    name = next((meta.get(key) for key in ("name", "property", "itemprop") if meta.get(key)), "").strip().lower()
    content = meta.get("content", "").strip().lower()
    if name in _ROBOTS:
        return opts_out(content)
    if name == "isaccessibleforfree":
        return content in {"false", "http://schema.org/false", "https://schema.org/false"}
    return (name, content) in {
        ("tdm-reservation", "1"),
        ("article:content_tier", "locked"),
        ("article:content_tier", "metered"),
    }
