"""Active time per annotator and document."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; nothing is known of the time before."""
    with op.batch_alter_table("progress") as progress:
        progress.add_column(sa.Column("active_ms", sa.Integer(), nullable=False, server_default=sa.text("0")))
        progress.create_check_constraint("progress_active_ms", "active_ms >= 0")
