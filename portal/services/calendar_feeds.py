"""Calendar feeds: making one, revoking it, opening it with its secret. Only the hash of the secret is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.domain.secret import fingerprint, new_token
from portal.models import Account, Attempt, CalendarFeed
from portal.services import audit, sign_in

MOST_FEEDS = 20
"""So many a person may have: one for each of their views is enough."""
NOTE_EVERY = timedelta(hours=1)
"""That a feed was read is written at most once an hour (Settled 16)."""
WRONG_TRIES = 60
"""So many wrong secrets of one address are answered in an hour; then it has to wait."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """For whom a feed is read: the person as of today, their language, and the filter of the view."""

    actor: Actor
    language: str
    view: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What came of a secret: who reads, or nobody; `must_wait` after too many wrong ones."""

    reader: Reader | None = None
    must_wait: bool = False


def create(session: Session, *, name: str, view: str, actor: Actor, now: datetime) -> tuple[CalendarFeed, str]:
    """Make a feed of the person who acts and return it with its secret, which is never shown again.

    `view` is the query of a saved filter, or blank. Raises RuleBroken when there are too many or the name is blank.
    """
    own = (CalendarFeed.account_id == actor.account_id, CalendarFeed.revoked_at.is_(None))
    if (session.scalar(select(func.count(CalendarFeed.id)).where(*own)) or 0) >= MOST_FEEDS:
        raise RuleBroken(N_("Anda sudah punya %(most)s alamat. Cabut yang tidak dipakai dulu."), most=MOST_FEEDS)
    if not name.strip():
        raise RuleBroken(N_("Tulis nama langganan, misalnya untuk gawai apa."), field="name")
    token = new_token()
    feed = CalendarFeed(
        account_id=actor.account_id,
        organisation_id=actor.organisation_id,
        token_hash=fingerprint(token),
        name=name.strip(),
        view=view,
        created_at=now,
    )
    session.add(feed)
    session.flush()
    audit.record(session, "calendar_feed_made", subject=feed, actor=actor, now=now, detail={"view": view})
    return feed, token


def revoke(session: Session, feed: CalendarFeed, *, actor: Actor, now: datetime) -> None:
    """Revoke a feed: its address answers from now on as one that never was."""
    feed.revoked_at = now
    session.flush()
    audit.record(session, "calendar_feed_revoked", subject=feed, actor=actor, now=now)


def open_with(session: Session, token: str, *, address: str, now: datetime) -> Opened:
    """Return who reads with a secret; never raises, so that what it counts is kept. Run it in `transaction.apart()`.

    A wrong, a revoked and an absent secret are the same, and so is that of a person who may not sign in any more.
    """
    feed = session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.token_hash == fingerprint(token), CalendarFeed.revoked_at.is_(None))
        .options(joinedload(CalendarFeed.account).joinedload(Account.organisation))
    )
    account = feed.account if feed else None
    if feed is None or account is None or not account.is_active:
        return Opened(must_wait=_too_many(session, address, now=now))
    roles = sign_in.roles_on(session, account.id, now=now)
    if not roles:
        return Opened()
    if feed.read_at is None or now - feed.read_at >= NOTE_EVERY:
        feed.read_at = now
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=roles)
    return Opened(reader=Reader(actor=actor, language=account.language, view=feed.view, name=feed.name))


def _too_many(session: Session, address: str, *, now: datetime) -> bool:
    """Count a wrong secret of an address; return whether there were too many this hour."""
    window, key = now.replace(minute=0, second=0, microsecond=0), f"calendar {address}"
    row = session.scalar(select(Attempt).where(Attempt.key == key, Attempt.window_at == window).with_for_update())
    if row is None:
        row = Attempt(key=key, window_at=window, count=0)
        session.add(row)
    if row.count <= WRONG_TRIES:
        row.count += 1
    session.flush()
    return row.count > WRONG_TRIES
