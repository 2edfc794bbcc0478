"""The alarm when nobody can be told: one mail a day to the mail box of the unit whose reminders find no reader.

It is written in working hours on the delivery that first finds any, and says what is true when it leaves. Without any
box only the first page of the office tells. Looking goes through every date that is near, so it is done now and then.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.calendar import CalendarNotLoaded, WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.organisation import Zone
from portal.models import Message
from portal.queries import jobs
from portal.queries import unheard as reading
from portal.queries.unheard import Box, Subject
from portal.services import digests, job_runs, notices

TEMPLATE = "unheard"
SLOT = "unheard"
LOOK_EVERY = timedelta(minutes=10)
"""All workers together look so often; what waits has waited since midnight."""


def tell(session: Session, *, now: datetime, calendar: WorkingCalendar) -> int:
    """Put the mail of each box that has something unheard into the outbox; return how many boxes.

    A box that was told today is not told again, and nobody looks who looked a short while ago. A calendar without the
    year's days plans nothing and finds nothing.
    """
    if digests.is_quiet(now, Zone.WIB, calendar.assumed()):
        return 0
    looked_at = jobs.beaten_at(session, SLOT)
    if looked_at is not None and timedelta(0) <= now - looked_at < LOOK_EVERY:
        return 0
    job_runs.beat(session, SLOT, detail="", now=now)
    today, boxes = office_date(now), reading.boxes(session)
    told = reading.told_on(session, SLOT, today) if boxes else frozenset()
    names = {box.address: box.name for box in boxes.values() if box.address not in told}
    if not names:
        return 0
    made = 0
    for address, subjects in _by_address(session, boxes, now=now, calendar=calendar).items():
        if address in names:
            values = reading.values(session, subjects, name=names[address], today=today)
            mail: dict[str, Any] = {
                "template": TEMPLATE,
                "account": None,
                "recipient": address,
                "values": values,
                "slot": SLOT,
            }
            made += notices.enqueue(session, **mail, now=now) is not None
    return made


def _by_address(
    session: Session, boxes: dict[int | None, Box], *, now: datetime, calendar: WorkingCalendar
) -> dict[str, list[Subject]]:
    """Return what nobody hears of by the address that is to hear of it."""
    try:
        subjects = reading.list_subjects(session, today=office_date(now), calendar=calendar)
    except CalendarNotLoaded:
        return {}
    found: dict[str, list[Subject]] = {}
    for each in subjects:
        box = boxes.get(each.unit_id) or boxes.get(None)
        if box is not None:
            found.setdefault(box.address, []).append(each)
    return found


def refill(session: Session, message: Message, *, now: datetime, calendar: WorkingCalendar) -> bool:
    """Put what is true now into a mail that is about to leave; False when somebody is told of everything by now."""
    found = _by_address(session, reading.boxes(session), now=now, calendar=calendar).get(message.recipient)
    if not found:
        return False
    message.values = reading.values(session, found, name=str(message.values["name"]), today=office_date(now))
    return True
