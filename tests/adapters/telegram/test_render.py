"""Messages as Telegram's readers get them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.adapters.telegram.render import CAPTION_LIMIT, MOST_ELEMENTS, TEXT_LIMIT, TelegramRenderer
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
    Span,
    Text,
    plain,
)
from tests.fakes.telegram.html import Marked, read_html, utf16_length

RENDERER = TelegramRenderer()

# --- Properties ---

WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e"),
        st.sampled_from("<>&\"' \n🇺🇦👩‍👩‍👧é"),
    ),
    max_size=60,
)
LONG_WORDS = st.builds(lambda text, times: text * times, WORDS, st.integers(1, 200))
TEXTS = st.one_of(WORDS, WORDS, LONG_WORDS)
SPANS: st.SearchStrategy[Span] = st.one_of(
    st.builds(Text, TEXTS, st.booleans(), st.booleans()),
    st.builds(Link, WORDS, st.sampled_from(["https://example.org/?a=1&b=2", 'https://example.org/"><b>'])),
    st.builds(lambda text: Moment(datetime(2026, 3, 1, tzinfo=UTC), text), WORDS),
)
LINES = st.lists(SPANS, max_size=5).map(tuple)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, LINES),
    st.builds(Paragraph, LINES),
    st.builds(Listing, st.lists(LINES, max_size=40).map(tuple)),
    st.builds(Quotation, LINES, st.booleans()),
    st.builds(Footer, LINES),
)
BUTTONS = st.lists(st.lists(st.builds(Button, WORDS, st.just("status ceasefire")), max_size=3).map(tuple), max_size=3)
MESSAGES = st.builds(
    Message,
    st.just("fr"),
    st.lists(BLOCKS, max_size=8).map(tuple),
    BUTTONS.map(tuple),
    st.one_of(st.none(), st.builds(Picture, st.just(b"png"), LONG_WORDS)),
    st.booleans(),
)


def readings(parts: tuple[RenderedPart, ...]) -> list[Marked]:
    """The text parts as Telegram reads their HTML; raises where it would refuse them."""
    return [read_html(str(part.payload["text"])) for part in parts if part.payload["method"] == "sendMessage"]


@given(MESSAGES)
def test_every_message_renders_within_the_limits(message: Message) -> None:
    parts = RENDERER.render(message)

    assert parts
    for marked in readings(parts):
        assert 1 <= utf16_length(marked.text) <= TEXT_LIMIT
        assert len(marked.entities) <= MOST_ELEMENTS
    for part in parts:
        assert utf16_length(str(part.payload.get("caption", ""))) <= CAPTION_LIMIT
        assert "chat_id" not in part.payload


@given(MESSAGES.filter(lambda message: plain(message).strip()))
def test_no_character_is_lost_or_added(message: Message) -> None:
    parts = RENDERER.render(message)
    captions = [str(part.payload["caption"]) for part in parts if part.payload["method"] == "sendPhoto"]
    rendered = "".join(marked.text for marked in readings(parts)) or captions[0]

    assert "".join(rendered.replace("•", "").split()) == "".join(plain(message).replace("•", "").split())


@given(MESSAGES)
def test_only_the_last_part_has_buttons_and_only_the_first_makes_a_sound(message: Message) -> None:
    parts = RENDERER.render(message)

    assert all("reply_markup" not in part.payload for part in parts[:-1])
    assert all(part.payload.get("disable_notification") for part in parts[1:])
    assert bool(parts[0].payload.get("disable_notification")) is message.silent


# --- Single rules ---


def words_of(*blocks: Block) -> list[str]:
    return [marked.text for marked in readings(RENDERER.render(Message("fr", blocks)))]


def test_a_long_message_is_cut_between_its_blocks() -> None:
    blocks = [Paragraph((Text(f"{number} " + "mot " * 400),)) for number in range(5)]

    texts = words_of(*blocks)

    assert [text.split()[0] for text in texts] == ["0", "2", "4"]


def test_a_heading_goes_with_what_it_names() -> None:
    filler, story = Paragraph((Text("a" * 4000),)), Paragraph((Text("b" * 400),))

    texts = words_of(filler, Heading((Text("Titre"),)), story)

    assert [text.split()[0] for text in texts] == ["a" * 4000, "Titre"]


def test_a_block_that_is_too_long_is_cut_between_words() -> None:
    texts = words_of(Paragraph((Text("mots " * 2000),)))

    assert {word for text in texts for word in text.split()} == {"mots"}
    assert len(texts) == 3


def test_a_quotation_cut_in_two_is_a_quotation_twice() -> None:
    parts = readings(RENDERER.render(Message("fr", (Quotation((Text("dit-il " * 1000),), folded=True),))))

    assert [[(entity.type, entity.expandable) for entity in part.entities] for part in parts] == [
        [("blockquote", True)],
        [("blockquote", True)],
    ]


def test_an_emoji_of_several_code_points_is_not_cut() -> None:
    family = "👩‍👩‍👧‍👦"

    texts = words_of(Paragraph((Text("a" * (TEXT_LIMIT - 5) + family + "🇺🇦" * 10),)))

    assert [family in text for text in texts] == [False, True]


def test_more_links_than_telegram_marks_go_into_a_second_part() -> None:
    item = (Link("source", "https://example.org/"),)

    parts = readings(RENDERER.render(Message("fr", (Listing((item,) * 150),))))

    assert [len(part.entities) for part in parts] == [100, 50]


def test_a_message_without_words_still_makes_a_part() -> None:
    assert len(RENDERER.render(Message("fr", (Paragraph((Text(" "),)),)))) == 1


def test_what_telegram_can_not_carry_becomes_a_space() -> None:
    assert words_of(Paragraph((Text("a\x00b\ud800c\u202ed"),))) == ["a b c d"]


def test_an_address_can_not_leave_its_attribute() -> None:
    (marked,) = readings(RENDERER.render(Message("fr", (Paragraph((Link("lien", 'https://example.org/"><b>&'),)),))))

    assert [(entity.type, entity.url) for entity in marked.entities] == [("text_link", 'https://example.org/"><b>&')]


# --- Snapshots ---

FRENCH = Message(
    "fr",
    (
        Paragraph((Text("Depuis hier 8 h : un échange de prisonniers, un démenti.", bold=True),)),
        Heading((Text("Un échange de 150 prisonniers de chaque côté"),)),
        Paragraph(
            (
                Text("Kyiv et Moscou l'annoncent tous deux & le datent de lundi. "),
                Link("Le Journal du Port", "https://example.org/a?x=1&y=2"),
                Text(" · "),
                Link("The Morning Post", "https://example.com/b"),
            )
        ),
        Quotation((Text("« Aucune date n'est fixée », dit le porte-parole <officiel>."),), folded=True),
        Listing(
            ((Text("1er mars", bold=True), Text(" : proposition")), (Text("2 mars", italic=True), Text(" : refus")))
        ),
        Paragraph((Text("Point de "), Moment(datetime(2026, 3, 1, 21, 0, tzinfo=UTC), "21 h (Dakar)"))),
        Paragraph((Text("C'est tout."),)),
        Footer((Text("8 médias, 47 articles · dernier : 20 h 55"),)),
    ),
    buttons=(
        (Button("Détails", "details"), Button("Cessez-le-feu", "status ceasefire")),
        (Button("Réglages", "settings"),),
    ),
    silent=True,
)
ENGLISH = Message(
    "en",
    (
        Heading((Text("Ceasefire: proposed, contested"),)),
        Paragraph(
            (Text("According to "), Text("Kyiv", bold=True), Text(", talks resume on Monday; Moscow denies it."))
        ),
        Quotation((Text("“We were not told.”"),)),
        Footer((Text("6 sources, 31 articles"),)),
    ),
    buttons=((Button("What did I miss?", "brief 24"),),),
    picture=Picture(b"png", "Stories a day, last week: 3, 4, 2, 5, 6, 2, 1."),
)


@pytest.mark.parametrize("message", [FRENCH, ENGLISH], ids=["french", "english"])
def test_a_message_looks_like(message: Message, snapshot: SnapshotAssertion) -> None:
    assert [part.payload for part in RENDERER.render(message)] == snapshot
