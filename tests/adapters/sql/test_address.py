"""Plain addresses in, a driver's out, no secret shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.sql.address import read_address
from bot.domain.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///data/depeche.db", Path("data/depeche.db")),
        ("sqlite:////srv/depeche.db", Path("/srv/depeche.db")),
        ("sqlite:///with space é.db", Path("with space é.db")),
    ],
)
def test_an_sqlite_address_names_a_file(text: str, path: Path) -> None:
    address = read_address(text)
    assert address.path == path
    assert (address.url.drivername, address.url.database) == ("sqlite+aiosqlite", str(path))
    assert address.shown == str(path)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_postgresql_address_is_read_by_asyncpg(scheme: str) -> None:
    address = read_address(f"{scheme}://ann:s3cret@db.example:5433/news?sslmode=require&host=%2Frun")
    assert address.path is None
    assert address.url.drivername == "postgresql+asyncpg"
    assert address.url.password == "s3cret"
    assert dict(address.url.query) == {"ssl": "require", "host": "/run"}


def test_a_shown_address_holds_no_password_and_no_option() -> None:
    shown = read_address("postgresql://ann:s3cret@db.example:5433/news?sslpassword=s3cret").shown
    assert shown == "postgresql://ann:***@db.example:5433/news"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://a/b",
        "postgresql+psycopg://a/b",
        "a://:x",
    ],
)
def test_anything_else_is_a_wrong_setting(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_address(text)
    assert (caught.value.key, caught.value.arguments["name"]) == ("wrong-setting", "DATABASE_URL")
