"""Reports of errors, and the stories that moderators hid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables; let the audit log name reports."""
    op.add_column("audit", sa.Column("report_id", sa.Integer))
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("chat_id", sa.Integer),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.Column("telling", sa.Integer),
        _refers("reports", "chat_id", "chats"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_story_id_state", "reports", ["story_id", "state"])
    op.create_index("ix_reports_state_chat_id", "reports", ["state", "chat_id"])
    op.create_table(
        "report_voices",
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _refers("report_voices", "report_id", "reports"),
        _refers("report_voices", "chat_id", "chats"),
        sa.PrimaryKeyConstraint("report_id", "actor", name="pk_report_voices"),
    )
    op.create_index("ix_report_voices_actor_made_at", "report_voices", ["actor", "made_at"])
    op.create_table(
        "hidden_stories",
        sa.Column("report_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("chat_id", sa.Integer),
        _refers("hidden_stories", "report_id", "reports"),
        _refers("hidden_stories", "chat_id", "chats"),
        sa.PrimaryKeyConstraint("report_id", name="pk_hidden_stories"),
    )
    op.create_index("ix_hidden_stories_story_id", "hidden_stories", ["story_id"])


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
