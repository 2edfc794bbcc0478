"""What a reminder says: title, agreement, date and address of each subject, read for many reminders at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select
from sqlalchemy.orm import Session

from portal.domain import wording
from portal.domain.obligation import DutyRole
from portal.domain.organisation_card import DocumentKind, PaperSource, PaperSubject
from portal.domain.reminder import SubjectKind
from portal.domain.wording import joined
from portal.models import (
    Account,
    Agreement,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    OrganisationDocument,
    ReminderLadder,
    Report,
)
from portal.queries import paper_validity


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What is known of one subject of reminders."""

    kind: SubjectKind
    subject_id: int
    title: str
    """Of a paper it is the name of its kind, a message that the edges translate."""
    period_key: str | None
    agreement_code: str
    agreement_title: str
    article: str | None
    who: str | None
    """The partners that owe, for the office."""
    officer: str | None
    report_code: str | None
    is_sample: bool
    is_confidential: bool
    ladder: str | None
    """Name of the ladder that the duty was given, None for the default one."""
    organisation_code: str | None
    """Of the partner whose paper it is."""

    def path(self, *, in_office: bool) -> str:
        """Return the page where something can be done about it."""
        if self.kind is SubjectKind.REPORT_FIX:
            return f"/{'kantor' if in_office else 'mitra'}/laporan/{self.report_code}"
        if self.kind is SubjectKind.PAPER:
            return f"/kantor/mitra/{self.organisation_code}" if in_office else "/mitra/profil"
        if in_office:
            return f"/kantor/naskah/{self.agreement_code}"
        if self.kind in OF_AGREEMENTS:
            return f"/mitra/perjanjian/{self.agreement_code}"
        return "/mitra/laporan"

    def line(self, *, target_on: date, today: date, in_office: bool) -> dict[str, Any]:
        """Return the line of a mail, as plain values."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "period_key": self.period_key,
            "agreement_code": self.agreement_code,
            "agreement_title": self.agreement_title,
            "article": self.article,
            "who": self.who if in_office else None,
            "target_on": target_on.isoformat(),
            "days": (target_on - today).days,
            "path": self.path(in_office=in_office),
        }


Key = tuple[SubjectKind, int]

OF_AGREEMENTS = (SubjectKind.TERM_END, SubjectKind.NOTICE, SubjectKind.RENEWAL_START)
"""Kinds whose subject is the agreement itself."""


def about(session: Session, subjects: Iterable[Key]) -> dict[Key, About]:
    """Return what is known of each subject, in a handful of statements however many there are."""
    wanted = set(subjects)
    ids = {kind: [subject_id for of, subject_id in wanted if of is kind] for kind in SubjectKind}
    found: dict[Key, About] = {}
    if ids[SubjectKind.OCCURRENCE]:
        found |= _occurrences(session, ids[SubjectKind.OCCURRENCE])
    for kind in OF_AGREEMENTS:
        if ids[kind]:
            found |= _agreements(session, kind, ids[kind])
    if ids[SubjectKind.REPORT_FIX]:
        found |= _reports(session, ids[SubjectKind.REPORT_FIX])
    if ids[SubjectKind.PAPER]:
        found |= _papers(session, ids[SubjectKind.PAPER])
    return found


def _agreement_columns() -> list[Any]:
    return [
        Agreement.code.label("agreement_code"),
        Agreement.title.label("agreement_title"),
        Agreement.is_sample,
        Agreement.is_confidential,
        Account.name.label("officer"),
    ]


def _read(session: Session, kind: SubjectKind, statement: Select[Any]) -> dict[Key, About]:
    """Run a select of About's columns; those that a kind does not have are empty."""
    empty = dict.fromkeys(("period_key", "article", "who", "report_code", "ladder", "organisation_code"))
    rows = session.execute(statement.outerjoin(Account, Account.id == Agreement.officer_id)).mappings()
    found = [About(**{"kind": kind, **empty, **row}) for row in rows]
    return {(kind, each.subject_id): each for each in found}


def _agreements(session: Session, kind: SubjectKind, ids: Sequence[int]) -> dict[Key, About]:
    columns = [Agreement.id.label("subject_id"), Agreement.title, *_agreement_columns()]
    return _read(session, kind, select(*columns).where(Agreement.id.in_(ids)))


def _duty_columns() -> list[Any]:
    return [Obligation.title, Obligation.article, Occurrence.period_key, *_agreement_columns()]


def _reports(session: Session, ids: Sequence[int]) -> dict[Key, About]:
    columns = [
        Report.id.label("subject_id"),
        Report.code.label("report_code"),
        Organisation.name.label("who"),
        *_duty_columns(),
    ]
    return _read(
        session,
        SubjectKind.REPORT_FIX,
        select(*columns)
        .select_from(Report)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Report.agreement_id)
        .join(Organisation, Organisation.id == Report.organisation_id)
        .where(Report.id.in_(ids)),
    )


def _occurrences(session: Session, ids: Sequence[int]) -> dict[Key, About]:
    found = _read(
        session,
        SubjectKind.OCCURRENCE,
        select(Occurrence.id.label("subject_id"), ReminderLadder.name.label("ladder"), *_duty_columns())
        .select_from(Occurrence)
        .outerjoin(ReminderLadder, ReminderLadder.id == Occurrence.ladder_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Occurrence.agreement_id)
        .where(Occurrence.id.in_(ids)),
    )
    names: dict[int, list[str]] = {}
    for row in session.execute(
        select(Occurrence.id, Organisation.name)
        .join(ObligationParty, ObligationParty.obligation_id == Occurrence.obligation_id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(Occurrence.id.in_(ids), ObligationParty.duty_role == DutyRole.DEBTOR)
        .order_by(Organisation.sort_key)
    ):
        names.setdefault(row.id, []).append(row.name)
    return {key: replace(each, who=joined(names.get(each.subject_id, [])) or None) for key, each in found.items()}


def _papers(session: Session, ids: Sequence[int]) -> dict[Key, About]:
    """A statement for each place where validities stand; history is told even when the paper counts no more."""
    rows: dict[PaperSource, list[int]] = {}
    for each in map(PaperSubject.of, ids):
        rows.setdefault(each.source, []).append(each.row_id)
    found: dict[Key, About] = {}
    for source, row_ids in rows.items():
        row_id: Any = Organisation.id
        title: ColumnElement[str]
        if source is PaperSource.DOCUMENT:
            row_id = OrganisationDocument.id
            title = case({each: wording.label(each) for each in DocumentKind}, value=OrganisationDocument.kind)
        else:
            kind, *_ = paper_validity.AMONG_FACTS[source]
            title = literal(wording.label(kind))
        columns = [
            paper_validity.subject_id(row_id, source),
            title.label("title"),
            Organisation.name.label("who"),
            Organisation.code.label("organisation_code"),
            *_agreement_columns(),
        ]
        statement = select(*columns).select_from(Organisation)
        if source is PaperSource.DOCUMENT:
            statement = statement.join(OrganisationDocument, OrganisationDocument.organisation_id == Organisation.id)
        agreement = Agreement.id == paper_validity.last_agreement_of(Organisation.id)
        found |= _read(session, SubjectKind.PAPER, statement.join(Agreement, agreement).where(row_id.in_(row_ids)))
    return found
