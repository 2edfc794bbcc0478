"""Reads of the mails that carry a code or a link; for a demonstration without a mail server only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Message

TEMPLATES = ("sign_in_code", "password_reset", "invitation")
MOST = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class JoiningMail:
    """One mail: to whom, when, and the code or the link in it."""

    recipient: str
    at: datetime
    code: str | None
    link: str | None


def latest(session: Session) -> tuple[JoiningMail, ...]:
    """Return the latest of these mails, the newest first."""
    found = session.scalars(
        select(Message)
        .where(Message.template.in_(TEMPLATES))
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(MOST)
    )
    return tuple(
        JoiningMail(
            recipient=row.recipient, at=row.created_at, code=row.values.get("code"), link=row.values.get("link")
        )
        for row in found
    )
