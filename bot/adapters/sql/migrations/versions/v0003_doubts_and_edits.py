"""Since when a part is in doubt, which message an edit replaces, and since when a chat is gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns; the deliveries still to be completed in place are few, and found by an index of their own."""
    op.add_column("parts", sa.Column("doubtful_since", MOMENT))
    op.add_column("deliveries", sa.Column("edits", sa.Integer))
    op.add_column("deliveries", sa.Column("unfinished", sa.Boolean, server_default=sa.false(), nullable=False))
    op.add_column("chats", sa.Column("gone_since", MOMENT))
    _partial_index("edits", "edits IS NOT NULL", "edits")
    _partial_index("unfinished", "unfinished", "id")


def _partial_index(name: str, where: str, column: str) -> None:
    few = sa.text(where)
    op.create_index(f"ix_deliveries_{name}", "deliveries", [column], sqlite_where=few, postgresql_where=few)
