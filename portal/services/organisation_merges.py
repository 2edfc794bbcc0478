"""Making two records of one partner into one, in one transaction, and undoing it while nothing stands in the way.

The record that goes stays in the register with its facts and leads to the other; everything that belongs to it moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from portal.domain import organisation_card, organisation_facts, policy
from portal.domain import organisation_merge as rules
from portal.domain.dates import office_date
from portal.domain.errors import Conflict
from portal.domain.policy import Action, Actor
from portal.models import AgreementParty, Organisation, OrganisationMerge, search_text
from portal.queries import organisation_merges as reading
from portal.services import audit, organisations

_SEATS = "agreement_party.organisation_id"
_ASIDE = 100_000
"""Added to the place of a copy while its original stands there still."""


def differing(kept: Organisation, gone: Organisation) -> dict[str, list[Any]]:
    """Return {fact: [of the one that stays, of the one that goes]} where the one that goes tells something else."""
    return rules.differing(_flat(kept), _flat(gone))


def _flat(row: Organisation) -> dict[str, Any]:
    return organisation_facts.flat(organisations.facts_of(row))


@dataclass(frozen=True, kw_only=True, slots=True)
class Union:
    """Two records that are to be one: which stays, as seen at `version`, and which goes.

    `taken` names the facts of which the value of the one that goes stays.
    """

    kept: Organisation
    gone: Organisation
    version: int
    taken: frozenset[str] = frozenset()


def merge(session: Session, union: Union, *, actor: Actor, now: datetime) -> OrganisationMerge:
    """Give everything of the record that goes to the one that stays.

    Raises RuleBroken saying what bars it, Conflict when the one that stays was changed since it was seen.
    """
    kept, gone = union.kept, union.gone
    policy.check(actor, Action.EDIT_ORGANISATION)
    rules.check(reading.sides(session, kept, gone))
    if union.version != kept.version:
        raise Conflict("Data mitra ini baru saja diubah orang lain. Muat ulang halaman, lalu bandingkan lagi.")
    chosen = {key: pair for key, pair in differing(kept, gone).items() if key in union.taken}
    changed = _take_facts(session, kept, gone, chosen, actor=actor, now=now)
    moved, until = _move_all(session, gone.id, kept.id), gone.valid_to
    gone.merged_into_id, gone.valid_to, gone.updated_at = kept.id, office_date(now) - timedelta(days=1), now
    row = OrganisationMerge(
        gone_id=gone.id,
        gone_valid_to=until,
        kept_id=kept.id,
        moved=moved,
        changes=changed,
        merged_by_id=actor.account_id,
        merged_at=now,
    )
    session.add(row)
    session.flush()
    detail = {"gone": gone.code, "moved": {name: len(ids) for name, ids in moved.items()}, "changes": changed}
    audit.record(session, "organisations_merged", subject=kept, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def _take_facts(
    session: Session,
    kept: Organisation,
    gone: Organisation,
    chosen: Mapping[str, list[Any]],
    *,
    actor: Actor,
    now: datetime,
) -> dict[str, list[Any]]:
    before = _flat(kept)
    facts = organisation_card.merged(organisations.facts_of(kept), chosen)
    known = {kept.name, *facts.aliases}
    names = [name for name in (gone.name, *gone.aliases) if name not in known]
    facts = replace(facts, aliases=(*facts.aliases, *dict.fromkeys(names)))
    organisations.edit(session, kept, facts, version=kept.version, actor=actor, now=now)
    return organisation_facts.changes(before, _flat(kept))


def _move_all(session: Session, from_id: int, to_id: int) -> dict[str, list[int]]:
    seats = reading.seats(session, from_id)
    moved = {_SEATS: [seat.agreement_id for seat in seats]}
    every = (*reading.OWNED, *reading.OF_SEATS)
    found = {(table, column): reading.ids(session, table, column, from_id) for table, column in every}
    _reseat(session, seats, to_id, [(table, column, found[table, column]) for table, column in reading.OF_SEATS])
    for table, column in reading.OWNED:
        _give(session, table, column, found[table, column], to_id)
    session.expire_all()
    return moved | {f"{table.__tablename__}.{column}": ids for (table, column), ids in found.items() if ids}


def _reseat(
    session: Session, seats: Sequence[AgreementParty], to_id: int, children: list[tuple[Any, str, list[int]]]
) -> None:
    """Put another organisation on some seats with all that rests on them; a copy stands beside each meanwhile.

    The rows of a report, and those of a shared draft, follow theirs: their keys are updated with it.
    """
    names = [column.key for column in AgreementParty.__table__.columns]
    kept = [{name: getattr(seat, name) for name in names} | {"organisation_id": to_id} for seat in seats]
    for row in kept:
        copy = {name: value for name, value in row.items() if name != "id"}
        session.execute(insert(AgreementParty).values(copy | {"position": row["position"] + _ASIDE}))
    for table, column, rows in children:
        _give(session, table, column, rows, to_id)
    session.execute(_silently(delete(AgreementParty).where(AgreementParty.id.in_([row["id"] for row in kept]))))
    for row in kept:
        place = (AgreementParty.agreement_id == row["agreement_id"], AgreementParty.organisation_id == to_id)
        whole = {"id": row["id"], "position": row["position"]}
        session.execute(_silently(update(AgreementParty).where(*place).values(whole)))
    search_text.renew(session, [row["agreement_id"] for row in kept])


def _give(session: Session, table: Any, column: str, ids: Sequence[int], to_id: int) -> None:
    if ids:
        session.execute(_silently(update(table).where(table.id.in_(ids)).values({column: to_id})))


def _silently(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def undo(session: Session, row: OrganisationMerge, *, actor: Actor, now: datetime) -> Organisation:
    """Take a merge back and return the record that stands by itself again.

    Facts that were changed again since stay as they are now. Raises RuleBroken saying what bars it.
    """
    policy.check(actor, Action.EDIT_ORGANISATION)
    agreements = row.moved.get(_SEATS, [])
    newer = reading.newer(session, row, agreements)
    rules.check_undo(row.merged_at, row.undone_at, newer=newer, now=now)
    kept, gone = row.kept, row.gone
    _give_facts_back(session, kept, row.changes, actor=actor, now=now)
    _move_back(session, row, agreements)
    gone.merged_into_id, gone.valid_to, gone.updated_at = None, row.gone_valid_to, now
    row.undone_by_id, row.undone_at = actor.account_id, now
    session.flush()
    audit.record(session, "merge_undone", subject=kept, actor=actor, now=now, detail={"gone": gone.code})
    session.flush()
    return gone


def _give_facts_back(
    session: Session, kept: Organisation, changes: Mapping[str, list[Any]], *, actor: Actor, now: datetime
) -> None:
    told = _flat(kept)
    back = {key: [after, before] for key, (before, after) in changes.items() if told[key] == after}
    facts = organisation_card.merged(organisations.facts_of(kept), back)
    organisations.edit(session, kept, facts, version=kept.version, actor=actor, now=now)


def _move_back(session: Session, row: OrganisationMerge, agreement_ids: Sequence[int]) -> None:
    seats = [seat for seat in reading.seats(session, row.kept_id) if seat.agreement_id in set(agreement_ids)]
    moved = {name: list(ids) for name, ids in row.moved.items()}
    gone_id = row.gone_id
    children = [(table, column, moved.get(f"{table.__tablename__}.{column}", [])) for table, column in reading.OF_SEATS]
    _reseat(session, seats, gone_id, children)
    for table, column in reading.OWNED:
        _give(session, table, column, moved.get(f"{table.__tablename__}.{column}", []), gone_id)
    people = moved.get("account.organisation_id", [])
    for table in reading.OF_PEOPLE:
        _give(session, table, "organisation_id", reading.ids_of_people(session, table, people), gone_id)
    session.expire_all()
