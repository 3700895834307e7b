"""How often a feed wants to be read, and how often it says something new."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; a feed's next changed document fills it."""
    op.add_column("feed_readings", sa.Column("rhythm", sa.Text))
