"""What the tables share: their registry, and columns and indexes of one kind."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, text

from bot.adapters.sql.columns import UtcDateTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    """The row's number."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def of(name: str, target: str, *, key: bool = False, optional: bool = False) -> Column[int]:
    """A reference to a row whose end is the end of this one too."""
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE")
    return Column(name, Integer, reference, nullable=optional, primary_key=key)


def of_article(*, key: bool = False) -> Column[str]:
    """The same to an article, whose id is text."""
    reference = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", Words, reference, nullable=False, primary_key=key)


def outlives(name: str, target: str) -> Column[int]:
    """A reference that is emptied when the row it leads to ends."""
    return Column(name, Integer, ForeignKey(f"{target}.id", ondelete="SET NULL"))


def some(name: str, *columns: str, where: str) -> Index:
    """An index of the few rows for which a condition holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def lease() -> tuple[Column[str], Column[object], Column[int]]:
    """Who holds a row, until when, and how often it has changed hands."""
    return (
        Column("lease_owner", Words),
        Column("lease_until", UtcDateTime),
        Column("lease_fence", Integer, nullable=False, server_default="0"),
    )
