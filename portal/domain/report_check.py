"""The office's checklist for one round of a report: yes or no to a few questions, by kind of duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.obligation import ObligationKind

LONGEST_NOTE: Final = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question of the checklist; `code` is how its answer is kept."""

    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What an officer answered; no answer yet is no Answer."""

    is_fine: bool
    note: str = ""


_PERIOD = Question(code="period", sentence=N_("Isi laporan sesuai periode kewajiban?"))
_EVIDENCE = Question(code="evidence", sentence=N_("Bukti dapat dibuka dan mendukung isi laporan?"))
_NUMBERS = Question(code="numbers", sentence=N_("Angka dalam isian sama dengan angka dalam bukti?"))
_REPORTING: Final = (
    _PERIOD,
    Question(code="plan", sentence=N_("Kegiatan sesuai rencana kerja?")),
    _NUMBERS,
    Question(code="obstacles", sentence=N_("Kendala dijelaskan bersama tindak lanjutnya?")),
    _EVIDENCE,
)
_ACCOUNTABILITY: Final = (
    _PERIOD,
    Question(code="purpose", sentence=N_("Penggunaan dana sesuai peruntukan?")),
    _NUMBERS,
    Question(code="receipts", sentence=N_("Setiap pengeluaran punya bukti yang sah?")),
    Question(code="remainder", sentence=N_("Sisa dana dan pengembaliannya jelas?")),
    _EVIDENCE,
)
_WORKPLAN: Final = (
    _PERIOD,
    Question(code="activities", sentence=N_("Setiap kegiatan punya waktu, tempat, dan penanggung jawab?")),
    Question(code="scope", sentence=N_("Kegiatan termasuk ruang lingkup perjanjian?")),
    Question(code="budget", sentence=N_("Anggaran dan sumber dananya jelas?")),
)
_OF_KIND: Final[Mapping[ObligationKind, tuple[Question, ...]]] = {
    ObligationKind.ACCOUNTABILITY: _ACCOUNTABILITY,
    ObligationKind.WORKPLAN: _WORKPLAN,
}


def questions(kind: ObligationKind) -> tuple[Question, ...]:
    """Return what is to be checked in a report for a duty of this kind."""
    return _OF_KIND.get(kind, _REPORTING)


def check(answers: Mapping[str, Answer], *, kind: ObligationKind) -> None:
    """Raise RuleBroken unless the answers belong to the questions and every "no" says why (field: the code)."""
    known = {question.code for question in questions(kind)}
    for code, answer in answers.items():
        if code not in known:
            raise RuleBroken(N_("Daftar periksa sudah berubah. Muat ulang halaman."))
        if not answer.is_fine and not answer.note.strip():
            raise RuleBroken(N_("Tulis catatan untuk setiap jawaban tidak."), field=code)
        if len(answer.note) > LONGEST_NOTE:
            raise RuleBroken(N_("Singkatkan catatan ini: paling panjang 400 huruf."), field=code)
