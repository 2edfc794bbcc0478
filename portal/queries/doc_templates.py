"""Reads of the template library: the list, one template with its versions, what a draft can start from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.documents.lint import Finding
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound
from portal.domain.publication import Publication
from portal.models import Agreement, DocTemplate, DocTemplateVersion, Draft

MOST_VERSIONS = 10_000
"""Numbers beyond this name nothing."""
SHOWN_DRAFTS = 25
"""So many drafts are named on the page of a template."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateRow:
    """One line of the library: the version that drafts start from, else the newest."""

    code: str
    name: str
    kind: AgreementKind
    language: str
    number: int
    stage: Publication
    waiting: int | None
    """Number of a newer version that is not published yet."""
    warnings: int
    errors: int
    drafts: int
    changed_at: datetime
    is_retired: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedBy:
    """An agreement that is drafted with a template, and with which version."""

    code: str
    title: str
    number: int


def list_templates(session: Session) -> tuple[TemplateRow, ...]:
    """Return every template with its versions summed up, those in use first."""
    used = {row[0]: row[1] for row in session.execute(_drafts_by_template())}
    rows = session.scalars(select(DocTemplate).options(selectinload(DocTemplate.versions)).order_by(DocTemplate.id))
    found = [_row(row, used.get(row.id, 0)) for row in rows]
    return tuple(sorted(found, key=lambda row: row.is_retired))


def _drafts_by_template() -> Select[int, int]:
    return (
        select(DocTemplateVersion.template_id, func.count(Draft.id))
        .join(Draft, Draft.template_version_id == DocTemplateVersion.id)
        .group_by(DocTemplateVersion.template_id)
    )


def _row(template: DocTemplate, drafts: int) -> TemplateRow:
    newest = template.versions[-1]
    shown = published(template) or newest
    told = findings(shown)
    return TemplateRow(
        code=template.code,
        name=template.name,
        kind=template.kind,
        language=template.language,
        number=shown.number,
        stage=shown.stage,
        waiting=newest.number if newest is not shown and newest.stage is Publication.DRAFT else None,
        warnings=sum(not one.is_error for one in told),
        errors=sum(one.is_error for one in told),
        drafts=drafts,
        changed_at=max(filter(None, (newest.uploaded_at, shown.published_at, shown.retired_at))),
        is_retired=template.retired_at is not None,
    )


def published(template: DocTemplate) -> DocTemplateVersion | None:
    """Return the version that drafts start from, None when there is none."""
    return next((one for one in template.versions if one.stage is Publication.PUBLISHED), None)


def findings(version: DocTemplateVersion) -> tuple[Finding, ...]:
    """Return what the check found at upload, errors first, else in the order of the text."""
    known = {field.name for field in fields(Finding)}
    found = [Finding(**{name: value for name, value in row.items() if name in known}) for row in version.findings]
    return tuple(sorted(found, key=lambda one: not one.is_error))


def get_template(session: Session, code: str) -> DocTemplate:
    """Return the template of a code with its versions and who made them; raise NotFound."""
    people = joinedload(DocTemplateVersion.uploaded_by), joinedload(DocTemplateVersion.published_by)
    found = session.scalar(
        select(DocTemplate).where(DocTemplate.code == code).options(selectinload(DocTemplate.versions).options(*people))
    )
    if found is None:
        raise NotFound
    return found


def get(session: Session, code: str, number: int) -> DocTemplateVersion:
    """Return one version of a template; raise NotFound."""
    if number > MOST_VERSIONS:
        raise NotFound
    found = session.scalar(_versions().where(DocTemplate.code == code, DocTemplateVersion.number == number))
    if found is None:
        raise NotFound
    return found


def _versions() -> Select[DocTemplateVersion]:
    return (
        select(DocTemplateVersion)
        .join(DocTemplateVersion.template)
        .options(contains_eager(DocTemplateVersion.template))
    )


def choices(session: Session, kind: AgreementKind | None = None) -> Sequence[DocTemplateVersion]:
    """Return the published versions for a kind of agreement (all kinds if None), each with its template."""
    return session.scalars(
        _versions()
        .where(
            DocTemplateVersion.stage == Publication.PUBLISHED,
            DocTemplate.retired_at.is_(None),
            true() if kind is None else DocTemplate.kind == kind,
        )
        .order_by(DocTemplate.id)
    ).all()


def current_for(session: Session, kind: AgreementKind) -> DocTemplateVersion | None:
    """Return the published version that a draft of this kind starts with unless told; None when there is none."""
    return next(iter(choices(session, kind)), None)


def last_number(session: Session, template_id: int) -> int:
    """Return the number of the newest version, 0 when there is none."""
    newest = select(func.max(DocTemplateVersion.number)).where(DocTemplateVersion.template_id == template_id)
    return session.scalar(newest) or 0


def count_drafts(session: Session, template_id: int) -> dict[int, int]:
    """Return how many drafts use each version, by its number."""
    rows = session.execute(
        select(DocTemplateVersion.number, func.count(Draft.id))
        .join(Draft, Draft.template_version_id == DocTemplateVersion.id)
        .where(DocTemplateVersion.template_id == template_id)
        .group_by(DocTemplateVersion.number)
    )
    return {row[0]: row[1] for row in rows}


def used_by(session: Session, template_id: int, *, with_confidential: bool) -> tuple[UsedBy, ...]:
    """Return the agreements drafted with a template, the latest changed first, at most `SHOWN_DRAFTS`."""
    rows = session.execute(
        select(Agreement.code, Agreement.title, DocTemplateVersion.number)
        .join(Draft, Draft.agreement_id == Agreement.id)
        .join(DocTemplateVersion, DocTemplateVersion.id == Draft.template_version_id)
        .where(
            DocTemplateVersion.template_id == template_id,
            true() if with_confidential else Agreement.is_confidential.is_(False),
        )
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(SHOWN_DRAFTS)
    )
    return tuple(UsedBy(code=code, title=title, number=number) for code, title, number in rows)
