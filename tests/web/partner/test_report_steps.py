"""Steps of a report: last period beside each number, the question at one unlike it, marks, and two people at once."""

import json

import pytest
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent
from portal.models import Report, ReportForm, ReportMark
from tests.factories import make_agreement, make_obligation, make_occurrence, make_report
from tests.factories.instants import NOW

FIELDS = [
    {"name": "narrative", "label": "Apa hasilnya?", "hint": None, "unit": None, "needed": True},
    {"name": "number_1", "label": "Berapa kelas?", "hint": None, "unit": "kelas", "needed": True},
]


@pytest.fixture
def obligation(session):
    return make_obligation(session, make_agreement(session))


@pytest.fixture
def partner(obligation):
    return obligation.agreement.parties[1].organisation


@pytest.fixture
def report(session, obligation):
    return make_report(session, make_occurrence(session, obligation))


@pytest.fixture
def last_period(session, obligation, report):
    """What the same partner sent for the period before: 60 people, five million rupiah."""
    due_on = report.occurrence.due_on.replace(month=6)
    before = make_occurrence(session, obligation, period_key="2026-Q2", due_on=due_on, stage=OccurrenceStage.MET)
    sent = make_report(session, before, stage=ReportStage.ACCEPTED)
    sent.rounds[0].answers = Sent(answers=Answers(beneficiaries=60, amount_rupiah=5_000_000)).dump()
    session.commit()
    return sent


@pytest.fixture
def ani(as_partner, partner):
    return as_partner(partner)


@pytest.fixture
def budi(as_partner, partner):
    return as_partner(partner)


def open_step(visitor, report, slug):
    return visitor.page("partner.report_steps.show", code=report.code, slug=slug)


def stored(session, report):
    session.expire_all()
    return session.get(Report, report.id)


@pytest.mark.usefixtures("last_period")
def test_last_period_stands_beside_each_number(ani, report) -> None:
    assert "Periode lalu: 60 orang." in open_step(ani, report, "jumlah").main
    assert "Periode lalu: Rp5.000.000." in open_step(ani, report, "keuangan").main


@pytest.mark.usefixtures("last_period")
def test_a_number_quite_unlike_the_last_one_is_asked_about_once_and_its_note_is_kept(session, ani, report) -> None:
    page = ani.submit(open_step(ani, report, "jumlah"), "Lanjut", {"beneficiaries": "200"})
    assert "Apakah benar? Periode lalu 60 orang." in page.main
    onward = ani.submit(page, "Lanjut", {"note_beneficiaries": "Ada dua kelurahan baru."})
    assert onward.path.endswith("/keuangan")
    check = ani.page("partner.reports.check", code=report.code)
    assert "200 orang" in check.main
    assert "Catatan: Ada dua kelurahan baru." in check.main
    assert stored(session, report).notes == {"beneficiaries": "Ada dua kelurahan baru."}


@pytest.mark.usefixtures("last_period")
def test_a_number_like_the_last_one_is_not_asked_about(ani, report) -> None:
    page = ani.submit(open_step(ani, report, "jumlah"), "Lanjut", {"beneficiaries": "62"})
    assert page.path.endswith("/keuangan")


def test_a_new_report_begins_with_the_newest_form_and_keeps_it(session, as_partner, partner, obligation) -> None:
    make_occurrence(session, obligation)
    form = ReportForm(
        kind=obligation.kind,
        number=1,
        title="Isian",
        intro="Ceritakan.",
        prepare=["Daftar kelas"],
        fields=FIELDS,
        made_at=NOW,
    )
    session.add(form)
    session.commit()
    visitor = as_partner(partner)
    start = visitor.submit(visitor.page("partner.home.show"), "Mulai laporan")
    assert "Daftar kelas" in start.main
    assert "Ceritakan." in start.main
    session.add(
        ReportForm(kind=obligation.kind, number=2, title="Baru", intro="", prepare=[], fields=FIELDS[:1], made_at=NOW)
    )
    page = visitor.read(start.link("Mulai mengisi"))
    assert "Langkah 1 dari 3" in page.main
    page = visitor.submit(page, "Lanjut", {"narrative": "Baik."})
    check = visitor.submit(page, "Lanjut: periksa dan kirim", {"number_1": "3"})
    assert "Berapa kelas? 3 kelas" in check.main
    report = session.scalars(select(Report)).one()
    assert (report.form_id, report.numbers) == (form.id, {"number_1": 3})


def test_a_step_that_the_form_does_not_have_is_not_there(session, ani, report) -> None:
    form = ReportForm(kind="reporting", number=1, title="Isian", intro="", prepare=[], fields=FIELDS, made_at=NOW)
    session.add(form)
    session.flush()
    report.form_id = form.id
    session.commit()
    assert ani.get("partner.report_steps.show", code=report.code, slug="keuangan").status_code == 404


def test_two_people_at_different_answers_both_keep_theirs(session, ani, budi, report) -> None:
    hers, his = open_step(ani, report, "kegiatan"), open_step(budi, report, "kegiatan")
    ani.submit(hers, "Lanjut", {"obstacles": "Hujan."})
    assert budi.submit(his, "Lanjut", {"narrative": "Pelatihan selesai."}).path.endswith("/jumlah")
    row = stored(session, report)
    assert (row.narrative, row.obstacles) == ("Pelatihan selesai.", "Hujan.")


@pytest.fixture
def both(ani, budi, report):
    """Ani and Budi opened the same step; Ani saved first, Budi is shown mine, theirs, before."""
    hers, his = open_step(ani, report, "kegiatan"), open_step(budi, report, "kegiatan")
    ani.submit(hers, "Lanjut", {"narrative": "Milik Ani."})
    return budi.submit(his, "Lanjut", {"narrative": "Milik Budi.", "obstacles": "Jalan rusak."})


def test_two_people_at_one_answer_see_mine_theirs_and_before(session, ani, both, report) -> None:
    assert both.heading == "Rekan Anda mengubah isian yang sama"
    for words in ("Milik Budi.", "Milik Ani.", "Pelatihan menjahit untuk 48 anak.", "Punya saya", "Sebelumnya"):
        assert words in both.main
    assert ani.account.name in both.main
    row = stored(session, report)
    assert (row.narrative, row.obstacles) == ("Milik Ani.", "Jalan rusak.")


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Milik Budi."), ("stored", "Milik Ani."), ("both", "Milik Ani.\n\nMilik Budi.")],
)
def test_each_answer_is_chosen_and_the_way_goes_on(session, budi, both, report, choice, kept) -> None:
    page = budi.submit(both, "Simpan pilihan", {"keep_narrative": choice})
    assert page.path.endswith("/jumlah")
    assert stored(session, report).narrative == kept


def test_who_chooses_too_late_is_asked_again(session, ani, budi, both, report) -> None:
    ani.submit(open_step(ani, report, "kegiatan"), "Lanjut", {"narrative": "Ani lagi."})
    again = budi.submit(both, "Simpan pilihan", {"keep_narrative": "mine"})
    assert "Ani lagi." in again.main
    assert stored(session, report).narrative == "Ani lagi."


def test_a_save_by_script_tells_what_stands_now_or_that_both_must_be_compared(session, ani, budi, report) -> None:
    hers, his = open_step(ani, report, "kegiatan"), open_step(budi, report, "kegiatan")
    told = json.loads(ani.send(hers, "Lanjut", {"narrative": " Milik Ani. ", "act": "auto"}).data)
    assert told["said"].startswith("Tersimpan ")
    assert told["before"]["narrative"] == "Milik Ani."
    stopped = json.loads(budi.send(his, "Lanjut", {"narrative": "Milik Budi.", "act": "auto"}).data)
    assert "membandingkan" in stopped["stop"]
    assert stored(session, report).narrative == "Milik Ani."


def test_after_a_return_only_the_marked_steps_are_walked(session, ani, obligation) -> None:
    owed = make_occurrence(session, obligation, period_key="2026-Q1", stage=OccurrenceStage.RETURNED)
    report = make_report(session, owed, stage=ReportStage.RETURNED, fix_due_on=owed.due_on)
    session.add(
        ReportMark(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=1,
            item="beneficiaries",
            sentence="Berbeda dengan daftar hadir.",
            made_at=NOW,
            told_at=NOW,
        )
    )
    start = ani.page("partner.reports.edit", code=report.code)
    assert "Jumlah Perlu diperbaiki" in start.main
    assert "Langkah lain" in start.main
    page = ani.read(start.link("Perbaiki laporan"))
    assert "Langkah 1 dari 2" in page.main
    assert "Perlu diperbaiki: Berbeda dengan daftar hadir." in page.main
    check = ani.submit(page, "Lanjut: periksa dan kirim", {"beneficiaries": "48"})
    assert check.heading == "Periksa dan kirim"
    assert "Langkah 3 dari 5" in ani.read(start.link("Keuangan")).main


def test_a_viewer_is_led_to_the_answers(as_partner, partner, report) -> None:
    viewer = as_partner(partner, Role.PARTNER_VIEWER)
    answer = viewer.get("partner.report_steps.show", code=report.code, slug="jumlah")
    assert answer.headers["Location"].endswith(f"/mitra/laporan/{report.code}")
