"""What a partner should do next: when a report opens, which of several comes first, what becomes of the duty."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from portal.domain.errors import RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.report import ReportStage

OPEN_BEFORE_DUE_DAYS = 30
"""A report without a period can be filled in from a month before its date."""
REVIEW_WORKING_DAYS = 14
"""So many working days the office takes at most to review a report (design: ux W9)."""


def opens_on(*, period_ends_on: date | None, due_on: date) -> date:
    """Return the first day on which a report is asked for: after its period, or a month before due."""
    month_before = due_on - timedelta(days=OPEN_BEFORE_DUE_DAYS)
    if period_ends_on is None or period_ends_on >= due_on:
        return month_before
    return period_ends_on + timedelta(days=1)


class HasTurn(Protocol):
    """What `first` needs to know of a report that a partner owes."""

    @property
    def stage(self) -> ReportStage | None:
        """Return the stage of the report, None when nobody began it."""

    @property
    def answer_on(self) -> date:
        """Return the day by which the partner must act: the due date, or the date set for mending."""


def order(duty: HasTurn) -> tuple[bool, date]:
    """Return the sorting key of what a partner must do: returned reports first, then by date."""
    return duty.stage is not ReportStage.RETURNED, duty.answer_on


def occurrence_stage(stages: Collection[ReportStage | None]) -> OccurrenceStage:
    """Return the stage of an occurrence from the reports of all its partner debtors (None: none begun).

    It stays open while any is missing, so that those who owe it go on being reminded; then it is returned when
    any is, waits while any does, and is met when all are accepted (design: domain §4.4).
    """
    if None in stages or ReportStage.DRAFT in stages or not stages:
        return OccurrenceStage.OPEN
    if ReportStage.RETURNED in stages:
        return OccurrenceStage.RETURNED
    if ReportStage.SUBMITTED in stages:
        return OccurrenceStage.SUBMITTED
    return OccurrenceStage.MET


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """What an officer asks a partner to mend, and until when."""

    reason: str
    """May be empty when single things are marked: their sentences are the reason then."""
    fix_due_on: date | None


def check_mending(mending: Mending, *, marks: int = 0, today: date) -> None:
    """Raise RuleBroken unless a report may be sent back with this reason, so many marks, and this date."""
    fix_due_on = mending.fix_due_on
    if not mending.reason.strip() and not marks:
        raise RuleBroken("Tandai atau tulis apa yang perlu diperbaiki. Mitra membaca kalimat ini.", field="reason")
    if fix_due_on is None:
        raise RuleBroken("Isi tanggal batas perbaikan.", field="fix_due_on")
    if fix_due_on <= today:
        raise RuleBroken("Pilih batas perbaikan sesudah hari ini.", field="fix_due_on")


def check_reopening(reason: str) -> str:
    """Return the reason for reviewing an accepted report again; raise RuleBroken when none is given."""
    said = reason.strip()
    if not said:
        raise RuleBroken("Tulis alasan laporan dibuka kembali. Alasan ini tercatat.", field="reason")
    return said


def receipt_number(code: str, number: int) -> str:
    """Return the number of the receipt for one round of a report, e.g. TT-8K2M-7Q4D-1."""
    return f"TT-{code}-{number}"
