"""The scoped session: every way to ask, from a partner's session, for another partner's rows."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal import models as m
from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, MessageStage, ReminderStage, SubjectKind
from portal.domain.report import ReportStage
from portal.models import scope as scopes
from portal.models import scope_lists
from portal.models.scope import GateScope, OfficeScope, ScopedSession, ScopeError
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.instants import NOW


def make_report(session, occurrence, organisation, code):
    row = m.Report(
        code=code,
        occurrence_id=occurrence.id,
        agreement_id=occurrence.agreement_id,
        organisation_id=organisation.id,
        stage=ReportStage.DRAFT,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def make_told(session, agreement, occurrence, account):
    """A reminder and a mail of one person; the number of the reminder."""
    mail = {"channel": Channel.MAIL, "local_day": NOW.date(), "slot": "uji", "template": "report_accepted"}
    mail |= {"values": {}, "message_id": f"uji-{account.id}", "stage": MessageStage.SENT, "subject": account.email}
    mail |= {"not_before": NOW, "next_try_at": NOW, "created_at": NOW}
    session.add(m.Message(recipient=account.email, account_id=account.id, **mail))
    row = m.Reminder(
        subject_kind=SubjectKind.OCCURRENCE,
        subject_id=occurrence.id,
        agreement_id=agreement.id,
        target_on=occurrence.due_on,
        step=-7,
        account_id=account.id,
        audience=Audience.DEBTOR,
        channel=Channel.MAIL,
        stage=ReminderStage.SENT,
        planned_on=NOW.date(),
        planned_at=NOW,
        reason={},
    )
    session.add(row)
    session.flush()
    return row.id


@pytest.fixture
def world(session):
    """Two partners with an agreement, an account and a report each; `theirs` must never be seen by `own`."""
    ministry, own, theirs = make_ministry(session), make_partner(session), make_partner(session, name="Kenari Asing")
    rows = {"own": own.id, "theirs": theirs.id}
    for name, partner, code in (("own", own, "AAAA-0001"), ("theirs", theirs, "BBBB-0002")):
        agreement = make_agreement(session, parties=(ministry, partner), title=f"Naskah {name}")
        occurrence = make_occurrence(session, make_obligation(session, agreement))
        rows[f"{name} agreement"] = agreement.id
        rows[f"{name} occurrence"] = occurrence.id
        rows[f"{name} report"] = make_report(session, occurrence, partner, code).id
        account = make_account(session, Role.PARTNER_WRITER, partner)
        rows[f"{name} account"] = account.id
        rows[f"{name} reminder"] = make_told(session, agreement, occurrence, account)
    session.commit()
    session.expunge_all()
    return rows


@pytest.fixture
def as_own(session_of, world) -> scopes.ScopedSession:
    """A session of its own that works for the first partner."""
    return session_of(world["own"])


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


@pytest.mark.parametrize("style", READS)
def test_a_partner_never_reads_another_partners_rows(as_own, world, style):
    assert not READS[style](as_own, world)


REFUSED: dict[str, Callable] = {
    "select of a table": lambda s, w: s.execute(select(m.Report.__table__)),
    "text": lambda s, w: s.execute(text("SELECT * FROM report")),
    "entities from text": lambda s, w: s.scalars(select(m.Report).from_statement(text("SELECT * FROM report"))),
    "raw connection": lambda s, w: s.connection(),
    "update statement": lambda s, w: s.execute(update(m.Report).values(code="X")),
    "delete statement": lambda s, w: s.execute(delete(m.Report)),
    "insert statement": lambda s, w: s.execute(insert(m.Report), [{"code": "X"}]),
    "table update": lambda s, w: s.execute(m.Report.__table__.update().values(code="X")),
    "bulk save": lambda s, w: s.bulk_save_objects([m.Report(code="X")]),
    "bulk insert": lambda s, w: s.bulk_insert_mappings(m.Report, [{"code": "X"}]),
    "bulk update": lambda s, w: s.bulk_update_mappings(m.Report, [{"id": 1}]),
    "office tables": lambda s, w: s.scalars(select(m.Rendition)).all(),
    "absences of the office": lambda s, w: s.scalars(select(m.Absence)).all(),
    "change of scope": lambda s, w: (s.get(m.Agreement, w["own agreement"]), s.work_for(OfficeScope())),
}


@pytest.mark.parametrize("style", REFUSED)
def test_what_cannot_be_kept_to_the_scope_is_refused(as_own, world, style):
    with pytest.raises(ScopeError):
        REFUSED[style](as_own, world)


def _new_foreign_report(session, world):
    session.add(
        m.Report(
            code="CCCC-0003",
            occurrence_id=world["theirs occurrence"],
            agreement_id=world["theirs agreement"],
            organisation_id=world["theirs"],
            created_at=NOW,
            updated_at=NOW,
        )
    )


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


WRITES = [_new_foreign_report, _move_own_report, _change_agreement, _delete_agreement]


@pytest.mark.parametrize("change", [*WRITES, _change_own_reminder, _remove_own_reminder])
def test_a_partner_never_writes_what_is_not_its_own(as_own, world, change):
    change(as_own, world)
    with pytest.raises(ScopeError):
        as_own.flush()


def test_a_partner_sees_and_changes_its_own_rows(as_own, world):
    assert [a.title for a in as_own.scalars(select(m.Agreement))] == ["Naskah own"]
    report = as_own.get(m.Report, world["own report"])
    report.narrative = "Sudah."
    as_own.get(m.Reminder, world["own reminder"]).read_at = NOW
    as_own.commit()
    assert as_own.get(m.Report, world["own report"]).narrative == "Sudah."


def test_without_a_scope_nothing_is_read(engine):
    with ScopedSession(bind=engine) as bare, pytest.raises(ScopeError):
        bare.scalars(select(m.Province))


def test_before_sign_in_only_the_gates_tables_are_open(engine, world):
    with ScopedSession(bind=engine) as gate:
        gate.work_for(GateScope())
        assert gate.scalars(select(m.Account)).all()
        with pytest.raises(ScopeError):
            gate.scalars(select(m.Obligation)).all()
        # An invitation names agreements; nothing of them is written there.
        gate.scalars(select(m.Agreement)).first().title = "Diubah"
        with pytest.raises(ScopeError):
            gate.flush()


def test_every_table_is_scoped_or_on_a_written_list():
    listed = [*scope_lists.SCOPED, *scope_lists.GLOBAL, *scope_lists.OFFICE_ONLY]
    mapped = {mapper.class_ for mapper in m.Base.registry.mappers}
    assert mapped == set(listed)
    assert len(listed) == len(set(listed))
