"""Buttons in a private chat that speak of a channel."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.aim import DATA_LIMIT, aim, aimed_at
from bot.adapters.telegram.render import LASTING, TelegramRenderer
from bot.domain.message import Button, Message, Paragraph, Text
from bot.i18n.zones import offered_zones
from tests.fakes.clock import FakeClock

IDS = st.integers(-(2**52), 2**52)
ACTIONS = st.from_regex(r"[a-z]{1,12} [ -~]{0,20}[!-~]", fullmatch=True)


def data_of(*actions: str, chat: int, lasting: bool = False) -> list[str]:
    """What the buttons of these actions carry, once they speak of ``chat``."""
    buttons = tuple((Button("Choisir", action),) for action in actions)
    message = Message("fr", (Paragraph((Text("Réglages"),)),), buttons=buttons, lasting=lasting)
    (part,) = aim(TelegramRenderer().render(message), chat)
    markup = part.payload["reply_markup"]
    assert isinstance(markup, dict)
    return [button["callback_data"] for row in markup["inline_keyboard"] for button in row]


@given(IDS, ACTIONS, st.booleans())
def test_a_press_brings_back_the_chat_and_the_action(chat: int, action: str, lasting: bool) -> None:
    (data,) = data_of(action, chat=chat, lasting=lasting)

    assert data.startswith(LASTING) is lasting
    assert aimed_at(data.removeprefix(LASTING)) == (chat, action)


@given(st.text(max_size=20))
def test_whatever_is_forged_is_read_without_harm(data: str) -> None:
    about, action = aimed_at(">" + data)

    assert about is None or isinstance(about, int)
    assert isinstance(action, str)


def test_a_button_without_room_for_the_chat_is_left_out() -> None:
    assert [aimed_at(data)[1] for data in data_of("status " + "x" * 50, "settings", chat=-1001234567890)] == [
        "settings"
    ]


def test_every_city_that_is_offered_has_room() -> None:
    zones = offered_zones("fr", FakeClock().now(), first=[], all_of_them=True)
    actions = [f"start 21:00 {zone}" for zone in zones] + [f"settings zone {zone}" for zone in zones]

    data = data_of(*actions, chat=-1009999999999, lasting=True)

    assert len(data) == len(actions)
    assert max(len(each.encode()) for each in data) <= DATA_LIMIT
