"""Dana dan serah terima: stages of money, hand-overs with their record, and what a partner sees of them."""

import pytest

from portal.domain.contribution import ContributionKind, ContributionStage
from portal.domain.policy import Role
from portal.models import AgreementFile, Contribution
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW

WHOLE = 325_000_000


@pytest.fixture
def row(session):
    """An agreement of three parties with a value."""
    make_calendar(session)
    return make_agreement(session, value_rupiah=WHOLE)


def give(session, row, receiver=1, **changes):
    """An entry from the ministry to a partner."""
    values = {
        "agreement_id": row.id,
        "giver_id": row.parties[0].organisation_id,
        "receiver_id": row.parties[receiver].organisation_id,
        "kind": ContributionKind.GOODS,
        "stage": ContributionStage.PLANNED,
        "description": "Mesin jahit",
        "quantity": 5,
        "unit": "unit",
        "created_at": NOW,
        "updated_at": NOW,
    }
    found = Contribution(**(values | changes))
    session.add(found)
    session.commit()
    return found


def test_the_value_of_the_agreement_is_shared_in_stages(as_staff, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.split_contribution", code=row.code)
    receiver = {"receiver_id": str(row.parties[1].organisation_id)}
    wrong = visitor.submit(page, "Catat tahap dana", receiver | {"percents": "70/20"}, expect=422)
    assert "Jumlah semua tahap harus 100 persen." in wrong.main
    shown = visitor.submit(page, "Catat tahap dana", receiver)
    assert "Dana bantuan, tahap 1 dari 2" in shown.main
    assert "Rp227.500.000" in shown.main
    assert "Diserahkan Rp0 dari Rp325.000.000 yang dijanjikan." in shown.main


def test_goods_are_handed_over_with_a_record_and_a_file(as_staff, session, row):
    give(session, row)
    session.add(
        AgreementFile(
            agreement_id=row.id,
            kind="other",
            name="bast.pdf",
            media_type="application/pdf",
            size=1,
            digest="0" * 64,
            uploaded_at=NOW,
        )
    )
    visitor = as_staff()
    page = visitor.page("staff.agreements.deliver_contribution", code=row.code, number=1)
    missing = visitor.submit(page, "Catat serah terima", expect=422)
    assert "memerlukan nomor berita acara" in missing.main
    file = page.one("//select[@name='file_id']/option[text()='bast.pdf']/@value")
    shown = visitor.submit(page, "Catat serah terima", {"record_number": "BAST-7/2026", "file_id": file})
    assert "BAST-7/2026, bast.pdf" in shown.main
    again = visitor.page("staff.agreements.deliver_contribution", code=row.code, number=1)
    assert visitor.submit(again, "Catat serah terima", {"record_number": "BAST-8/2026"}).main.count("BAST-8/2026")


def test_a_plan_is_written_corrected_and_called_off(as_staff, session, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.add_contribution", code=row.code)
    told = {"description": "Pelatihan", "kind": "service", "receiver_id": str(row.parties[2].organisation_id)}
    assert "Pelatihan" in visitor.submit(page, "Simpan", told | {"planned_on": "2026-11-01"}).main
    edited = visitor.page("staff.agreements.edit_contribution", code=row.code, number=1)
    shown = visitor.submit(edited, "Simpan", {"description": "Pelatihan pendamping"})
    assert "Pelatihan pendamping" in shown.main
    assert "rencana 1 Nov 2026" in shown.main
    asked = visitor.page("staff.agreements.cancel_contribution", code=row.code, number=1)
    assert "Tulis alasan pembatalan." in visitor.submit(asked, "Batalkan rencana", expect=422).main
    assert "Alasan: Dialihkan" in visitor.submit(asked, "Batalkan rencana", {"reason": "Dialihkan"}).main
    assert visitor.get("staff.agreements.edit_contribution", code=row.code, number=1).status_code == 302
    assert visitor.get("staff.agreements.edit_contribution", code=row.code, number=2).status_code == 404


def test_a_partner_sees_its_own_entries_and_no_other(as_partner, session, row):
    give(session, row)
    give(session, row, receiver=2, description="Kursi roda")
    give(session, row, description="Alat tenun", stage=ContributionStage.CANCELLED, cancel_reason="rahasia")
    page = as_partner(row.parties[1].organisation).page("partner.agreements.show", code=row.code)
    assert "Mesin jahit: 5 unit" in page.main
    for hidden in ("Kursi roda", "Alat tenun", "rahasia"):
        assert hidden not in page.main


def test_who_may_not_edit_reads_the_card_without_its_steps(as_staff, session, row):
    give(session, row)
    page = as_staff(Role.DIRECTOR).page("staff.agreements.show", code=row.code)
    assert "Mesin jahit" in page.main
    assert "Catat serah terima" not in page.main
