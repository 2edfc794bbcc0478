"""The authenticator app: set up with its first code, asked for its codes, replaced by recovery codes when it is lost.

The secret that the app holds is sealed with the key of the settings (`domain/secret.py`): a stolen database holds
nothing that makes codes. `keys` are that key and the ones before it; an old seal is made anew when its app is used.
"""

import base64
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyotp
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.code import heard_code
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.domain.secret import new_spoken_code, slow_fingerprint
from portal.models import Account, Authenticator, RecoveryCode
from portal.services import audit, notices
from portal.services.sealing import sealed, unsealed

ISSUER = "Simpul"
STEP_SECONDS = 30
LEEWAY = 1
"""A code of the half minute before or after is taken, too: clocks of telephones differ."""
RECOVERY_CODES = 10
SECRET_BYTES = 20
_NOTHING_BEGUN = N_("Aplikasi ini sudah terpasang. Buka lagi halaman aplikasi.")


def has(session: Session, account_id: int) -> bool:
    """Return whether a person's app asks for codes."""
    wanted = select(Authenticator.id).where(Authenticator.account_id == account_id, Authenticator.secret.is_not(None))
    return session.scalar(wanted) is not None


def find(session: Session, account_id: int, *, lock: bool = False) -> Authenticator | None:
    """Return the app of a person, set up or about to be."""
    wanted = select(Authenticator).where(Authenticator.account_id == account_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalar(wanted)


def codes_left(session: Session, account_id: int) -> int:
    """Return how many recovery codes still work."""
    open_ones = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count(RecoveryCode.id)).where(*open_ones)) or 0


def begin(session: Session, account: Account, *, key: str) -> None:
    """Begin to set up an app; until its first code was typed, the one before goes on letting in."""
    row = find(session, account.id, lock=True)
    if row is None:
        row = Authenticator(account_id=account.id, organisation_id=account.organisation_id)
        session.add(row)
    row.next_secret = _seal(row, secrets.token_bytes(SECRET_BYTES), key=key)


def _seal(row: Authenticator, secret: bytes, *, key: str) -> str:
    return sealed(secret, key=key, owner=str(row.account_id))


def text_key(row: Authenticator, *, key: str) -> str:
    """Return the secret of an app that is being set up as its text key, 32 letters; raise RuleBroken without one."""
    secret = row.next_secret and unsealed(row.next_secret, key=key, owner=str(row.account_id))
    if not secret:
        raise RuleBroken(_NOTHING_BEGUN)
    return base64.b32encode(secret).decode()


def address(account: Account, text: str) -> str:
    """Return what the QR code of an app with this text key says."""
    return pyotp.TOTP(text).provisioning_uri(name=account.email, issuer_name=ISSUER)


def _step(secret: bytes, typed: str, *, now: datetime) -> int | None:
    """Return the half minute for which a code is right, None when it is wrong."""
    app, today = pyotp.TOTP(base64.b32encode(secret).decode()), int(now.timestamp()) // STEP_SECONDS
    near = range(today - LEEWAY, today + LEEWAY + 1)
    right = [step for step in near if hmac.compare_digest(app.at(step * STEP_SECONDS), typed)]
    return max(right, default=None)


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def confirm(session: Session, account: Account, typed: str, *, key: str, now: datetime) -> list[str]:
    """Take the first code of an app that is being set up; return the new recovery codes, which nobody sees again.

    Raises RuleBroken when the code is wrong or nothing is being set up.
    """
    row = find(session, account.id, lock=True)
    secret = row and row.next_secret and unsealed(row.next_secret, key=key, owner=str(account.id))
    if row is None or not secret:
        raise RuleBroken(_NOTHING_BEGUN, field="code")
    step = _step(secret, _digits(typed), now=now)
    if step is None:
        raise RuleBroken(N_("Kode tidak cocok. Periksa jam telepon, lalu tulis kode yang terbaru."), field="code")
    row.secret, row.next_secret, row.last_step, row.confirmed_at = row.next_secret, None, step, now
    tell(session, account, "authenticator_added", actor=_self(account), now=now)
    return _new_codes(session, account)


def new_codes(session: Session, account: Account, *, now: datetime) -> list[str]:
    """Return new recovery codes in place of the ones before; nobody sees them again. RuleBroken without an app."""
    if not has(session, account.id):
        raise RuleBroken(N_("Pasang aplikasi lebih dulu, lalu buat kode cadangan."))
    tell(session, account, "recovery_codes_made", actor=_self(account), now=now)
    return _new_codes(session, account)


def _new_codes(session: Session, account: Account) -> list[str]:
    _forget_codes(session, account.id)
    made = [new_spoken_code() for _ in range(RECOVERY_CODES)]
    owner = {"account_id": account.id, "organisation_id": account.organisation_id}
    session.add_all(RecoveryCode(**owner, code_hash=_hash(account.id, code)) for code in made)
    return made


def _forget_codes(session: Session, account_id: int) -> None:
    for row in session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account_id)):
        session.delete(row)


def _hash(account_id: int, code: str) -> str:
    return slow_fingerprint(f"{account_id} {code}")


def verify(session: Session, account: Account, typed: str, *, keys: Sequence[str], now: datetime) -> bool:
    """Return whether `typed` is a code of the person's app or one of the recovery codes; either works once."""
    spoken = heard_code(typed)
    if spoken is not None:
        return _take_recovery_code(session, account, spoken, now=now)
    return _take_app_code(session, account, _digits(typed), keys=keys, now=now)


def _take_app_code(session: Session, account: Account, digits: str, *, keys: Sequence[str], now: datetime) -> bool:
    row = find(session, account.id, lock=True)
    if row is None or row.secret is None:
        return False
    for key in keys:
        secret = unsealed(row.secret, key=key, owner=str(account.id))
        step = _step(secret, digits, now=now) if secret else None
        if secret and step is not None and step > row.last_step:
            row.last_step, row.secret = step, _seal(row, secret, key=keys[0])
            return True
    return False


def _take_recovery_code(session: Session, account: Account, code: str, *, now: datetime) -> bool:
    own = (RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _hash(account.id, code))
    wanted = select(RecoveryCode).where(*own, RecoveryCode.used_at.is_(None))
    row = session.scalar(wanted.with_for_update())
    if row is None:
        return False
    row.used_at = now
    tell(session, account, "recovery_code_used", actor=_self(account), now=now)
    return True


def remove(session: Session, account: Account, *, now: datetime) -> None:
    """Take the app away from one's own account; other browsers have to sign in anew by themselves."""
    forget(session, account.id)
    tell(session, account, "authenticator_removed", actor=_self(account), now=now)


def forget(session: Session, account_id: int) -> None:
    """Forget the app of a person and its recovery codes."""
    _forget_codes(session, account_id)
    row = find(session, account_id, lock=True)
    if row is not None:
        session.delete(row)


def _self(account: Account) -> Actor:
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)


def tell(
    session: Session,
    account: Account,
    change: str,
    *,
    actor: Actor,
    now: datetime,
    detail: Mapping[str, int | None] | None = None,
) -> None:
    """Write down what changed for the ways in, and tell the person by mail."""
    audit.record(session, change, subject=account, actor=actor, now=now, detail=detail)
    notices.enqueue(
        session,
        template="authenticator_changed",
        account=account,
        values={"change": change, "changed_at": now.isoformat(), "path": "/akun"},
        slot=f"{change}-{now:%H%M%S}",
        now=now,
    )
