"""What mails of reminders say: the values of a digest or a single mail, for sending and for showing beforehand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.policy import Actor
from portal.domain.reminder import Audience, SubjectKind
from portal.models import Account, AccountRole, Agreement, Organisation, Reminder
from portal.queries import mornings, reminder_lines, stood_in
from portal.queries.reminder_lines import About
from portal.queries.tasks import Morning

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


def actor_of(account: Account, roles: Iterable[AccountRole], *, today: date) -> Actor:
    """Return an account as an actor with those of its roles that it holds on a day."""
    held = frozenset(
        row.role for row in roles if row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
    )
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=held)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the mails of one moment say, read once for all of them."""

    subjects: Mapping[tuple[SubjectKind, int], About]
    units: Mapping[int, str]
    """Names of the units of agreements that are told from above."""
    mornings: Mapping[int, Morning]
    replaced: Mapping[int, stood_in.Replaced]
    """By the id of a reminder, whom its reader in the office replaces."""


def facts(
    session: Session, reminders: Iterable[Reminder], readers: Iterable[Addressee], *, somebody_away: bool = True
) -> Facts:
    """Return what mails of these reminders to these readers say; as many statements for one as for many.

    While nobody is away, `somebody_away` may be false: then nobody can stand in.
    """
    told, office = list(reminders), [each for each in readers if each.in_office]
    above = {each.agreement_id for each in told if each.audience in TOLD_FROM_ABOVE}
    return Facts(
        subjects=reminder_lines.about(session, {(each.subject_kind, each.subject_id) for each in told}),
        units=_units(session, above) if above else {},
        mornings=_mornings(session, office),
        replaced=_replaced(session, told, office) if somebody_away else {},
    )


def _replaced(
    session: Session, reminders: Sequence[Reminder], readers: Sequence[Addressee]
) -> dict[int, stood_in.Replaced]:
    """Return whom readers in the office replace, each on their own local day."""
    found: dict[int, stood_in.Replaced] = {}
    for today in sorted({each.today for each in readers}):
        mine = {each.account.id for each in readers if each.today == today}
        found |= stood_in.replaced(session, [each for each in reminders if each.account_id in mine], today=today)
    return found


def _mornings(session: Session, readers: Sequence[Addressee]) -> dict[int, Morning]:
    """Return the numbers of the first page for readers in the office; they may live on two local days."""
    if not readers:
        return {}
    held: dict[int, list[AccountRole]] = {each.account.id: [] for each in readers}
    for row in session.scalars(select(AccountRole).where(AccountRole.account_id.in_(held))):
        held[row.account_id].append(row)
    found: dict[int, Morning] = {}
    for today in sorted({each.today for each in readers}):
        actors = [actor_of(each.account, held[each.account.id], today=today) for each in readers if each.today == today]
        found |= mornings.count(session, actors, today=today)
    return found


def values(template: str, reminders: Sequence[Reminder], reader: Addressee, known: Facts) -> dict[str, Any]:
    """Return everything that a mail of these reminders says, as plain values; there is at least one of them."""
    lines = []
    for each in reminders:
        subject = known.subjects[each.subject_kind, each.subject_id]
        line = subject.line(target_on=each.target_on, today=reader.today, in_office=reader.in_office)
        own = {"audience": each.audience.value, "officer": subject.officer, "replaces": known.replaced.get(each.id)}
        lines.append(line | own)
    if template == SINGLE:
        return {"line": lines[0], "officer": lines[0]["officer"]}
    ahead = [line["target_on"] for line in lines if line["days"] >= 0]
    shared = {"nearest_on": min(ahead, default=lines[0]["target_on"]), "total": len(lines)}
    shared["late"] = sum(line["days"] < 0 for line in lines)
    if not reader.in_office:
        return shared | {"lines": lines, "more": 0}
    return shared | _of_office(lines, reader, [each.agreement_id for each in reminders], known)


def _of_office(
    lines: list[dict[str, Any]], reader: Addressee, agreement_ids: Sequence[int], known: Facts
) -> dict[str, Any]:
    """Return the office's own parts: the counts of the first page, and what others did not do, by unit."""
    for line, agreement_id in zip(lines, agreement_ids, strict=True):
        line["unit"] = known.units.get(agreement_id) if line["audience"] in TOLD_FROM_ABOVE else None
    ordered = sorted(lines, key=lambda line: (line["unit"] is not None, line["unit"] or ""))
    found = known.mornings[reader.account.id]
    return {
        "lines": ordered[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "counts": {"late": found.late, "soon": found.soon, "review": found.review},
    }


def _units(session: Session, agreement_ids: Iterable[int]) -> dict[int, str]:
    rows = session.execute(
        select(Agreement.id, Organisation.name)
        .join(Organisation, Organisation.id == Agreement.unit_id)
        .where(Agreement.id.in_(list(agreement_ids)))
    )
    return {row.id: row.name for row in rows}
