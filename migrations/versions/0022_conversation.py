"""What partners ask, acknowledge and propose about agreements and their drafts."""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
