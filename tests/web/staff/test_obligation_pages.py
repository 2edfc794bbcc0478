"""Duties through the pages: recording with a preview, changing, ending, waiving, fulfilling. No script is needed."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import Role
from portal.models import Obligation, Occurrence
from tests.factories import make_agreement, make_obligation, make_occurrence
from tests.factories.calendar_days import make_calendar


@pytest.fixture
def agreement(session):
    """An agreement from 12 April 2024 to 11 April 2027: it begins inside a semester."""
    make_calendar(session)
    return make_agreement(session)


@pytest.fixture
def officer(agreement, as_staff):
    """An officer of the ministry."""
    return as_staff()


def typed(agreement, **changes):
    """A whole form: the second party hands something over on a fixed date."""
    seats = [party.organisation.code for party in agreement.parties]
    values = {
        "kind": "handover",
        "title": "Menyerahkan peralatan",
        "debtors": [seats[1]],
        "creditors": [seats[0]],
        "schedule": "fixed",
        "fixed_on": "2026-12-24",
    }
    return list((values | changes).items())


def test_a_duty_is_recorded_from_the_agreement_with_its_dates(session, officer, agreement):
    form = officer.page("staff.obligations.record", code=agreement.code)
    page = officer.submit(form, "Simpan kewajiban", typed(agreement))
    assert page.heading == "Menyerahkan peralatan"
    assert "Satu kali, pada 24 Desember 2026" in page.main
    assert "24 Des 2026" in page.main
    assert session.scalars(select(Occurrence.due_on)).all() == [date(2026, 12, 24)]


@pytest.mark.parametrize(
    ("timing", "sentence", "shown"),
    [
        (
            {
                "schedule": "recurring",
                "cadence": "every_n_months",
                "cadence_months": "5",
                "period_anchor": "anniversary",
                "offset_count": "5",
            },
            "Setiap 5 bulan terhitung sejak perjanjian mulai, paling lambat 5 hari kalender setelah periode berakhir",
            "Periode mulai 1 April 2024",
        ),
        (
            {
                "schedule": "recurring",
                "cadence": "quarterly",
                "period_anchor": "fixed_day",
                "first_day_on": "2026-01-10",
            },
            "Setiap triwulan terhitung sejak 10 Januari 2026, paling lambat saat periode berakhir",
            "Periode mulai 10 Januari 2026",
        ),
        (
            {
                "schedule": "recurring",
                "cadence": "monthly",
                "offset_count": "5",
            },
            "setelah periode berakhir (tanggal 5 bulan berikutnya)",
            "5 Jun 2026",
        ),
        (
            {
                "schedule": "relative",
                "relative_anchor": "end",
                "offset_count": "10",
                "day_type": "working",
                "direction": "before",
            },
            "Satu kali, paling lambat 10 hari kerja sebelum berakhirnya perjanjian",
            "Satu kali",
        ),
        ({"schedule": "continuous", "yearly_check": "y"}, "diperiksa setiap tahun", "Pemeriksaan tahun 2027"),
        (
            {"schedule": "event", "event_type": "data_breach", "offset_count": "72", "offset_unit": "hours"},
            "Setiap kali: terjadi kegagalan pelindungan data pribadi; paling lambat 72 jam setelah peristiwa itu",
            "Catat peristiwa",
        ),
        (
            {"schedule": "on_request", "offset_count": "14"},
            "Sewaktu-waktu bila diminta, paling lambat 14 hari kalender setelah permintaan",
            "Catat permintaan",
        ),
    ],
)
def test_every_kind_of_schedule_is_typed_said_and_opened_again(session, officer, agreement, timing, sentence, shown):
    agreement.starts_on, agreement.ends_on = date(2024, 4, 1), date(2027, 4, 1)
    session.flush()
    form = officer.page("staff.obligations.record", code=agreement.code)
    page = officer.submit(form, "Simpan kewajiban", typed(agreement, **timing))
    assert sentence in page.main
    assert shown in page.main
    duty = session.scalars(select(Obligation)).one()
    version = duty.version
    again = officer.page("staff.obligations.edit", code=agreement.code, number=1)
    assert officer.submit(again, "Simpan kewajiban").heading == "Menyerahkan peralatan"
    session.refresh(duty)
    assert duty.version == version


def test_the_preview_shows_what_would_happen_and_saves_nothing(session, officer, agreement):
    form = officer.page("staff.obligations.record", code=agreement.code)
    page = officer.submit(form, "Perbarui jadwal", typed(agreement, roll="next_working"))
    assert "Senin, 28 Desember 2026" in page.main
    assert "digeser dari 24 Des 2026 karena hari libur" in page.main
    assert session.scalars(select(Obligation)).all() == []
    assert page.one("//input[@name='title']").get("value") == "Menyerahkan peralatan"


def test_the_first_period_is_asked_and_not_guessed(session, officer, agreement):
    recurring = {"schedule": "recurring", "cadence": "semester", "offset_count": "31"}
    form = officer.page("staff.obligations.record", code=agreement.code)
    asked = officer.submit(form, "Simpan kewajiban", typed(agreement, **recurring), expect=422)
    assert asked.title.startswith("Kesalahan:")
    assert "Mulai periode penuh berikutnya, 1 Juli 2024" in asked.main
    page = officer.submit(asked, "Simpan kewajiban", {"first_period_on": "2024-07-01"})
    assert "Setiap semester, paling lambat 31 hari kalender setelah periode berakhir" in page.main
    assert "Semester II 2024" in page.main
    assert "Semester I 2024" not in page.main


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Tulis kewajiban ini dalam satu kalimat."),
        ({"kind": ""}, "Pilih jenis kewajiban."),
        ({"debtors": []}, "Pilih pihak yang wajib melaksanakan."),
        ({"fixed_on": ""}, "Isi tanggal jatuh tempo."),
        ({"schedule": "relative"}, "Pilih dari tanggal apa tenggat ini dihitung."),
        ({"schedule": "event"}, "Pilih peristiwa yang memulai hitungan."),
        ({"schedule": "on_request", "direction": "before", "offset_count": "3"}, "selalu sesudah permintaan itu."),
        (
            {"schedule": "on_request", "offset_unit": "hours", "offset_count": "3", "roll": "next_working"},
            "tidak bergeser karena hari libur",
        ),
        (
            {"schedule": "recurring", "cadence": "every_n_months", "period_anchor": "anniversary"},
            "Tulis jumlah bulan dari 1 sampai 120.",
        ),
        (
            {"schedule": "recurring", "cadence": "every_n_months", "cadence_months": "5"},
            "Menurut kalender hanya untuk 1, 2, 3, 4, 6, atau 12 bulan.",
        ),
        (
            {"schedule": "recurring", "cadence": "monthly", "period_anchor": "fixed_day"},
            "Tulis hari pertama dari periode pertama.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(officer, agreement, changes, sentence):
    form = officer.page("staff.obligations.record", code=agreement.code)
    page = officer.submit(form, "Simpan kewajiban", typed(agreement, article="Pasal 9", **changes), expect=422)
    assert sentence in page.main
    assert page.one("//input[@name='article']").get("value") == "Pasal 9"


def test_a_change_follows_and_the_second_editor_is_told(session, officer, agreement):
    duty = make_obligation(session, agreement, title="Lama")
    form = officer.page("staff.obligations.edit", code=agreement.code, number=1)
    page = officer.submit(form, "Simpan kewajiban", {"title": "Baru"})
    assert page.heading == "Baru"
    late = officer.submit(form, "Simpan kewajiban", {"title": "Terlambat"}, expect=409)
    assert "diubah orang lain" in late.main
    session.refresh(duty)
    assert duty.title == "Baru"
    assert officer.submit(late, "Simpan kewajiban").heading == "Terlambat"


def test_a_duty_is_ended_only_with_a_reason(session, officer, agreement):
    make_occurrence(session, make_obligation(session, agreement))
    ask = officer.page("staff.obligations.close", code=agreement.code, number=1)
    refused = officer.submit(ask, "Hentikan kewajiban", {"reason": ""}, expect=422)
    assert "Tulis alasan" in refused.main
    page = officer.submit(refused, "Hentikan kewajiban", {"reason": "Program selesai"})
    assert "Dihentikan" in page.main
    assert session.scalars(select(Occurrence.stage)).all() == [OccurrenceStage.CANCELLED]


def test_fulfilment_is_noted_up_to_today(session, officer, agreement):
    make_occurrence(session, make_obligation(session, agreement, kind=ObligationKind.HANDOVER))
    ask = officer.page("staff.obligations.fulfil", code=agreement.code, number=1, key="once")
    assert ask.one("//input[@name='met_on']").get("value") == "2026-11-21"
    refused = officer.submit(ask, "Catat pemenuhan", {"met_on": "2026-12-01"}, expect=422)
    assert "tidak boleh sesudah hari ini" in refused.main
    page = officer.submit(refused, "Catat pemenuhan", {"met_on": "2026-11-20", "note": "BAST 12"})
    assert "Dipenuhi" in page.main
    assert "BAST 12" in page.main


def test_a_report_is_not_ticked_off(session, officer, agreement):
    make_occurrence(session, make_obligation(session, agreement))
    ask = officer.page("staff.obligations.fulfil", code=agreement.code, number=1, key="once")
    refused = officer.submit(ask, "Catat pemenuhan", expect=422)
    assert "laporan mitra yang diterima" in refused.main


def test_a_director_reads_and_is_told_who_may_change(session, agreement, as_staff):
    make_occurrence(session, make_obligation(session, agreement))
    visitor = as_staff(Role.DIRECTOR)
    page = visitor.page("staff.obligations.show", code=agreement.code, number=1)
    assert "Hanya petugas kerja sama" in page.main
    assert not page.all("//a[contains(@href, 'bebaskan')]")
    visitor.page("staff.obligations.edit", code=agreement.code, number=1, expect=403)


@pytest.mark.parametrize(
    "path",
    [
        "PKS-2024-0001/kewajiban/0",
        "PKS-2024-0001/kewajiban/2",
        "PKS-2024-0001/kewajiban/99999999999999999999",
        "PKS-2024-0001/kewajiban/1/2031-S1/bebaskan",
        "PKS-1999-0001/kewajiban/1",
    ],
)
def test_what_is_not_there_is_not_found(session, officer, agreement, path):
    make_occurrence(session, make_obligation(session, agreement))
    officer.read(f"/kantor/naskah/{path}", expect=404)


def test_confidential_duties_are_closed_to_administrators(session, as_staff):
    make_calendar(session)
    secret = make_agreement(session, is_confidential=True)
    make_occurrence(session, make_obligation(session, secret, title="Tugas terbatas"))
    admin = as_staff(Role.ADMIN)
    assert "Tugas terbatas" not in admin.page("staff.obligations.index").main
    admin.page("staff.obligations.show", code=secret.code, number=1, expect=403)


def test_the_list_leads_to_the_exact_step(session, officer, agreement):
    make_occurrence(session, make_obligation(session, agreement, kind=ObligationKind.HANDOVER))
    page = officer.page("staff.obligations.index")
    assert page.link("Catat").endswith("/kewajiban/1/once/penuhi")


def test_each_saved_view_has_as_many_rows_as_it_says(session, officer, agreement):
    duty = make_obligation(session, agreement, kind=ObligationKind.HANDOVER)
    for place, day in enumerate((date(2026, 11, 1), date(2026, 11, 24), date(2026, 12, 10), date(2027, 6, 1))):
        make_occurrence(session, duty, due_on=day, period_key=str(2020 + place))
    page = officer.page("staff.obligations.index")
    views = page.all("//nav[contains(@class, 'saved-views')]//a[span]")
    assert len(views) == 8
    for view in views:
        shown = officer.read(view.get("href"))
        assert len(shown.all("//tbody/tr")) == int(view.xpath("./span")[0].text)


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    "hostile",
    [
        {"cadence": "setiap-abad", "schedule": "recurring"},
        {"first_period_on": "kemarin", "schedule": "recurring", "cadence": "semester"},
        {"first_period_on": "0001-01-01", "schedule": "recurring", "cadence": "monthly"},
        {"fixed_on": "9999-12-31", "roll": "next_working"},
        {"offset_count": "99999999", "schedule": "relative", "relative_anchor": "end"},
        {"debtors": ["TIDAK-ADA"]},
        {"schedule": "selamanya"},
        {"schedule": "event", "event_type": "kiamat"},
        {"schedule": "recurring", "cadence": "every_n_months", "cadence_months": "0"},
    ],
)
def test_values_that_no_form_offers_are_refused_without_a_fault(session, officer, agreement, hostile):
    page = officer.page("staff.obligations.record", code=agreement.code)
    token = page.one("//main//input[@name='csrf_token']").get("value")
    fields = dict(typed(agreement, **hostile)) | {"csrf_token": token}
    for button in ({}, {"preview": "y"}):
        answer = officer.post("staff.obligations.create", fields | button, code=agreement.code)
        assert answer.status_code == 422
    assert session.scalars(select(Obligation)).all() == []


def test_a_version_that_is_no_number_is_a_conflict(session, officer, agreement):
    make_obligation(session, agreement)
    form = officer.page("staff.obligations.edit", code=agreement.code, number=1)
    page = officer.submit(form, "Simpan kewajiban", {"version": "banyak"}, expect=409)
    assert "Periksa isian Anda" in page.main


def test_what_is_open_stands_before_what_is_settled_and_who_is_late_can_be_reached(session, officer, agreement):
    duty = make_obligation(session, agreement, kind=ObligationKind.REPORTING)
    make_occurrence(session, duty, period_key="2025-S2", due_on=date(2026, 1, 31), stage=OccurrenceStage.MET)
    make_occurrence(session, duty, period_key="2026-S1", due_on=date(2026, 7, 31))
    page = officer.page("staff.obligations.show", code=agreement.code, number=1)
    rows = [row.text_content() for row in page.all("//section[@id='jadwal']//tbody/tr")]
    assert ["Semester I 2026" in rows[0], "Semester II 2025" in rows[1]] == [True, True]
    assert page.all(
        "//section[@id='jadwal']//td//a[contains(@href, '/hubungi')][starts-with(normalize-space(), 'Hubungi')]"
    )
