"""For whom somebody hears of a reminder: the usual reader who is away, and until when."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.reminder import SubjectKind
from portal.models import Absence, Account, Reminder
from portal.queries.reminder_people import AUDIENCES, hearers, stand_ins
from portal.queries.reminder_subjects import live

Replaced = dict[str, str]
"""Who is away: `name`, and `until`, the last day of the absence as ISO text; plain values for a mail."""


def replaced(session: Session, reminders: Sequence[Reminder], *, today: date) -> dict[int, Replaced]:
    """Return by the id of a reminder whom its reader replaces today; others have no entry.

    One statement while the readers stand in for nobody, else one more for each kind of reminder.
    """
    absent = _absent(session, {each.account_id for each in reminders}, today)
    found: dict[int, Replaced] = {}
    for kind in SubjectKind if absent else ():
        mine = [each for each in reminders if each.subject_kind is kind and each.account_id in absent]
        usual = _usual(session, kind, mine, today) if mine else {}
        for each in mine:
            people = usual.get((each.subject_id, AUDIENCES.index(each.audience)), set())
            away = sorted(people & set(absent[each.account_id]))
            if away and each.account_id not in people:
                found[each.id] = absent[each.account_id][away[0]]
    return found


def _absent(session: Session, readers: set[int], today: date) -> dict[int, dict[int, Replaced]]:
    """Return by reader everybody in whose place they hear; of several absences the one that ends last."""
    stand = stand_ins(today)
    rows = session.execute(
        select(stand.c.stand_in_id, Account.id, Account.name, Absence.ends_on)
        .join(Account, Account.id == stand.c.account_id)
        .join(Absence, Absence.account_id == Account.id)
        .where(
            stand.c.stand_in_id.in_(readers),
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
        .order_by(Absence.ends_on)
    )
    found: dict[int, dict[int, Replaced]] = {}
    for row in rows:
        found.setdefault(row.stand_in_id, {})[row.id] = {"name": row.name, "until": row.ends_on.isoformat()}
    return found


def _usual(
    session: Session, kind: SubjectKind, reminders: Sequence[Reminder], today: date
) -> dict[tuple[int, int], set[int]]:
    """Return who would hear of these subjects if nobody were away, by subject and place of the audience."""
    every = live(kind).subquery("every")
    ids = {each.subject_id for each in reminders}
    subject = select(every).where(every.c.subject_id.in_(ids)).subquery("subject")
    who = hearers(kind, subject, frozenset(each.audience for each in reminders), today, with_stand_ins=False)
    found: dict[tuple[int, int], set[int]] = {}
    if who is not None:
        for row in session.execute(select(who.c.subject_id, who.c.place, who.c.account_id)):
            found.setdefault((row.subject_id, row.place), set()).add(row.account_id)
    return found
