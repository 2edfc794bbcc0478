"""What mails of reminders say: the values of a digest or a single mail, for sending and for showing beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.policy import Actor
from portal.domain.reminder import Audience
from portal.models import Account, AccountRole, Agreement, Organisation, Reminder
from portal.queries import reminder_lines, tasks

MOST_LINES = 12
"""An officer's digest lists so many things; the rest is a number and a link (design: ux §11)."""

SINGLE = "occurrence_overdue"
TOLD_FROM_ABOVE = frozenset({Audience.HEAD, Audience.DIRECTOR})
"""Who hears because others have not acted: their lines name the unit and the officer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Who reads a mail of reminders, and on which day of theirs."""

    account: Account
    today: date

    @property
    def in_office(self) -> bool:
        """Return whether they work for the ministry."""
        return self.account.organisation.is_ours


def addressee(session: Session, account_id: int, *, today: date) -> Addressee:
    """Return an account as the reader of a mail."""
    account = session.scalars(
        select(Account).where(Account.id == account_id).options(joinedload(Account.organisation))
    ).one()
    return Addressee(account=account, today=today)


def actor_of(session: Session, account: Account, *, today: date) -> Actor:
    """Return an account as an actor with the roles that it holds on a day."""
    rows = session.scalars(select(AccountRole).where(AccountRole.account_id == account.id))
    roles = frozenset(
        row.role for row in rows if row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
    )
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)


def values(session: Session, template: str, reminders: Sequence[Reminder], reader: Addressee) -> dict[str, Any]:
    """Return everything that a mail of these reminders says, as plain values; there is at least one of them."""
    known = reminder_lines.about(session, {(each.subject_kind, each.subject_id) for each in reminders})
    lines = []
    for each in reminders:
        subject = known[each.subject_kind, each.subject_id]
        line = subject.line(target_on=each.target_on, today=reader.today, in_office=reader.in_office)
        lines.append(line | {"audience": each.audience.value, "officer": subject.officer})
    if template == SINGLE:
        return {"line": lines[0], "officer": lines[0]["officer"]}
    ahead = [line["target_on"] for line in lines if line["days"] >= 0]
    shared = {"nearest_on": min(ahead, default=lines[0]["target_on"]), "total": len(lines)}
    shared["late"] = sum(line["days"] < 0 for line in lines)
    if not reader.in_office:
        return shared | {"lines": lines, "more": 0}
    return shared | _of_office(session, lines, reader, [each.agreement_id for each in reminders])


def _of_office(
    session: Session, lines: list[dict[str, Any]], reader: Addressee, agreement_ids: Sequence[int]
) -> dict[str, Any]:
    """Return the office's own parts: the counts of the first page, and what others did not do, by unit."""
    units = _units(session, agreement_ids)
    for line, agreement_id in zip(lines, agreement_ids, strict=True):
        line["unit"] = units.get(agreement_id) if line["audience"] in TOLD_FROM_ABOVE else None
    ordered = sorted(lines, key=lambda line: (line["unit"] is not None, line["unit"] or ""))
    actor = actor_of(session, reader.account, today=reader.today)
    found = tasks.morning(tasks.list_tasks(session, actor=actor, today=reader.today))
    return {
        "lines": ordered[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "counts": {"late": found.late, "soon": found.soon, "review": found.review},
    }


def _units(session: Session, agreement_ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(Agreement.id, Organisation.name)
        .join(Organisation, Organisation.id == Agreement.unit_id)
        .where(Agreement.id.in_(set(agreement_ids)))
    )
    return {row.id: row.name for row in rows}
