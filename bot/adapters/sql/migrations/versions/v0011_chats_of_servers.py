"""Which server a chat belongs to, so that a server is forgotten with the last of its chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Chats we know already are told apart when they are next heard of."""
    op.add_column("chats", sa.Column("server", sa.Text))
    some = sa.text("server IS NOT NULL")
    op.create_index("ix_chats_server", "chats", ["server"], sqlite_where=some, postgresql_where=some)
    op.add_column("servers", sa.Column("alone_since", sa.DateTime(timezone=True)))
