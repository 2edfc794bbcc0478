"""Reports of the sample partners: written, sent, sent back and accepted on the days they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.obligation import ObligationKind
from portal.domain.policy import PARTNER_ROLES, Action, Actor, may
from portal.domain.report_mark import Mark
from portal.domain.report_turn import Mending
from portal.models import Occurrence, Organisation, Report
from portal.queries import reports as report_queries
from portal.queries.report_forms import form_of
from portal.services import obligations, report_files, report_marks, report_rounds, reports
from portal.services.demo import scans
from portal.services.demo.papers import Shelf

REVIEW = timedelta(days=5)
"""How long the office of the set takes to review a report."""
WAITING = timedelta(days=4)
"""How long ago what now waits for review was sent."""
ROUND_BEFORE = timedelta(days=14)
"""So much earlier what is now with the partner again was sent for the first time."""
RETURNED = timedelta(days=2)
"""How long ago what is now with the partner again was sent back."""
MENDING_TIME = timedelta(days=9)

_ACTIVITY: Mapping[ObligationKind, str] = {
    ObligationKind.REPORTING: (
        "Kegiatan pada periode ini berjalan sesuai rencana kerja: pendampingan mingguan, pertemuan keluarga dua kali "
        "sebulan, dan satu pelatihan bagi pendamping. Kunjungan rumah dilakukan bersama pekerja sosial."
    ),
    ObligationKind.ACCOUNTABILITY: (
        "Dana dipakai sesuai rencana anggaran: honor pendamping, bahan pelatihan, permakanan, dan transportasi. "
        "Bukti pengeluaran disusun menurut tanggal dan sisa dana dicatat di bagian akhir."
    ),
    ObligationKind.WORKPLAN: (
        "Rencana kerja memuat delapan kegiatan per triwulan, lokasi, penanggung jawab setiap pihak, serta kebutuhan "
        "anggaran dan sumbernya."
    ),
}
_OBSTACLES = "Hujan lebat menunda dua kunjungan; jadwal pengganti sudah disepakati dengan keluarga."
_FIRST_MARKS: Mapping[str, str] = {"narrative": "Jelaskan di mana dan kapan kegiatan dilaksanakan."}
_MENDED = "Semua kegiatan berlangsung di balai warga setiap Sabtu pagi."
_LAST_MARKS: Mapping[str, str] = {
    "beneficiaries": "Jumlah penerima berbeda dengan daftar hadir. Samakan keduanya.",
    "files": "Lampirkan bukti kegiatan bulan terakhir.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Who writes and who reviews."""

    shelf: Shelf
    officer: Actor
    actors: Mapping[str, Actor]

    def writer(self, organisation_ids: frozenset[int]) -> Actor:
        """Return a person of one of the organisations who may send reports."""
        return next(
            actor
            for actor in self.actors.values()
            if actor.organisation_id in organisation_ids
            and actor.roles <= PARTNER_ROLES
            and may(actor, Action.SUBMIT_REPORT)
        )


def put(session: Session, occurrence: Occurrence, end: str, desk: Desk) -> None:
    """Write the report of one occurrence and bring it to `end`: draft, submitted, returned or met (accepted)."""
    moment = desk.shelf.moment
    writer = desk.writer(_partner_debtors(session, occurrence))
    is_returned = end == "returned"
    last_on = _sent_on(occurrence, end, moment.today)
    sent_on = last_on - ROUND_BEFORE if is_returned else last_on
    written_at = moment.at(sent_on - timedelta(days=1))
    report = reports.open_report(session, occurrence.id, actor=writer, now=written_at)
    typed = _typed(occurrence, is_whole=end != "draft")
    reports.save(session, report, typed, actor=writer, now=written_at)
    if end == "draft":
        return
    sent_at = moment.at(sent_on)
    _attach(session, report, desk, writer=writer, now=sent_at)
    report = _send(session, report, writer=writer, now=sent_at)
    if end == "met":
        accepted_at = min(moment.at(sent_on + REVIEW), moment.now)
        report_rounds.accept(session, report, number=1, actor=desk.officer, now=accepted_at)
    elif is_returned:
        _send_back(session, report, _FIRST_MARKS, on=sent_on + REVIEW, until=last_on, desk=desk)
        mended = typed | {"narrative": f"{typed['narrative']} {_MENDED}"}
        reports.save(session, report, mended, actor=writer, now=moment.at(last_on))
        report = _send(session, _whole(session, report), writer=writer, now=moment.at(last_on))
        until = moment.today + MENDING_TIME
        _send_back(session, report, _LAST_MARKS, on=moment.today - RETURNED, until=until, desk=desk)


def _send(session: Session, report: Report, *, writer: Actor, now: datetime) -> Report:
    report = _whole(session, report)
    number = len(report.rounds) + 1
    reports.submit(session, report, number=number, version=report.version, actor=writer, now=now)
    return _whole(session, report)


def _partner_debtors(session: Session, occurrence: Occurrence) -> frozenset[int]:
    debtors = obligations.duty_of(occurrence.obligation).debtors
    return frozenset(each for each in debtors if not session.get_one(Organisation, each).is_ours)


def _sent_on(occurrence: Occurrence, end: str, today: date) -> date:
    if end == "submitted":
        return today - WAITING
    if end == "returned":
        return today - RETURNED - REVIEW
    if end == "draft":
        return today
    early = timedelta(days=occurrence.id % 6 - 1)
    return min(occurrence.due_on - early, today - REVIEW)


def _typed(occurrence: Occurrence, *, is_whole: bool) -> dict[str, str]:
    """Return the answers; numbers vary from one occurrence to the next, always in the same way."""
    served = 24 + occurrence.id * 7 % 90
    narrative = _ACTIVITY[occurrence.obligation.kind]
    if not is_whole:
        return {"narrative": narrative, "beneficiaries": str(served)}
    return {
        "narrative": narrative,
        "obstacles": _OBSTACLES if occurrence.id % 3 == 0 else "",
        "beneficiaries": str(served),
        "amount_rupiah": str(1_250_000 * (8 + occurrence.id % 17)),
    }


def _attach(session: Session, report: Report, desk: Desk, *, writer: Actor, now: datetime) -> None:
    storage = desk.shelf.storage
    if storage is None:
        return
    title = report.occurrence.obligation.title
    content = scans.page("CONTOH", title, f"Periode {report.occurrence.period_key}", report.organisation.name)
    incoming = report_files.Incoming(name=f"Laporan {report.occurrence.period_key}.pdf", content=content)
    report_files.attach(session, report, incoming, storage=storage, actor=writer, now=now)


def _whole(session: Session, report: Report) -> Report:
    session.flush()
    return report_queries.of_partner(session, report.code, organisation_id=report.organisation_id)


def _send_back(
    session: Session, report: Report, marks: Mapping[str, str], *, on: date, until: date, desk: Desk
) -> None:
    stamp: dict[str, Any] = {"number": report.round, "actor": desk.officer, "now": desk.shelf.moment.at(on)}
    form = form_of(report)
    for item, sentence in marks.items():
        if form.field(item) is None:
            continue
        report_marks.mark(session, report, Mark(item=item, sentence=sentence), **stamp)
    report_rounds.send_back(session, report, Mending(reason="", fix_due_on=until), **stamp)
