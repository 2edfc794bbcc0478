"""The officer's side of rounds: marks, checklist, pictures, the way through the list, comparing, reviewing again."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.models import Message, Report, ReportCheck, ReportMark, ReportPhrase, ReportRound
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_report
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

PICTURE = SentFile(name="kegiatan.png", media_type="image/png", size=9, digest="b" * 64, is_safe_picture=True)
PAPER = SentFile(name="daftar.pdf", media_type="application/pdf", size=9, digest="a" * 64)


def sent_report(session, obligation=None, key="2026-S1", files=(PAPER, PICTURE), beneficiaries=60, **changes):
    owner = obligation or make_obligation(session, title="Laporan pelaksanaan")
    occurrence = make_occurrence(session, owner, period_key=key, stage=OccurrenceStage.SUBMITTED)
    report = make_report(session, occurrence, **({"stage": ReportStage.SUBMITTED} | changes))
    answers = Answers(narrative="Pelatihan menjahit.", beneficiaries=beneficiaries)
    report.rounds[0].answers = Sent(answers=answers, files=files).dump()
    session.flush()
    return report


def add_round(session, report, number, narrative, files=(PAPER,)):
    """Let the round before be returned, and one more be sent."""
    last = report.rounds[-1]
    last.outcome, last.decided_at, last.reason = ReportStage.RETURNED, NOW + timedelta(days=number), "Perbaiki."
    row = ReportRound(
        report_id=report.id,
        organisation_id=report.organisation_id,
        number=number,
        submitted_at=NOW + timedelta(days=number + 1),
        answers=Sent(answers=Answers(narrative=narrative, beneficiaries=60), files=files).dump(),
    )
    session.add(row)
    report.round, report.submitted_at = number, row.submitted_at
    session.flush()
    session.refresh(report)


@pytest.fixture
def phrases(session):
    session.add(ReportPhrase(position=1, sentence="Lampirkan daftar hadir."))
    session.flush()


LABELS = {
    "narrative": "Apa yang sudah dilaksanakan?",
    "beneficiaries": "Berapa orang yang menerima layanan?",
    f"file:{'a' * 16}": "daftar.pdf",
}


def mark(visitor, report, item, **fields):
    """Note what is to be mended on the page of a report, in the form of that item."""
    page = visitor.page("staff.reports.show", code=report.code)
    key = item.replace(":", "-")
    return visitor.send(page, f"Simpan tanda {LABELS[item]}", {f"{name}-{key}": said for name, said in fields.items()})


def test_an_answer_is_marked_by_a_ready_sentence_or_own_words(session, as_staff, phrases) -> None:
    report = sent_report(session)
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    assert page.one("//select[@name='phrase-narrative']/option[2]").text == "Lampirkan daftar hadir."
    assert mark(visitor, report, "narrative", phrase="Lampirkan daftar hadir.").location.endswith("#narrative")
    mark(visitor, report, f"file:{'a' * 16}", sentence="Berkas buram.")
    page = visitor.page("staff.reports.show", code=report.code)
    assert "2 hal ditandai perlu perbaikan." in page.main
    assert "Berkas buram." in page.main
    mark(visitor, report, "narrative", phrase="Lampirkan daftar hadir.", sentence="Tulis juga tempatnya.")
    kept = session.scalars(select(ReportMark.sentence).where(ReportMark.item == "narrative")).one()
    assert kept == "Lampirkan daftar hadir. Tulis juga tempatnya."
    page = visitor.page("staff.reports.show", code=report.code)
    visitor.submit(page, f"Hapus tanda {LABELS['narrative']}")
    assert session.scalars(select(ReportMark.item)).all() == [f"file:{'a' * 16}"]


def test_a_mark_that_is_refused_keeps_what_was_typed(session, as_staff) -> None:
    report = sent_report(session)
    visitor = as_staff()
    answer = mark(visitor, report, "narrative", sentence="x" * 700)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "x" * 700 in text
    assert "paling panjang 600 huruf" in text
    empty = mark(visitor, report, "narrative", sentence=" ")
    assert "<title>Kesalahan: " in empty.text
    assert 'href="#sentence-narrative"' in empty.text
    assert "Tulis apa yang perlu diperbaiki" in empty.get_data(as_text=True)
    page = visitor.page("staff.reports.show", code=report.code)
    button = f"Simpan tanda {LABELS['narrative']}"
    assert visitor.send(page, button, {"number": "4"}).status_code == 409
    nowhere = visitor.send(page, button, {"item": "entah"})
    assert "Bagian ini tidak ada" in nowhere.get_data(as_text=True)
    assert session.scalars(select(ReportMark)).all() == []


def test_the_page_before_sending_back_lists_marks_and_shows_the_mail(session, as_staff) -> None:
    report = sent_report(session)
    make_account(session, Role.PARTNER_RESPONSIBLE, report.organisation, name="Siti Maryam")
    visitor = as_staff()
    mark(visitor, report, "beneficiaries", sentence="Samakan dengan daftar hadir.")
    ask = visitor.page("staff.reports.ask_send_back", code=report.code)
    assert ask.main.count("Samakan dengan daftar hadir.") == 2
    assert "Kepada Siti Maryam," in ask.main
    typed = {"reason": "Kirim segera.", "fix_due_on": "2026-12-09"}
    shown = visitor.submit(ask, "Perbarui pratinjau surel", typed)
    assert "Kirim kembali paling lambat Rabu, 9 Desember 2026." in shown.main
    assert shown.main.count("Kirim segera.") == 2
    assert session.get(Report, report.id).stage is ReportStage.SUBMITTED
    done = visitor.submit(ask, "Kembalikan laporan", {"reason": "", "fix_due_on": "2026-12-09"})
    assert "Dikembalikan (putaran 1)" in done.main
    assert session.scalars(select(Message)).one().values["marks"][0]["sentence"] == "Samakan dengan daftar hadir."


def test_the_checklist_asks_for_a_note_beside_every_no(session, as_staff) -> None:
    report = sent_report(session)
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    answers = {"check-is_period": "ya", "check-is_numbers": "tidak"}
    refused = visitor.submit(page, "Simpan daftar periksa", answers, expect=422)
    assert "Tulis catatan untuk setiap jawaban tidak." in refused.main
    assert refused.one("//input[@name='check-is_numbers'][@checked]").get("value") == "tidak"
    assert session.scalars(select(ReportCheck)).all() == []
    saved = visitor.submit(page, "Simpan daftar periksa", answers | {"check-numbers": "Beda 3."})
    assert "Daftar periksa disimpan." in saved.main
    page = visitor.page("staff.reports.show", code=report.code)
    assert page.one("//input[@name='check-is_numbers'][@checked]").get("value") == "tidak"
    assert page.one("//input[@name='check-numbers']").get("value") == "Beda 3."


def test_only_pictures_that_we_drew_are_shown_in_the_page(session, app, as_staff) -> None:
    drawn = BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    digest = app.extensions["storage"].keep(drawn.getvalue())
    safe = SentFile(name="a.png", media_type="image/png", size=9, digest=digest, is_safe_picture=True)
    unsafe = SentFile(name="b.png", media_type="image/png", size=9, digest="c" * 64)
    report = sent_report(session, files=(safe, unsafe))
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    assert [each.get("alt") for each in page.all("//main//img")] == ["Gambar bukti: a.png"]
    shown = visitor.open(page.one("//main//img").get("src"))
    assert (shown.data, shown.mimetype) == (drawn.getvalue(), "image/png")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert visitor.get("staff.reports.picture", code=report.code, key="c" * 16).status_code == 404


def test_a_picture_of_another_kind_is_never_shown_inline(session, as_staff) -> None:
    paper = SentFile(name="a.pdf", media_type="application/pdf", size=9, digest="d" * 64, is_safe_picture=True)
    report = sent_report(session, files=(paper,))
    assert as_staff().get("staff.reports.picture", code=report.code, key="d" * 16).status_code == 404


def test_numbers_stand_beside_those_of_the_periods_before(session, as_staff) -> None:
    duty = make_obligation(session, title="Laporan pelaksanaan")
    for number, (key, count) in enumerate((("2025-S1", 20), ("2025-S2", 40))):
        old = sent_report(session, duty, key, beneficiaries=count, stage=ReportStage.ACCEPTED)
        old.occurrence.due_on -= timedelta(days=400 - number)
    report = sent_report(session, duty, beneficiaries=60)
    main = as_staff().page("staff.reports.show", code=report.code).main
    assert "Semester II 2025: 40 orang (naik 50%)" in main
    assert "Semester I 2025: 20 orang" in main


def test_rounds_are_compared_and_every_pair_is_offered(session, as_staff) -> None:
    report = sent_report(session)
    add_round(session, report, 2, "Pelatihan memasak.")
    add_round(session, report, 3, "Pelatihan memasak dan menjahit.", files=(PICTURE,))
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    assert "Pelatihan memasak." in page.main
    found = visitor.read(page.link("Putaran 1 dan 3"))
    assert [each.text_content() for each in found.all("//main//ins")] == ["[ditambah:  memasak dan]"]
    assert "Dihapus daftar.pdf" in found.main
    assert "Tetap kegiatan.png" in found.main
    for pair in ("3...1", "1...1", "1...4", "x", "1..2"):
        assert visitor.get("staff.report_rounds.compare", code=report.code, pair=pair).status_code == 404


def test_the_days_of_each_side_stand_on_the_page(session, as_staff) -> None:
    report = sent_report(session)
    add_round(session, report, 2, "Pelatihan memasak.")
    page = as_staff().page("staff.reports.show", code=report.code)
    assert "Di kantor" in page.main
    assert "Pada mitra 1 hari" in page.main
    assert "Hari kerja ke-" in page.main


def test_the_next_report_of_the_same_list_is_one_press_away(session, as_staff) -> None:
    duty = make_obligation(session, make_agreement(session))
    first, second, other = (
        sent_report(session, duty, key, submitted_at=NOW + timedelta(hours=hour))
        for key, hour in (("2024-S1", 1), ("2024-S2", 2), ("2025-S1", 3))
    )
    other.stage = ReportStage.RETURNED
    visitor = as_staff()
    listed = visitor.page("staff.reports.index", tahap="menunggu")
    page = visitor.read(listed.one(f"//main//a[contains(@href, '{first.code}')]").get("href"))
    assert page.link("Berikutnya").endswith(f"{second.code}?tahap=menunggu")
    accepted = visitor.submit(page, "Terima laporan")
    following = visitor.read(accepted.link("Berikutnya"))
    assert second.code in following.markup
    assert following.all("//a[contains(., 'Berikutnya')]") == []


def test_an_accepted_report_is_reviewed_again_with_a_reason(session, as_staff) -> None:
    report = sent_report(session)
    sender = make_account(session, Role.PARTNER_RESPONSIBLE, report.organisation)
    visitor = as_staff()
    assert visitor.get("staff.report_rounds.ask_reopen", code=report.code).status_code == 404
    page = visitor.submit(visitor.page("staff.reports.show", code=report.code), "Terima laporan")
    ask = visitor.read(page.link("Buka kembali laporan"))
    assert sender.email in ask.main
    empty = visitor.submit(ask, "Buka kembali laporan", {"reason": " "}, expect=422)
    assert "Tulis alasannya." in empty.main
    done = visitor.submit(ask, "Buka kembali laporan", {"reason": "Ada bukti baru."})
    assert "Dibuka kembali oleh" in done.main
    assert "Ada bukti baru." in done.main
    assert session.get(Report, report.id).stage is ReportStage.SUBMITTED


def test_the_office_keeps_its_ready_sentences(session, as_staff, phrases) -> None:
    visitor = as_staff()
    page = visitor.page("staff.report_marks.phrases")
    saved = visitor.submit(page, "Simpan kalimat", {"lines": "Satu.\r\n\r\nDua.\r\nSatu."})
    assert "Kalimat siap pakai disimpan." in saved.main
    assert session.scalars(select(ReportPhrase.sentence).order_by(ReportPhrase.position)).all() == ["Satu.", "Dua."]
    long = visitor.submit(saved, "Simpan kalimat", {"lines": "x" * 301}, expect=422)
    assert "x" * 301 in long.markup
    assert as_staff(Role.LEGAL).page("staff.report_marks.phrases").all("//main//textarea") == []


def test_several_returned_reports_are_reminded_of_by_their_own_day(session, as_staff) -> None:
    make_calendar(session)
    duty = make_obligation(session, make_agreement(session))
    reports = [
        sent_report(session, duty, key, stage=ReportStage.RETURNED, fix_due_on=date(2026, 12, day))
        for key, day in (("2025-S1", 9), ("2025-S2", 4))
    ]
    for report in reports:
        report.occurrence.stage = OccurrenceStage.RETURNED
    make_account(session, Role.PARTNER_WRITER, reports[0].organisation, name="Yusuf")
    visitor = as_staff()
    listed = visitor.page("staff.reports.index", tahap="dikembalikan")
    ticked = listed.all("//input[@name='pilih']/@value")
    assert sorted(ticked) == sorted(str(report.occurrence_id) for report in reports)
    ask = visitor.submit(listed, "Ingatkan", [("pilih", each) for each in ticked])
    assert "Yusuf" in ask.main
    visitor.submit(ask, "Kirim pengingat")
    lines = session.scalars(select(Message)).one().values["lines"]
    assert {line["target_on"] for line in lines} == {"2026-12-04", "2026-12-09"}
    assert {line["kind"] for line in lines} == {"report_fix"}
    assert visitor.page("staff.reports.index", tahap="menunggu").all("//input[@name='pilih']") == []


def test_what_was_typed_while_somebody_else_decided_is_still_there(session, as_staff) -> None:
    report = sent_report(session)
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    report.stage = ReportStage.ACCEPTED
    session.commit()
    key = {"sentence-narrative": "Sebutkan tempat pelatihannya."}
    refused = visitor.submit(page, f"Simpan tanda {LABELS['narrative']}", key, expect=422)
    assert refused.one("//textarea[@name='sentence-narrative']").text.strip() == "Sebutkan tempat pelatihannya."
    answers = {"check-is_numbers": "tidak", "check-numbers": "Beda 3."}
    refused = visitor.submit(page, "Simpan daftar periksa", answers, expect=422)
    assert refused.one("//input[@name='check-numbers']").get("value") == "Beda 3."
    assert session.scalars(select(ReportMark)).all() == []


def test_a_page_of_its_own_shows_what_was_typed(session, as_staff) -> None:
    report = sent_report(session)
    visitor = as_staff()
    page = visitor.page("staff.reports.show", code=report.code)
    sent = {"number": "4", "sentence-narrative": "Sebutkan <tempat>.\nDan tanggalnya."}
    answer = visitor.send(page, f"Simpan tanda {LABELS['narrative']}", sent)
    assert answer.status_code == 409
    assert "Sebutkan &lt;tempat&gt;.\nDan tanggalnya." in answer.text.replace("\r\n", "\n")
    assert "Isian yang tidak tersimpan" in answer.text
    assert answer.text.count("<blockquote>") == 1
