"""Relief in the sample set: a request that waits, a date that was moved, one that rests."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.domain.contact import ContactWay
from portal.domain.obligation import DutyRole
from portal.domain.relief import ReliefKind, Wish
from portal.models import Occurrence
from portal.queries import obligations as reading
from portal.services import contacts, reliefs
from portal.services.contacts import Contact
from portal.services.demo import rounds
from portal.services.reliefs import Gift

ASKED, MOVED, HELD = "asked", "moved", "held"
"""Ends of the next date that are no answers."""
WAITING = timedelta(days=2)
"""How long ago the request was made that waits."""
TWO_WEEKS = timedelta(days=14)


def put(session: Session, occurrence: Occurrence, end: str, desk: rounds.Desk) -> None:
    """Bring one occurrence to `end`."""
    moment = desk.shelf.moment
    later = occurrence.due_on + TWO_WEEKS
    if end == ASKED:
        writer = desk.writer(frozenset(each for each, ours in _debtors(session, occurrence) if not ours))
        reason = "Dua pendamping sakit, sehingga bukti kegiatan belum lengkap. Kami mohon tambahan dua minggu."
        wish = Wish(kind=ReliefKind.EXTENSION, reason=reason, wanted_on=later)
        asker, at = writer.organisation_id or 0, moment.at(moment.today - WAITING)
        reliefs.ask(session, occurrence, wish=wish, organisation_id=asker, actor=writer, now=at)
        note = "Kendala disampaikan lewat telepon; diminta mengajukan permohonan di portal."
        called = Contact(organisation_id=asker, way=ContactWay.PHONE, at=at - timedelta(hours=1), note=note)
        agreement = occurrence.obligation.agreement
        contacts.note(session, agreement, contact=called, occurrence=occurrence, actor=desk.officer, now=at)
        return
    asker = next(each for each, ours in _debtors(session, occurrence) if not ours)
    wishes = {
        MOVED: Wish(kind=ReliefKind.EXTENSION, reason="Surat Direktur nomor 0/2026 (contoh): banjir.", wanted_on=later),
        HELD: Wish(kind=ReliefKind.HOLD, reason="Berita acara rapat (contoh): menunggu adendum.", wanted_on=None),
    }
    gift = Gift(wish=wishes[end], organisation_id=asker)
    reliefs.give(session, occurrence, gift=gift, version=None, actor=desk.officer, now=moment.now)


def _debtors(session: Session, occurrence: Occurrence) -> list[tuple[int, bool]]:
    sides = reading.party_names(session, [occurrence.obligation_id])[occurrence.obligation_id]
    return [(row.id, row.is_ours) for row in sides[DutyRole.DEBTOR]]
