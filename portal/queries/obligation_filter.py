"""What can be asked of the list of dated duties, and the same as conditions on the tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from portal.domain.agreement import Stage
from portal.domain.obligation import ASKED_FOR, REPORTED, DutyRole, ObligationKind, ObligationStanding, OccurrenceStage
from portal.domain.organisation import fold
from portal.domain.relief import ReliefStage
from portal.models import Agreement, Obligation, ObligationParty, Occurrence, Organisation, Relief
from portal.queries.standing import occurrence_is

BINDING = (Stage.ACTIVE, Stage.SUSPENDED, Stage.TERMINATED)
"""Stages of agreements whose dated duties are listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyFilter:
    """What is asked of the list; an empty field asks nothing."""

    standings: frozenset[ObligationStanding] = frozenset()
    due_from: date | None = None
    due_to: date | None = None
    unfinished: bool = False
    """Only what somebody is still to act on; what rests is not."""
    owed_by_us: bool | None = None
    reported: bool | None = None
    kind: ObligationKind | None = None
    officer_id: int | None = None
    or_without_officer: bool = False
    """With `officer_id`: what nobody looks after counts too."""
    without_officer: bool = False
    relief_asked: bool = False
    """Only dates for which a request for relief waits."""
    ids: tuple[int, ...] | None = None
    """Only these dated duties: what was ticked on the list."""
    agreement_code: str | None = None
    partner_code: str | None = None
    words: str = ""
    with_confidential: bool = True


def _owed_by(*, ours: bool) -> ColumnElement[bool]:
    return exists(
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            ObligationParty.obligation_id == Occurrence.obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(ours),
        )
    )


def _has_party(code: str) -> ColumnElement[bool]:
    return exists(
        select(ObligationParty.id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(ObligationParty.obligation_id == Occurrence.obligation_id, Organisation.code == code)
    )


def _relief_waits() -> ColumnElement[bool]:
    waits = (Relief.occurrence_id == Occurrence.id, Relief.stage == ReliefStage.ASKED)
    return exists(select(Relief.id).where(*waits))


def _officer(asked: DutyFilter) -> ColumnElement[bool]:
    own = Agreement.officer_id == asked.officer_id
    return or_(own, Agreement.officer_id.is_(None)) if asked.or_without_officer else own


def conditions(asked: DutyFilter, today: date) -> list[ColumnElement[bool]]:
    """Return the filter as conditions on `occurrence`, `obligation` and `agreement`."""
    found: list[tuple[bool, ColumnElement[bool]]] = [
        (True, Agreement.stage.in_(BINDING)),
        (not asked.with_confidential, Agreement.is_confidential.is_(False)),
        (bool(asked.standings), occurrence_is(asked.standings, today)),
        (not asked.standings, Occurrence.stage != OccurrenceStage.CANCELLED),
        (asked.unfinished, Occurrence.stage.in_(ASKED_FOR)),
        (asked.without_officer, Agreement.officer_id.is_(None)),
        (asked.relief_asked, _relief_waits()),
        (asked.ids is not None, Occurrence.id.in_(asked.ids or ())),
        (asked.due_from is not None, Occurrence.due_on >= (asked.due_from or date.min)),
        (asked.due_to is not None, Occurrence.due_on <= (asked.due_to or date.max)),
        (asked.owed_by_us is not None, _owed_by(ours=bool(asked.owed_by_us))),
        (asked.kind is not None, Obligation.kind == asked.kind),
        (asked.officer_id is not None, _officer(asked)),
        (asked.agreement_code is not None, Agreement.code == asked.agreement_code),
        (asked.partner_code is not None, _has_party(asked.partner_code or "")),
    ]
    if asked.reported is not None:
        by_report = Obligation.kind.in_(REPORTED) & _owed_by(ours=False)
        found.append((True, by_report if asked.reported else ~by_report))
    return [condition for wanted, condition in found if wanted] + _words(asked.words)


def _words(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            func.lower(Obligation.title).contains(word, autoescape=True),
            Agreement.sort_key.contains(word, autoescape=True),
            func.lower(Agreement.code).contains(word, autoescape=True),
        )
        for word in fold(words).split()
    ]


def rows_with(*columns: Any) -> Select[Any]:
    """Return a select over dated duties with their duty and their agreement."""
    return (
        select(*columns)
        .select_from(Occurrence)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Occurrence.agreement_id)
    )
