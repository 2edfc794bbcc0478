"""Organisations of both sets, with their office holders and contacts."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import SigningCapacity
from portal.domain.organisation import Accreditation, LegalForm, OrganisationKind, Zone, fold
from portal.domain.policy import Actor
from portal.models import Contact, LksProfile, OfficeHolder, Organisation
from portal.services import audit, reference
from portal.services.demo.moments import Moment

Row = Mapping[str, Any]

_PROFILE_TEXTS = (
    "deed_number",
    "deed_notary",
    "tax_number",
    "registration_number",
    "registration_issuer",
)
_PROFILE_DAYS = ("deed_on", "registration_expires_on", "accreditation_expires_on")


def by_code(session: Session) -> dict[str, Organisation]:
    """Return every organisation by its code."""
    return {row.code: row for row in session.scalars(select(Organisation))}


def put_all(
    session: Session, rows: Iterable[Row], *, is_sample: bool, actor: Actor, moment: Moment
) -> dict[str, Organisation]:
    """Record the organisations of `rows` that are absent; return all organisations by code."""
    known = by_code(session)
    for row in rows:
        if row["code"] in known:
            continue
        organisation = _organisation(row, known, moment)
        organisation.is_sample = is_sample
        session.add(organisation)
        session.flush()
        if organisation.kind is OrganisationKind.LKS:
            session.add(_profile(organisation, row, moment))
        known[organisation.code] = organisation
        audit.record(session, "organisation_recorded", subject=organisation, actor=actor, now=moment.now)
    session.flush()
    return known


def _organisation(row: Row, known: Mapping[str, Organisation], moment: Moment) -> Organisation:
    parent = known.get(row.get("parent", ""))
    if "zone" in row and row["kind"] in {"unit", reference.TECHNICAL_UNIT}:
        return reference.unit_of(dict(row), parent=parent, now=moment.now)
    return Organisation(
        code=row["code"],
        kind=OrganisationKind(row["kind"]),
        name=row["name"],
        sort_key=fold(row["name"]),
        short_name=row.get("short_name"),
        parent=parent,
        address=row.get("address"),
        regency=row.get("regency"),
        province_code=row.get("province"),
        zone=Zone(row.get("zone", Zone.WIB)),
        note=row.get("note"),
        created_at=moment.now,
        updated_at=moment.now,
    )


def _profile(organisation: Organisation, row: Row, moment: Moment) -> LksProfile:
    days = {name: moment.day(row, name) for name in _PROFILE_DAYS}
    deed_on = days["deed_on"]
    approval = row.get("approval_number")
    return LksProfile(
        organisation_id=organisation.id,
        legal_form=LegalForm(row["legal_form"]) if "legal_form" in row else None,
        approval_number=approval.format(deed_year=deed_on.year) if approval and deed_on else None,
        registration_type="Tanda daftar LKS" if "registration_number" in row else None,
        accreditation=Accreditation(row["accreditation"]) if "accreditation" in row else None,
        client_groups=list(row.get("client_groups", ())),
        atensi=list(row.get("atensi", ())),
        **{name: row.get(name) for name in _PROFILE_TEXTS},
        **days,
    )


def put_people(
    session: Session,
    content: Mapping[str, list[Row]],
    organisations: Mapping[str, Organisation],
    *,
    moment: Moment,
) -> None:
    """Record office holders (`person`) and contacts."""
    for row in content.get("person", ()):
        organisation = organisations[row["organisation"]]
        session.add(
            OfficeHolder(
                organisation_id=organisation.id,
                name=row["name"],
                office=row["office"],
                capacity=SigningCapacity(row["capacity"]),
                instrument=row.get("instrument"),
                starts_on=moment.day(row, "starts_on"),
                ends_on=moment.day(row, "ends_on"),
                note=row.get("note"),
            )
        )
    for row in content.get("contact", ()):
        organisation = organisations[row["organisation"]]
        texts = {name: row.get(name) for name in ("name", "position", "phone", "email")}
        session.add(Contact(organisation_id=organisation.id, **texts))
    session.flush()
