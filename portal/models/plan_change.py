"""Notes that something changed on which the plan of reminders rests, so that a sweep need not look when nothing did.

Every session of the portal writes a note with such a change, in the same transaction: a change that is committed after
a sweep has looked leaves its note to the next one, whatever the clocks of the hosts say. What is changed beside the
portal leaves none; the first sweep of a day looks at everything anyway.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, event, func, insert, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from portal import models as m
from portal.models.scope import ScopedSession

RESTS_ON = frozenset(
    {
        m.Absence,
        m.Account,
        m.AccountRole,
        m.Agreement,
        m.AgreementParty,
        m.AgreementRelation,
        m.CalendarDay,
        m.CardProposal,
        m.LksProfile,
        m.Obligation,
        m.ObligationParty,
        m.Occurrence,
        m.Organisation,
        m.OrganisationDocument,
        m.ReminderLadder,
        m.ReminderRule,
        m.RenewalDecision,
        m.Report,
    }
)
"""Tables from which it follows who is reminded of what, and when."""

COUNTED_TOO = frozenset({m.AgreementRegion, m.Province})
"""Tables on which only kept numbers rest (`queries/kept_numbers.py`): their changes leave notes, too."""

NOTED = RESTS_ON | COUNTED_TOO

REGISTER = frozenset({m.Agreement, m.AgreementParty, m.AgreementRegion, m.AgreementRelation, m.Organisation})
"""Tables whose changes leave a second note: what a filter of agreements finds rests on them alone."""

_NOTED = "plan_change_noted"
_TABLES = frozenset(each.__table__ for each in NOTED)
_REGISTER = frozenset(each.__table__ for each in REGISTER)


def has_noted(session: Session) -> bool:
    """Return whether a session has itself changed something on which the plan rests."""
    return bool(session.info.get(_NOTED))


def trim_register(session: Session, *, before: datetime) -> None:
    """Remove the notes of the register from before an instant, but never the newest: its number tells the next one."""
    newest = select(func.max(m.RegisterChange.id)).scalar_subquery()
    session.execute(delete(m.RegisterChange).where(m.RegisterChange.at < before, m.RegisterChange.id < newest))


def _note(session: Session, *, of_register: bool) -> None:
    session.info[_NOTED] = True
    session.connection().execute(insert(m.PlanChange).inline())
    if of_register:
        session.connection().execute(insert(m.RegisterChange).inline())


def watch(session_class: type[ScopedSession]) -> None:
    """Let every session of this class and of those made from it write the notes."""
    event.listen(session_class, "after_flush", _on_flush)
    event.listen(session_class, "do_orm_execute", _on_execute)


def _on_flush(session: Session, context: UOWTransaction) -> None:
    del context
    rows: list[Any] = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    if any(type(row) in NOTED for row in rows):
        _note(session, of_register=any(type(row) in REGISTER for row in rows))


def _on_execute(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = state.statement.table  # type: ignore[attr-defined]
    if table in _TABLES:
        _note(state.session, of_register=table in _REGISTER)
