"""Two partners with a row in every table become one and two again: afterwards every table is as it was."""

import pytest
from sqlalchemy import JSON, func, select, text, update

from portal.domain.errors import RuleBroken
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Actor, Role
from portal.models import (
    Account,
    AccountFreeze,
    AgreementParty,
    Base,
    DataRequest,
    LksProfile,
    Organisation,
    search_text,
)
from portal.queries import organisation_merges as reading
from portal.services import organisation_merges
from portal.services.organisation_merges import Union
from tests.factories.instants import NOW
from tests.harness import rows

KEPT, GONE = 1, 2
OFFICER = Actor(account_id=1, name="Petugas", organisation_id=None, roles=frozenset({Role.OFFICER}))
TRAILS = {"entry", "organisation_merge", "plan_change", "register_change"}
"""Tables that tell of the merge itself; the last only asks to look at the plan of reminders again."""
STAMPS = {"organisation.version", "organisation.updated_at"}
FAR = 1000


@pytest.fixture
def full(session):
    """Two rows in every table, one of each partner; what the columns alone do not say is made plausible."""
    connection = session.connection()
    rows.fill(connection, Base.metadata)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL ROLE NONE"))  # numbers are set by the owner
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {FAR})"))
    alone = {"aliases": [], "parent_id": None, "merged_into_id": None}
    session.execute(update(Organisation).values(kind=OrganisationKind.LKS, sort_key=Organisation.name, **alone))
    session.execute(update(AgreementParty).values(umbrella_id=None))
    session.execute(update(LksProfile).values(client_groups=[], atensi=[]))
    search_text.renew_all(session)
    for table in (AccountFreeze, DataRequest):
        of_person = select(Account.organisation_id).where(Account.id == table.account_id).scalar_subquery()
        session.execute(update(table).values(organisation_id=of_person).execution_options(synchronize_session=False))
    session.expire_all()
    return session


def snapshot(session):
    """Everything in the database that does not tell of the merge itself."""
    session.flush()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in TRAILS:
            continue
        columns = [c for c in table.columns if f"{table.name}.{c.name}" not in STAMPS]
        order = [c for c in table.primary_key.columns if not isinstance(c.type, JSON)]
        found[table.name] = [tuple(row) for row in session.connection().execute(select(*columns).order_by(*order))]
    return found


def merge(session, kept, gone):
    """Make both one."""
    pair = {number: session.get_one(Organisation, number) for number in (kept, gone)}
    union = Union(kept=pair[kept], gone=pair[gone], version=pair[kept].version)
    return organisation_merges.merge(session, union, actor=OFFICER, now=NOW)


def owned(session, organisation_id):
    """How many rows of each table belong to an organisation, by the columns that the merge moves."""
    every = (*reading.OWNED, *reading.OF_SEATS)
    return {f"{t.__tablename__}.{c}": len(reading.ids(session, t, c, organisation_id)) for t, c in every}


@pytest.mark.parametrize(("kept", "gone"), [(KEPT, GONE), (GONE, KEPT)])
def test_everything_moves_and_everything_comes_back(full, kept, gone):
    before, own = snapshot(full), owned(full, gone)
    assert own["report.organisation_id"] == own["rating.organisation_id"] == 1
    both = {name: number + owned(full, kept)[name] for name, number in own.items()}
    row = merge(full, kept, gone)
    assert set(owned(full, gone).values()) == {0}
    assert owned(full, kept) == both
    for table in Base.metadata.sorted_tables:
        if table.name in {"entry", "lks_profile"} or "organisation_id" not in table.c:
            continue
        left = select(func.count()).select_from(table).where(table.c.organisation_id == gone)
        assert full.connection().scalar(left) == 0, table.name
    organisation_merges.undo(full, row, actor=OFFICER, now=NOW)
    after = snapshot(full)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def test_new_rows_on_a_moved_agreement_bar_undoing(full):
    row = merge(full, KEPT, GONE)
    report = {**row.moved, "report.organisation_id": []}
    row.moved = report
    full.flush()
    with pytest.raises(RuleBroken, match="data baru"):
        organisation_merges.undo(full, row, actor=OFFICER, now=NOW)
