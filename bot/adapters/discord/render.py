"""Message → Discord payloads. Pure: a payload is the JSON of a message, without any channel.

Messages are components v2: one container of texts, rules, a picture and rows of buttons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from bot.adapters.discord.cut import fitting
from bot.adapters.discord.markdown import plain_line, units, write
from bot.domain.language import ReaderLanguage
from bot.domain.message import (
    Block,
    Button,
    Footer,
    Heading,
    Message,
    Paragraph,
    Picture,
    RenderedPart,
    Text,
)

TEXT_LIMIT = 4000
"""Longest text of all components of a message together (Discord, components v2)."""
COMPONENT_LIMIT = 40
"""Most components of a message, nested ones included: the container and a line above it are two of them."""
_OTHERS = 6
"""Components of a short message that are no buttons: container, texts, rules, a line above."""
_MENTION_ROOM = 30
"""Units of a line that mentions a role."""
ROW_LIMIT = 5
"""Most buttons in a row."""
ROW_WIDTH = 3
"""Buttons that a phone shows side by side."""
LABEL_LIMIT = 80
DESCRIPTION_LIMIT = 1024
TITLE_LIMIT = 100
"""Longest name of a forum's post."""

SUPPRESS_EMBEDS = 1 << 2
SUPPRESS_NOTIFICATIONS = 1 << 12
IS_COMPONENTS_V2 = 1 << 15

CUSTOM_ID_PREFIX = "depeche"
"""A custom_id is ``depeche:<place in the message>:<action>``: the place keeps two like buttons apart."""
LASTING = "!"
"""After the place: the message stays as it is, whatever its button asks for."""

READ = "discord-read"
"""Verb of a button that answers its presser alone, in a language that follows it; the command comes after that."""
_OTHER: dict[ReaderLanguage, ReaderLanguage] = {"fr": "en", "en": "fr"}

TAG = "tag"
"""Beside a message's own fields: the tag of a forum's post, by id or name. ``calls`` takes it out."""

_ROW, _BUTTON, _TEXT, _GALLERY, _RULE, _CONTAINER = 1, 2, 10, 12, 14, 17
_GREY = 2
_NOTHING = "…"

Component = dict[str, object]
Row = tuple[Component, ...]
Piece = Block | Picture | Row


class DiscordRenderer:
    """Fulfils the ``Renderer`` port."""

    def render(self, message: Message) -> tuple[RenderedPart, ...]:
        """Texts, then the picture, then the buttons, in as few parts as hold them; one sound at most for all."""
        room = TEXT_LIMIT - _MENTION_ROOM if message.mention else TEXT_LIMIT
        parts = list(_parts(list(_pieces(message, room)), room)) or [[]]
        rendered = [_part(pieces, silent=message.silent or place > 0) for place, pieces in enumerate(parts)]
        if message.mention:
            rendered[0] = _mentioning(rendered[0], message.mention)
        return tuple(_tagged(part, message.tag) if message.tag else part for part in rendered)


def title_of(part: RenderedPart) -> str:
    """A part's first line without markup, at most 100 characters: what a forum's post is called."""
    texts = (str(component["content"]) for component in _nested(part.payload) if component["type"] == _TEXT)
    return _shortened(plain_line(next(texts, _NOTHING).split("\n")[0]), TITLE_LIMIT) or _NOTHING


def _nested(component: Component) -> Iterator[Component]:
    nested = component.get("components")
    for each in nested if isinstance(nested, list) else ():
        yield each
        yield from _nested(each)


def _part(pieces: Sequence[Piece], *, silent: bool) -> RenderedPart:
    components = _components(pieces) or [_text([_NOTHING])]
    payload: dict[str, object] = {
        "flags": IS_COMPONENTS_V2 | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS * silent,
        "components": [{"type": _CONTAINER, "components": components}],
        "allowed_mentions": {"parse": []},
    }
    picture = next((piece for piece in pieces if isinstance(piece, Picture)), None)
    if picture is not None:
        payload["attachments"] = [{"id": "0", "filename": picture.filename, "description": _described(picture)}]
    return RenderedPart(payload, picture)


def _mentioning(part: RenderedPart, role: str) -> RenderedPart:
    """The part below a line that mentions one role, and lets that role alone be told."""
    above = _text([f"<@&{role}>"])
    components = part.payload["components"]
    assert isinstance(components, list)
    mentions = {"parse": [], "roles": [role]}
    return replace(part, payload={**part.payload, "components": [above, *components], "allowed_mentions": mentions})


def _tagged(part: RenderedPart, tag: str) -> RenderedPart:
    return replace(part, payload={**part.payload, TAG: tag})


# --- Parts ---


def _pieces(message: Message, room: int) -> Iterator[Piece]:
    for block in message.blocks:
        yield from fitting(block, room)
    if message.picture is not None:
        yield message.picture
    places = count()
    for row in _fewer(list(_rows(message))):
        buttons = [_button(button, next(places), lasting=message.lasting) for button in row]
        for start in range(0, len(buttons), ROW_LIMIT):
            yield tuple(buttons[start : start + ROW_LIMIT])


def _rows(message: Message) -> Iterator[tuple[Button, ...]]:
    """Rows of buttons; the other language's stands at the end of the last one, or below it."""
    *rows, last = message.buttons or ((),)
    yield from rows
    other = message.other_language
    if other is None:
        yield last
    else:
        reading = replace(other, action=f"{READ} {_OTHER[message.language]} {other.action}")
        yield from ((*last, reading),) if len(last) < ROW_WIDTH else (last, (reading,))


def _fewer(rows: list[tuple[Button, ...]]) -> list[tuple[Button, ...]]:
    """The rows, or fuller ones where there would be too many components for one message; the last one stays alone."""
    if sum(1 + len(row) for row in rows) <= COMPONENT_LIMIT - _OTHERS:
        return rows
    *most, last = rows
    buttons = [button for row in most for button in row]
    return [*(tuple(buttons[start : start + ROW_LIMIT]) for start in range(0, len(buttons), ROW_LIMIT)), last]


def _parts(pieces: Sequence[Piece], room: int) -> Iterator[list[Piece]]:
    """As many pieces a part as fit; what leads into the next piece is never left alone at a part's end."""
    part: list[Piece] = []
    for piece in pieces:
        if part and not _fits([*part, piece], room):
            whole, part = _without_last_lead(part)
            yield whole
            if part and not _fits([*part, piece], room):
                yield part
                part = []
        part.append(piece)
    if part:
        yield part


def _without_last_lead(part: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    if len(part) > 1 and _leads(part[-1]):
        return part[:-1], part[-1:]
    return part, []


def _leads(piece: Piece) -> bool:
    """Names what follows: a heading, or a paragraph that begins in bold, as a point's headline does."""
    if isinstance(piece, Paragraph):
        return bool(piece.spans) and isinstance(first := piece.spans[0], Text) and first.bold
    return isinstance(piece, Heading)


def _fits(pieces: Sequence[Piece], room: int) -> bool:
    components = _components(pieces)
    text = sum(units(str(component.get("content", ""))) for component in components)
    return text <= room and 2 + _count(components) <= COMPONENT_LIMIT


def _count(components: Sequence[Component]) -> int:
    total = 0
    for component in components:
        nested = component.get("components", ())
        total += 1 + (len(nested) if isinstance(nested, Sequence) else 0)
    return total


# --- Components ---


def _components(pieces: Sequence[Piece]) -> list[Component]:
    components: list[Component] = []
    section: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Picture | tuple):
            components += _section(section, components)
            section = []
            components.append(_gallery(piece) if isinstance(piece, Picture) else {"type": _ROW, "components": [*piece]})
        else:
            if section and (isinstance(piece, Footer) or _leads(piece)):
                components += _section(section, components)
                section = []
            section.append(piece)
    return components + _section(section, components)


def _section(blocks: Sequence[Block], before: Sequence[Component]) -> list[Component]:
    """Blocks that belong together as one text; a rule above it where it opens a new subject or is the small print."""
    if not blocks:
        return []
    text = _text(_joined(blocks))
    ruled = before and isinstance(blocks[0], Heading | Footer)
    return [_rule(), text] if ruled else [text]


def _joined(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    for place, block in enumerate(blocks):
        if place and not _leads(blocks[place - 1]):
            lines.append("")
        lines.append(write(block))
    return lines


def _rule() -> Component:
    return {"type": _RULE, "divider": True, "spacing": 1}


def _text(lines: Sequence[str]) -> Component:
    return {"type": _TEXT, "content": "\n".join(lines)}


def _gallery(picture: Picture) -> Component:
    item = {"media": {"url": f"attachment://{picture.filename}"}, "description": _described(picture)}
    return {"type": _GALLERY, "items": [item]}


def _described(picture: Picture) -> str:
    return _shortened(picture.description, DESCRIPTION_LIMIT) or _NOTHING


def _button(button: Button, place: int, *, lasting: bool) -> Component:
    return {
        "type": _BUTTON,
        "style": _GREY,
        "label": _shortened(button.label, LABEL_LIMIT) or _NOTHING,
        "custom_id": f"{CUSTOM_ID_PREFIX}:{place}{LASTING * lasting}:{button.action}",
    }


def _shortened(text: str, limit: int) -> str:
    words = " ".join(text.split())
    if units(words) <= limit:
        return words
    while units(words) > limit - 1:
        words = words[:-1]
    return words.rstrip() + "…"
