"""Finding what was kept long enough without looking through everything that stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the indexes."""
    _partial_index("ix_articles_own", "articles", "published", "NOT imported")
    _partial_index("ix_articles_full", "articles", "published", "text <> '' AND NOT imported")
    _partial_index("ix_chats_gone", "chats", "gone_since", "state <> 'active'")
    op.create_index("ix_deliveries_created_at", "deliveries", ["created_at"])


def _partial_index(name: str, table: str, column: str, where: str) -> None:
    some = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=some, postgresql_where=some)
