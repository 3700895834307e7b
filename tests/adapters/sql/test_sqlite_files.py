"""SQLite's file: made where it is new, refused where it is damaged, copied while it is in use."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.adapters.sql import sqlite, upgrade
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import StoreCorrupt, StoreError, StoreUnavailable
from tests.contracts.examples import EVERYTHING, article, follow, judged, keep, meet

PAGE = 4096
"""Bytes, SQLite's default."""


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated database."""
    return Path(shutil.copy(sqlite_template, tmp_path / "depeche.db"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xff" * PAGE)


async def opened(path: Path) -> SqlStore:
    return await SqlStore.open(f"sqlite:///{path}")


def value(path: Path, statement: str) -> object:
    connection = sqlite3.connect(path)
    (found,) = connection.execute(statement).fetchone()
    connection.close()
    return found


async def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "depeche.db"
    store = await opened(path)
    await meet(store)
    await store.close()
    assert value(path, "SELECT count(*) FROM chats") == 1
    assert value(path, "PRAGMA journal_mode") == "wal"


async def test_a_relative_path_is_relative_to_where_the_bot_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await (await SqlStore.open("sqlite:///data/depeche.db")).close()
    assert (tmp_path / "data" / "depeche.db").is_file()


async def test_an_empty_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "depeche.db"
    path.touch()
    with pytest.raises(StoreCorrupt) as caught:
        await opened(path)
    assert caught.value.arguments == {"path": str(path)}
    assert path.stat().st_size == 0


async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "depeche.db"
    path.write_bytes(b"This was something else. " * 1000)
    with pytest.raises(StoreCorrupt):
        await opened(path)
    assert path.read_bytes() == b"This was something else. " * 1000


@pytest.mark.parametrize("page", [2, 5, 11])
async def test_a_damaged_page_is_found_at_start(file: Path, page: int) -> None:
    store = await opened(file)
    feeds = await follow(store, *(f"feed{number}" for number in range(50)))
    await keep(store, *((article(feed.name, feed), judged(feed.name)) for feed in feeds))
    await store.close()
    damage(file, page)
    with pytest.raises(StoreCorrupt):
        await opened(file)


async def test_a_truncated_file_is_refused(file: Path) -> None:
    os.truncate(file, PAGE * 7 + 100)
    with pytest.raises(StoreCorrupt):
        await opened(file)


async def test_a_path_that_can_not_be_a_file_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable) as caught:
        await opened(tmp_path / "file" / "depeche.db")
    assert caught.value.arguments == {"database": str(tmp_path / "file" / "depeche.db"), "reason": "File exists"}
    with pytest.raises(StoreUnavailable):
        await opened(tmp_path)


async def test_a_full_disk_is_told_as_such_loses_nothing_and_heals(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = value(file, "PRAGMA page_count")
    assert isinstance(pages, int)
    monkeypatch.setattr(sqlite, "_WRITER", (*sqlite._WRITER, f"PRAGMA max_page_count={pages + 5}"))
    store = await opened(file)
    (feed,) = await follow(store, "alpha")
    with pytest.raises(StoreUnavailable) as caught:
        await keep(store, *((article(f"a{number}", feed), judged(f"a{number}")) for number in range(500)))
    assert caught.value.arguments == {"database": str(file), "reason": "database or disk is full"}
    await meet(store)
    await store.close()
    assert value(file, "SELECT count(*) FROM articles") == 0
    assert value(file, "SELECT count(*) FROM chats") == 1


async def test_a_start_that_fails_leaves_no_file_behind_that_looks_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "data" / "depeche.db"
    monkeypatch.setattr(sqlite3, "connect", fail)
    with pytest.raises(StoreUnavailable) as caught:
        await opened(path)
    assert caught.value.arguments == {"database": str(path), "reason": "No space left on device"}
    monkeypatch.undo()
    assert names(tmp_path / "data") == []
    await (await opened(path)).close()
    assert names(tmp_path / "data") == ["depeche.db"]


@pytest.mark.parametrize("faster", [False, True])
async def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faster: bool
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise FileExistsError if faster else PermissionError

    path = tmp_path / "depeche.db"
    if faster:
        sqlite._create(path)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    sqlite._create(path)
    store = await opened(path)
    await meet(store)
    await store.close()


async def test_another_process_that_writes_for_too_long_makes_it_unavailable(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_WRITER", (*sqlite._WRITER, "PRAGMA busy_timeout=50"))
    store = await opened(file)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await meet(store)
    other.execute("COMMIT")
    other.close()
    await meet(store)
    await store.close()


async def test_readers_do_not_wait_for_a_writer(file: Path) -> None:
    store = await opened(file)
    async with asyncio.timeout(5), store.write() as writing:
        await writing.chats.meet(ChatAddress("telegram", "1"), ChatKind.PRIVATE)
        async with store.read() as reading:
            assert await reading.chats.find(ChatAddress("telegram", "1")) is None
    await store.close()


async def test_a_writer_that_would_wait_for_itself_is_told_so(file: Path) -> None:
    store = await opened(file)

    async def nest() -> None:
        async with store.write():
            await meet(store)

    with pytest.raises(RuntimeError, match="inside another"):
        await nest()
    await meet(store)
    await store.close()


# --- Backup ---


async def test_a_backup_taken_while_others_write_is_whole_and_consistent(file: Path, tmp_path: Path) -> None:
    store = await opened(file)
    (feed,) = await follow(store, "alpha")
    enough, one_more = asyncio.Event(), asyncio.Event()

    async def write() -> int:
        number = 0
        while not enough.is_set():
            # An article and its topic, in one unit: a copy has both or neither.
            name = f"a{number}"
            await keep(store, (article(name, feed), judged(name, topics=["aid"], terms=["word"])))
            number += 1
            one_more.set()
        return number

    writing = asyncio.create_task(write())
    for number in range(3):
        one_more.clear()
        await one_more.wait()
        await store.backup(tmp_path / f"copy{number}.db")
    enough.set()
    written = await writing
    await store.close()
    counts = []
    for number in range(3):
        copy = tmp_path / f"copy{number}.db"
        assert value(copy, "PRAGMA integrity_check") == "ok"
        articles = value(copy, "SELECT count(*) FROM articles WHERE verdict = 'yes'")
        assert articles == value(copy, "SELECT count(*) FROM article_topics")
        assert isinstance(articles, int)
        counts.append(articles)
    assert 0 < counts[0] < counts[1] < counts[2] <= written


async def test_a_backup_is_a_database_one_can_start_from(file: Path, tmp_path: Path) -> None:
    store = await opened(file)
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("gone", feed), judged("gone")), (article("a", feed), judged("a", terms=["word"])))
    async with store._database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM articles WHERE id = 'gone'")
    target = tmp_path / "new folder" / "copy.db"
    await store.backup(target)
    await store.close()
    copy = await opened(target)
    async with copy.read() as unit:
        found = await unit.articles.search(["word"], EVERYTHING, 10)
    await copy.close()
    assert [sourced.article.id for sourced in found] == ["a"]


async def test_a_backup_never_replaces_a_file(file: Path, tmp_path: Path) -> None:
    store = await opened(file)
    for target in (file, tmp_path / "notes.txt"):
        if target != file:
            target.write_text("precious")
        with pytest.raises(StoreError) as caught:
            await store.backup(target)
        assert (caught.value.key, caught.value.arguments) == ("backup-exists", {"path": str(target)})
    await meet(store)
    await store.close()
    assert (tmp_path / "notes.txt").read_text() == "precious"


async def test_a_backup_that_fails_leaves_nothing_behind(file: Path, tmp_path: Path) -> None:
    store = await opened(file)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        await store.backup(tmp_path / "file" / "copy.db")
    assert caught.value.key == "backup-failed"
    await store.close()
    assert names(tmp_path) == ["depeche.db", "file"]


# --- Before its schema changes ---


def outdated(path: Path, version: str = "0001") -> None:
    """As if an older version of the bot had written it: what is there stays, only the number is older."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.commit()
    connection.close()


async def test_before_an_upgrade_the_file_is_copied_as_it_was_and_older_copies_go(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await opened(file)
    await meet(store)
    await store.close()
    outdated(file)
    older = tmp_path / "depeche.db.before-upgrade-from-0000"
    older.touch()

    def migrate(connection: Connection, target: str) -> None:
        connection.execute(text("DELETE FROM chats"))
        connection.execute(text("UPDATE alembic_version SET version_num = :target"), {"target": target})

    monkeypatch.setattr(upgrade, "run_migrations", migrate)
    await (await opened(file)).close()
    copy = tmp_path / "depeche.db.before-upgrade-from-0001"
    assert value(file, "SELECT count(*) FROM chats") == 0
    assert value(copy, "SELECT count(*) FROM chats") == 1
    assert value(copy, "SELECT version_num FROM alembic_version") == "0001"
    assert not older.exists()
    names_then = names(tmp_path)
    await (await opened(file)).close()
    assert names(tmp_path) == names_then


async def test_an_upgrade_that_fails_leaves_the_file_and_its_copy(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdated(file)

    def fail(connection: Connection, target: str) -> None:
        connection.execute(text("DROP TABLE inbound"))
        raise LookupError(target)

    monkeypatch.setattr(upgrade, "run_migrations", fail)
    for _ in range(2):
        with pytest.raises(LookupError):
            await opened(file)
    for path in (file, tmp_path / "depeche.db.before-upgrade-from-0001"):
        assert value(path, "SELECT count(*) FROM inbound") == 0


async def test_without_room_for_the_copy_nothing_is_upgraded(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdated(file)
    (tmp_path / "depeche.db.before-upgrade-from-0001.unfinished").mkdir()  # stands in the way, as a full disk does
    monkeypatch.setattr(upgrade, "run_migrations", lambda *_: pytest.fail("it was not copied"))
    with pytest.raises(StoreUnavailable):
        await opened(file)
    assert value(file, "SELECT version_num FROM alembic_version") == "0001"


async def test_a_new_database_has_nothing_to_copy(tmp_path: Path) -> None:
    await (await opened(tmp_path / "depeche.db")).close()
    assert names(tmp_path) == ["depeche.db"]
