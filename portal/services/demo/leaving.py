"""Who has left the office of the demonstration: what was held went to a successor, then the account went out of use."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.domain.handover import Holding
from portal.domain.policy import Actor, Role
from portal.models import Account, AccountRole, Organisation
from portal.services import handovers, users
from portal.services.demo.moments import Moment
from portal.services.handovers import Plan
from portal.services.reference import read


def put_former(session: Session, organisations: Mapping[str, Organisation], *, moment: Moment) -> dict[str, Actor]:
    """Record the accounts of those who are to leave; nobody signs in with one, as none has a password."""
    found = {}
    for row in read("sample_accounts")["former"]:
        unit, role = organisations[row["organisation"]], Role(row["role"])
        account = Account(
            organisation_id=unit.id,
            email=row["email"],
            name=row["name"],
            greeting=row["greeting"],
            is_sample=True,
            created_at=moment.now,
            updated_at=moment.now,
        )
        since = moment.today.replace(month=1, day=1)
        account.roles = [AccountRole(organisation_id=unit.id, role=role, starts_on=since, basis=row["basis"])]
        session.add(account)
        session.flush()
        found[account.email] = Actor(
            account_id=account.id, name=account.name, organisation_id=unit.id, roles=frozenset({role})
        )
    return found


def hand_over(session: Session, actors: Mapping[str, Actor], former: Mapping[str, Actor], *, moment: Moment) -> None:
    """Give what they hold to their successors, and put their accounts out of use."""
    for row in read("sample_accounts")["former"]:
        successor, admin = actors[row["successor"]].account_id, actors[row["handed_over_by"]]
        number = former[row["email"]].account_id
        if successor is None or number is None:
            continue
        plan = Plan(successors=dict.fromkeys(Holding, successor), basis=row["letter"])
        handovers.make(session, session.get_one(Account, number), plan, actor=admin, now=moment.now)
        account = session.get_one(Account, number)
        users.deactivate(session, account, reason="Pindah ke satuan kerja lain (contoh)", actor=admin, now=moment.now)
