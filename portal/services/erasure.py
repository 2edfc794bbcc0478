"""Erasing a person: afterwards neither name nor address stands in any row, but in what is archived of agreements.

Keys, devices, sessions and invitations are deleted, mails blanked, details of the trail erased (the chain holds), and
every other text gets a placeholder. Legal acts keep that somebody did them: "Orang #12 (data dihapus)". What stays and
why is said by `models.personal.ARCHIVED`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from portal.domain import personal as rules
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.personal import DataKind
from portal.domain.policy import Action, Actor
from portal.domain.reminder import MessageStage
from portal.domain.secret import fingerprint
from portal.models import Account, Base, Contact, Entry, Message, SignInLock, personal
from portal.queries import handovers, personal_rows
from portal.queries.personal_rows import Person, Relation
from portal.services import audit, sign_in, user_roles

KEYS = (
    *("sign_in_session", "trusted_device", "second_step", "password_reset"),
    *("authenticator", "recovery_code", "calendar_feed", "invitation", "attempt"),
)
"""Tables whose rows let a person in, or would: they are deleted."""
WAITING = (MessageStage.PENDING, MessageStage.LEASED, MessageStage.HELD)
NUMBER_GONE = "(nomor dihapus)"
_REASON = "data_erased"


def erase_account(session: Session, account: Account, *, actor: Actor, now: datetime) -> Mapping[str, int]:
    """Erase the owner of an account; return how many rows of each table were touched.

    Raises RuleBroken for one's own account, the last administrator, and who still holds work of the office.
    """
    policy.check(actor, Action.DECIDE_DATA_REQUEST)
    if account.id == actor.account_id:
        raise RuleBroken(N_("Data sendiri dihapus oleh administrator lain. Mintalah kepadanya."))
    if account.email.endswith("@" + rules.ERASED_DOMAIN):
        raise RuleBroken(N_("Data orang ini sudah dihapus. Muat ulang halaman."))
    user_roles.lock_admins(session)
    user_roles.check_not_last_admin(session, account, now=now)
    held = sum(len(found) for found in handovers.held(session, account.id, today=office_date(now)).values())
    if held:
        raise RuleBroken(N_("Orang ini masih memegang %(n)s hal. Mutasikan dulu, lalu hapus datanya."), n=held)
    sign_in.end_all(session, account.id, now=now)
    session.flush()
    person = personal_rows.of_account(account)
    done = wipe(session, person, actor=actor, now=now)
    blank_account(account, now=now)
    session.flush()
    audit.record(session, "person_erased", subject=account, actor=actor, now=now, detail={"rows": dict(done)})
    return done


def erase_known(session: Session, person: Person, *, subject: Any, actor: Actor, now: datetime) -> Mapping[str, int]:
    """Erase somebody without an account, known by name and address; `subject` is the request that asks for it."""
    policy.check(actor, Action.DECIDE_DATA_REQUEST)
    if not person.needles:
        raise RuleBroken(N_("Tidak ada nama atau alamat yang dapat dicari."))
    done = wipe(session, person, actor=actor, now=now)
    audit.record(session, "person_erased", subject=subject, actor=actor, now=now, detail={"rows": dict(done)})
    return done


def blank_account(account: Account, *, now: datetime) -> None:
    """Take the person out of the account itself; the row stays, as others name it by its number."""
    account.name, account.email = rules.erased_name(account.id), rules.erased_email(account.id)
    account.greeting = account.phone = account.password_hash = None
    account.is_active, account.updated_at = False, now


def wipe(session: Session, person: Person, *, actor: Actor, now: datetime) -> Counter[str]:
    """Take a person out of every table but the account itself; return how many rows of each were touched."""
    done: Counter[str] = Counter()
    _blank_mails(session, person, done)
    _delete_keys(session, person, done)
    _erase_trail(session, person, done, actor=actor, now=now)
    is_only = not _has_namesake(session, person)
    for table in personal_rows.tables():
        if table.name not in {"account", "entry", *KEYS}:
            _replace_in(session, table, person, done, is_only=is_only)
    session.expire_all()
    return done


def _delete_keys(session: Session, person: Person, done: Counter[str]) -> None:
    for name in KEYS:
        table = Base.metadata.tables[name]
        found = personal_rows.naming(table, person)
        if "account_id" in table.c and person.account_id is not None:
            found = or_(found, table.c.account_id == person.account_id)
        done[name] += session.execute(delete(table).where(found)).rowcount  # type: ignore[attr-defined]
    hashes = [fingerprint(each.lower()) for each in person.contacts]
    session.execute(delete(SignInLock).where(SignInLock.email_hash.in_(hashes)))
    if person.account_id is None:
        reached = or_(Contact.email.in_(person.contacts), Contact.phone.in_(person.contacts))
        gone = delete(Contact).where(reached, Contact.name.in_(person.names))
        done["contact"] += session.execute(gone).rowcount  # type: ignore[attr-defined]


def _blank_mails(session: Session, person: Person, done: Counter[str]) -> None:
    mine: ColumnElement[bool] = Message.recipient.in_(person.contacts)
    if person.account_id is not None:
        mine = or_(mine, Message.account_id == person.account_id)
    for message in session.scalars(select(Message).where(mine)):
        message.recipient = f"surel-{message.id}@{rules.ERASED_DOMAIN}"
        message.values = {}
        message.subject = message.body_text = message.body_html = message.last_error = None
        if message.stage in WAITING:
            message.stage = MessageStage.CANCELLED
        done["message"] += 1
    session.flush()


def _erase_trail(session: Session, person: Person, done: Counter[str], *, actor: Actor, now: datetime) -> None:
    table = Base.metadata.tables["entry"]
    told = personal_rows.naming(table, person)
    if person.account_id is not None:
        told = or_(told, (Entry.subject_kind == "account") & (Entry.subject_id == person.account_id))
    entries = session.scalars(select(Entry).where(told)).all()
    audit.erase_details(session, entries, reason=_REASON, actor=actor, now=now)
    done["entry"] += len(entries)


def _has_namesake(session: Session, person: Person) -> bool:
    """Return whether another account has the same name: then only what is tied to this one is changed by name."""
    other = select(Account.id).where(Account.name.in_(person.names))
    if person.account_id is not None:
        other = other.where(Account.id != person.account_id)
    return session.scalar(other.limit(1)) is not None


def _replace_in(session: Session, table: Table, person: Person, done: Counter[str], *, is_only: bool) -> None:
    key = table.c[personal_rows.key_of(table)]
    rows = session.execute(select(table).where(personal_rows.naming(table, person))).mappings().all()
    for row in rows:
        relation = personal_rows.relation(table, dict(row), person)
        needles = person.needles if is_only or relation is not Relation.MENTIONS else person.contacts
        values = _changed(table, dict(row), person, needles, is_about=relation is Relation.ABOUT)
        if values:
            session.execute(update(table).where(key == row[key.name]).values(values))
            done[table.name] += 1


def _changed(
    table: Table, row: dict[str, Any], person: Person, needles: tuple[str, ...], *, is_about: bool
) -> dict[str, Any]:
    archived = personal.ARCHIVED.get(table.name, frozenset())
    found: dict[str, Any] = {}
    for name, kind in personal_rows.marked(table.name).items():
        column, before = table.c[name], row[name]
        if name in archived or before is None:
            continue
        is_address = kind is DataKind.CONTACT and str(before).lower() in {each.lower() for each in needles}
        is_emptied = column.nullable and (is_address or (kind is DataKind.FACT and is_about))
        after = None if is_emptied else _without(before, person, needles)
        if after != before:
            length = getattr(column.type, "length", None) if isinstance(column.type, String) else None
            found[name] = after[:length] if length and isinstance(after, str) else after
    return found


def _without(value: Any, person: Person, needles: tuple[str, ...]) -> Any:
    """Return a value in which each needle is replaced, whatever the case of its letters, in parts of JSON as well."""
    if isinstance(value, str):
        for needle in needles:
            pattern = rf"(?<![^\W_]){re.escape(needle)}(?![^\W_])"
            value = re.sub(pattern, _placeholder(needle, person).replace("\\", ""), value, flags=re.IGNORECASE)
        return value
    if isinstance(value, Mapping):
        return {_without(key, person, needles): _without(each, person, needles) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, person, needles) for each in value]
    return value


def _placeholder(needle: str, person: Person) -> str:
    number = person.account_id or 0
    if "@" in needle:
        return rules.erased_email(number)
    return NUMBER_GONE if needle in person.contacts else rules.erased_name(number)
