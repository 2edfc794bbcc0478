"""Two records of one partner become one with everything that belongs to them, and two again while nothing collides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.policy import Actor, Role
from portal.models import (
    Account,
    AgreementParty,
    Base,
    Contact,
    LksProfile,
    ObligationParty,
    Organisation,
    OrganisationMerge,
    SignInSession,
)
from portal.queries import organisation_likeness, organisation_merges
from portal.queries import organisations as register
from portal.queries.organisations import OrganisationFilter
from portal.services import organisation_merges as merging
from portal.services import sign_in
from portal.services.organisation_merges import Union
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.instants import NOW, TODAY


@pytest.fixture
def officer(session):
    """Somebody of the ministry."""
    account = make_account(session, Role.OFFICER)
    return Actor(account_id=account.id, name=account.name, organisation_id=None, roles=frozenset({Role.OFFICER}))


@pytest.fixture
def kept(session):
    """The record that stays."""
    row = make_partner(session, name="Yayasan Melati Kupang", phone="0380-1")
    session.add(LksProfile(organisation_id=row.id, tax_number="12.345", bank_name="Bank Satu"))
    session.flush()
    return row


@pytest.fixture
def gone(session):
    """The record that goes: an agreement with a duty, an account, a contact."""
    row = make_partner(session, name="Yys. Melati Kupang", phone="0380-2", email="kantor@melati.example")
    session.add(LksProfile(organisation_id=row.id, deed_number="7", bank_name="Bank Dua"))
    session.add(Contact(organisation_id=row.id, name="Andi", phone="0812"))
    make_account(session, Role.PARTNER_WRITER, row)
    agreement = make_agreement(session, parties=(make_ministry(session), row))
    make_occurrence(session, make_obligation(session, agreement))
    session.flush()
    return row


def merge(session, kept, gone, officer, *taken):
    """Make both into one."""
    union = Union(kept=kept, gone=gone, version=kept.version, taken=frozenset(taken))
    return merging.merge(session, union, actor=officer, now=NOW)


def owned(session, row):
    """What belongs to a record."""
    tables = (AgreementParty, ObligationParty, Account, Contact)
    return [len(session.scalars(select(kind).where(kind.organisation_id == row.id)).all()) for kind in tables]


def test_everything_moves_and_chosen_facts_stay(session, kept, gone, officer):
    before = owned(session, gone)
    assert before == [1, 1, 1, 1]
    told = merging.differing(kept, gone)
    assert told["phone"] == ["0380-1", "0380-2"]
    assert "lks.tax_number" not in told
    row = merge(session, kept, gone, officer, "email", "lks.deed_number")
    assert (owned(session, gone), owned(session, kept)) == ([0, 0, 0, 0], before)
    assert (kept.phone, kept.email, kept.lks.deed_number, kept.lks.bank_name) == (
        "0380-1",
        "kantor@melati.example",
        "7",
        "Bank Satu",
    )
    assert kept.aliases == ["Yys. Melati Kupang"]
    assert (gone.merged_into_id, len(row.moved["agreement_party.organisation_id"])) == (kept.id, 1)
    seat = session.scalars(select(AgreementParty).where(AgreementParty.organisation_id == kept.id)).one()
    assert (seat.position, seat.name_printed) == (2, "Yys. Melati Kupang")
    found = register.find_page(session, OrganisationFilter(), today=TODAY).rows
    assert [each.code for each in found] == [kept.code]
    assert organisation_likeness.list_pairs(session) == ()


def test_undoing_brings_everything_back_but_what_was_changed_again(session, kept, gone, officer):
    row = merge(session, kept, gone, officer, "email", "phone")
    kept.phone = "0380-3"
    session.flush()
    merging.undo(session, row, actor=officer, now=NOW + timedelta(days=30))
    assert (owned(session, gone), owned(session, kept)) == ([1, 1, 1, 1], [0, 0, 0, 0])
    assert (kept.phone, kept.email, kept.aliases) == ("0380-3", None, [])
    assert (gone.merged_into_id, gone.valid_to) == (None, None)
    with pytest.raises(RuleBroken, match="sudah dibatalkan"):
        merging.undo(session, row, actor=officer, now=NOW)
    assert merge(session, kept, gone, officer).id != row.id


def test_after_a_month_or_with_newer_rows_nothing_is_undone(session, kept, gone, officer):
    row = merge(session, kept, gone, officer)
    with pytest.raises(RuleBroken, match="30 hari"):
        merging.undo(session, row, actor=officer, now=NOW + timedelta(days=31))
    agreement = session.scalars(select(AgreementParty).where(AgreementParty.organisation_id == kept.id)).one().agreement
    make_obligation(session, agreement, debtor=kept, creditor=make_ministry(session))
    with pytest.raises(RuleBroken, match="data baru"):
        merging.undo(session, row, actor=officer, now=NOW)


def test_what_is_not_one_body_is_not_merged(session, kept, gone, officer):
    with pytest.raises(RuleBroken, match="berbeda"):
        merge(session, kept, kept, officer)
    with pytest.raises(RuleBroken, match="berbeda"):
        merge(session, make_ministry(session), gone, officer)
    stale = Union(kept=kept, gone=gone, version=kept.version + 1)
    with pytest.raises(Conflict):
        merging.merge(session, stale, actor=officer, now=NOW)
    viewer = Actor(account_id=None, name="x", organisation_id=None, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowed):
        merge(session, kept, gone, viewer)
    make_agreement(session, parties=(make_ministry(session), kept, gone))
    with pytest.raises(RuleBroken, match="naskah yang sama"):
        merge(session, kept, gone, officer)
    assert session.scalars(select(OrganisationMerge)).all() == []


def test_one_that_stands_above_the_other_is_not_merged(session, kept, gone, officer):
    between = make_partner(session, name="Cabang Antara", parent_id=gone.id)
    kept.parent_id = between.id
    session.flush()
    session.expire_all()
    for pair in ((kept, gone), (gone, kept)):
        with pytest.raises(RuleBroken, match="induk"):
            merge(session, *pair, officer)
    kept.parent_id = None
    session.flush()
    session.expire_all()
    seat = make_agreement(session, parties=(make_ministry(session), kept)).parties[1]
    seat.umbrella_id = gone.id
    session.flush()
    with pytest.raises(RuleBroken, match="induk"):
        merge(session, gone, kept, officer)
    seat.umbrella_id = None
    session.flush()
    merge(session, gone, kept, officer)


def test_sessions_begun_after_the_merge_go_back_with_their_people(session, kept, gone, officer):
    person = session.scalars(select(Account).where(Account.organisation_id == gone.id)).one()
    row = merge(session, kept, gone, officer)
    token = sign_in.open_session(session, session.get_one(Account, person.id), agent="tests", now=NOW)
    opened = session.scalars(select(SignInSession)).one()
    assert (bool(token), opened.organisation_id) == (True, kept.id)
    merging.undo(session, row, actor=officer, now=NOW)
    assert session.scalars(select(SignInSession.organisation_id)).all() == [gone.id]


LEFT = {
    "agreement.unit_id": "only the ministry's own units are in charge",
    "entry.organisation_id": "the trail is never changed",
    "lks_profile.organisation_id": "facts are chosen one by one",
    "organisation.merged_into_id": "says where a record went",
    "organisation_merge.gone_id": "tells of merges",
    "organisation_merge.kept_id": "tells of merges",
    "draft_reply.organisation_id": "follows its shared draft",
    "agreement_party.organisation_id": "moved seat by seat",
}


def followers():
    """The columns that are updated with the row on which theirs hangs."""
    return {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.name == "organisation_id" and key.onupdate == "CASCADE"
    }


def test_every_column_that_names_an_organisation_is_moved_or_follows_or_is_left_with_a_reason():
    lists = (*organisation_merges.OWNED, *organisation_merges.OF_SEATS)
    moved = {f"{kind.__tablename__}.{name}" for kind, name in lists}
    named = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"organisation", "agreement_party"} and key.parent.name.endswith("_id")
        if key.column.name in {"id", "organisation_id"}
    }
    named |= {f"{table.name}.organisation_id" for table in Base.metadata.sorted_tables if "organisation_id" in table.c}
    assert named == moved | followers() | set(LEFT)
    assert not moved & followers()
    assert not moved & set(LEFT)


def test_the_organisation_itself_is_named_by_the_list(session, kept, gone, officer):
    child = make_partner(session, name="Cabang Melati", parent_id=gone.id)
    merge(session, kept, gone, officer)
    session.refresh(child)
    assert session.get_one(Organisation, child.id).parent_id == kept.id
