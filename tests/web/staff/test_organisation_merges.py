"""Two records of one partner become one on a page that says what moves; the old address leads on; it is undone."""

import pytest

from portal.domain.policy import Role
from portal.models import Contact, Organisation
from portal.services import reference
from tests.factories import make_agreement, make_ministry, make_partner
from tests.factories.instants import NOW


@pytest.fixture
def pair(session):
    """Two spellings of one partner, each with another telephone."""
    reference.load(session, now=NOW)
    kept = make_partner(session, name="Yayasan Melati Kupang", phone="0380-1")
    gone = make_partner(session, name="Yys. Melati Kupang", phone="0380-2", email="kantor@melati.example")
    session.add(Contact(organisation_id=gone.id, name="Andi", phone="0812"))
    make_agreement(session, parties=(make_ministry(session), gone), title="Pendampingan Anak")
    return kept, gone


def test_a_pair_is_compared_merged_and_parted_again(session, pair, as_staff):
    kept, gone = pair
    officer = as_staff()
    listed = officer.page("staff.organisation_likeness.index")
    plan = officer.read(listed.link("Bandingkan dan gabungkan"))
    for words in ("0380-1", "0380-2", "kantor@melati.example"):
        assert words in plan.main
    assert "Naskah 1" in " ".join(plan.main.split())
    page = officer.submit(plan, "Gabungkan catatan", {"pilih-phone": "ambil"})
    assert page.heading == "Yayasan Melati Kupang"
    for words in ("Pendampingan Anak", "Andi", "Yys. Melati Kupang"):
        assert words in page.main
    session.refresh(kept)
    assert (kept.phone, kept.email) == ("0380-2", "kantor@melati.example")
    old = officer.get("staff.organisations.show", code=gone.code)
    assert old.headers["Location"].endswith(f"/mitra/{kept.code}")
    page = officer.submit(page, "Batalkan penggabungan")
    assert page.heading == "Yys. Melati Kupang"
    assert "Pendampingan Anak" in page.main
    session.refresh(kept)
    assert kept.phone == "0380-1"


def test_what_bars_a_merge_is_said_before_it_is_tried(session, pair, as_staff):
    kept, gone = pair
    make_agreement(session, parties=(make_ministry(session), kept, gone))
    page = as_staff().page("staff.organisation_merges.plan", code=kept.code, other=gone.code)
    assert "pihak pada naskah yang sama" in page.main
    assert page.tree.xpath("//main//form") == []


def test_a_record_that_changed_meanwhile_is_compared_again(session, pair, as_staff):
    kept, gone = pair
    officer = as_staff()
    plan = officer.page("staff.organisation_merges.plan", code=kept.code, other=gone.code)
    kept.phone = "0380-3"
    assert officer.send(plan, "Gabungkan catatan").status_code == 409
    assert session.get_one(Organisation, gone.id).merged_into_id is None


def test_only_who_works_with_the_register_merges(pair, as_staff):
    kept, gone = pair
    director = as_staff(Role.DIRECTOR)
    assert director.get("staff.organisation_merges.plan", code=kept.code, other=gone.code).status_code == 403
    assert "Bandingkan dan gabungkan" not in director.page("staff.organisations.show", code=kept.code).main
    assert as_staff().get("staff.organisation_merges.plan", code=kept.code, other="TIDAK-ADA").status_code == 404
