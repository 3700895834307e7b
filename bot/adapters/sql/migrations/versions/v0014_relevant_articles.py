"""Relevant articles of a language in order, so that a search for common words stops at the newest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Few articles are relevant: the index is small."""
    relevant = sa.text("verdict = 'yes'")
    op.create_index(
        "ix_articles_told",
        "articles",
        ["language", "published"],
        sqlite_where=relevant,
        postgresql_where=relevant,
    )
