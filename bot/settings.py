"""Environment → frozen Settings; the only reader of os.environ (and of ``.env``)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.errors import SettingsError
from bot.domain.language import ReaderLanguage

Address = tuple[str, int]
"""A host and a port."""


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("reason.zone")
    return name


def _address(text: str) -> Address:
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("reason.address")
    return host.strip("[]"), int(port)


def _addresses(text: object) -> object:
    return frozenset(_address(item) for item in text.split(",") if item.strip()) if isinstance(text, str) else text


def _moderators(text: object) -> object:
    return (
        frozenset(_moderator(item.strip()) for item in text.split(",") if item.strip())
        if isinstance(text, str)
        else text
    )


def _moderator(text: str) -> tuple[str, str]:
    platform, colon, person = text.partition(":")
    if not colon or platform not in {"telegram", "discord", "console"} or not person:
        raise ValueError("reason.moderators")
    return platform, person


def _root(schemes: tuple[str, ...], text: str | None) -> str | None:
    if text and not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ValueError("reason.url")
    return text.rstrip("/") if text else None


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("reason.database-url")
    return text


def _blank_is_none(text: object) -> object:
    return None if text == "" else text


def _ops(text: object) -> object:
    return None if text == "" else _address(text) if isinstance(text, str) else text


Blank = BeforeValidator(_blank_is_none)
HttpRoot = Annotated[str | None, AfterValidator(partial(_root, ("http", "https")))]


class Settings(BaseSettings):
    """Every environment name the bot reads, in lower case. README and .env.example explain each in a line."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=False, extra="ignore", frozen=True
    )

    telegram_bot_token: Annotated[SecretStr | None, Blank] = None
    discord_bot_token: Annotated[SecretStr | None, Blank] = None
    database_url: Annotated[str, AfterValidator(_database)] = Field(default="sqlite:///data/depeche.db", repr=False)
    feeds_file: Path = Path("feeds.yaml")
    bot_language: ReaderLanguage = "fr"
    bot_timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Paris"
    bot_moderators: Annotated[frozenset[tuple[str, str]], NoDecode, BeforeValidator(_moderators)] = Field(
        default=frozenset(), repr=False
    )
    telegram_api_url: HttpRoot = None
    discord_api_url: HttpRoot = None
    discord_gateway_url: Annotated[str | None, AfterValidator(partial(_root, ("ws", "wss")))] = None
    fetch_allow: Annotated[frozenset[Address], NoDecode, BeforeValidator(_addresses)] = frozenset()
    poll_min_minutes: int = Field(default=60, ge=1, le=1440)
    retention_days: int = Field(default=90, ge=1)
    chat_retention_days: int = Field(default=365, ge=1)
    llm_provider: Annotated[Literal["openai", "anthropic"] | None, Blank] = None
    llm_base_url: HttpRoot = None
    llm_api_key: Annotated[SecretStr | None, Blank] = None
    llm_model: Annotated[str | None, Blank] = None
    llm_daily_tokens: int = Field(default=200_000, ge=0)
    llm_price: float = Field(default=0.0, ge=0)
    translate_models_dir: Annotated[Path | None, Blank] = None
    ops_address: Annotated[Address | None, NoDecode, BeforeValidator(_ops)] = ("127.0.0.1", 8080)
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def token_of(self) -> dict[str, str]:
        """Platform name → token, for the platforms that have one."""
        tokens = {"telegram": self.telegram_bot_token, "discord": self.discord_bot_token}
        return {name: token.get_secret_value() for name, token in tokens.items() if token}


def load() -> Settings:
    """Settings from the environment and ``.env``. Raise SettingsError naming the first wrong one."""
    try:
        settings = Settings()
    except ValidationError as problem:
        raise _worded(problem.errors()[0]) from None
    _check_model(settings)
    return settings


def _check_model(settings: Settings) -> None:
    """A provider without what it needs is a mistake; the provider's own servers need a key, one's own may not."""
    if settings.llm_provider is None:
        return
    needed = {"LLM_MODEL": settings.llm_model, "LLM_API_KEY": settings.llm_api_key or settings.llm_base_url}
    for name, value in needed.items():
        if not value:
            raise SettingsError("wrong-setting", name=name, reason="reason.provider-needs", expected="")


def _worded(detail: Any) -> SettingsError:
    name = str(detail["loc"][0]).upper() if detail["loc"] else "?"
    reasons = {
        "literal_error": "reason.choice",
        "int_parsing": "reason.whole-number",
        "float_parsing": "reason.number",
        "greater_than_equal": "reason.too-small",
        "less_than_equal": "reason.too-large",
    }
    message = str(detail.get("ctx", {}).get("error", ""))
    reason = message if message.startswith("reason.") else reasons.get(detail["type"], "reason.not-understood")
    expected = str(detail.get("ctx", {}).get("expected", detail.get("ctx", {}).get("ge", "")))
    return SettingsError("wrong-setting", name=name, reason=reason, expected=expected)
