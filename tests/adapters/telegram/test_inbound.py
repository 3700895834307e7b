"""What people write, and what it asks of us."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.adapters.telegram.deep_link import PAYLOAD_LIMIT, start_action, start_payload
from bot.adapters.telegram.inbound import ANONYMOUS_ADMINISTRATOR, GREETINGS, Heard, Us, translate
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import ACTION_LIMIT

US = Us("Depeche_Bot", frozenset({"status", "statut", "brief", "start"}), token="1:secret")
AWA = {"id": 71, "is_bot": False, "first_name": "Awa", "language_code": "fr-SN"}
PRIVATE = {"id": 71, "type": "private", "first_name": "Awa"}
GROUP = {"id": -1005, "type": "supergroup", "title": "Vigie"}
CHANNEL = {"id": -1009, "type": "channel", "title": "La Vigie"}
ANONYMOUS = {"id": ANONYMOUS_ADMINISTRATOR, "is_bot": True, "first_name": "Group"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel"}


def update(kind: str, **content: Any) -> Update:
    return Update.de_json({"update_id": 9, kind: content}, None)


def said(text: str | None, chat: dict[str, Any] = PRIVATE, **more: Any) -> Update:
    fields: dict[str, Any] = {"message_id": 3, "date": 1, "chat": chat, "from": AWA}
    return update("message", **fields | ({} if text is None else {"text": text}) | more)


def asked(heard: Heard | None) -> tuple[str, str] | None:
    return None if heard is None else (heard.request.command, heard.request.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/status", ("status", "")),
        ("/status ceasefire", ("status", "ceasefire")),
        ("/status\n  ceasefire now ", ("status", "ceasefire now")),
        ("/Statut cessez-le-feu", ("Statut", "cessez-le-feu")),
        ("/résumé", ("résumé", "")),
        ("/status@depeche_bot grain", ("status", "grain")),
        ("/status@DEPECHE_BOT", ("status", "")),
        ("/status@other_bot", None),
        ("/nonsense", ("nonsense", "")),
        ("/", ("help", "")),
        ("cessez-le-feu à Kherson", ("search", "cessez-le-feu à Kherson")),
        ("bonjour", ("help", "")),
        ("Bonjour !", ("help", "")),
        ("Hello 👋", ("help", "")),
        ("good   morning", ("help", "")),
        ("bonjour Kherson", ("search", "bonjour Kherson")),
        ("👍", ("help", "")),
        ("мир", ("search", "мир")),
    ],
)
def test_in_a_private_chat(text: str, expected: tuple[str, str] | None) -> None:
    assert asked(translate(said(text), US)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/status ceasefire", ("status", "ceasefire")),
        ("/STATUT", ("STATUT", "")),
        ("/status@Depeche_Bot", ("status", "")),
        ("/unheard_of@Depeche_Bot", ("unheard_of", "")),
        ("/status@other_bot", None),
        ("/ban someone", None),
        ("bonjour", None),
        ("what about Kherson?", None),
    ],
)
def test_in_a_group(text: str, expected: tuple[str, str] | None) -> None:
    assert asked(translate(said(text, GROUP), US)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, ("help", "")),
        ({"location": {"latitude": 14.7, "longitude": -17.4}}, ("help", "")),
        (
            {
                "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
                "caption": "Odessa",
            },
            ("search", "Odessa"),
        ),
        ({"group_chat_created": True}, None),
    ],
)
def test_what_is_no_text_gets_help_and_services_get_nothing(
    content: dict[str, Any], expected: tuple[str, str] | None
) -> None:
    assert asked(translate(said(None, **content), US)) == expected


def test_a_request_knows_its_person_chat_and_update() -> None:
    heard = translate(said("/status", GROUP, message_thread_id=12, is_topic_message=True), US)

    assert heard is not None
    assert heard.request.chat == ChatAddress("telegram", "-1005", "12")
    assert heard.request.chat_kind is ChatKind.GROUP
    assert (heard.request.person, heard.request.client_language) == ("71", "fr-SN")
    assert heard.request.update_id == "telegram:9"
    assert (heard.ask_about, heard.reply_to) == ((-1005, 71), 3)


def test_a_reply_outside_a_forum_has_no_topic() -> None:
    heard = translate(said("/status", GROUP, message_thread_id=12), US)

    assert heard is not None
    assert heard.request.chat.thread == ""


def test_an_anonymous_administrator_decides_and_has_no_language() -> None:
    heard = translate(said("/status", GROUP, **{"from": ANONYMOUS, "sender_chat": GROUP}), US)

    assert heard is not None
    assert (heard.request.is_moderator, heard.ask_about) == (True, None)
    assert (heard.request.person, heard.request.client_language) == ("-1005", None)


def test_someone_who_speaks_as_a_channel_decides_nothing() -> None:
    heard = translate(said("/status", GROUP, **{"from": AS_CHANNEL, "sender_chat": CHANNEL}), US)

    assert heard is not None
    assert (heard.request.is_moderator, heard.ask_about, heard.request.person) == (False, None, "-1009")


def test_the_linked_channels_own_post_asks_nothing() -> None:
    forwarded = {"from": AS_CHANNEL, "sender_chat": CHANNEL, "is_automatic_forward": True}

    assert translate(said("/status", GROUP, **forwarded), US) is None


def test_another_bot_asks_nothing() -> None:
    assert translate(said("/status", GROUP, **{"from": AWA | {"is_bot": True}}), US) is None


def test_a_channels_post_is_its_administrators() -> None:
    heard = translate(update("channel_post", message_id=3, date=1, chat=CHANNEL, text="/status"), US)

    assert heard is not None
    assert (heard.request.is_moderator, heard.request.chat_kind) == (True, ChatKind.CHANNEL)
    assert translate(update("channel_post", message_id=3, date=1, chat=CHANNEL, text="bonjour"), US) is None


@pytest.mark.parametrize("kind", ["edited_message", "edited_channel_post"])
def test_what_was_edited_asks_nothing(kind: str) -> None:
    content = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": AWA, "text": "/status", "edit_date": 2}

    assert translate(update(kind, **content), US) is None


@pytest.mark.parametrize(
    ("chat", "moderator", "ask_about"), [(PRIVATE, True, None), (GROUP, False, (-1005, 71))], ids=["private", "group"]
)
def test_a_pressed_button_is_its_action(
    chat: dict[str, Any], moderator: bool, ask_about: tuple[int, int] | None
) -> None:
    message = {"message_id": 3, "date": 1, "chat": chat, "text": "…", "message_thread_id": 4, "is_topic_message": True}
    heard = translate(
        update("callback_query", id="1", chat_instance="1", message=message, data="status ceasefire", **{"from": AWA}),
        US,
    )

    assert asked(heard) == ("status", "ceasefire")
    assert heard is not None
    assert (heard.request.chat.thread, heard.request.person) == ("4", "71")
    assert (heard.request.is_moderator, heard.ask_about) == (moderator, ask_about)


def test_a_button_of_a_message_too_old_to_be_shown_still_works() -> None:
    message = {"message_id": 3, "date": 0, "chat": PRIVATE}
    heard = translate(
        update("callback_query", id="1", chat_instance="1", message=message, data="brief", **{"from": AWA}), US
    )

    assert asked(heard) == ("brief", "")


def test_greetings_are_kept_as_they_are_compared() -> None:
    assert all(greeting == greeting.casefold().strip() for greeting in GREETINGS)


# --- Links from a channel's buttons ---


def test_a_link_of_ours_stands_for_the_button_that_led_here() -> None:
    payload = start_payload("status ceasefire", US.token)

    assert asked(translate(said(f"/start {payload}"), US)) == ("status", "ceasefire")


@pytest.mark.parametrize("payload", ["channel", "ref_123", "é", start_payload("forget", "2:other")])
def test_any_other_link_is_a_start(payload: str) -> None:
    assert asked(translate(said(f"/start {payload}"), US)) == ("start", payload)


def test_a_link_does_nothing_in_a_group() -> None:
    payload = start_payload("forget", US.token)

    assert asked(translate(said(f"/start {payload}", GROUP), US)) == ("start", payload)


@given(st.text(min_size=1, max_size=ACTION_LIMIT).filter(lambda action: len(action.encode()) <= 42))
def test_an_action_that_fits_comes_back_whole(action: str) -> None:
    payload = start_payload(action, "1:secret")

    assert payload is not None
    assert len(payload) <= PAYLOAD_LIMIT
    assert start_action(payload, "1:secret") == action
    assert start_action(payload, "1:other") is None


@given(st.text(max_size=70))
def test_no_payload_breaks_reading(payload: str) -> None:
    assert start_action(payload, "1:secret") is None
