"""Drafts in bulk: a list is taken in and checked, queued by a person, made row by row by the worker.

A row and its mark are written in one transaction, so a worker that is killed neither loses a row nor makes it twice.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, Table, and_, case, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from portal.documents import parsing
from portal.domain import bulk_list, policy, upload
from portal.domain.agreement import Stage
from portal.domain.agreement_facts import Opening
from portal.domain.bulk import BulkStage, RowStage
from portal.domain.bulk_list import ReadRow
from portal.domain.errors import PortalError, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import Account, BulkRow, BulkRun, DocTemplateVersion, Draft, Rendition
from portal.queries import agreements as reading
from portal.queries import drafts as draft_reading
from portal.queries.jobs import database_now
from portal.services import (
    agreements,
    audit,
    bulk_examples,
    bulk_rows,
    codes,
    drafting,
    drafts,
    file_scans,
    sign_in,
    taking_in,
)
from portal.services.bulk_rows import Common
from portal.storage import Storage

BATCH = 10
"""Rows made in one transaction: short enough for others to write in between."""

_RUNS = cast(Table, BulkRun.__table__)
_WAITING = (BulkStage.CHECKED, BulkStage.QUEUED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A list as it was sent: the file, the template it is for, and what all rows share."""

    name: str
    template_version: DocTemplateVersion
    common: Common
    content: bytes = field(repr=False)


def take_in(session: Session, incoming: Incoming, *, actor: Actor, now: datetime, storage: Storage) -> BulkRun:
    """Keep a list and check every row of it; return the run, flushed, waiting for somebody to start it.

    Raises RuleBroken (field `workbook` for a file that is no list, `example` for a draft that cannot be one); wrong
    rows do not refuse the list.
    """
    _check_allowed(actor)
    try:
        taking_in.media_type(incoming.name, incoming.content)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="workbook", **broken.values) from broken
    if incoming.common.example:
        bulk_examples.find(session, incoming.common.example, incoming.template_version, actor=actor)
    rows = _checked(session, incoming, actor)
    run = BulkRun(
        code=f"MSL-{now.year}-{codes.next_number(session, f'MSL-{now.year}'):04d}",
        template_version_id=incoming.template_version.id,
        stage=BulkStage.CHECKED,
        name=upload.safe_name(incoming.name),
        digest=file_scans.keep(session, incoming.content, storage=storage, now=now),
        common=incoming.common.to_plain(),
        made_by_id=actor.account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(run)
    session.flush()
    session.add_all(_row(run, row) for row in rows)
    session.flush()
    detail = {"name": run.name, "rows": len(rows), "refused": sum(bool(row.problems) for row in rows)}
    audit.record(session, "bulk_list_taken_in", subject=run, actor=actor, now=now, detail=detail)
    return run


def _check_allowed(actor: Actor) -> None:
    for action in (Action.DRAFT_DOCUMENT, Action.RECORD_AGREEMENT):
        policy.check(actor, action)


def _checked(session: Session, incoming: Incoming, actor: Actor) -> tuple[ReadRow, ...]:
    sheet = parsing.sheet(incoming.content, most_rows=bulk_list.MOST_ROWS)
    columns = bulk_list.match(sheet.headings)
    read = [row for number, cells in sheet.rows if (row := bulk_list.read_row(number, columns, cells))]
    if not read:
        raise RuleBroken(N_("Daftar ini belum berisi. Isi satu baris untuk setiap mitra."), field="workbook")
    return bulk_rows.check(session, read, incoming.common, actor=actor)


def _row(run: BulkRun, row: ReadRow) -> BulkRow:
    problems = [{"column": one.column, "message": one.message, "values": dict(one.values)} for one in row.problems]
    stage = RowStage.REFUSED if problems else RowStage.READY
    return BulkRow(run_id=run.id, number=row.number, stage=stage, values=dict(row.values), problems=problems)


def start(session: Session, run: BulkRun, *, actor: Actor, now: datetime) -> None:
    """Let the worker make the rows that are ready; raises RuleBroken when there are none or it was started before."""
    _check_allowed(actor)
    if run.stage is not BulkStage.CHECKED:
        raise RuleBroken(N_("Daftar ini sudah dimulai atau dibatalkan."))
    ready = session.scalar(
        select(func.count(BulkRow.id)).where(BulkRow.run_id == run.id, BulkRow.stage == RowStage.READY)
    )
    if not ready:
        raise RuleBroken(N_("Tidak ada baris yang siap. Perbaiki daftar lalu unggah lagi."))
    run.stage, run.updated_at, run.made_by_id = BulkStage.QUEUED, now, actor.account_id
    session.flush()
    audit.record(session, "bulk_run_started", subject=run, actor=actor, now=now, detail={"rows": ready})


def cancel(session: Session, run: BulkRun, *, actor: Actor, now: datetime) -> None:
    """Give up a list that has not begun; raises RuleBroken afterwards, because drafts that are made stay."""
    _check_allowed(actor)
    if run.stage not in _WAITING:
        raise RuleBroken(N_("Daftar ini sudah dikerjakan. Naskah yang sudah dibuat dapat dibatalkan satu per satu."))
    run.stage, run.updated_at = BulkStage.CANCELLED, now
    session.flush()
    audit.record(session, "bulk_run_cancelled", subject=run, actor=actor, now=now)


def retry(session: Session, run: BulkRun, *, actor: Actor, now: datetime) -> int:
    """Let the worker make the rows again that failed, and return how many; raises RuleBroken when none did."""
    _check_allowed(actor)
    failed = session.scalars(select(BulkRow).where(BulkRow.run_id == run.id, BulkRow.stage == RowStage.FAILED)).all()
    if run.stage is not BulkStage.FINISHED or not failed:
        raise RuleBroken(N_("Tidak ada baris gagal yang dapat diulangi."))
    for row in failed:
        row.stage, row.problems = RowStage.READY, []
    run.stage, run.finished_at, run.updated_at = BulkStage.QUEUED, None, now
    session.flush()
    audit.record(session, "bulk_run_retried", subject=run, actor=actor, now=now, detail={"rows": len(failed)})
    return len(failed)


def claim(session: Session, *, worker: str, lease: timedelta) -> int | None:
    """Lease the oldest run that waits, that this worker put down, or whose worker is gone; return its id, or None."""
    clock = database_now(session)
    columns = _RUNS.c
    is_left = and_(columns.stage == BulkStage.RUNNING, or_(columns.lease_until < clock, columns.lease_by == worker))
    wanted = (
        select(columns.id)
        .where(or_(columns.stage == BulkStage.QUEUED, is_left))
        # What was put down comes last, so that a long list keeps no short one waiting.
        .order_by(case((columns.lease_by == worker, 1), else_=0), columns.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        update(_RUNS)
        .where(columns.id.in_(wanted.scalar_subquery()))
        .values(stage=BulkStage.RUNNING, lease_by=worker, lease_until=clock + lease)
        .returning(columns.id)
    )
    return taken.scalar_one_or_none()


def _holds(session: Session, run_id: int, *, worker: str, lease: timedelta) -> bool:
    """Prolong the lease; False when another worker has it now."""
    columns = _RUNS.c
    result = session.execute(
        update(_RUNS)
        .where(columns.id == run_id, columns.lease_by == worker, columns.stage == BulkStage.RUNNING)
        .values(lease_until=database_now(session) + lease),
        execution_options={"preserve_rowcount": True},
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def make_next(session: Session, run_id: int, *, worker: str, lease: timedelta, now: datetime, storage: Storage) -> bool:
    """Make the next rows of a leased run; False when none is left (the run is then finished) or the lease is lost."""
    if not _holds(session, run_id, worker=worker, lease=lease):
        return False
    run = session.scalars(
        select(BulkRun)
        .where(BulkRun.id == run_id)
        .options(joinedload(BulkRun.template_version), joinedload(BulkRun.made_by))
        .execution_options(populate_existing=True)
    ).one()
    rows = session.scalars(
        select(BulkRow)
        .where(BulkRow.run_id == run_id, BulkRow.stage == RowStage.READY)
        .order_by(BulkRow.number)
        .limit(BATCH)
    ).all()
    actor = _actor(session, run.made_by, now=now)
    for row in rows:
        _make(session, run, row, actor=actor, now=now, storage=storage)
    if len(rows) < BATCH:
        _finish(session, run, actor=actor, now=now)
    session.flush()
    return len(rows) == BATCH


def _actor(session: Session, account: Account | None, *, now: datetime) -> Actor:
    """Return the person who started the run, with the roles of today."""
    if account is None:
        return policy.SYSTEM
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=sign_in.roles_on(session, account.id, now=now),
    )


def _make(session: Session, run: BulkRun, row: BulkRow, *, actor: Actor, now: datetime, storage: Storage) -> None:
    """Make one row; a refusal marks the row and leaves the others alone."""
    try:
        with session.begin_nested():
            made = _draft(session, run, row, actor=actor, now=now, storage=storage)
    except PortalError as refusal:
        row.stage = RowStage.FAILED
        values = {key: str(value) for key, value in refusal.values.items()}
        row.problems = [{"column": "", "message": refusal.message, "values": values}]
    else:
        row.stage, row.agreement_id, row.rendition_id = RowStage.MADE, made.agreement_id, made.id
    session.flush()


def _draft(session: Session, run: BulkRun, row: BulkRow, *, actor: Actor, now: datetime, storage: Storage) -> Rendition:
    common = Common.from_plain(run.common)
    example = _example(session, run, common, actor)
    told = bulk_examples.shared(session, example) if example else {}
    if code := row.values.get("agreement_code"):
        agreement = reading.get_for(session, code, actor=actor)
        facts = bulk_rows.merged(reading.facts(session, agreement), row.values, common)
        facts = bulk_examples.completed(facts, told)
        agreements.edit(session, agreement, facts, version=agreement.version, actor=actor, now=now)
    else:
        facts = bulk_rows.facts_of(row.values, common, officer_email=run.made_by.email if run.made_by else None)
        opening = Opening(stage=Stage.DRAFTING)
        facts = bulk_examples.completed(facts, told)
        agreement = agreements.record(session, facts, opening=opening, actor=actor, now=now)
    draft = draft_reading.find(session, agreement.id)
    if draft is None and example is not None:
        draft = drafts.start_from(session, agreement, example, actor=actor, now=now)
        bulk_examples.accept_duties(session, draft, example, actor=actor, now=now)
    elif draft is None:
        draft = drafts.start(session, agreement, version=run.template_version, actor=actor, now=now)
    return drafting.make_document(session, draft, actor=actor, now=now, storage=storage)


def _example(session: Session, run: BulkRun, common: Common, actor: Actor) -> Draft | None:
    if not common.example:
        return None
    return bulk_examples.find(session, common.example, run.template_version, actor=actor)


def _finish(session: Session, run: BulkRun, *, actor: Actor, now: datetime) -> None:
    run.stage, run.finished_at, run.updated_at = BulkStage.FINISHED, now, now
    run.lease_by = run.lease_until = None
    session.flush()
    counts = session.execute(
        select(BulkRow.stage, func.count(BulkRow.id)).where(BulkRow.run_id == run.id).group_by(BulkRow.stage)
    )
    detail = {stage.value: count for stage, count in counts}
    audit.record(session, "bulk_run_finished", subject=run, actor=actor, now=now, detail=detail)
