"""Duties that the chosen articles propose: what is proposed, accepting through `obligations`, declining, renumbering.

The patterns come from the clause library (`domain.pattern`). What was accepted or declined is kept with the draft.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import clause, pattern, schedule
from portal.domain.clause import Article, Level
from portal.domain.dates import add_months, office_date
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.pattern import Pattern
from portal.domain.policy import Actor
from portal.domain.schedule import Due
from portal.models import Agreement, Draft, Obligation
from portal.queries import agreements as reading_agreements
from portal.queries import drafts
from portal.queries import obligations as reading
from portal.services import draft_rights, draft_saves, obligations
from portal.services.duty_copies import COPIED
from portal.services.obligations import Duty

ACCEPTED, DECLINED = "accepted", "declined"
"""Names in `Draft.facts`: {key of the proposal: id of its duty}, and a list of keys."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A duty that an article proposes; `duty` is None, with the reason, when the parties do not allow it."""

    key: str
    place: str
    sentence: str
    duty: Duty | None
    reason: RuleBroken | None = None


def place_of(article: Article, number: int, label: str) -> str:
    """Return where in an article a label stands: "Pasal 7 ayat (2)", or "Pasal 7" for the whole of it."""
    ayat = 0
    for line in clause.parse(article.text):
        ayat += line.level is Level.AYAT
        if label and label in clause.labels(line.text):
            return f"Pasal {number} ayat ({ayat})" if ayat else f"Pasal {number}"
    return f"Pasal {number}"


def proposals(session: Session, draft: Draft) -> tuple[Proposal, ...]:
    """Return what the printed articles propose, and what was copied, unless it was accepted or declined already."""
    done = set(draft.facts.get(ACCEPTED, {})) | set(draft.facts.get(DECLINED, ()))
    return tuple(one for one in (*_everything(session, draft), *_copied(draft)) if one.key not in done)


def _copied(draft: Draft) -> Iterator[Proposal]:
    for one in draft.facts.get(COPIED, ()):
        told = pattern.read(one["pattern"])
        empty = Proposal(key=one["key"], place=one["source"], sentence=pattern.sentence(told), duty=None)
        yield _seated(draft.agreement, empty, told, article=None)


def _everything(session: Session, draft: Draft) -> tuple[Proposal, ...]:
    tree, agreement = drafts.tree_of(draft), draft.agreement
    held = drafts.conditions_of(draft, agreement, reading_agreements.facts(session, agreement))
    numbers, known = clause.numbers(tree, held), drafts.wordings(session, tree)
    return tuple(
        _proposal(agreement, one, number=numbers[one.key], place=place, told=pattern.read(plain))
        for one in tree
        if one.key in numbers and one.key in known
        for place, plain in enumerate(known[one.key].patterns)
    )


def _proposal(agreement: Agreement, article: Article, *, number: int, place: int, told: Pattern) -> Proposal:
    where = place_of(article, number, told.label)
    made = Proposal(key=f"{article.key}.{place}", place=where, sentence=pattern.sentence(told), duty=None)
    return _seated(agreement, made, told, article=where)


def _seated(agreement: Agreement, made: Proposal, told: Pattern, *, article: str | None) -> Proposal:
    """Give a proposal its duty, or the reason why the parties do not allow it."""
    ours = next((party.position for party in agreement.parties if party.organisation.is_ours), 1)
    try:
        seats = pattern.seats(told, count=len(agreement.parties), ours=ours)
    except RuleBroken as broken:
        return replace(made, reason=broken)
    ids = {party.position: party.organisation_id for party in agreement.parties}
    duty = Duty(
        kind=told.kind,
        title=told.title,
        article=article,
        evidence=told.evidence or None,
        schedule=told.as_schedule(),
        debtors=frozenset(ids[seat] for seat in seats.debtors),
        creditors=frozenset(ids[seat] for seat in seats.creditors),
    )
    return replace(made, duty=duty)


def dates(session: Session, draft: Draft, duties: Sequence[Duty], *, now: datetime) -> tuple[tuple[Due, ...], ...]:
    """Return the dates that each of several duties has by its schedule, without writing any."""
    anchors, places = reading.anchors_of(session, draft.agreement), reading.places(session, draft.agreement_id)
    until = add_months(office_date(now), schedule.HORIZON_MONTHS)
    return tuple(
        schedule.occurrences(one.schedule, anchors, calendar=places.calendar(one.debtors), horizon_on=until)
        for one in duties
    )


def accept(session: Session, draft: Draft, keys: Collection[str], *, actor: Actor, now: datetime) -> int:
    """Record the proposed duties of these keys and return how many.

    Of several, those that cannot be recorded yet stay proposed; when none can, RuleBroken says why.
    """
    draft_rights.check(draft.agreement, actor)
    opened = draft_saves.opened(session, draft, Section.OBLIGATIONS)
    made: dict[str, int] = {}
    problem = RuleBroken(N_("Usulan ini sudah diterima, ditolak, atau Pasalnya tidak lagi dipilih."))
    for one in proposals(session, draft):
        if one.key not in keys or one.duty is None:
            continue
        try:
            obligations.preview(session, draft.agreement, one.duty, now=now)
            made[one.key] = obligations.record(session, draft.agreement, duty=one.duty, actor=actor, now=now).id
        except RuleBroken as broken:
            problem = broken
    if not made:
        raise problem
    draft.facts = {**draft.facts, ACCEPTED: {**draft.facts.get(ACCEPTED, {}), **made}}
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)
    return len(made)


def decline(session: Session, draft: Draft, key: str, *, actor: Actor, now: datetime) -> None:
    """Note that a proposal is not wanted; it can be brought back with `reconsider`."""
    draft_rights.check(draft.agreement, actor)
    opened = draft_saves.opened(session, draft, Section.OBLIGATIONS)
    draft.facts = {**draft.facts, DECLINED: sorted({*draft.facts.get(DECLINED, ()), key})}
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)


def reconsider(session: Session, draft: Draft, *, actor: Actor, now: datetime) -> None:
    """Propose again what was declined."""
    draft_rights.check(draft.agreement, actor)
    opened = draft_saves.opened(session, draft, Section.OBLIGATIONS)
    draft.facts = {**draft.facts, DECLINED: []}
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)


def renumber(session: Session, draft: Draft, *, actor: Actor, now: datetime) -> int:
    """Let accepted duties name the Pasal and ayat where they stand now; return how many changed.

    A duty whose article is no longer printed keeps its place.
    """
    accepted = draft.facts.get(ACCEPTED, {})
    if not accepted:
        return 0
    places = {one.key: one.place for one in _everything(session, draft)}
    rows = session.scalars(select(Obligation).where(Obligation.id.in_(accepted.values()))).all()
    keys = {number: key for key, number in accepted.items()}
    changed = 0
    for row in rows:
        where = places.get(keys[row.id])
        if where is None or where == row.article or row.is_closed:
            continue
        duty = replace(obligations.duty_of(row), article=where)
        obligations.edit(session, row, duty=duty, version=row.version, actor=actor, now=now)
        changed += 1
    return changed
