"""A central board reads the agreements of its members, their parties and released files, and nothing else of them."""

import pytest
from sqlalchemy import func, select

from portal import models as m
from portal.domain.agreement import Stage
from portal.models.scope import ScopedSession, UmbrellaScope
from tests.factories import make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.instants import NOW


@pytest.fixture
def rows(session):
    """A board, its member's agreement with a date and files, and one more agreement that names no board."""
    ministry, board, member, stranger = make_ministry(session), *(make_partner(session) for _ in range(3))
    agreements = [make_agreement(session, parties=(ministry, each)) for each in (member, stranger)]
    seat = next(seat for seat in agreements[0].parties if seat.organisation_id == member.id)
    seat.umbrella_id = board.id
    for agreement in agreements:
        make_occurrence(session, make_obligation(session, agreement))
        change = m.StageChange(agreement_id=agreement.id, stage=Stage.DRAFTING, entered_on=NOW.date(), recorded_at=NOW)
        session.add(change)
        for name, released_at in (("Keluar", NOW), ("Masih di kantor", None)):
            file = m.AgreementFile(agreement_id=agreement.id, kind="scan", name=f"{name} {agreement.id}", size=9)
            file.media_type, file.digest, file.released_at, file.uploaded_at = "text/x", "a" * 64, released_at, NOW
            session.add(file)
    session.commit()
    ids = {"ministry": ministry.id, "board": board.id, "member": member.id, "stranger": stranger.id}
    return ids | {"agreement": agreements[0].id}


@pytest.fixture
def as_board(engine, rows):
    """The session of somebody who reads for the board."""
    with ScopedSession(bind=engine) as session:
        session.work_for(UmbrellaScope(rows["board"]))
        yield session


def test_a_board_sees_the_agreements_of_its_members_with_their_parties(as_board, rows):
    assert as_board.scalars(select(m.Agreement.id)).all() == [rows["agreement"]]
    assert set(as_board.scalars(select(m.AgreementParty.agreement_id))) == {rows["agreement"]}
    assert set(as_board.scalars(select(m.AgreementParty.organisation_id))) == {rows["ministry"], rows["member"]}
    known = set(as_board.scalars(select(m.Organisation.id)))
    assert known == {rows["ministry"], rows["member"], rows["board"]}


def test_a_board_sees_released_files_only(as_board, rows):
    assert as_board.scalars(select(m.AgreementFile.name)).all() == [f"Keluar {rows['agreement']}"]


@pytest.mark.parametrize("kind", [m.Obligation, m.ObligationParty, m.Occurrence, m.StageChange])
def test_a_board_sees_nothing_of_what_is_owed_and_done(as_board, session, kind):
    assert session.scalar(select(func.count()).select_from(kind)) > 0
    assert as_board.scalar(select(func.count()).select_from(kind)) == 0
