"""The fake is as strict as the real server: otherwise the other tests prove nothing."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.html import read_html
from tests.fakes.telegram.schema import PUBLISHED, BadParameter, built_in, published


async def call(fake: FakeTelegram, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.url}/bot{fake.token}/{method}", data=arguments) as answer,
    ):
        return answer.status, await answer.json()


KEYBOARD = '{{"inline_keyboard": [[{{"text": "{text}", "callback_data": "{data}"}}]]}}'


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "a" * 4097}, "too long"),
        ({"text": "🇺🇦" * 1025}, "too long"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "end tag"),
        ({"text": "<p>a</p>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"text": "a & b", "parse_mode": "HTML"}, "unescaped"),
        ({"text": "<b>a</b>" * 101, "parse_mode": "HTML"}, "100 entities"),
        ({"text": "a", "parse_mode": "Markdown"}, "HTML"),
        ({"text": "a", "colour": "red"}, "unknown parameter colour"),
        ({"text": "a", "reply_markup": KEYBOARD.format(text="x", data="d" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": KEYBOARD.format(text=" ", data="d")}, "non-empty"),
        ({"text": "a", "reply_markup": '{"inline_keyboard": [{"text": "x"}]}'}, "no array"),
        ({"text": "a", "link_preview_options": "true"}, "LinkPreviewOptions"),
        ({"text": "a", "message_thread_id": "x"}, "no Integer"),
        ({}, "lacks text"),
    ],
)
async def test_a_malformed_message_is_refused_and_remembered(arguments: dict[str, str], complaint: str) -> None:
    async with FakeTelegram() as fake:
        group = fake.group()
        status, answer = await call(fake, "sendMessage", chat_id=str(group), **arguments)

        assert status == 400
        assert complaint in answer["description"]
        assert len(fake.violations) == 1
        assert fake.sent(group) == []


async def test_the_worlds_refusals_are_no_violations(fake: FakeTelegram) -> None:
    status, answer = await call(fake, "sendMessage", chat_id="404", text="a")

    assert (status, answer["description"]) == (400, "Bad Request: chat not found")


async def test_a_wrong_token_and_an_unknown_method_are_refused() -> None:
    async with FakeTelegram() as fake:
        unknown, _ = await call(fake, "sendDice", chat_id="1")
        fake.token = "1:other"
        wrong, _ = await call(fake, "getMe")

    assert (unknown, wrong) == (404, 401)
    assert len(fake.violations) == 1


async def test_updates_come_again_until_they_are_confirmed(fake: FakeTelegram) -> None:
    first, second = [await fake.private(text) for text in ("un", "deux")]

    async def ids(**arguments: Any) -> list[int]:
        _, answer = await call(fake, "getUpdates", **arguments)
        return [update["update_id"] for update in answer["result"]]

    assert await ids() == await ids() == [first, second]
    assert await ids(offset=str(second)) == await ids() == [second]
    assert await ids(offset=str(second + 1)) == await ids() == []


async def test_kinds_that_were_not_asked_for_do_not_come(fake: FakeTelegram) -> None:
    await call(fake, "getUpdates", allowed_updates='["callback_query"]')
    await fake.private("un")
    _, answer = await call(fake, "getUpdates")

    assert answer["result"] == []


async def test_a_button_is_answered_once(fake: FakeTelegram) -> None:
    awa = fake.person()
    await fake.private("/status", person=awa)
    await call(fake, "sendMessage", chat_id=str(awa.chat), text="a", reply_markup=KEYBOARD.format(text="x", data="d"))
    query = await fake.press(fake.sent(awa.chat)[0], "x")

    statuses = [(await call(fake, "answerCallbackQuery", callback_query_id=query))[0] for _ in range(2)]

    assert statuses == [200, 400]


async def test_who_writes_too_fast_has_to_wait() -> None:
    async with FakeTelegram(flood_limits=True) as fake:
        group = str(fake.group())
        statuses = [(await call(fake, "sendMessage", chat_id=group, text=str(number)))[0] for number in range(22)]
        _, refused = await call(fake, "sendMessage", chat_id=group, text="encore")

    assert statuses == [200] * 20 + [429] * 2
    assert 1 <= refused["parameters"]["retry_after"] <= 60


def test_html_is_read_as_telegram_reads_it() -> None:
    marked = read_html('<b>Été</b> 🇺🇦 <a href="https://example.org/?a&amp;b">lien</a> &lt;3')

    assert marked.text == "Été 🇺🇦 lien <3"
    assert [(entity.type, entity.offset, entity.length, entity.url) for entity in marked.entities] == [
        ("b", 0, 3, ""),
        ("text_link", 9, 4, "https://example.org/?a&b"),
    ]


@pytest.mark.parametrize("html", ["<b><i>a</b></i>", "a < b", "<a>x</a>", '<b class="x">a</b>', "&nbsp;", "</b>"])
def test_html_telegram_would_refuse_is_refused(html: str) -> None:
    with pytest.raises(BadParameter):
        read_html(html)


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published Bot API description is not beside this checkout")
def test_the_built_in_table_is_part_of_the_published_one() -> None:
    ours, theirs = built_in(), published()

    for kind, known in (("methods", theirs.methods), ("types", theirs.types)):
        for name, fields in getattr(ours, kind).items():
            assert fields.items() <= known[name].items(), name
            required = {field for field, shape in known[name].items() if shape.required}
            assert required <= fields.keys(), name
