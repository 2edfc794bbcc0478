"""Relief from one dated duty: more time, release, or rest, asked for by either side and decided with a record.

What a granted relief does to the date is in `services.reliefs`; the stages of the occurrence are in `obligation`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.dates import add_months
from portal.domain.errors import RuleBroken
from portal.domain.obligation import UNFINISHED, OccurrenceStage

LONGEST_MONTHS = 36
"""Nobody is given more than three years from today: a date beyond is a slip of the keyboard."""


class ReliefKind(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"
    WAIVER = "waiver"
    HOLD = "hold"


class ReliefStage(StrEnum):
    """What people decided about a request."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is asked for, and why. `wanted_on`: the new date, or until when the duty is to rest (may be open)."""

    kind: ReliefKind
    reason: str
    wanted_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """How a request is answered: reason and basis, the date that is granted, and who of the creditor agreed.

    `granted_on` None takes the date that was asked for.
    """

    answer: str
    granted_on: date | None = None
    agreed_by: str = ""


def check_kind(kind: ReliefKind, stage: OccurrenceStage) -> None:
    """Raise RuleBroken unless a date in this stage can be given this relief.

    Release is possible until the duty is answered; more time and rest only while the debtor is still to act.
    """
    if stage not in UNFINISHED:
        raise RuleBroken("Tenggat ini sudah selesai. Muat ulang halaman untuk melihat keadaan terakhir.")
    if kind is ReliefKind.WAIVER or stage is OccurrenceStage.OPEN:
        return
    if stage is OccurrenceStage.HELD:
        raise RuleBroken("Tenggat ini sedang ditahan. Lanjutkan lebih dulu; tanggal baru dapat diisi di sana.")
    if stage is OccurrenceStage.SUBMITTED:
        raise RuleBroken("Laporan untuk tenggat ini sudah terkirim dan sedang ditelaah.")
    raise RuleBroken("Laporan ini sedang diperbaiki. Batas perbaikannya ditetapkan saat laporan dikembalikan.")


def check_wish(wish: Wish, stage: OccurrenceStage, *, due_on: date, today: date) -> None:
    """Raise RuleBroken naming the field unless this may be asked for a date that is due on `due_on`."""
    check_kind(wish.kind, stage)
    if not wish.reason.strip():
        raise RuleBroken("Tulis alasannya.", field="reason")
    check_day(wish.kind, wish.wanted_on, due_on=due_on, today=today, field="wanted_on")


def check_day(kind: ReliefKind, day: date | None, *, due_on: date, today: date, field: str) -> None:
    """Raise RuleBroken unless `day` can be the new date, or the day on which a resting duty is taken up again."""
    if kind is ReliefKind.WAIVER:
        return
    if day is None:
        if kind is ReliefKind.EXTENSION:
            raise RuleBroken("Isi tanggal baru.", field=field)
        return
    if day <= today:
        raise RuleBroken("Pilih tanggal sesudah hari ini.", field=field)
    if kind is ReliefKind.EXTENSION and day <= due_on:
        raise RuleBroken("Pilih tanggal sesudah tenggat yang sekarang.", field=field)
    if day > add_months(today, LONGEST_MONTHS):
        raise RuleBroken("Tanggal ini lebih dari tiga tahun lagi. Periksa tahunnya.", field=field)


def check_waiting(stage: ReliefStage) -> None:
    """Raise RuleBroken when a request has been answered or withdrawn."""
    if stage is not ReliefStage.ASKED:
        raise RuleBroken("Permohonan ini sudah dijawab atau ditarik kembali. Muat ulang halaman.")


def check_decision(decision: Decision, *, needs_consent: bool) -> None:
    """Raise RuleBroken unless a decision says why, and who of the creditor agreed where the ministry owes it.

    The ministry does not release itself: a partner that is owed the duty has to agree (design: domain §4.4).
    """
    if not decision.answer.strip():
        raise RuleBroken("Tulis alasan dan dasar keputusan ini.", field="answer")
    if needs_consent and not decision.agreed_by.strip():
        raise RuleBroken(
            "Kewajiban ini milik Kemensos. Tulis siapa dari mitra yang menyetujui, dan bagaimana.", field="agreed_by"
        )


def needs_consent(*, owed_by_us: bool, owed_to_partner: bool) -> bool:
    """Return whether a partner has to agree before the ministry is given relief."""
    return owed_by_us and owed_to_partner
