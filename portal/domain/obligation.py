"""Obligations: kinds of the typology, schedule kinds, and the standing of one occurrence."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

DUE_SOON_DAYS = 14
"""An occurrence is *due soon* from two weeks before its date."""


class ObligationKind(StrEnum):
    """Typology of duties (design: domain §4.2)."""

    REPORTING = "reporting"
    FUNDING = "funding"
    ACCOUNTABILITY = "accountability"
    HANDOVER = "handover"
    DATA_EXCHANGE = "data_exchange"
    SERVICE_DELIVERY = "service_delivery"
    REFERRAL = "referral"
    STAFFING = "staffing"
    FACILITY = "facility"
    TRAINING = "training"
    ACCREDITATION = "accreditation"
    MONEV = "monev"
    COORDINATION = "coordination"
    PUBLICATION = "publication"
    CONFIDENTIALITY = "confidentiality"
    DATA_PROTECTION = "data_protection"
    WORKPLAN = "workplan"
    NOTICE = "notice"
    INSURANCE_TAX = "insurance_tax"
    IP = "ip"


REPORTED = frozenset({ObligationKind.REPORTING, ObligationKind.ACCOUNTABILITY, ObligationKind.WORKPLAN})
"""Kinds that a partner meets by a report which the creditor accepts (design: domain §4.4)."""


class ScheduleKind(StrEnum):
    """How the dates of an obligation arise (design: domain §4.3)."""

    FIXED = "fixed"
    RECURRING = "recurring"
    RELATIVE = "relative"
    EVENT = "event"
    """Due a span after something happens; a date appears once the event is recorded."""
    CONTINUOUS = "continuous"
    ON_REQUEST = "on_request"
    """Due a span after somebody asks for it; a date appears once the request is recorded."""


class Cadence(StrEnum):
    """How often a recurring obligation comes round."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMESTER = "semester"
    YEARLY = "yearly"
    EVERY_N_MONTHS = "every_n_months"
    """The number of months stands beside it, in `cadence_months`."""

    @property
    def months(self) -> int:
        """Return the length of one period in months; KeyError for EVERY_N_MONTHS, which does not know it."""
        return {"monthly": 1, "quarterly": 3, "semester": 6, "yearly": 12}[self.value]


class PeriodAnchor(StrEnum):
    """What the periods of a recurring obligation are counted from."""

    CALENDAR = "calendar"
    ANNIVERSARY = "anniversary"
    FIXED_DAY = "fixed_day"
    """Periods run from a day that people name, in `first_period_on`."""


class RelativeAnchor(StrEnum):
    """What a relative date is counted from."""

    SIGNING = "signing"
    START = "start"
    END = "end"
    PARENT_SIGNING = "parent_signing"


class OffsetUnit(StrEnum):
    """Unit of an offset."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    HOURS = "hours"
    """Clock time from an instant, never working time (design: domain §3.1, UU 27/2022 Ps 46); for events only."""


class EventType(StrEnum):
    """What an event duty waits for (design: domain §3.1, §4.2)."""

    FORCE_MAJEURE = "force_majeure"
    FORCE_MAJEURE_OVER = "force_majeure_over"
    DATA_BREACH = "data_breach"
    DOCUMENTS_COMPLETE = "documents_complete"
    WORK_DONE = "work_done"
    GOODS_RECEIVED = "goods_received"
    ACTIVITY = "activity"
    REFERRAL = "referral"
    WARNING = "warning"
    CONTACT_CHANGED = "contact_changed"
    DISPUTE = "dispute"
    OTHER = "other"


class DayType(StrEnum):
    """Whether days of an offset are calendar or working days."""

    CALENDAR = "calendar"
    WORKING = "working"


class Roll(StrEnum):
    """What happens to a date that falls on a holiday."""

    NONE = "none"
    NEXT_WORKING = "next_working"
    PREVIOUS_WORKING = "previous_working"


class DutyRole(StrEnum):
    """The place of a party in an obligation."""

    DEBTOR = "debtor"
    CREDITOR = "creditor"


class OccurrenceStage(StrEnum):
    """What people decided about one occurrence."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    MET = "met"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    HELD = "held"
    """People let it rest: it is not due and nobody is reminded until it is taken up again."""


UNFINISHED = frozenset(
    {OccurrenceStage.OPEN, OccurrenceStage.SUBMITTED, OccurrenceStage.RETURNED, OccurrenceStage.HELD}
)


ASKED_FOR = UNFINISHED - {OccurrenceStage.HELD}
"""Stages in which somebody is still to act: what rests is asked of nobody."""


class ObligationStanding(StrEnum):
    """What stage and calendar together say of one occurrence."""

    SCHEDULED = "scheduled"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    AWAITING_REVIEW = "awaiting_review"
    RETURNED = "returned"
    MET = "met"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    HELD = "held"


class HasDue(Protocol):
    """What `standing` needs to know of an occurrence."""

    @property
    def stage(self) -> OccurrenceStage:
        """Return what people decided."""

    @property
    def due_on(self) -> date:
        """Return the last day on which it can be met in time."""


_DECIDED = {
    OccurrenceStage.SUBMITTED: ObligationStanding.AWAITING_REVIEW,
    OccurrenceStage.RETURNED: ObligationStanding.RETURNED,
    OccurrenceStage.MET: ObligationStanding.MET,
    OccurrenceStage.WAIVED: ObligationStanding.WAIVED,
    OccurrenceStage.CANCELLED: ObligationStanding.CANCELLED,
    OccurrenceStage.HELD: ObligationStanding.HELD,
}


def standing(occurrence: HasDue, today: date) -> ObligationStanding:
    """Return the standing of one occurrence on `today` (design: domain §4.4)."""
    if occurrence.stage in _DECIDED:
        return _DECIDED[occurrence.stage]
    if occurrence.due_on < today:
        return ObligationStanding.OVERDUE
    if occurrence.due_on == today:
        return ObligationStanding.DUE_TODAY
    if occurrence.due_on <= today + timedelta(days=DUE_SOON_DAYS):
        return ObligationStanding.DUE_SOON
    return ObligationStanding.SCHEDULED
