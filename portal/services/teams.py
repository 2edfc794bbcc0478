"""The people of a partner: which roles they hold, and ending somebody's access with handing over.

An organisation that has a manager or a responsible person never loses the last one. Drafts of reports belong to the
organisation and stay with it whoever leaves.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Role
from portal.models import Account, AccountRole
from portal.services import audit, second_steps, sign_in

GIVEN = (Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_VIEWER, Role.PARTNER_MANAGER)
"""Roles that a manager gives and takes; others belong to the office."""

_NEEDED: Mapping[Role, str] = {
    Role.PARTNER_MANAGER: N_("Lembaga Anda harus punya pengelola. Tunjuk pengelola lain dulu."),
    Role.PARTNER_RESPONSIBLE: N_("Lembaga Anda harus punya penanggung jawab. Tunjuk orang lain dulu."),
}
"""Roles of which somebody must be left, and the sentence that says what to do."""


def set_roles(session: Session, account: Account, roles: Iterable[Role], *, actor: Actor, now: datetime) -> None:
    """Give a person of the own organisation these roles and no others, from today on.

    Raises RuleBroken when none is named or the last manager or responsible person would be gone.
    """
    wanted = frozenset(roles) & frozenset(GIVEN)
    _begin(session, account, actor=actor)
    if not wanted:
        raise RuleBroken(
            N_("Pilih paling sedikit satu peran. Untuk mengeluarkan orang ini, akhiri aksesnya."), field="roles"
        )
    held = _held(session, account, now=now)
    _check_somebody_left(session, account, held - wanted, now=now, field="roles")
    _take(session, account, held - wanted, now=now)
    _give(session, account, wanted - held, actor=actor, now=now)
    detail = {"roles": [sorted(held), sorted(wanted)]}
    audit.record(session, "team_roles_changed", subject=account, actor=actor, now=now, detail=detail)
    session.flush()


def end_access(session: Session, account: Account, *, successor: Account | None, actor: Actor, now: datetime) -> None:
    """End somebody's access at once; the successor gets the roles of which nobody would be left.

    Raises RuleBroken without a successor where one is needed, and for a successor who is not in the team.
    """
    _begin(session, account, actor=actor)
    held = sign_in.roles_on(session, account.id, now=now)
    if successor is not None:
        theirs = _held(session, successor, now=now)
        if successor.id == account.id or not theirs:
            raise RuleBroken(N_("Pilih orang lain yang masih punya akses."), field="successor")
        _give(session, successor, _missing(session, account, held, now=now) - theirs, actor=actor, now=now)
        session.flush()
    _check_somebody_left(session, account, held, now=now, field="successor")
    _take(session, account, held, now=now)
    sign_in.end_all(session, account.id, now=now)
    second_steps.forget_devices(session, account.id)
    detail = {"successor": successor.name if successor else None}
    audit.record(session, "team_access_ended", subject=account, actor=actor, now=now, detail=detail)
    session.flush()


def _begin(session: Session, account: Account, *, actor: Actor) -> None:
    """Check who acts, and let two managers who act at once wait for each other."""
    policy.check(actor, Action.MANAGE_TEAM)
    policy.check_own(actor, account.organisation_id)
    own = select(Account.id).where(Account.organisation_id == account.organisation_id)
    session.scalars(own.order_by(Account.id).with_for_update()).all()


def _held(session: Session, account: Account, *, now: datetime) -> frozenset[Role]:
    return sign_in.roles_on(session, account.id, now=now) & frozenset(GIVEN)


def _missing(session: Session, account: Account, roles: Iterable[Role], *, now: datetime) -> frozenset[Role]:
    """Return which of these roles nobody else of the organisation holds, of those that somebody must hold."""
    today = office_date(now)
    rows = session.scalars(
        select(AccountRole)
        .join(Account, Account.id == AccountRole.account_id)
        .where(
            AccountRole.organisation_id == account.organisation_id,
            AccountRole.account_id != account.id,
            Account.is_active.is_(True),
        )
    )
    others = {row.role for row in rows if is_on(row, today)}
    return frozenset(roles) & frozenset(_NEEDED) - others


def is_on(row: AccountRole, today: object) -> bool:
    """Return whether a role is held on a day."""
    return bool(row.starts_on <= today and (row.ends_on is None or today <= row.ends_on))  # type: ignore[operator]


def _check_somebody_left(
    session: Session, account: Account, leaving: frozenset[Role], *, now: datetime, field: str
) -> None:
    for role in _missing(session, account, leaving, now=now):
        raise RuleBroken(_NEEDED[role], field=field)


def _take(session: Session, account: Account, roles: frozenset[Role], *, now: datetime) -> None:
    """End roles with yesterday, so that they open nothing from this moment on."""
    today = office_date(now)
    for row in _rows(session, account):
        if row.role in roles and is_on(row, today):
            row.ends_on = today - timedelta(days=1)


def _give(session: Session, account: Account, roles: frozenset[Role], *, actor: Actor, now: datetime) -> None:
    for role in sorted(roles):
        session.add(
            AccountRole(
                account_id=account.id,
                organisation_id=account.organisation_id,
                role=role,
                starts_on=office_date(now),
                basis=actor.name,
            )
        )


def _rows(session: Session, account: Account) -> Sequence[AccountRole]:
    return session.scalars(select(AccountRole).where(AccountRole.account_id == account.id)).all()
