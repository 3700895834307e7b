"""What a log line never has: a token, a chat, a person."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog

from bot.adapters import logs
from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.ports import ChatChange, ChatEvent, Request
from bot.settings import Settings

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake12"
CHAT, PERSON, SNOWFLAKE = "-1001234567890", "70000001", "1316440000000000001"
SECRETS = (TOKEN, TOKEN.partition(":")[2], CHAT, CHAT[1:], PERSON, SNOWFLAKE, "hunter2")


@pytest.fixture
def bare() -> Iterator[None]:
    """Everybody else's logging, as it was."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, ours.level
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = before[0], before[1]
    ours.setLevel(before[2])


def unhappy() -> None:
    try:
        raise LookupError(f"chat {CHAT} of user {PERSON}")
    except LookupError as error:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/sendMessage?chat_id={CHAT}") from error


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("form", ["json", "console"])
def test_no_field_message_or_traceback_shows_a_secret(
    form: Literal["json", "console"], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(form, "DEBUG")
    ours, theirs = structlog.get_logger("bot.somewhere"), logging.getLogger("discord.gateway")
    for log in (ours, theirs):
        try:
            unhappy()
        except ValueError:
            log.exception("it broke")
    address = "postgresql://me:hunter2@db/depeche"
    ours.warning(f"chat {CHAT}", detail=f"user {PERSON}", nested={CHAT: [SNOWFLAKE, address]}, what=ValueError(TOKEN))
    theirs.warning("interaction %s of %s failed: %s", int(SNOWFLAKE), PERSON, address)
    said = capsys.readouterr().err
    assert said.count("direct cause") == 2
    assert said.count("interaction") == 1
    assert [secret for secret in SECRETS if secret in said] == []
    if form == "json":
        assert [json.loads(line)["level"] for line in said.splitlines()] == ["error", "error", "warning", "warning"]


@pytest.mark.usefixtures("bare")
def test_numbers_of_ours_and_the_moment_stay_readable(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json", "INFO")
    structlog.get_logger("bot.somewhere").info("edition written", subscription=1_234_567, late=False, of=None)
    line = json.loads(capsys.readouterr().err)
    assert (line["subscription"], line["late"], line["of"]) == (1_234_567, False, None)
    assert line["timestamp"].endswith("Z")
    assert "id" not in line["timestamp"]


@pytest.mark.usefixtures("bare")
def test_libraries_say_no_more_than_warnings_at_any_level(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json", "DEBUG")
    for name in ("httpx", "sqlalchemy.engine.Engine", "aiosqlite", "a.library.of.tomorrow"):
        logging.getLogger(name).info("POST %s", TOKEN)
    structlog.get_logger("bot.somewhere").debug("ours")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["ours"]


def test_no_repr_shows_a_chat_a_person_or_a_password() -> None:
    here = ChatAddress("telegram", CHAT, SNOWFLAKE)
    request = Request(here, ChatKind.GROUP, PERSON, is_moderator=True, client_language="fr", command="status")
    values: dict[str, Any] = {
        "telegram_bot_token": TOKEN,
        "discord_bot_token": TOKEN,
        "database_url": "postgresql://me:hunter2@db/depeche",
        "bot_moderators": f"telegram:{PERSON}",
    }
    settings = Settings(_env_file=None, **values)  # type: ignore[call-arg]  # pydantic-settings' own keyword
    things = (
        here,
        Chat(1, here, ChatKind.GROUP, None, None),
        request,
        ChatEvent(here, ChatKind.GROUP, ChatChange.MOVED, PERSON, moved_to=here),
        settings,
    )
    shown = " ".join(f"{thing!r} {thing}" for thing in things)
    assert [secret for secret in SECRETS if secret in shown] == []
