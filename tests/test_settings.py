"""The environment: every name read, and one clear error for each wrong value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.i18n import explain, translator
from bot.settings import Settings, load


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    settings = load()
    assert settings.database_url == "sqlite:///data/depeche.db"
    assert (settings.bot_language, settings.bot_timezone) == ("fr", "Europe/Paris")
    assert settings.ops_address == ("127.0.0.1", 8080)
    assert settings.token_of == {}


def test_the_example_file_is_a_valid_environment_with_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Path(__file__).parents[1] / ".env.example"
    lines = [line for line in example.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    names = {line.split("=", 1)[0] for line in lines}
    assert names == {name.upper() for name in Settings.model_fields}
    Path(".env").write_text(example.read_text(encoding="utf-8"), encoding="utf-8")
    assert load() == Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own keyword


def test_tokens_never_show_in_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    settings = load()
    assert settings.token_of == {"telegram": "123456:secret"}
    assert "secret" not in repr(settings)


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_MODERATORS", "telegram:123, discord:456")
    monkeypatch.setenv("FETCH_ALLOW", "127.0.0.1:8080,[::1]:99")
    settings = load()
    assert settings.bot_moderators == {("telegram", "123"), ("discord", "456")}
    assert settings.fetch_allow == {("127.0.0.1", 8080), ("::1", 99)}


def test_an_empty_ops_address_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_ADDRESS", "")
    assert load().ops_address is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_LANGUAGE", "de"),
        ("BOT_TIMEZONE", "Mars/Olympus"),
        ("BOT_MODERATORS", "123"),
        ("DATABASE_URL", "mysql://x"),
        ("FETCH_ALLOW", "localhost"),
        ("OPS_ADDRESS", "8080"),
        ("POLL_MIN_MINUTES", "soon"),
        ("POLL_MIN_MINUTES", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("TELEGRAM_API_URL", "api.example"),
        ("DISCORD_GATEWAY_URL", "https://gateway.example"),
    ],
)
def test_a_wrong_value_names_itself_and_its_remedy(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    words = explain(caught.value, translator("en"))
    assert name in words
    assert "It takes" in words


def test_only_settings_reads_the_environment() -> None:
    package = Path(__file__).parents[1] / "bot"
    # setdefault writes a vendor's option, it reads nothing
    reads = re.compile(r"os\.getenv|os\.environ(?!\.setdefault)")
    readers = {path.name for path in package.rglob("*.py") if reads.search(path.read_text(encoding="utf-8"))}
    assert readers <= {"settings.py"}
    assert "BaseSettings" in (package / "settings.py").read_text(encoding="utf-8")
