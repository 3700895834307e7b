"""Messages as Discord's payloads: within its limits, cut where a reader would cut them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.adapters.discord.render import (
    COMPONENT_LIMIT,
    IS_COMPONENTS_V2,
    SUPPRESS_NOTIFICATIONS,
    TEXT_LIMIT,
    DiscordRenderer,
)
from bot.domain.language import ReaderLanguage
from bot.domain.message import (
    Block,
    Button,
    Footer,
    Heading,
    Link,
    Listing,
    Message,
    Moment,
    Paragraph,
    Picture,
    Quotation,
    RenderedPart,
    Text,
)
from tests.fakes.discord.rules import message_problems, walk
from tests.fakes.discord.schema import SPECIFICATION, schema_problems

MOMENT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PNG = Picture(b"png", "Trois jours d'articles, en hausse.")

_words = st.text(max_size=80) | st.integers(0, 3000).map("mot. ".__mul__)
_spans = st.lists(
    st.builds(Text, _words, st.booleans(), st.booleans())
    | st.builds(Link, _words, st.sampled_from(["https://g.example/a", "https://g.example/" + "b" * 1900, "x:"]))
    | st.builds(Moment, st.just(MOMENT), _words),
    max_size=6,
).map(tuple)
_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, _spans),
    st.builds(Paragraph, _spans),
    st.builds(Listing, st.lists(_spans, max_size=6).map(tuple)),
    st.builds(Quotation, _spans, st.booleans()),
    st.builds(Footer, _spans),
)
_buttons = st.lists(
    st.lists(st.builds(Button, st.text(max_size=120), st.just("status ceasefire")), max_size=9).map(tuple), max_size=9
).map(tuple)
_messages = st.builds(
    Message,
    st.just("fr"),
    st.lists(_blocks, max_size=45).map(tuple),
    _buttons,
    st.none() | st.builds(Picture, st.just(b"png"), st.text(max_size=1500)),
    st.booleans(),
    mention=st.sampled_from(["", "1234567890123456789"]),
)


def render(*blocks: Block, **rest: object) -> tuple[RenderedPart, ...]:
    """The parts of a French message."""
    return DiscordRenderer().render(Message("fr", blocks, **rest))  # type: ignore[arg-type]  # a test's shorthand


def texts(part: RenderedPart) -> list[str]:
    """A part's texts."""
    return [str(component["content"]) for component in walk(part.payload) if component["type"] == 10]


def filenames(part: RenderedPart) -> list[str]:
    """What is sent beside the payload."""
    return [part.picture.filename] if part.picture else []


@settings(max_examples=60, deadline=None)
@given(_messages)
def test_any_message_stays_within_discords_limits(message: Message) -> None:
    parts = DiscordRenderer().render(message)
    assert parts
    for part in parts:
        assert message_problems(part.payload, filenames(part)) == []
    assert sum(part.picture is not None for part in parts) == (message.picture is not None)
    shown = sum(component["type"] == 2 for part in parts for component in walk(part.payload))
    assert shown == sum(len(row) for row in message.buttons)


@pytest.mark.shared
@pytest.mark.skipif(not SPECIFICATION.exists(), reason="Discord's OpenAPI file is not beside the checkout")
def test_a_payload_is_one_discord_describes() -> None:
    parts = DiscordRenderer().render(edition("fr"))
    assert schema_problems("MessageCreateRequest", {}) == []
    assert schema_problems("MessageCreateRequest", {"flags": "1"}) != []
    assert [schema_problems("MessageCreateRequest", part.payload) for part in parts] == [[]] * len(parts)


@given(_messages)
@settings(max_examples=20, deadline=None)
def test_the_same_message_gives_the_same_parts(message: Message) -> None:
    assert DiscordRenderer().render(message) == DiscordRenderer().render(message)


def test_a_long_message_is_cut_between_blocks() -> None:
    blocks = [Paragraph((Text(f"{number} " + "phrase " * 200),)) for number in range(6)]
    parts = render(*blocks)
    assert len(parts) > 1
    assert [text[:1] for part in parts for text in texts(part)[0].split("\n\n")] == list("012345")


def test_a_headline_is_never_left_alone_at_the_end_of_a_part() -> None:
    filler = Paragraph((Text("x" * 3900),))
    first, second = render(filler, Paragraph((Text("Un titre", bold=True),)), Paragraph((Text("y" * 500),)))
    assert texts(first) == ["x" * 3900]
    assert texts(second) == ["**Un titre**\n" + "y" * 500]


def test_a_block_longer_than_a_message_is_cut_after_a_sentence() -> None:
    parts = render(Paragraph((Text("Une phrase entière. " * 400),)))
    assert all(texts(part)[0].endswith("entière.") for part in parts)
    assert sum(texts(part)[0].count("phrase") for part in parts) == 400


def test_a_list_longer_than_a_message_is_cut_between_items() -> None:
    items = tuple((Text(f"article {number} " + "x" * 80),) for number in range(100))
    parts = render(Listing(items))
    lines = [line for part in parts for line in "\n".join(texts(part)).split("\n") if line]
    assert [line.split()[2] for line in lines] == [str(number) for number in range(100)]
    assert all(line.startswith("- article") for line in lines)


def test_only_the_first_part_sounds_and_a_silent_message_never_does() -> None:
    long = Paragraph((Text("x" * 9000),))
    assert [_silent(part) for part in render(long)] == [False, *[True] * (len(render(long)) - 1)]
    assert all(_silent(part) for part in render(long, silent=True))


def _silent(part: RenderedPart) -> bool:
    flags = part.payload["flags"]
    assert isinstance(flags, int)
    assert flags & IS_COMPONENTS_V2
    return bool(flags & SUPPRESS_NOTIFICATIONS)


def test_a_picture_is_an_attachment_that_says_what_it_shows() -> None:
    (part,) = render(Heading((Text("Tendance"),)), picture=PNG)
    assert part.picture == PNG
    assert part.payload["attachments"] == [{"id": "0", "filename": "depeche.png", "description": PNG.description}]
    (gallery,) = (component for component in walk(part.payload) if component["type"] == 12)
    assert gallery["items"] == [{"media": {"url": "attachment://depeche.png"}, "description": PNG.description}]


def test_two_buttons_of_one_action_have_ids_of_their_own() -> None:
    row = (Button("Un", "help"), Button("Deux", "help"))
    (part,) = render(Paragraph((Text("x"),)), buttons=(row,))
    ids = [component["custom_id"] for component in walk(part.payload) if component["type"] == 2]
    assert ids == ["depeche:0:help", "depeche:1:help"]


def test_a_message_without_a_word_is_still_one_discord_takes() -> None:
    (part,) = render()
    assert message_problems(part.payload) == []


def test_no_part_can_ping_anybody() -> None:
    for part in render(Paragraph((Text("@everyone " * 900),))):
        assert part.payload["allowed_mentions"] == {"parse": []}


def test_a_mention_stands_above_and_lets_one_role_alone_be_told() -> None:
    first, *others = render(Paragraph((Text("@everyone " * 900),)), mention="77")
    components = first.payload["components"]
    assert isinstance(components, list)
    assert components[0] == {"type": 10, "content": "<@&77>"}
    assert first.payload["allowed_mentions"] == {"parse": [], "roles": ["77"]}
    assert others
    assert [part.payload["allowed_mentions"] for part in others] == [{"parse": []}] * len(others)


def test_the_limits_are_discords() -> None:
    assert (TEXT_LIMIT, COMPONENT_LIMIT) == (4000, 40)


def edition(language: ReaderLanguage) -> Message:
    """A briefing as the views build them, with invented news."""
    french = language == "fr"
    gazette, courier = Link("La Gazette", "https://gazette.example/a_(1)"), Link("Courier", "https://courier.example/b")
    return Message(
        language,
        (
            Heading((Text("Dépêche · 1er mars, 8 h (Dakar)" if french else "Dépêche · 1 March, 8:00 (Dakar)"),)),
            Paragraph((Text("Depuis hier 8 h : deux nouvelles." if french else "Since yesterday 8:00: two new."),)),
            Paragraph((Text("Un pont rouvre à la circulation" if french else "A bridge reopens", bold=True),)),
            Paragraph((Text("Les camions passent de nouveau. (" if french else "Lorries are crossing again. ("),
                       gazette, Text(" · "), courier, Text(")"))),
            Paragraph((Text("En anglais, non traduit : " if french else "In French, not translated: ", italic=True),
                       Link("« Talks [to resume] »", "https://courier.example/c"))),
            Listing(((Text("10/02 : un appel"),), (Text("12/02 : une réponse"),))),
            Quotation((Text("« Rien n'est signé », dit-elle." if french else "“Nothing is signed,” she said."),)),
            Paragraph((Text("C'est tout." if french else "That's all."),)),
            Footer((Text("2 médias, 3 articles · dernier : " if french else "2 outlets, 3 articles · newest: "),
                    Moment(MOMENT, "8 h 30" if french else "8:30"))),
        ),
        ((Button("Cessez-le-feu" if french else "Ceasefire", "status ceasefire"), Button("Sources", "sources")),),
        PNG,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_edition_looks_like_this(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    assert [part.payload for part in DiscordRenderer().render(edition(language))] == snapshot
