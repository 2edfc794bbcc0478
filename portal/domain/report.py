"""Reports of partners: stages, whose turn it is, until when a report can be changed."""

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.errors import RuleBroken
from portal.domain.lifecycle import Transitions

MAX_FILES = 10


class ReportStage(StrEnum):
    """What people decided about a report."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


REPORT_STAGES: Transitions[ReportStage] = Transitions(
    table={
        ReportStage.DRAFT: frozenset({ReportStage.SUBMITTED}),
        ReportStage.SUBMITTED: frozenset({ReportStage.RETURNED, ReportStage.ACCEPTED}),
        ReportStage.RETURNED: frozenset({ReportStage.SUBMITTED}),
        ReportStage.ACCEPTED: frozenset({ReportStage.SUBMITTED}),
    }
)


class Turn(StrEnum):
    """Whose turn it is."""

    PARTNER = "partner"
    OFFICE = "office"
    NOBODY = "nobody"


TURN: Mapping[ReportStage, Turn] = {
    ReportStage.DRAFT: Turn.PARTNER,
    ReportStage.SUBMITTED: Turn.OFFICE,
    ReportStage.RETURNED: Turn.PARTNER,
    ReportStage.ACCEPTED: Turn.NOBODY,
}

EDITABLE = frozenset({ReportStage.DRAFT, ReportStage.RETURNED})


def check_editable(stage: ReportStage) -> None:
    """Raise RuleBroken when a report can no longer be changed by the partner."""
    if stage not in EDITABLE:
        raise RuleBroken("Laporan yang sudah dikirim tidak dapat diubah. Hubungi petugas bila ada kekeliruan.")
