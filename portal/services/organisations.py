"""Recording and editing of organisations with their profile. Their people are in `organisation_people`."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.domain import organisation_facts, policy
from portal.domain.errors import RuleBroken
from portal.domain.organisation import OrganisationKind, fold
from portal.domain.organisation_facts import OURS, LksFacts, OrganisationFacts
from portal.domain.policy import Action, Actor
from portal.models import Entry, LksProfile, Organisation, Province
from portal.services import audit, codes, edit_conflicts

EDITED = "organisation_edited"
SERIES = "MTR"
"""Series of the codes of organisations that people record: MTR-0001."""

SAME_NAME = (
    "kind",
    "short_name",
    "address",
    "regency",
    "province_code",
    "zone",
    "phone",
    "email",
    "observes_joint_leave",
    "note",
)
"""Facts that stand in a column of the same name."""

PROFILE_COLUMNS = tuple(field.name for field in fields(LksFacts))


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """Return what is recorded of an organisation, ready to be changed and given to `edit`."""
    row = organisation.lks
    lks = None
    if row is not None:
        values = {name: getattr(row, name) for name in PROFILE_COLUMNS}
        listed = {name: tuple(values[name]) for name in ("client_groups", "atensi")}
        lks = LksFacts(**(values | listed))
    return OrganisationFacts(
        name=organisation.name,
        aliases=tuple(organisation.aliases),
        parent_code=organisation.parent.code if organisation.parent else None,
        lks=lks,
        **{name: getattr(organisation, name) for name in SAME_NAME},
    )


def record(session: Session, facts: OrganisationFacts, *, actor: Actor, now: datetime) -> Organisation:
    """Record a new organisation and return it, flushed; its code is given once and never changes.

    Raises RuleBroken naming the field, NotAllowed with the reason.
    """
    policy.check(actor, Action.EDIT_ORGANISATION)
    organisation_facts.check(facts)
    code = f"{SERIES}-{codes.next_number(session, SERIES):04d}"
    organisation = Organisation(code=code, created_at=now)
    with session.no_autoflush:
        _fill(session, organisation, facts, now=now)
    session.add(organisation)
    session.flush()
    _set_profile(session, organisation, facts.lks)
    session.flush()
    told = {key: value for key, value in organisation_facts.flat(facts).items() if value not in (None, [], False)}
    detail = {"version": organisation.version, "changes": organisation_facts.changes({}, told)}
    audit.record(session, "organisation_recorded", subject=organisation, actor=actor, now=now, detail=detail)
    session.flush()
    return organisation


def edit(
    session: Session,
    organisation: Organisation,
    facts: OrganisationFacts,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Bring what is recorded to `facts` as seen at `version`; parties keep the name printed at signing.

    Raises EditConflict, with both people's values, when somebody saved a later version; RuleBroken naming the field.
    """
    policy.check(actor, Action.EDIT_ORGANISATION)
    before, mine = organisation_facts.flat(facts_of(organisation)), organisation_facts.flat(facts)
    if version != organisation.version:
        of_it = and_(Entry.subject_kind == "organisation", Entry.subject_id == organisation.id)
        edits = and_(of_it, Entry.action == EDITED)
        raise edit_conflicts.told(session, organisation, version=version, mine=mine, stored=before, edits=edits)
    organisation_facts.check(facts)
    if (facts.kind in OURS) is not organisation.is_ours:
        raise RuleBroken("Unit kementerian dan mitra tidak dapat bertukar jenis.", field="kind")
    with session.no_autoflush:
        _fill(session, organisation, facts, now=now)
    _set_profile(session, organisation, facts.lks)
    session.flush()
    changed = organisation_facts.changes(before, organisation_facts.flat(facts_of(organisation)))
    if changed:
        detail = {"version": organisation.version, "changes": changed}
        audit.record(session, EDITED, subject=organisation, actor=actor, now=now, detail=detail)
        session.flush()
    return organisation


def _fill(session: Session, organisation: Organisation, facts: OrganisationFacts, *, now: datetime) -> None:
    if facts.province_code and session.get(Province, facts.province_code) is None:
        raise RuleBroken("Pilih provinsi dari daftar.", field="province_code")
    for name in SAME_NAME:
        setattr(organisation, name, getattr(facts, name))
    organisation.is_ours = facts.kind in OURS
    organisation.name = " ".join(facts.name.split())
    organisation.sort_key = fold(facts.name)
    organisation.aliases = list(facts.aliases)
    organisation.parent = _parent(session, organisation, facts.parent_code)
    organisation.updated_at = now


def _parent(session: Session, organisation: Organisation, code: str | None) -> Organisation | None:
    if code is None:
        return None
    found = session.scalar(select(Organisation).where(Organisation.code == code))
    if found is None or found is organisation:
        raise RuleBroken("Pilih induk organisasi lain yang sudah tercatat.", field="parent_code")
    return found


def _set_profile(session: Session, organisation: Organisation, lks: LksFacts | None) -> None:
    if organisation.kind is not OrganisationKind.LKS:
        return
    row = organisation.lks
    if row is None:
        row = LksProfile(organisation_id=organisation.id)
        organisation.lks = row
        session.add(row)
    for name in PROFILE_COLUMNS:
        value = getattr(lks or LksFacts(), name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
