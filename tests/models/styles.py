"""Every way in which a partner's request could ask for another partner's rows, or write them.

A style takes the session of the first partner and the numbers of both partners' rows (`world` in the conftest).
"""

from collections.abc import Callable

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal import models as m
from portal.domain.reminder import ReminderStage
from portal.domain.report import ReportStage
from portal.models.scope import OfficeScope
from tests.factories.instants import NOW


def _foreign(world):
    """What a report of the other partner would be made of."""
    return {
        "code": "CCCC-0003",
        "occurrence_id": world["theirs free occurrence"],
        "agreement_id": world["theirs agreement"],
        "organisation_id": world["theirs"],
        "stage": ReportStage.DRAFT,
        "created_at": NOW,
        "updated_at": NOW,
        "version": 1,
    }


READS: dict[str, Callable] = {
    "get by key": lambda s, w: s.get(m.Agreement, w["theirs agreement"]),
    "get report by key": lambda s, w: s.get(m.Report, w["theirs report"]),
    "select entities": lambda s, w: s.scalars(select(m.Agreement).where(m.Agreement.id == w["theirs agreement"])).all(),
    "select columns": lambda s, w: s.execute(select(m.Report.code).where(m.Report.id == w["theirs report"])).all(),
    "select by alias": lambda s, w: s.scalars(select(a := aliased(m.Report)).where(a.id == w["theirs report"])).all(),
    "count": lambda s, w: s.scalar(select(func.count()).select_from(m.Report).where(m.Report.id == w["theirs report"])),
    "join from a visible row": lambda s, w: s.execute(
        select(m.Report.code)
        .join(m.Organisation, m.Organisation.is_ours.is_(True))
        .where(m.Report.organisation_id == w["theirs"])
    ).all(),
    "subquery": lambda s, w: s.scalars(
        select(m.Occurrence).where(
            m.Occurrence.id.in_(select(m.Report.occurrence_id).where(m.Report.id == w["theirs report"]))
        )
    ).all(),
    "cte": lambda s, w: s.execute(
        select(select(m.Report.code, m.Report.organisation_id).cte("c").c.code).where(text("1=1"))
    ).all()[1:],
    "joined loading": lambda s, w: [
        p.organisation_id
        for a in s.scalars(select(m.Agreement).options(joinedload(m.Agreement.parties))).unique()
        for p in a.parties
        if p.organisation_id == w["theirs"]
    ],
    "select-in loading": lambda s, w: [
        p
        for a in s.scalars(select(m.Agreement).options(selectinload(m.Agreement.parties)))
        for p in a.parties
        if p.organisation_id == w["theirs"]
    ],
    "lazy loading": lambda s, w: [
        r for o in s.scalars(select(m.Organisation)) if o.id == w["theirs"] for r in [o.lks, o]
    ],
    "other accounts": lambda s, w: s.scalars(select(m.Account).where(m.Account.id == w["theirs account"])).all(),
    "mails to others": lambda s, w: s.scalars(select(m.Message.subject)).all()[1:],
    "reminders of others": lambda s, w: s.scalars(
        select(m.Reminder).where(m.Reminder.account_id == w["theirs account"])
    ).all(),
    "reminders of others counted beside": lambda s, w: s.scalar(
        select(select(func.count()).where(m.Reminder.account_id == w["theirs account"]).scalar_subquery()).select_from(
            m.Account
        )
    ),
    "other organisation": lambda s, w: s.get(m.Organisation, w["theirs"]),
    "legacy query": lambda s, w: s.query(m.Report).filter_by(id=w["theirs report"]).all(),
    "union": lambda s, w: s.execute(
        select(m.Report.code)
        .where(m.Report.id == w["theirs report"])
        .union(select(m.Agreement.code).where(m.Agreement.id == w["theirs agreement"]))
    ).all(),
    "exists": lambda s, w: s.scalars(
        select(m.Province).where(select(m.Report.id).where(m.Report.id == w["theirs report"]).exists())
    ).all(),
}
"""Reads that a session can keep to its partner: they find nothing."""

REFUSED: dict[str, Callable] = {
    "select of a table": lambda s, w: s.execute(select(m.Report.__table__)),
    "text": lambda s, w: s.execute(text("SELECT * FROM report")),
    "entities from text": lambda s, w: s.scalars(select(m.Report).from_statement(text("SELECT * FROM report"))),
    "raw connection": lambda s, w: s.connection().execute(text("SELECT * FROM report")),
    "update statement": lambda s, w: s.execute(update(m.Report).values(code="X")),
    "delete statement": lambda s, w: s.execute(delete(m.Report)),
    "insert statement": lambda s, w: s.execute(insert(m.Report), [_foreign(w)]),
    "table update": lambda s, w: s.execute(m.Report.__table__.update().values(code="X")),
    "bulk save": lambda s, w: s.bulk_save_objects([m.Report(**_foreign(w))]),
    "bulk insert": lambda s, w: s.bulk_insert_mappings(m.Report, [_foreign(w)]),
    "bulk update": lambda s, w: s.bulk_update_mappings(
        m.Report, [{"id": w["theirs report"], "version": 1, "code": "X"}]
    ),
    "office tables": lambda s, w: s.scalars(select(m.Rendition)).all(),
    "absences of the office": lambda s, w: s.scalars(select(m.Absence)).all(),
    "change of scope": lambda s, w: (s.get(m.Agreement, w["own agreement"]), s.work_for(OfficeScope())),
}
"""What no session of a partner can keep to its partner."""


def _new_foreign_report(session, world):
    session.add(m.Report(**_foreign(world)))


def _move_own_report(session, world):
    session.get(m.Report, world["own report"]).organisation_id = world["theirs"]


def _change_agreement(session, world):
    session.get(m.Agreement, world["own agreement"]).title = "Diubah"


def _delete_agreement(session, world):
    session.delete(session.get(m.StageChange, 1) or session.get(m.Agreement, world["own agreement"]))


def _change_own_reminder(session, world):
    reminder = session.get(m.Reminder, world["own reminder"])
    reminder.read_at, reminder.stage = NOW, ReminderStage.CANCELLED


def _remove_own_reminder(session, world):
    session.delete(session.get(m.Reminder, world["own reminder"]))


WRITES = (
    _new_foreign_report,
    _move_own_report,
    _change_agreement,
    _delete_agreement,
    _change_own_reminder,
    _remove_own_reminder,
)
"""Changes of what is not one's own."""
