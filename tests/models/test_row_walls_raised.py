"""The walls as they are written, taken down and raised again, and what is said where they cannot stand."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.models import Base, row_walls

GOLDEN = Path(__file__).parents[1] / "golden" / "row-walls.txt"
POLICIES = "SELECT tablename, policyname, roles, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
RIGHTS = (
    "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants "
    "WHERE grantee LIKE 'simpul_%' AND grantee <> 'simpul_app' ORDER BY 1, 2, 3"
)
FORCED = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity"


@pytest.fixture
def owner(engine):
    """A connection of the owner whose changes are all undone."""
    with engine.connect() as connection:
        yield connection
        connection.rollback()


def test_the_walls_are_those_that_were_agreed_upon():
    """Whoever changes them reads in this file what every role may see and do from then on."""
    written = "\n".join(sorted(row_walls.statements(Base.metadata.tables))) + "\n"
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8")


@pytest.mark.postgresql_only
def test_lowered_walls_leave_nothing_and_raised_ones_are_as_before(owner):
    before = [owner.execute(text(query)).all() for query in (POLICIES, RIGHTS, FORCED)]
    assert all(before)
    row_walls.lower(owner)
    assert [owner.execute(text(query)).all() for query in (POLICIES, RIGHTS, FORCED)] == [[], [], [(0,)]]
    row_walls.put_up(owner)
    assert [owner.execute(text(query)).all() for query in (POLICIES, RIGHTS, FORCED)] == before


@pytest.mark.postgresql_only
def test_an_owner_who_may_make_no_roles_hears_what_to_ask_for(owner):
    row_walls.lower(owner)
    owner.execute(text("ALTER ROLE simpul_board RENAME TO simpul_gone"))
    owner.execute(text("SET LOCAL ROLE simpul_app"))
    with pytest.raises(row_walls.WallError, match=r"CREATE ROLE simpul_board NOLOGIN;$"):
        row_walls.put_up(owner)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("missing", [False, True])
def test_a_login_that_is_no_member_of_every_role_is_told_so(owner, missing):
    owner.execute(text("CREATE ROLE simpul_stranger NOINHERIT"))
    if missing:
        owner.execute(text("ALTER ROLE simpul_board RENAME TO simpul_gone"))
    owner.execute(text("SET LOCAL SESSION AUTHORIZATION simpul_stranger"))
    (sentence,) = row_walls.weaknesses(owner)
    assert sentence == f"Pengguna basis data simpul_stranger belum menjadi anggota {', '.join(row_walls.ROLES)}."


@pytest.mark.sqlite_only
def test_a_database_without_walls_has_nothing_to_say_of_them(owner):
    row_walls.lower(owner)
    row_walls.put_up(owner)
    assert row_walls.weaknesses(owner) == []
