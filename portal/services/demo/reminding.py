"""How people of the sample set are reminded: somebody goes on leave, and one duty has a ladder of its own."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.policy import Actor
from portal.domain.reminder import Audience, Rule, SubjectKind
from portal.models import Obligation, ReminderLadder
from portal.queries.ladders import value_of
from portal.services import absences, reminder_ladders
from portal.services.absences import Leave
from portal.services.demo.moments import Moment
from portal.services.demo.papers import Shelf

AWAY, DEPUTY = "tenri@kemensos.example", "hasan@kemensos.example"
"""The deputy leaves the office before the leave begins: see `leaving`."""
HEAD, LEADS = "gilang@kemensos.example", timedelta(days=9)
LASTS = timedelta(days=9)
URGENT = "Laporan mendesak"
URGENT_STEPS = {Audience.OFFICER: (-7, -1), Audience.HEAD: (0,)}
"""Beside the default rungs: the office hears before the date, its head on the day itself."""
URGENT_DUTY = ("pks-bumantara", "Menyerahkan laporan bulanan penerima layanan")


def put_absence(session: Session, actors: Mapping[str, Actor], *, moment: Moment) -> None:
    """Record that an officer goes on leave soon and who stands in."""
    away, deputy = actors[AWAY], actors[DEPUTY]
    if away.account_id is None:
        return
    starts_on = moment.today + LEADS
    leave = Leave(
        account_id=away.account_id,
        deputy_id=deputy.account_id,
        starts_on=starts_on,
        ends_on=starts_on + LASTS,
        note="Cuti tahunan (contoh)",
    )
    absences.record(session, leave, actor=away, now=moment.now)


def put_ladder(session: Session, shelf: Shelf, actors: Mapping[str, Actor]) -> None:
    """Make a ladder for urgent reports and give it to one duty; without the default one there is nothing to copy."""
    default = session.scalar(
        select(ReminderLadder).where(
            ReminderLadder.subject_kind == SubjectKind.OCCURRENCE, ReminderLadder.is_default.is_(True)
        )
    )
    if default is None:
        return
    now, head = shelf.moment.now, actors[HEAD]
    made = reminder_ladders.copy(session, default, name=URGENT, actor=head, now=now)
    more = [
        Rule(kind=SubjectKind.OCCURRENCE, step=step, audience=audience)
        for audience, steps in URGENT_STEPS.items()
        for step in steps
    ]
    rules = [*value_of(made).rules, *more]
    reminder_ladders.edit(session, made, rules, version=made.version, actor=head, now=now)
    agreement, title = shelf.papers[URGENT_DUTY[0]], URGENT_DUTY[1]
    wanted = select(Obligation).where(Obligation.agreement_id == agreement.id, Obligation.title == title)
    officer = next(actor for actor in actors.values() if actor.account_id == agreement.officer_id)
    reminder_ladders.assign(session, session.scalars(wanted).one(), made, actor=officer, now=now)
