"""Which edition opened with a correction, and which inbound updates have taken effect."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """What is owed has been told by no edition; every update that was seen had been carried out."""
    op.add_column("corrections", sa.Column("told_by", sa.Integer))
    op.add_column("inbound", sa.Column("done", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("inbound", sa.Column("tries", sa.Integer, nullable=False, server_default="1"))
