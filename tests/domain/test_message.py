"""Messages."""

from __future__ import annotations

import pytest

from bot.domain.message import Button, Footer, Heading, Link, Listing, Message, Text, plain


def test_a_button_no_platform_could_carry_is_refused_at_its_birth() -> None:
    with pytest.raises(ValueError, match="1 to 60 bytes"):
        Button("Statut", "status " + "é" * 30)


def test_a_button_without_an_action_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 60 bytes"):
        Button("Statut", "")


def test_the_plain_words_of_a_message_are_a_block_a_line() -> None:
    message = Message(
        "fr",
        (
            Heading((Text("Le point", bold=True),)),
            Listing(((Text("un "), Link("deux", "https://a.example")), (Text("trois"),))),
            Footer((Text("fin"),)),
        ),
    )
    assert plain(message) == "Le point\nun deuxtrois\nfin"
