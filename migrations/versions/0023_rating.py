"""What partners say about us when an agreement ends; merged records keep their reports."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
