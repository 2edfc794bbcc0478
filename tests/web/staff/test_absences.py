"""People who are away: recording, who may record for whom, and taking it back."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Absence, Account
from tests.factories import make_account
from tests.factories.calendar_days import make_calendar


@pytest.fixture
def officer(session, as_staff):
    """An officer with a colleague in the same house."""
    make_calendar(session)
    visitor = as_staff()
    home = session.scalars(select(Account).order_by(Account.id.desc())).first().organisation
    make_account(session, Role.OFFICER, home, name="Rekan Contoh")
    return visitor


def test_ones_own_absence_is_recorded_with_a_deputy_and_taken_back(session, officer):
    form = officer.page("staff.absences.record")
    deputy = session.scalars(select(Account.id).where(Account.name == "Rekan Contoh")).one()
    typed = {"starts_on": "2026-11-23", "ends_on": "2026-12-04", "deputy": str(deputy), "note": "Cuti tahunan"}
    page = officer.submit(form, "Simpan", typed)
    assert "Rekan Contoh" in page.main
    assert "4 Desember 2026" in page.main
    row = session.scalars(select(Absence)).one()
    assert (row.starts_on, row.ends_on, row.deputy_id) == (date(2026, 11, 23), date(2026, 12, 4), deputy)
    again = officer.submit(officer.page("staff.absences.record"), "Simpan", typed, expect=422)
    assert "Sudah ada cuti pada tanggal ini" in again.main
    ask = officer.read(page.link("Batalkan"))
    page = officer.submit(ask, "Batalkan cuti")
    assert "Tidak ada yang cuti" in page.main


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"starts_on": "2026-12-04", "ends_on": "2026-12-01"}, "tidak boleh sebelum tanggal pertama"),
        ({"starts_on": "2026-11-02", "ends_on": "2026-11-06"}, "sudah lewat"),
        ({"starts_on": "2026-12-01", "ends_on": "2028-12-01"}, "Paling lama satu tahun"),
    ],
)
def test_days_that_cannot_be_are_told(officer, typed, said):
    page = officer.submit(officer.page("staff.absences.record"), "Simpan", typed, expect=422)
    assert said in page.main


def test_only_heads_and_admins_record_for_others(session, officer, as_staff):
    # Once among those who can stand in, and not among those whose absence it may be.
    assert officer.page("staff.absences.record").main.count("Rekan Contoh") == 1
    head = as_staff(Role.HEAD)
    other = session.scalars(select(Account.id).where(Account.name == "Rekan Contoh")).one()
    typed = {"account": str(other), "starts_on": "2026-11-23", "ends_on": "2026-11-24"}
    page = head.submit(head.page("staff.absences.record"), "Simpan", typed)
    assert "Rekan Contoh" in page.main
    assert "Kepala unit" in page.main
    assert session.scalars(select(Absence)).one().account_id == other
