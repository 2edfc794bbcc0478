"""The way in: load the real set, load the sample set. Each is loaded once; what people changed since stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.policy import SYSTEM, Actor
from portal.models import Account, OfficeHolder, Organisation, SigningEvent
from portal.services import reminders
from portal.services.demo import (
    bodies,
    cards,
    drafts,
    duties,
    leaving,
    libraries,
    outcomes,
    papers,
    people,
    privacy,
    reminding,
    renditions,
    sources,
    talking,
)
from portal.services.demo.moments import Moment
from portal.services.demo.stages import entered
from portal.services.reference import read
from portal.storage import Storage

Row = dict[str, Any]


def load_real(session: Session, *, now: datetime, actor: Actor = SYSTEM) -> bool:
    """Load the real cooperation with its sources; return False when it was loaded before."""
    content, moment = read("real"), Moment(now=now)
    if session.scalar(select(SigningEvent.id).where(SigningEvent.code == content["signing_event"][0]["code"])):
        return False
    told = {row["code"]: row for row in content["source"]}
    known = bodies.put_all(session, content["organisation"], is_sample=False, actor=actor, moment=moment)
    bodies.put_people(session, content, known, moment=moment)
    _tell_bodies(session, content, known, told)
    _put_events(session, content["signing_event"], told)
    shelf = papers.Shelf(organisations=known, moment=moment, is_sample=False)
    for row in content["agreement"]:
        source = told[row["source"]]
        signed_on: date | None = row.get("signed_on")
        seen_on = signed_on or source["published_on"]
        agreement = papers.put(
            session,
            row,
            shelf,
            dates=papers.Dates(signed_on=signed_on),
            way=((Stage(row["stage"]), seen_on),),
            actor=actor,
        )
        sources.put_facts(session, agreement, tuple(row["facts"]), source=source)
    session.flush()
    return True


def _tell_bodies(session: Session, content: Row, known: dict[str, Organisation], told: dict[str, Row]) -> None:
    for row in content["organisation"]:
        fact = row["name"] + (f". {row['note']}" if "note" in row else "")
        sources.put_facts(session, known[row["code"]], (fact,), source=told[row["source"]])
    for row in content["person"]:
        holder = session.scalars(select(OfficeHolder).where(OfficeHolder.name == row["name"])).one()
        sources.put_facts(session, holder, (f"{row['name']}, {row['office']}",), source=told[row["source"]])


def _put_events(session: Session, rows: list[Row], told: dict[str, Row]) -> None:
    for row in rows:
        event = SigningEvent(**{name: row[name] for name in _EVENT_COLUMNS})
        session.add(event)
        session.flush()
        sources.put_facts(session, event, (f"{row['name']}. {row['note']}",), source=told[row["source"]])


_EVENT_COLUMNS = ("code", "name", "held_on", "place", "note")


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Where the demonstration lives: its files and its address; without them there are no files, no invitations."""

    storage: Storage | None = None
    base_url: str | None = None


def load_sample(session: Session, *, house: House | None = None, now: datetime, actor: Actor = SYSTEM) -> bool:
    """Load the sample set with its people; return False when it was loaded before.

    Reports and signed agreements carry files, each a page that says that it is a sample. No reminder is planned
    here: the next sweep plans what is due, and what lay in the past stays silent.
    """
    house = house or House()
    if session.scalar(select(Account.id).where(Account.is_sample.is_(True))):
        return False
    content, moment = read("sample_organisations"), Moment(now=now)
    rows = [*content["unit"], *content["organisation"]]
    known = bodies.put_all(session, rows, is_sample=True, actor=actor, moment=moment)
    bodies.put_people(session, content, known, moment=moment)
    actors = people.put_accounts(session, known, actor=actor, moment=moment)
    if house.base_url:
        people.invite(session, known, actors, base_url=house.base_url, now=now)
    people.subscribe(session, actors, now=now)
    _let_people_leave(session, known, actors, moment=moment)
    patterns = {row["code"]: row["number_pattern"] for row in rows}
    shelf = papers.Shelf(organisations=known, moment=moment, is_sample=True, patterns=patterns, storage=house.storage)
    with reminders.planned_later(session):
        for row in read("sample_agreements")["agreement"]:
            _put_sample_paper(session, row, shelf, actors[row["officer"]])
        duties.put_all(session, shelf, actors)
        outcomes.put_all(session, shelf, actors)
        reminding.put_ladder(session, shelf, actors)
    people.name_boards(session, actor=actor, now=now)
    privacy.put_all(session, actors, moment=moment)
    drafts.put_all(session, actor=actor, now=now)
    if house.storage:
        _put_words(session, actors, storage=house.storage, now=now)
        cards.put_all(session, known["arunika"], actors, storage=house.storage, moment=moment)
    return True


def _let_people_leave(
    session: Session, known: Mapping[str, Organisation], actors: Mapping[str, Actor], *, moment: Moment
) -> None:
    """Record who goes on leave, and who has left for good with everything handed over."""
    former = leaving.put_former(session, known, moment=moment)
    reminding.put_absence(session, {**actors, **former}, moment=moment)
    leaving.hand_over(session, actors, former, moment=moment)


def _put_words(session: Session, actors: Mapping[str, Actor], *, storage: Storage, now: datetime) -> None:
    """Put in what needs files: libraries, Word files that came back, what partners ask and answer."""
    libraries.put_all(session, actors, storage=storage, now=now)
    renditions.put_all(session, actors, storage=storage, now=now)
    talking.put_all(session, actors, storage=storage, now=now)


def _put_sample_paper(session: Session, row: Row, shelf: papers.Shelf, actor: Actor) -> None:
    moment = shelf.moment
    opened_on, signed_on = moment.day(row, "opened") or moment.today, moment.working_day(row, "signed")
    way = entered(
        Stage(row["stage"]),
        opened_on=opened_on,
        signed_on=signed_on,
        decided_on=moment.day(row, "decided"),
        today=moment.today,
    )
    dates = papers.Dates(
        signed_on=signed_on,
        starts_on=signed_on if row.get("starts") == row.get("signed") else moment.day(row, "starts"),
        ends_on=moment.day(row, "ends"),
    )
    papers.put(session, row, shelf, dates=dates, way=way, actor=actor)
