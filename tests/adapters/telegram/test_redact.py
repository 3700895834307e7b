"""Logs hold no secret and no person."""

from __future__ import annotations

import pytest

from bot.adapters.telegram.redact import redact

TOKEN = "4242424242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"/bot{TOKEN}/getMe failed",
        f"The token `{TOKEN}` was rejected",
        "new chat id: -1001234567890",
    ],
)
def test_secrets_and_ids_are_taken_out(text: str) -> None:
    cleaned = redact(text)

    assert "AAHdq" not in cleaned
    assert "4242424242" not in cleaned
    assert "1234567890" not in cleaned


def test_what_telegram_says_is_kept() -> None:
    assert redact("Bad Request: message is too long (4096)\n") == "Bad Request: message is too long (4096)"
