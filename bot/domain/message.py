"""What we say, before any platform's markup: blocks of spans, buttons and a picture.

Views make messages, renderers turn them into a platform's payloads. Nothing here is escaped and nothing here is
markup: a ``<`` in a text is a less-than sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import ReaderLanguage

ACTION_LIMIT = 60
"""Longest action in UTF-8 bytes; Telegram's callback_data holds 64, four are left for an adapter's prefix."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens an address: always one from our table, http or https."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in time: ``text`` in the chat's own zone, or the platform's live rendering of ``at`` (UTC)."""

    at: datetime
    text: str
    instead: bool = False
    """The live rendering takes the place of ``text``, rather than standing beside it."""


Span = Text | Link | Moment


@dataclass(frozen=True, slots=True)
class Heading:
    """The line that names what follows."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items under each other."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Someone's words, or details a reader may unfold where the platform can fold."""

    spans: tuple[Span, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """The small print: what it was made from."""

    spans: tuple[Span, ...]


Block = Heading | Paragraph | Listing | Quotation | Footer


@dataclass(frozen=True, slots=True)
class Button:
    """A press asks for a command: ``action`` is what one would type without the slash, such as ``status ceasefire``."""

    label: str
    action: str

    def __post_init__(self) -> None:
        """Refuse at its birth what no platform could carry."""
        if not self.action or len(self.action.encode()) > ACTION_LIMIT:
            raise ValueError(f"a button's action has 1 to {ACTION_LIMIT} bytes, not {self.action!r}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the sentence that says the same."""

    png: bytes
    description: str
    filename: str = "depeche.png"


@dataclass(frozen=True, slots=True)
class Message:
    """One answer or one edition."""

    language: ReaderLanguage
    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    picture: Picture | None = None
    silent: bool = False
    """Arrives without a sound."""
    breaking: bool = False
    """Breaking news that this chat asked for: a platform may also call those who opted in to be called."""
    private: bool = False
    """For the asker's eyes only, where the platform can."""
    replaces: bool = False
    """Takes the place of the message whose button was pressed, where the platform can; else it is a new one."""
    other_language: Button | None = None
    """Asks for this very message in the other language, where an answer can be shown to its asker alone."""
    mention: str = ""
    """The platform's id of a role whose members are told of it by name; empty: nobody is."""
    tag: str = ""
    """Id or name of the label it stands under, where the chat is a forum of posts."""
    lasting: bool = False
    """Worth keeping: an answer to one of its buttons never takes its place."""
    points_to: str = ""
    """The ``update_id`` of an earlier request whose answer this one speaks of: a platform that can points there."""


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """One platform call's worth of a message: frozen, without any chat address."""

    payload: dict[str, object]
    """JSON values in the platform's own shape."""
    picture: Picture | None = None


def spans_of(block: Block) -> Iterator[Span]:
    """Every span of a block, in reading order."""
    if isinstance(block, Listing):
        for item in block.items:
            yield from item
    else:
        yield from block.spans


def plain(message: Message) -> str:
    """A message's bare words, a block a line: for logs of tests, search and length limits."""
    return "\n".join("".join(span.text for span in spans_of(block)) for block in message.blocks)
