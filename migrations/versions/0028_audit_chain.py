"""The chain of the trail, which only grows from now on; its daily heads; and backups."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

KEPT = (
    "id",
    "at",
    "actor_id",
    "organisation_id",
    "action",
    "subject_kind",
    "subject_id",
    "agreement_id",
    "request_id",
)
"""Columns of an entry that never change."""
SEAL = ("sequence", "detail_digest", "previous_hash", "mac")
ERASED = '{"erased": true}'
REFUSED = "Jejak hanya ditambah: baris entry tidak diubah dan tidak dihapus."


def _same(names: tuple[str, ...], same: str) -> str:
    return " AND ".join(f"new.{name} {same} old.{name}" for name in names)


def _is_allowed(same: str, detail: str) -> str:
    """Return the two changes that an entry may see: it is sealed once, and its detail is erased."""
    sealed = f"old.mac IS NULL AND new.mac IS NOT NULL AND new.{detail} = old.{detail}"
    erased = f"{_same(SEAL, same)} AND new.{detail} = '{ERASED}'"
    return f"{_same(KEPT, same)} AND (({sealed}) OR ({erased}))"


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    op.execute(f"CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry {refuse}")
    allowed = _is_allowed("IS", "detail")
    op.execute(f"CREATE TRIGGER entry_is_unchanged BEFORE UPDATE ON entry WHEN NOT ({allowed}) {refuse}")


def _guard_postgresql() -> None:
    refuse = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';"
    allowed = _is_allowed("IS NOT DISTINCT FROM", "detail::text")
    op.execute(
        "CREATE FUNCTION entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN new; END IF; END IF; {refuse} END $$"
    )
    each = "FOR EACH ROW EXECUTE FUNCTION entry_is_kept()"
    op.execute(f"CREATE TRIGGER entry_is_kept BEFORE UPDATE OR DELETE ON entry {each}")
    op.execute("CREATE TRIGGER entry_is_whole BEFORE TRUNCATE ON entry EXECUTE FUNCTION entry_is_kept()")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("entry") as table:
        table.add_column(sa.Column("sequence", sa.Integer(), nullable=True))
        table.add_column(sa.Column("detail_digest", sa.String(length=64), nullable=True))
        table.create_unique_constraint(op.f("uq_entry_sequence"), ["sequence"])
    op.execute("UPDATE entry SET mac = NULL, previous_hash = NULL")
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("day", name=op.f("uq_audit_head_day")),
    )
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )
    op.create_index(op.f("ix_backup_run_started_at"), "backup_run", ["started_at"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER entry_is_whole ON entry")
        op.execute("DROP TRIGGER entry_is_kept ON entry")
        op.execute("DROP FUNCTION entry_is_kept()")
    else:
        op.execute("DROP TRIGGER entry_is_kept")
        op.execute("DROP TRIGGER entry_is_unchanged")
    op.drop_table("backup_run")
    op.drop_table("audit_head")
    with op.batch_alter_table("entry") as table:
        table.drop_constraint(op.f("uq_entry_sequence"), type_="unique")
        table.drop_column("detail_digest")
        table.drop_column("sequence")
