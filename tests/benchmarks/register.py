"""A register of any size for the benchmark of lists: agreements with parties, places, parents, duties and dates.

One word is in every title, one in very few.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, case, cast, column, literal, table, text
from sqlalchemy.orm import Session

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage, ScheduleKind
from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Role
from portal.models import (
    Agreement,
    AgreementParty,
    AgreementRegion,
    AgreementRelation,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    search_text,
)
from portal.services import reference, sign_in
from tests.benchmarks.planning_data import DAYS, FIRST, TODAY, analyse, constant, make_days, put, series, words
from tests.factories import make_account, make_ministry
from tests.factories.instants import NOW

OFFICERS = 20
PER_PARTNER = 5
DUTIES = 2
DATES = 4
"""So many dates has each duty."""
RARE = "cendrawasih"
COMMON = "kerja"
PROVINCES = ("AC", "JK", "JB", "JT", "JI", "BA", "SN", "PA")
STAGES = (Stage.NEGOTIATION, Stage.DRAFTING, Stage.TERMINATED)


def fill(session: Session, count: int, *, now: datetime) -> str:
    """Record `count` agreements with everything that belongs to them; return the secret of an officer's session."""
    reference.load(session, now=NOW)
    ministry = make_ministry(session)
    officers = [make_account(session, Role.OFFICER, ministry) for _ in range(OFFICERS)]
    make_days(session)
    partners = max(count // PER_PARTNER, 1)
    _partners(session, partners)
    _agreements(session, count, ministry.id, officers[0].id)
    _parties(session, count, partners, ministry.id)
    _duties(session, count, partners, ministry.id)
    token = sign_in.open_session(session, officers[3], agent="bench", now=now)
    search_text.renew_all(session)
    session.commit()
    analyse(session)
    return token


def _partners(session: Session, count: int) -> None:
    numbers = series(count)
    n = numbers.c.n
    name = words("Yayasan Contoh ", n)
    put(
        session, Organisation, numbers, id=FIRST + n, code=words("ORG-", FIRST + n), kind=OrganisationKind.LKS,
        name=name, sort_key=words("yayasan contoh ", n),
    )  # fmt: skip


def _agreements(session: Session, count: int, ministry: int, first_officer: int) -> None:
    """Four of five in force, ending evenly over three years; an MoU for every four PKS; changed one after the other."""
    numbers = series(count)
    n = numbers.c.n
    ends = table("bench_day", column("n", Integer()), column("day", Agreement.__table__.c.ends_on.type))
    joined = numbers.join(ends, ends.c.n == (n * 37) % DAYS)
    kind, stage = Agreement.__table__.c.kind.type, Agreement.__table__.c.stage.type
    rare = case((n % 499 == 7, literal(f" {RARE}")), else_=literal(""))
    others = [(n % 16 == place * 5, literal(each, stage)) for place, each in enumerate(STAGES)]
    put(
        session, Agreement, joined, id=FIRST + n, code=words("PKS-2024-", FIRST + n),
        kind=case((n % 5 == 0, literal(AgreementKind.MOU, kind)), else_=literal(AgreementKind.PKS, kind)),
        title=words("Perjanjian Kerja Sama Rehabilitasi Sosial Nomor ", n) + rare,
        sort_key=words("perjanjian kerja sama rehabilitasi sosial nomor ", n) + rare,
        stage=case(*others, else_=literal(Stage.ACTIVE, stage)),
        starts_on=date(2020, 1, 1), ends_on=ends.c.day, unit_id=ministry, officer_id=first_officer + n % OFFICERS,
        scope=[], client_groups=[], atensi=[],
    )  # fmt: skip
    session.execute(text(CHANGED[session.get_bind().dialect.name]))


CHANGED = {
    "sqlite": "UPDATE agreement SET updated_at = datetime(updated_at, '-' || (id * 7919 % 500009) || ' minutes')",
    "postgresql": "UPDATE agreement SET updated_at = updated_at - id::bigint * 7919 % 500009 * interval '1 minute'",
}


def _parties(session: Session, count: int, partners: int, ministry: int) -> None:
    numbers = series(count)
    n = numbers.c.n
    partner = n % partners + 1
    for position, organisation, name in (
        (1, literal(ministry), literal("Kementerian Sosial")),
        (2, FIRST + partner, words("Yayasan Contoh ", partner)),
    ):
        put(
            session, AgreementParty, numbers, agreement_id=FIRST + n, organisation_id=organisation, position=position,
            name_printed=name, number_printed=words("NO/", n, f"/{position}/2024"),
        )  # fmt: skip
    places = Agreement.__table__.c.code.type
    place = case(*((n % len(PROVINCES) == i, literal(code, places)) for i, code in enumerate(PROVINCES)), else_="JK")
    put(session, AgreementRegion, numbers, agreement_id=FIRST + n, province_code=place, regency="")
    children = series(max(count * 3 // 5, 1))
    put(
        session, AgreementRelation, children, agreement_id=FIRST + _pks(children.c.n),
        other_id=FIRST + _mou(children.c.n, count), relation=Relation.PARENT,
    )  # fmt: skip


def _pks(n: Any) -> Any:
    """The number of the n-th agreement that is no MoU: every fifth one is."""
    return n + _whole((n - 1), 4)


def _mou(n: Any, count: int) -> Any:
    """An MoU, each named by three."""
    return (_whole(n, 3) % max(count // 5, 1) + 1) * 5


def _whole(value: Any, by: int) -> Any:
    return cast(value, Integer()).op("/", precedence=8)(by)


def _duties(session: Session, count: int, partners: int, ministry: int) -> None:
    numbers = series(count * DUTIES)
    n = numbers.c.n
    agreement = (n - 1) % count + 1
    put(
        session, Obligation, numbers, id=FIRST + n, agreement_id=FIRST + agreement, kind=ObligationKind.REPORTING,
        title="Laporan pelaksanaan", schedule=ScheduleKind.FIXED,
    )  # fmt: skip
    for organisation, role in (
        (FIRST + agreement % partners + 1, DutyRole.DEBTOR),
        (literal(ministry), DutyRole.CREDITOR),
    ):
        put(
            session, ObligationParty, numbers, obligation_id=FIRST + n, agreement_id=FIRST + agreement,
            organisation_id=organisation, duty_role=role,
        )  # fmt: skip
    dates = series(count * DUTIES * DATES)
    d = dates.c.n
    duty = (d - 1) % (count * DUTIES) + 1
    due = table("bench_day", column("n", Integer()), column("day", Occurrence.__table__.c.due_on.type))
    stage = Occurrence.__table__.c.stage.type
    put(
        session, Occurrence, dates.join(due, due.c.n == (d % DAYS) * 7919 % DAYS), id=FIRST + d,
        obligation_id=FIRST + duty, agreement_id=FIRST + (duty - 1) % count + 1, period_key=words("event-", d),
        due_on=due.c.day, decided_on=case((due.c.day < TODAY - timedelta(days=30), due.c.day), else_=None),
        stage=case(
            (due.c.day < TODAY - timedelta(days=30), literal(OccurrenceStage.MET, stage)),
            else_=literal(OccurrenceStage.OPEN, stage),
        ),
        remind_from=constant(Occurrence, "remind_from", NOW),
    )  # fmt: skip
