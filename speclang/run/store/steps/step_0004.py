"""What a run was asked within: its envelope, and which models its servers say that they are."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; of what was run before, nobody knows it."""
    import sqlalchemy as sql
    from alembic import op

    op.add_column("runs", sql.Column("envelope", sql.String(32), nullable=True))
    op.add_column("runs", sql.Column("snapshots", sql.Text(), nullable=True))
    op.add_column("replies", sql.Column("snapshot", sql.String(400), nullable=True))
