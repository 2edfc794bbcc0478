"""The forms of reports: loading the first versions, and making the next one. A version is never changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import policy, report_form
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import REPORTED, ObligationKind
from portal.domain.policy import Action, Actor
from portal.domain.report_form import Field, Form
from portal.models import ReportForm
from portal.queries import report_forms
from portal.services import audit


def seed(session: Session, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> int:
    """Add version 1 of the kinds that have none; return how many. What the office made is never touched."""
    known = report_forms.newest_of_all(session)
    added = 0
    for row in rows:
        kind = ObligationKind(row["kind"])
        if kind in known:
            continue
        form = Form.load(row["field"], title=row["title"], intro=row["intro"], prepare=row["prepare"])
        report_form.check(form)
        session.add(_version(kind, form, number=1, now=now))
        added += 1
    session.flush()
    return added


def change(
    session: Session, kind: ObligationKind, form: Form, *, number: int, actor: Actor, now: datetime
) -> ReportForm:
    """Make the next version of a kind; reports that have begun keep theirs. The same again makes nothing new.

    `number` is the version that was read; raises Conflict when there is a newer one, RuleBroken naming the field.
    """
    policy.check(actor, Action.EDIT_REPORT_FORM)
    if kind not in REPORTED:
        raise RuleBroken("Kewajiban jenis ini tidak dilaporkan lewat isian.")
    report_form.check(form)
    last = report_forms.newest(session, kind)
    if last is not None and report_forms.value_of(last) == form:
        return last
    if (last.number if last else 0) != number:
        raise Conflict("Isian ini baru saja diubah orang lain. Muat ulang halaman lalu ubah lagi.")
    row = _version(kind, form, number=number + 1, now=now, actor=actor)
    session.add(row)
    session.flush()
    detail = {"kind": kind.value, "number": row.number}
    audit.record(session, "report_form_changed", subject=row, actor=actor, now=now, detail=detail)
    return row


def _version(kind: ObligationKind, form: Form, *, number: int, now: datetime, actor: Actor | None = None) -> ReportForm:
    return ReportForm(
        kind=kind,
        number=number,
        title=form.title,
        intro=form.intro,
        prepare=list(form.prepare),
        fields=form.rows(),
        made_at=now,
        made_by_id=actor.account_id if actor else None,
    )


def field_of(name: str, *, label: str, hint: str = "", unit: str = "", needed: bool = False) -> Field:
    """Return one field from what the office typed; blank words are no words."""
    return Field(name=name, label=label.strip(), hint=hint.strip() or None, unit=unit.strip() or None, needed=needed)
