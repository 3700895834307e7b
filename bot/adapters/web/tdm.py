"""Which addresses of a site are kept from text and data mining: the TDM Reservation Protocol's file for a whole site.

Its other two ways, headers and meta elements, are read with the page (``headers``, ``page_rights``).
"""

from __future__ import annotations

import json

from protego import Protego

from bot.adapters.web.robots import RobotsBook
from bot.ports import Clock, Fetcher

PATH = "/.well-known/tdmrep.json"


def unreserved(fetcher: Fetcher, clock: Clock) -> RobotsBook:
    """What may be mined, as far as ``tdmrep.json`` says. A site without one reserves nothing."""
    return RobotsBook(fetcher, clock, PATH, rules_of)


def rules_of(text: str) -> Protego:
    """The file as rules: it names places by the patterns of robots.txt. What is no such file reserves nothing."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = []
    entries = [entry for entry in document if isinstance(entry, dict)] if isinstance(document, list) else []
    places = [(str(entry.get("location", "")).strip(), str(entry.get("tdm-reservation")) == "1") for entry in entries]
    lines = [f"{'Disallow' if kept else 'Allow'}: {place}" for place, kept in places if place.isprintable() and place]
    return Protego.parse("\n".join(["User-agent: *", *lines]))
