"""Discord's limits, as functions from a payload to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Payload = Mapping[str, Any]

CONTENT, EMBED_TEXT, EMBEDS_TEXT, V2_TEXT, COMPONENTS = 2000, 4096, 6000, 4000, 40
V2, EPHEMERAL, SILENT = 1 << 15, 1 << 6, 1 << 12
NESTABLE = {1, 9, 10, 12, 13, 14}
"""What a container may hold."""
_NAME = re.compile(r"[-_'\w]{1,32}")


def message_problems(payload: Payload, filenames: Sequence[str] = (), *, edit: bool = False) -> list[str]:
    """What is wrong with a message to create or edit."""
    flags = payload.get("flags") or 0
    found = [*_nonce(payload), *_mentions(payload), *_attachments(payload, filenames)]
    found += _v2(payload) if flags & V2 else _classic(payload)
    if edit and flags & SILENT:
        found.append("an edit can't be silent")
    return found


def _nonce(payload: Payload) -> Iterator[str]:
    if len(str(payload.get("nonce", ""))) > 25:
        yield "the nonce has more than 25 characters"


def _mentions(payload: Payload) -> Iterator[str]:
    """Ours: no message may ping anybody by what its text holds."""
    allowed = payload.get("allowed_mentions", {"parse": None})
    if allowed.get("parse") != []:
        yield "allowed_mentions must forbid everything that is parsed"
    if len(allowed.get("roles", ())) > 1 or allowed.get("users"):
        yield "one role may be told, and no person"


def _attachments(payload: Payload, filenames: Sequence[str]) -> Iterator[str]:
    listed = [attachment["filename"] for attachment in payload.get("attachments", ())]
    if listed != list(filenames):
        yield f"attachments {listed} but files {list(filenames)}"
    shown = [item["media"]["url"] for part in walk(payload) if part["type"] == 12 for item in part["items"]]
    for url in shown:
        if url.removeprefix("attachment://") not in filenames:
            yield f"no file for {url}"
    if len(shown) < len(filenames) and (payload.get("flags") or 0) & V2:
        yield "a components v2 message shows only the files its components name"


def _classic(payload: Payload) -> Iterator[str]:
    content, embeds = payload.get("content") or "", payload.get("embeds") or []
    if not (content or embeds or payload.get("attachments")):
        yield "an empty message"
    if len(content) > CONTENT:
        yield f"content of {len(content)}"
    if any(len(embed.get("description", "")) > EMBED_TEXT for embed in embeds) or len(embeds) > 10:
        yield "an embed too long, or too many"
    if sum(len(embed.get(key, "")) for embed in embeds for key in ("title", "description")) > EMBEDS_TEXT:
        yield "embeds too long together"
    yield from _components(payload)


def _v2(payload: Payload) -> Iterator[str]:
    if any(payload.get(field) for field in ("content", "embeds", "poll", "sticker_ids")):
        yield "components v2 beside content, embeds, a poll or stickers"
    if not payload.get("components"):
        yield "components v2 without components"
    texts = [part["content"] for part in walk(payload) if part["type"] == 10]
    if sum(len(text.encode("utf-16-le")) // 2 for text in texts) > V2_TEXT:
        yield f"texts of {sum(map(len, texts))} together"
    if not all(text.strip() for text in texts):
        yield "an empty text"
    for container in (part for part in walk(payload) if part["type"] == 17):
        if not container["components"] or any(part["type"] not in NESTABLE for part in container["components"]):
            yield "an empty container, or one that holds what it can't"
    yield from _components(payload)


def _components(payload: Payload) -> Iterator[str]:
    parts = list(walk(payload))
    if len(parts) > COMPONENTS:
        yield f"{len(parts)} components"
    for row in (part for part in parts if part["type"] == 1):
        if not 1 <= len(row["components"]) <= 5:
            yield f"a row of {len(row['components'])}"
    buttons = [part for part in parts if part["type"] == 2]
    for button in buttons:
        if not 1 <= len(button.get("label", "")) <= 80:
            yield f"label {button.get('label')!r}"
        if not 1 <= len(button.get("custom_id", "")) <= 100:
            yield f"custom_id {button.get('custom_id')!r}"
    if len({button.get("custom_id") for button in buttons}) < len(buttons):
        yield "a custom_id twice"


def walk(payload: Payload) -> Iterator[Mapping[str, Any]]:
    """Every component, nested ones included, in reading order."""
    for component in payload.get("components") or ():
        yield component
        yield from walk(component)


def command_problems(commands: Sequence[Payload]) -> list[str]:
    """What is wrong with a bulk overwrite of global commands."""
    found = ["more than 100 commands"] if len(commands) > 100 else []
    names = [command["name"] for command in commands]
    if len(set(names)) < len(names):
        found.append("a name twice")
    for command in commands:
        found += _described(command)
        options = command.get("options") or []
        found += [problem for option in options for problem in _described(option)]
        required = [bool(option.get("required")) for option in options]
        if required != sorted(required, reverse=True) or len(options) > 25:
            found.append(f"/{command['name']}: required options come first, 25 at most")
    return found


def _described(thing: Payload) -> Iterator[str]:
    if not _NAME.fullmatch(thing["name"]) or thing["name"] != thing["name"].lower():
        yield f"name {thing['name']!r}"
    for description in (thing.get("description", ""), *thing.get("description_localizations", {}).values()):
        if not 1 <= len(description) <= 100:
            yield f"/{thing['name']}: a description of {len(description)}"


def suggestion_problems(choices: Sequence[Payload]) -> list[str]:
    """What is wrong with an answer to what is being typed."""
    found = ["more than 25 suggestions"] if len(choices) > 25 else []
    texts = [choice[key] for choice in choices for key in ("name", "value")]
    return found + [f"a suggestion's {text!r}" for text in texts if not 1 <= len(text) <= 100]
