"""A central board reads the agreements of members that name it, and nothing else; it changes nothing."""

import pytest
from sqlalchemy import select

from portal import models as m
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Role
from portal.models.scope import ScopedSession, ScopeError, UmbrellaScope
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.web.test_strangers import CHANGING


@pytest.fixture
def board(session):
    """A central board, and a member with an agreement that names it, one that does not, and a restricted one."""
    ministry, member = make_ministry(session), make_partner(session, name="Yayasan Contoh Melati")
    board = make_partner(session, name="Perhimpunan Contoh", kind=OrganisationKind.ASSOCIATION)
    for title, named, restricted in (("Terbuka", True, False), ("Tertutup", False, False), ("Rahasia", True, True)):
        agreement = make_agreement(
            session, parties=(ministry, member), title=f"Naskah {title}", is_confidential=restricted
        )
        agreement.parties[1].umbrella = board if named else None
        make_occurrence(session, make_obligation(session, agreement))
    session.commit()
    return board


def code_of(session, title):
    return session.scalars(select(m.Agreement.code).where(m.Agreement.title == f"Naskah {title}")).one()


def test_the_reader_sees_only_agreements_that_name_the_board(session, board, as_partner):
    reader = as_partner(board, Role.UMBRELLA_READER)
    page = reader.page("partner.members.index")
    assert "Naskah Terbuka" in page.text
    assert "Yayasan Contoh Melati" in page.text
    assert not {"Naskah Tertutup", "Naskah Rahasia"} & set(page.all("//b/text()"))
    shown = reader.page("partner.members.show", code=code_of(session, "Terbuka"))
    assert shown.heading == "Naskah Terbuka"
    assert not shown.all("//main//form")


def test_what_does_not_name_the_board_answers_as_what_is_absent(session, board, as_partner):
    reader = as_partner(board, Role.UMBRELLA_READER)
    codes = [code_of(session, "Tertutup"), code_of(session, "Rahasia"), "TIDAK-ADA"]
    for endpoint, values in (("partner.members.show", {}), ("partner.members.file", {"key": "0" * 16})):
        answers = [reader.get(endpoint, code=code, **values) for code in codes]
        assert {answer.status_code for answer in answers} == {404}
        assert len({CHANGING.sub("", answer.get_data(as_text=True)) for answer in answers}) == 1


def test_the_members_pages_stay_closed_to_the_board(session, board, as_partner):
    reader = as_partner(board, Role.UMBRELLA_READER)
    code = code_of(session, "Terbuka")
    assert reader.get("partner.agreements.show", code=code).status_code == 404
    assert "Naskah Terbuka" not in reader.page("partner.home.show").text
    assert "Naskah Terbuka" not in reader.page("partner.agreements.index").text


def test_only_the_reader_of_the_board_opens_it(board, as_partner):
    for role in (Role.PARTNER_MANAGER, Role.PARTNER_WRITER):
        assert as_partner(board, role).get("partner.members.index").status_code == 403
    reader = as_partner(board, Role.UMBRELLA_READER)
    assert "Perjanjian anggota" in reader.page("partner.home.show").main
    assert "Perjanjian anggota" not in as_partner(board, Role.PARTNER_WRITER).page("partner.home.show").text


def test_the_session_of_a_board_reads_no_duties_and_writes_nothing(engine, session, board):
    with ScopedSession(bind=engine) as kept:
        kept.work_for(UmbrellaScope(board.id))
        assert [row.title for row in kept.scalars(select(m.Agreement).order_by(m.Agreement.id))] == [
            "Naskah Terbuka",
            "Naskah Rahasia",
        ]
        for closed in (m.Obligation, m.Occurrence, m.Report, m.StageChange, m.Relief, m.Contribution):
            assert kept.scalars(select(closed)).all() == []
        kept.scalars(select(m.Agreement)).first().title = "Diubah"
        with pytest.raises(ScopeError):
            kept.flush()


def test_an_officer_names_the_board_and_takes_it_back(session, board, as_staff, as_partner):
    officer, reader = as_staff(), as_partner(board, Role.UMBRELLA_READER)
    code = code_of(session, "Tertutup")
    page = officer.page("staff.agreements.umbrella", code=code, position=2)
    officer.submit(page, "Simpan", {"umbrella": board.code})
    assert reader.page("partner.members.show", code=code)
    assert "Perhimpunan Contoh" in officer.page("staff.agreements.show", code=code).text
    officer.submit(officer.page("staff.agreements.umbrella", code=code, position=2), "Simpan", {"umbrella": ""})
    assert reader.get("partner.members.show", code=code).status_code == 404


def test_the_ministrys_own_place_names_no_board(session, board, as_staff):
    code = code_of(session, "Terbuka")
    assert as_staff().get("staff.agreements.umbrella", code=code, position=1).status_code == 404


def test_a_former_reader_is_out_at_once(session, board, as_account, clock):
    account = make_account(session, Role.UMBRELLA_READER, board)
    reader = as_account(account)
    assert reader.page("partner.members.index")
    session.get(m.Account, account.id).roles[0].ends_on = clock.now.date().replace(day=1)
    session.commit()
    assert reader.get("partner.members.index").headers["Location"].startswith("/masuk")
