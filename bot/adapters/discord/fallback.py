"""The same part as an embed, for where components v2 are refused. Pure.

Discord may refuse a payload it took yesterday, and a proxy in front of it may be older than components v2. What is lost
are the rules between texts; words, links, buttons and the picture stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.discord.render import IS_COMPONENTS_V2, SUPPRESS_EMBEDS
from bot.domain.message import RenderedPart

INVALID_FORM = 50035
"""Code of a 400 that is about the payload's shape."""
ROWS = 5
"""Most rows of buttons without components v2."""
_ROW, _TEXT, _GALLERY = 1, 10, 12
_BETWEEN = "\n\n"


def as_embed(part: RenderedPart) -> RenderedPart | None:
    """The part without components v2; None where it has none to begin with.

    A part holds 4,000 units of text at most, an embed 4,096 characters of description: the blank lines between texts
    are what may not fit, and then become simple line ends.
    """
    flags = part.payload.get("flags", 0)
    if not isinstance(flags, int) or not flags & IS_COMPONENTS_V2:
        return None
    found = list(_flat(part.payload))
    mention, *rest = found if _is_mention(found) else [{}, *found]
    texts = [str(component["content"]) for component in rest if component["type"] == _TEXT]
    embed: dict[str, Any] = {"description": _joined(texts)}
    if part.picture is not None:
        embed["image"] = {"url": f"attachment://{part.picture.filename}"}
    payload = {
        **part.payload,
        "flags": flags & ~IS_COMPONENTS_V2 & ~SUPPRESS_EMBEDS,
        "embeds": [embed],
        "components": [component for component in rest if component["type"] == _ROW][:ROWS],
    }
    if mention:
        payload["content"] = mention["content"]
    return replace(part, payload=payload)


def _flat(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Texts and rows in reading order, out of their container; a row is not opened."""
    for component in payload.get("components", ()):
        if component["type"] in {_ROW, _TEXT, _GALLERY}:
            yield component
        else:
            yield from _flat(component)


def _is_mention(found: list[Mapping[str, Any]]) -> bool:
    return bool(found) and str(found[0].get("content", "")).startswith("<@&")


def _joined(texts: list[str]) -> str:
    apart = _BETWEEN.join(texts)
    return apart if len(apart) <= 4096 else "\n".join(texts)
