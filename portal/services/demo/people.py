"""Accounts of the demonstration: people who do not exist, in every role, all with the same password."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.organisation import OrganisationKind
from portal.domain.policy import STAFF_ROLES, Actor, Role
from portal.models import Account, AccountRole, Agreement, AgreementParty, Organisation
from portal.services import audit, calendar_feeds, invitations, passwords, umbrellas
from portal.services.demo.moments import Moment
from portal.services.reference import read

PASSWORD = "payung teduh 2026"  # noqa: S105 (known to everybody on purpose; these accounts exist in the demonstration only)

_HELD_SINCE = timedelta(days=2400)
"""Long enough for the oldest agreement of the set to have been recorded by its officer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoAccount:
    """What a visitor of the demonstration needs to sign in as somebody."""

    email: str
    name: str
    role: Role
    organisation: str
    password: str


def accounts() -> tuple[DemoAccount, ...]:
    """Return the accounts of the demonstration, staff first."""
    names = {row["code"]: row["name"] for row in _bodies()}
    return tuple(
        DemoAccount(
            email=row["email"],
            name=row["name"],
            role=Role(row["role"]),
            organisation=names[row["organisation"]],
            password=PASSWORD,
        )
        for row in read("sample_accounts")["account"]
    )


def _bodies() -> list[dict[str, str]]:
    content = read("sample_organisations")
    return [*content["unit"], *content["organisation"]]


def put_accounts(
    session: Session, organisations: Mapping[str, Organisation], *, actor: Actor, moment: Moment
) -> dict[str, Actor]:
    """Record the accounts that are absent; return every one of them as an actor, by address."""
    known = {row.email: row for row in session.scalars(select(Account))}
    secret: str | None = None
    actors: dict[str, Actor] = {}
    for row in read("sample_accounts")["account"]:
        role, organisation = Role(row["role"]), organisations[row["organisation"]]
        account = known.get(row["email"])
        if account is None:
            secret = secret or passwords.hashed(PASSWORD)
            account = Account(
                organisation_id=organisation.id,
                email=row["email"],
                name=row["name"],
                greeting=row.get("greeting"),
                phone=row.get("phone"),
                password_hash=secret,
                is_sample=True,
                created_at=moment.now,
                updated_at=moment.now,
            )
            since = moment.today - _HELD_SINCE
            account.roles = [
                AccountRole(organisation_id=organisation.id, role=role, starts_on=since, basis=row.get("basis"))
            ]
            session.add(account)
            session.flush()
            audit.record(session, "account_recorded", subject=account, actor=actor, now=moment.now)
        actors[account.email] = Actor(
            account_id=account.id, name=account.name, organisation_id=organisation.id, roles=frozenset({role})
        )
    session.flush()
    return actors


def invite(
    session: Session,
    organisations: Mapping[str, Organisation],
    actors: Mapping[str, Actor],
    *,
    base_url: str,
    now: datetime,
) -> None:
    """Invite who has no account yet; the mails with their links lie in the mailbox of the demonstration."""
    for row in read("sample_accounts")["invitation"]:
        role = Role(row["role"])
        invite_one = invitations.invite_staff if role in STAFF_ROLES else invitations.invite
        invite_one(
            session,
            organisations[row["organisation"]],
            invitations.Invitee(email=row["email"], name=row["name"], role=role),
            base_url=base_url,
            actor=actors[row["invited_by"]],
            now=now,
        )


def name_boards(session: Session, *, actor: Actor, now: datetime) -> None:
    """Let the central board of the sample read the agreements of its members that are not restricted."""
    seats = session.scalars(
        select(AgreementParty)
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(
            Agreement.is_sample.is_(True), Agreement.is_confidential.is_(False), AgreementParty.umbrella_id.is_(None)
        )
        .order_by(AgreementParty.id)
    ).all()
    for seat in seats:
        parent = seat.organisation.parent
        if parent is not None and parent.kind is OrganisationKind.ASSOCIATION:
            umbrellas.name(session, seat, parent, actor=actor, now=now)


def subscribe(session: Session, actors: Mapping[str, Actor], *, now: datetime) -> None:
    """Give an officer and a partner a calendar subscription each; nobody knows the address of these."""
    for email in ("ratna@kemensos.example", "siti@arunika.example"):
        calendar_feeds.create(session, name="Ponsel kerja (contoh)", view="", actor=actors[email], now=now)
