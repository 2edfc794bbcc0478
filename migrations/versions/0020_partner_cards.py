"""Documents of partners with expiry, proposed changes, merges."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
