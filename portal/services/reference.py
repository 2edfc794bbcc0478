"""Loading of the reference rows: provinces, client groups, ATENSI, units, holidays, rules of reminders.

The rows lie in `portal/reference/*.toml`. Code lists follow the files; rows that the office edits (units,
days of the calendar, rules) are only added when absent, never overwritten. The demonstration is in `services.demo`.
"""

import tomllib
from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from portal.domain.organisation import Confidence, OrganisationKind, Zone, fold
from portal.domain.policy import SYSTEM
from portal.models import (
    AtensiComponent,
    Base,
    CalendarDay,
    ClientGroup,
    FactSource,
    FormerType,
    Organisation,
    Province,
    ReportPhrase,
)
from portal.paths import REFERENCE
from portal.services import audit, reminders, report_forms

MINISTRY = "KEMENSOS"
"""Code of the ministry itself, the root of its units."""

TECHNICAL_UNIT = "upt"
"""Kind in `units.toml` of the 31 technical units; as organisations they are units like the others."""


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of `portal/reference/<name>.toml`; not to be changed by the caller."""
    return tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))


def load(session: Session, *, now: datetime) -> Counter[str]:
    """Bring the reference rows in; return how many were added, by table. Safe to repeat."""
    added: Counter[str] = Counter()
    _code_lists(session, added)
    session.flush()
    _units(session, added, now=now)
    _calendar(session, added)
    session.flush()
    _phrases(session, added)
    if forms := report_forms.seed(session, read("report_forms")["form"], now=now):
        added["report_form"] = forms
    rules = reminders.seed_rules(session, now=now)
    if rules:
        added["reminder_rule"] = rules
    if added:
        ministry = session.scalars(select(Organisation).where(Organisation.code == MINISTRY)).one()
        audit.record(session, "reference_loaded", subject=ministry, actor=SYSTEM, now=now, detail=dict(added))
        session.flush()
    return added


def _follow(session: Session, kind: type[Base], code: str, values: dict[str, Any], added: Counter[str]) -> None:
    row = session.get(kind, code)
    if row is None:
        session.add(kind(code=code, **values))
        added[kind.__tablename__] += 1
        return
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _code_lists(session: Session, added: Counter[str]) -> None:
    for row in read("provinces")["province"]:
        tile = {"tile_column": row["column"], "tile_row": row["row"]}
        values = {"number": row["number"], "name": row["name"], "zone": Zone(row["zone"]), **tile}
        _follow(session, Province, row["code"], values, added)
    groups = read("client_groups")
    source = f"{groups['source']['name']}, {groups['source']['published_on'].isoformat()}"
    for row in groups["client_group"]:
        values = {"position": row["place"], "name": row["name"], "source": source}
        _follow(session, ClientGroup, row["code"], values, added)
    session.flush()
    for row in read("former_types")["former_type"]:
        mapping = {"client_group_code": row["client_group"], "confidence": Confidence(row["confidence"])}
        _follow(
            session,
            FormerType,
            row["code"],
            {"position": row["place"], "name": row["name"], **mapping},
            added,
        )
    for row in read("atensi")["component"]:
        _follow(session, AtensiComponent, row["code"], {"position": row["place"], "name": row["name"]}, added)


def _phrases(session: Session, added: Counter[str]) -> None:
    """Give the office ready sentences to begin with; its own list is never touched."""
    if session.scalar(select(ReportPhrase.id).limit(1)) is None:
        sentences = read("report_phrases")["phrases"]
        session.add_all(ReportPhrase(position=place, sentence=said) for place, said in enumerate(sentences, 1))
        added["report_phrase"] += len(sentences)


def _units(session: Session, added: Counter[str], *, now: datetime) -> None:
    content = read("units")
    known = {row.code: row for row in session.scalars(select(Organisation).where(Organisation.is_ours.is_(True)))}
    for row in content["unit"]:
        if row["code"] in known:
            continue
        unit = unit_of(row, parent=known.get(row.get("parent", "")), now=now)
        session.add(unit)
        session.flush()
        session.add(
            FactSource(
                subject_kind="organisation",
                subject_id=unit.id,
                fact=row["name"],
                source=content["source"]["name"],
                confidence=Confidence.REPORTED if row["confirmed"] else Confidence.PROPOSED,
            )
        )
        known[unit.code] = unit
        added["organisation"] += 1


def unit_of(row: dict[str, Any], *, parent: Organisation | None, now: datetime) -> Organisation:
    """Return an organisation of the ministry made from one `[[unit]]` row."""
    kind = OrganisationKind.UNIT if row["kind"] == TECHNICAL_UNIT else OrganisationKind(row["kind"])
    return Organisation(
        code=row["code"],
        kind=kind,
        name=row["name"],
        sort_key=fold(row["name"]),
        short_name=row.get("short_name"),
        aliases=list(row.get("aliases", ())),
        is_ours=True,
        parent=parent,
        address=row.get("address"),
        province_code=row.get("province"),
        zone=Zone(row["zone"]),
        confirmed=row.get("confirmed", True),
        note=row.get("note"),
        created_at=now,
        updated_at=now,
    )


def _calendar(session: Session, added: Counter[str]) -> None:
    """Seed each year once: a year that has days already is the office's own table (design: domain §4.3)."""
    content = read("holidays")
    years = set(session.scalars(select(extract("year", CalendarDay.day)).distinct()))
    for row in content["holiday"]:
        if row["day"].year in years:
            continue
        session.add(
            CalendarDay(
                day=row["day"],
                name=row["name"],
                kind=row["kind"],
                source=content["source"][row["source"]],
                confirmed=row["confirmed"],
            )
        )
        added["calendar_day"] += 1
