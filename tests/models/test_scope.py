"""The scoped session: every way to ask, from a partner's session, for another partner's rows."""

import pytest
from sqlalchemy import event, select

from portal import models as m
from portal.domain.reminder import Channel, MessageStage
from portal.models import row_walls, scope_lists
from portal.models import scope as scopes
from portal.models.scope import GateScope, ScopedSession, ScopeError
from tests.factories.instants import NOW
from tests.models.styles import READS, REFUSED, WRITES


@pytest.fixture
def as_own(session_of, world) -> scopes.ScopedSession:
    """A session of its own that works for the first partner."""
    return session_of(world["own"])


@pytest.mark.parametrize("style", READS)
def test_a_partner_never_reads_another_partners_rows(as_own, world, style):
    assert not READS[style](as_own, world)


@pytest.mark.parametrize("style", REFUSED)
def test_what_cannot_be_kept_to_the_scope_is_refused(as_own, world, style):
    with pytest.raises(ScopeError):
        REFUSED[style](as_own, world)


@pytest.mark.parametrize("change", WRITES)
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


def test_a_raw_connection_is_refused_after_a_flush_and_after_one_that_failed(as_own, world):
    as_own.get(m.Report, world["own report"]).narrative = "Sudah."
    as_own.flush()
    with pytest.raises(ScopeError):
        as_own.connection()
    as_own.get(m.Agreement, world["own agreement"]).title = "Diubah"
    with pytest.raises(ScopeError):
        as_own.flush()
    with pytest.raises(ScopeError):
        as_own.connection()


def test_a_partner_adds_a_message_to_others_and_changes_nothing_of_it(as_own, world):
    mail = {"channel": Channel.MAIL, "local_day": NOW.date(), "slot": "lain", "template": "report_accepted"}
    mail |= {"values": {}, "message_id": "uji-lain", "stage": MessageStage.PENDING, "subject": "x@contoh.test"}
    mail |= {"not_before": NOW, "next_try_at": NOW, "created_at": NOW}
    message = m.Message(recipient="x@contoh.test", account_id=world["theirs account"], **mail)
    as_own.add(message)
    as_own.flush()
    message.slot = "diubah"
    with pytest.raises(ScopeError):
        as_own.flush()


def test_what_was_told_is_not_removed_by_whoever_has_read_it(as_own, world):
    told = as_own.get(m.Reminder, world["own reminder"])
    told.read_at = NOW
    as_own.delete(told)
    with pytest.raises(ScopeError):
        as_own.flush()


def test_dates_are_neither_made_nor_removed_by_partners(as_own, world):
    own = as_own.get(m.Occurrence, world["own occurrence"])
    made = m.Occurrence(obligation_id=own.obligation_id, agreement_id=own.agreement_id, period_key="lain")
    made.due_on, made.stage, made.created_at, made.updated_at = own.due_on, own.stage, NOW, NOW
    as_own.add(made)
    with pytest.raises(ScopeError, match="never makes"):
        as_own.flush()
    as_own.rollback()
    as_own.delete(as_own.get(m.Occurrence, world["own free occurrence"]))
    with pytest.raises(ScopeError, match="never removes"):
        as_own.flush()


@pytest.mark.postgresql_only
def test_what_is_told_to_others_is_open_only_while_something_is_told(engine, as_own, world):
    said = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, many):
        said.append(str(parameters))

    as_own.get(m.Report, world["own report"]).narrative = "Sudah."
    as_own.flush()
    assert not any(row_walls.APPENDING in each for each in said)
    as_own.add(m.Entry(at=NOW, action="uji", subject_kind="report", detail={}))
    as_own.flush()
    assert ["'on'" in each for each in said if row_walls.APPENDING in each] == [True, False], said


def test_what_partners_only_add_is_never_removed_by_them(as_own, world):
    entry = m.Entry(at=NOW, action="uji", subject_kind="report", detail={})
    as_own.add(entry)
    as_own.flush()
    as_own.delete(entry)
    with pytest.raises(ScopeError):
        as_own.flush()


def test_a_central_board_writes_nothing_of_its_own_either(engine, world):
    with ScopedSession(bind=engine) as board:
        board.work_for(scopes.UmbrellaScope(world["own"]))
        board.add(m.DataRequest(organisation_id=world["own"]))
        with pytest.raises(ScopeError, match="central board"):
            board.flush()


def test_a_session_that_works_may_be_told_once_more_for_whom_but_for_nobody_else(as_own, world):
    assert as_own.get(m.Report, world["own report"]) is not None
    as_own.work_for(scopes.OrganisationScope(world["own"]))
    with pytest.raises(ScopeError, match="cannot change"):
        as_own.work_for(scopes.OrganisationScope(world["theirs"]))
    assert as_own.scope == scopes.OrganisationScope(world["own"])
