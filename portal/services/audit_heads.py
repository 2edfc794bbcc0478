"""The daily head of the trail: the chain is checked, its end is signed, kept and sent out of the portal.

A chain alone does not show that its tail was cut off; a head that lies elsewhere does. Design: platform B5.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.audit_chain import Head
from portal.domain.dates import office_date
from portal.models import AuditHead
from portal.models.audit_chain import seal_earlier
from portal.queries.audit_chain import Verdict
from portal.services import notices

TEMPLATE = "audit_head"


def begin(session: Session, key: bytes) -> int:
    """Seal what was recorded before the chain began; return how many entries. Nothing happens once it has begun."""
    session.flush()
    return seal_earlier(session.connection(), key)


def keep(session: Session, verdict: Verdict, *, keys: Sequence[bytes], mailbox: str, now: datetime) -> AuditHead | None:
    """Sign the end that a check has found, keep it and send it to `mailbox` if there is any.

    Return None for an empty chain.
    """
    if verdict.mac is None:
        return None
    head = Head.sign(keys[0], office_date(now), verdict.sequence, verdict.mac)
    fault = str(verdict.fault) if verdict.fault else None
    signed = {"sequence": head.sequence, "mac": head.mac, "signature": head.signature}
    row = AuditHead(day=head.day, made_at=now, checked=verdict.checked, fault=fault, **signed)
    session.add(row)
    session.flush()
    if mailbox:
        values = {"day": head.day.isoformat(), "checked": verdict.checked, "line": head.line, "fault": fault or ""}
        slot = f"audit-head-{head.day.isoformat()}"
        notices.enqueue(session, template=TEMPLATE, account=None, recipient=mailbox, values=values, slot=slot, now=now)
    return row


def line(row: AuditHead) -> str:
    """Return a kept head as one line of a file."""
    return Head(day=row.day, sequence=row.sequence, mac=row.mac, signature=row.signature).line
