"""Reads of lists for drafts in bulk: all of them, one with its rows, the files that were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session, joinedload

from portal.domain.bulk import BulkStage, RowStage
from portal.domain.errors import NotFound
from portal.models import (
    Agreement,
    BulkRow,
    BulkRun,
    DocTemplate,
    DocTemplateVersion,
    Draft,
    Organisation,
    Rendition,
)

PAGE = 50
MOST_RUNS = 100
MOST_EXAMPLES = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class RunLine:
    """One list as the page of all lists shows it; `counts` by stage of the rows."""

    code: str
    name: str
    stage: BulkStage
    template: str
    made_by: str | None
    created_at: datetime
    counts: Mapping[RowStage, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowLine:
    """One row as the page of its list shows it; `draft` is the number of the Word file that was made."""

    number: int
    stage: RowStage
    partner: str
    title: str
    problems: Sequence[Mapping[str, Any]]
    agreement_code: str | None
    draft: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeFile:
    """One Word file of a list."""

    row: int
    agreement_code: str
    partner: str
    name: str
    digest: str
    missing: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A draft that rows of a list can begin with; `template` names it with its version."""

    code: str
    title: str
    template: str


def examples(session: Session, *, with_confidential: bool) -> tuple[Example, ...]:
    """Return the drafts that were worked on last; confidential ones only to who reads them."""
    rows = session.execute(
        select(Agreement.code, Agreement.title, DocTemplate.name, DocTemplateVersion.number)
        .join(Draft, Draft.agreement_id == Agreement.id)
        .join(DocTemplateVersion, DocTemplateVersion.id == Draft.template_version_id)
        .join(DocTemplate, DocTemplate.id == DocTemplateVersion.template_id)
        .where(true() if with_confidential else Agreement.is_confidential.is_(False))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(MOST_EXAMPLES)
    )
    return tuple(Example(code=row.code, title=row.title, template=f"{row.name}, versi {row.number}") for row in rows)


def list_runs(session: Session) -> tuple[RunLine, ...]:
    """Return the latest lists, newest first."""
    runs = session.scalars(
        select(BulkRun)
        .options(
            joinedload(BulkRun.template_version).joinedload(DocTemplateVersion.template),
            joinedload(BulkRun.made_by),
        )
        .order_by(BulkRun.id.desc())
        .limit(MOST_RUNS)
    ).all()
    counted = _counts(session, [run.id for run in runs])
    return tuple(_line(run, counted.get(run.id, {})) for run in runs)


def _line(run: BulkRun, counts: Mapping[RowStage, int]) -> RunLine:
    version = run.template_version
    return RunLine(
        code=run.code,
        name=run.name,
        stage=run.stage,
        template=f"{version.template.name}, versi {version.number}",
        made_by=run.made_by.name if run.made_by else None,
        created_at=run.created_at,
        counts=counts,
    )


def _counts(session: Session, ids: Sequence[int]) -> dict[int, dict[RowStage, int]]:
    found: dict[int, dict[RowStage, int]] = {}
    rows = session.execute(
        select(BulkRow.run_id, BulkRow.stage, func.count(BulkRow.id))
        .where(BulkRow.run_id.in_(ids))
        .group_by(BulkRow.run_id, BulkRow.stage)
    )
    for run_id, stage, count in rows:
        found.setdefault(run_id, {})[stage] = count
    return found


def get(session: Session, code: str) -> BulkRun:
    """Return one list; raise NotFound."""
    found = session.scalar(
        select(BulkRun)
        .where(BulkRun.code == code)
        .options(
            joinedload(BulkRun.template_version).joinedload(DocTemplateVersion.template), joinedload(BulkRun.made_by)
        )
    )
    if found is None:
        raise NotFound
    return found


def line(session: Session, run: BulkRun) -> RunLine:
    """Return one list with the counts of its rows."""
    return _line(run, _counts(session, [run.id]).get(run.id, {}))


def rows(session: Session, run: BulkRun, *, stage: RowStage | None = None, page: int = 1) -> tuple[RowLine, ...]:
    """Return one page of the rows of a list, those of one stage if told."""
    query = (
        select(BulkRow, Agreement.code, Rendition.number)
        .outerjoin(Agreement, Agreement.id == BulkRow.agreement_id)
        .outerjoin(Rendition, Rendition.id == BulkRow.rendition_id)
        .where(BulkRow.run_id == run.id)
        .order_by(BulkRow.number)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    found = session.execute(query if stage is None else query.where(BulkRow.stage == stage)).all()
    names = _names(session, {row.values.get("partner") for row, _, _ in found})
    return tuple(_row(row, names, code, number) for row, code, number in found)


def _row(row: BulkRow, names: Mapping[str, str], code: str | None, draft: int | None) -> RowLine:
    typed = row.values.get("partner") or ""
    return RowLine(
        number=row.number,
        stage=row.stage,
        partner=names.get(typed, typed),
        title=row.values.get("title") or "",
        problems=row.problems,
        agreement_code=code or row.values.get("agreement_code"),
        draft=draft,
    )


def _names(session: Session, codes: set[Any]) -> dict[str, str]:
    wanted = select(Organisation.code, Organisation.name).where(Organisation.code.in_(codes - {None, ""}))
    return {row.code: row.name for row in session.execute(wanted)}


def wrong_rows(session: Session, run: BulkRun) -> Sequence[BulkRow]:
    """Return every row of a list that was refused or failed."""
    wrong = (RowStage.REFUSED, RowStage.FAILED)
    query = select(BulkRow).where(BulkRow.run_id == run.id, BulkRow.stage.in_(wrong)).order_by(BulkRow.number)
    return session.scalars(query).all()


def made_files(session: Session, run: BulkRun) -> tuple[MadeFile, ...]:
    """Return the Word files of a list in the order of its rows; what stands in the register names the partner."""
    rows = session.execute(
        select(BulkRow.number, BulkRow.values, Agreement.code, Agreement.title, Rendition)
        .join(Agreement, Agreement.id == BulkRow.agreement_id)
        .join(Rendition, Rendition.id == BulkRow.rendition_id)
        .where(BulkRow.run_id == run.id, BulkRow.stage == RowStage.MADE)
        .order_by(BulkRow.number)
    ).all()
    names = _names(session, {row.values.get("partner") for row in rows})
    return tuple(
        MadeFile(
            row=row.number,
            agreement_code=row.code,
            partner=names.get(row.values.get("partner") or "", row.title),
            name=row.Rendition.name,
            digest=row.Rendition.digest,
            missing=len(row.Rendition.missing),
        )
        for row in rows
    )
