"""Reads of organisations: the directory, and one organisation with its people and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from portal.domain.agreement import Standing
from portal.domain.errors import NotFound
from portal.domain.organisation import Accreditation, OrganisationKind, fold
from portal.models import (
    Account,
    Agreement,
    AgreementParty,
    Contact,
    FactSource,
    Invitation,
    LksProfile,
    OfficeHolder,
    Organisation,
    Province,
)
from portal.queries.standing import agreement_is

PAGE_SIZE = 25
MOST_PEOPLE = 9999
"""Numbers beyond this name nobody."""
IN_FORCE = frozenset({Standing.IN_FORCE, Standing.ENDING_SOON, Standing.END_UNKNOWN})


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationFilter:
    """What is asked of the directory; an empty field asks nothing."""

    kind: OrganisationKind | None = None
    province_code: str | None = None
    words: str = ""
    has_account: bool | None = None
    never_in: bool = False
    """Somebody has an account or an invitation, and nobody has ever signed in."""
    is_sample: bool | None = None
    ours: bool = False
    """The ministry's own units instead of partners."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationRow:
    """One line of the directory."""

    code: str
    name: str
    short_name: str | None
    kind: OrganisationKind
    regency: str | None
    province: str | None
    accreditation: Accreditation | None
    accreditation_expires_on: date | None
    registration_number: str | None
    registration_expires_on: date | None
    in_force: int
    accounts: int
    confirmed: bool
    is_sample: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationPage:
    """One page of the directory."""

    rows: tuple[OrganisationRow, ...]
    total: int
    page: int


def get(session: Session, code: str) -> Organisation:
    """Return the organisation with this code, with its profile and parent; raise NotFound."""
    found = session.scalar(
        select(Organisation)
        .where(Organisation.code == code)
        .options(joinedload(Organisation.lks), joinedload(Organisation.parent))
    )
    if found is None:
        raise NotFound
    return found


def _conditions(asked: OrganisationFilter) -> list[ColumnElement[bool]]:
    stands = Organisation.merged_into_id.is_(None)
    found: list[ColumnElement[bool]] = [stands, Organisation.is_ours.is_(asked.ours)]
    if asked.kind is not None:
        found.append(Organisation.kind == asked.kind)
    if asked.province_code:
        found.append(Organisation.province_code == asked.province_code)
    if asked.is_sample is not None:
        found.append(Organisation.is_sample.is_(asked.is_sample))
    if asked.has_account is not None:
        has = exists(select(Account.id).where(Account.organisation_id == Organisation.id, Account.is_active.is_(True)))
        found.append(has if asked.has_account else ~has)
    if asked.never_in:
        found.append(_never_in())
    return [*found, *(_has_word(word) for word in fold(asked.words).split())]


def _never_in() -> ColumnElement[bool]:
    own = select(Account.id).where(Account.organisation_id == Organisation.id)
    invited = exists(
        select(Invitation.id).where(
            Invitation.organisation_id == Organisation.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )
    return or_(exists(own.where(Account.is_active.is_(True))), invited) & ~exists(
        own.where(Account.last_sign_in_at.is_not(None))
    )


def _has_word(word: str) -> ColumnElement[bool]:
    return or_(
        Organisation.sort_key.contains(word, autoescape=True),
        func.lower(Organisation.short_name).contains(word, autoescape=True),
        func.lower(Organisation.code).contains(word, autoescape=True),
        func.lower(Organisation.regency).contains(word, autoescape=True),
    )


def find_page(session: Session, asked: OrganisationFilter, *, page: int = 1, today: date) -> OrganisationPage:
    """Return one page of the directory by name: the ids first, everything else for these ids only."""
    found = _conditions(asked)
    total = session.scalar(select(func.count()).select_from(Organisation).where(*found)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    ids = session.scalars(
        select(Organisation.id)
        .where(*found)
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return OrganisationPage(rows=_rows(session, ids, today), total=total, page=page)


def _rows(session: Session, ids: Sequence[int], today: date) -> tuple[OrganisationRow, ...]:
    if not ids:
        return ()
    rows = session.execute(_lines(today).where(Organisation.id.in_(ids)))
    found = {row.id: _row(row) for row in rows}
    return tuple(found[key] for key in ids)


def _lines(today: date) -> Select[Any]:
    in_force = (
        select(func.count(AgreementParty.id))
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(AgreementParty.organisation_id == Organisation.id, agreement_is(IN_FORCE, today))
        .correlate(Organisation)
        .scalar_subquery()
    )
    accounts = (
        select(func.count(Account.id))
        .where(Account.organisation_id == Organisation.id, Account.is_active.is_(True))
        .correlate(Organisation)
        .scalar_subquery()
    )
    return (
        select(
            Organisation.id,
            Organisation.code,
            Organisation.name,
            Organisation.short_name,
            Organisation.kind,
            Organisation.regency,
            Province.name.label("province"),
            LksProfile.accreditation,
            LksProfile.accreditation_expires_on,
            in_force.label("in_force"),
            accounts.label("accounts"),
            Organisation.confirmed,
            Organisation.is_sample,
        )
        .add_columns(LksProfile.registration_number, LksProfile.registration_expires_on)
        .outerjoin(Province, Province.code == Organisation.province_code)
        .outerjoin(LksProfile, LksProfile.organisation_id == Organisation.id)
    )


def _row(row: Any) -> OrganisationRow:
    values = {name: getattr(row, name) for name in OrganisationRow.__slots__}
    return OrganisationRow(**values)


def list_contacts(session: Session, organisation_id: int) -> Sequence[Contact]:
    """Return the people to call in the order of recording."""
    return session.scalars(select(Contact).where(Contact.organisation_id == organisation_id).order_by(Contact.id)).all()


def list_holders(session: Session, organisation_id: int) -> Sequence[OfficeHolder]:
    """Return who holds or held an office, the latest first."""
    return session.scalars(
        select(OfficeHolder)
        .where(OfficeHolder.organisation_id == organisation_id)
        .order_by(OfficeHolder.ends_on.desc().nulls_first(), OfficeHolder.starts_on.desc(), OfficeHolder.id)
    ).all()


def get_holder(session: Session, organisation_id: int, number: int) -> OfficeHolder:
    """Return the office holder with this place in the order of recording, from 1; raise NotFound."""
    found: OfficeHolder = _numbered(session, OfficeHolder, organisation_id, number)
    return found


def get_contact(session: Session, organisation_id: int, number: int) -> Contact:
    """Return the person to call with this place in the order of recording, from 1; raise NotFound."""
    found: Contact = _numbered(session, Contact, organisation_id, number)
    return found


def _numbered(session: Session, kind: Any, organisation_id: int, number: int) -> Any:
    if not 1 <= number <= MOST_PEOPLE:
        raise NotFound
    wanted = select(kind).where(kind.organisation_id == organisation_id).order_by(kind.id)
    found = session.scalar(wanted.offset(number - 1).limit(1))
    if found is None:
        raise NotFound
    return found


def list_accounts(session: Session, organisation_id: int) -> Sequence[Account]:
    """Return the accounts of an organisation, by name."""
    return session.scalars(
        select(Account).where(Account.organisation_id == organisation_id).order_by(Account.name, Account.id)
    ).all()


def list_sources(session: Session, organisation_id: int) -> Sequence[FactSource]:
    """Return where the recorded facts of an organisation come from."""
    return session.scalars(
        select(FactSource)
        .where(FactSource.subject_kind == "organisation", FactSource.subject_id == organisation_id)
        .order_by(FactSource.id)
    ).all()


def list_agreement_ids(session: Session, organisation_id: int, *, with_confidential: bool) -> Sequence[int]:
    """Return the ids of the latest agreements in which an organisation is a party or the unit in charge."""
    seats = select(AgreementParty.agreement_id).where(AgreementParty.organisation_id == organisation_id)
    found = select(Agreement.id).where(
        or_(Agreement.id.in_(seats), Agreement.unit_id == organisation_id),
        true() if with_confidential else Agreement.is_confidential.is_(False),
    )
    return session.scalars(found.order_by(Agreement.updated_at.desc(), Agreement.id.desc()).limit(PAGE_SIZE)).all()


def name_of(session: Session, code: str | None) -> str | None:
    """Return the name of the organisation with this code, None if there is none."""
    if code is None:
        return None
    return session.scalar(select(Organisation.name).where(Organisation.code == code))


def province_name(session: Session, code: str | None) -> str | None:
    """Return the name of a province, None for none."""
    if code is None:
        return None
    return session.scalar(select(Province.name).where(Province.code == code))


def list_parents(session: Session) -> Sequence[Organisation]:
    """Return the organisations that can be above another: the ministry's own, agencies and associations, by name."""
    above = (
        OrganisationKind.MINISTRY,
        OrganisationKind.UNIT,
        OrganisationKind.AGENCY,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.REGION,
    )
    return session.scalars(
        select(Organisation).where(Organisation.kind.in_(above)).order_by(Organisation.sort_key)
    ).all()
