"""A house of any size for the benchmark of planning, made by a few statements whatever the size."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, String, case, cast, column, insert, literal, select, table, text
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage, ScheduleKind
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Role
from portal.models import (
    Account,
    AccountRole,
    Agreement,
    AgreementParty,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
)
from portal.services import reminders
from tests.factories import make_account, make_ministry
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

TODAY = date(2026, 11, 24)
"""A Tuesday."""
DAYS = 3 * 365
"""The dates lie evenly in three years, half of them behind."""
PER_DUTY = 10
PER_PARTNER = 50
"""So many dates has a partner, in one agreement; two of its people hear."""
OFFICERS = 20
FIRST = 1_000_000
"""Ids of what is made here begin after this number, far above those that a sequence has given before."""


def series(count: int) -> Any:
    """The numbers from 1 to `count` as a table with the column n."""
    start = select(literal(1, Integer()).label("n")).cte("series", recursive=True)
    return start.union_all(select(start.c.n + 1).where(start.c.n < count))


def fill(session: Session, rows: int) -> None:
    """Record `rows` dates of duties with everything that belongs to them. The database is empty before."""
    make_calendar(session)
    ministry = make_ministry(session)
    officers = [make_account(session, Role.OFFICER, ministry).id for _ in range(OFFICERS)]
    for role in (Role.HEAD, Role.DIRECTOR):
        make_account(session, role, ministry)
    reminders.seed_rules(session, now=NOW)
    partners, duties = max(rows // PER_PARTNER, 1), max(rows // PER_DUTY, 1)
    _partners(session, partners)
    _agreements(session, partners, ministry.id, officers[0])
    _duties(session, duties, partners, ministry.id)
    _dates(session, rows, duties, partners)
    session.commit()
    analyse(session)


def analyse(session: Session) -> None:
    """PostgreSQL's own housekeeping, which the tests' server does not do by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.commit()
        with session.get_bind().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        session.execute(text("ANALYZE"))


def put(session: Session, model: Any, numbers: Any, **values: Any) -> None:
    """Insert one row for each number; `values` are expressions or constants."""
    columns = {
        name: value if hasattr(value, "label") else constant(model, name, value) for name, value in values.items()
    }
    if "created_at" in model.__table__.c:
        columns |= {name: constant(model, name, NOW) for name in ("created_at", "updated_at")}
    session.execute(
        insert(model).from_select(
            list(columns), select(*(value.label(name) for name, value in columns.items())).select_from(numbers)
        )
    )


def constant(model: Any, name: str, value: Any) -> Any:
    return literal(value, model.__table__.c[name].type)


def words(prefix: str, number: Any, suffix: str = "") -> Any:
    return literal(prefix) + cast(number, String()) + literal(suffix)


def _partners(session: Session, count: int) -> None:
    """Partners, each with two people: a responsible one and one who writes."""
    numbers = series(count)
    n = numbers.c.n
    name = words("Yayasan Contoh ", n)
    put(
        session, Organisation, numbers, id=FIRST + n, code=words("ORG-", FIRST + n), kind=OrganisationKind.LKS,
        name=name, sort_key=name,
    )  # fmt: skip
    for place, role in enumerate((Role.PARTNER_RESPONSIBLE, Role.PARTNER_WRITER)):
        account = FIRST + 2 * n + place
        person = words("Orang ", account)
        email = words("orang", account, "@mitra.test")
        put(session, Account, numbers, id=account, organisation_id=FIRST + n, email=email, name=person)
        put(
            session, AccountRole, numbers, account_id=account, organisation_id=FIRST + n, role=role,
            starts_on=date(2020, 1, 1),
        )  # fmt: skip


def _agreements(session: Session, count: int, ministry: int, first_officer: int) -> None:
    """An agreement in force with each partner, ending evenly over six years."""
    numbers = series(count)
    n = numbers.c.n
    make_days(session)
    days = table("bench_day", column("n", Integer()), column("day", Agreement.__table__.c.ends_on.type))
    joined = numbers.join(days, days.c.n == (n * 37) % DAYS)
    put(
        session, Agreement, joined, id=FIRST + n, code=words("PKS-2024-", FIRST + n), kind=AgreementKind.PKS,
        title=words("Naskah Contoh ", n), sort_key=words("naskah contoh ", n), stage=Stage.ACTIVE,
        starts_on=date(2020, 1, 1), ends_on=days.c.day, unit_id=ministry, officer_id=first_officer + n % OFFICERS,
        scope=[], client_groups=[], atensi=[],
    )  # fmt: skip
    for position, organisation in ((1, literal(ministry)), (2, FIRST + n)):
        put(
            session, AgreementParty, numbers, agreement_id=FIRST + n, organisation_id=organisation, position=position,
            name_printed="Pihak",
        )  # fmt: skip


def _duties(session: Session, count: int, partners: int, ministry: int) -> None:
    numbers = series(count)
    owner = FIRST + 1 + numbers.c.n % partners
    put(
        session, Obligation, numbers, id=FIRST + numbers.c.n, agreement_id=owner, kind=ObligationKind.REPORTING,
        title="Laporan pelaksanaan", schedule=ScheduleKind.FIXED,
    )  # fmt: skip
    for organisation, role in ((owner, DutyRole.DEBTOR), (literal(ministry), DutyRole.CREDITOR)):
        put(
            session, ObligationParty, numbers, obligation_id=FIRST + numbers.c.n, agreement_id=owner,
            organisation_id=organisation, duty_role=role,
        )  # fmt: skip


def _dates(session: Session, count: int, duties: int, partners: int) -> None:
    """Four of five are open; three of ten were recorded with a day from which they remind."""
    numbers = series(count)
    n = numbers.c.n
    duty = 1 + n % duties
    days = table("bench_day", column("n", Integer()), column("day", Occurrence.__table__.c.due_on.type))
    stage = Occurrence.__table__.c.stage.type
    put(
        session, Occurrence, numbers.join(days, days.c.n == (n % DAYS) * 7919 % DAYS), id=FIRST + n,
        obligation_id=FIRST + duty, agreement_id=FIRST + 1 + duty % partners, period_key=cast(n, String()),
        due_on=days.c.day,
        stage=case((n % 5 == 0, literal(OccurrenceStage.MET, stage)), else_=literal(OccurrenceStage.OPEN, stage)),
        remind_from=case((n % 10 < 3, constant(Occurrence, "remind_from", NOW - timedelta(days=900))), else_=None),
    )  # fmt: skip


def make_days(session: Session) -> None:
    """The days of three years by number, so that both databases reckon alike; gone with the connection."""
    session.execute(text("DROP TABLE IF EXISTS bench_day"))
    session.execute(text("CREATE TEMPORARY TABLE bench_day (n INTEGER PRIMARY KEY, day DATE NOT NULL)"))
    days = table("bench_day", column("n", Integer()), column("day", Occurrence.__table__.c.due_on.type))
    first = TODAY - timedelta(days=DAYS // 2)
    session.execute(insert(days), [{"n": number, "day": first + timedelta(days=number)} for number in range(DAYS)])
