"""Before a legal act: who has not typed the password or a code for a while is asked for it, and the act goes on.

What was sent comes back within the page that asks, under its own names, and is sent again together with the proof:
nothing is stored and nothing has to be typed twice. Views say that they are legal acts with `proof=` (`web/access.py`).
Forms with a file cannot be carried so, and are no legal acts.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from flask import current_app, g, request

from portal import clock
from portal.services import proofs
from portal.services.proofs import Proof
from portal.services.sign_in import SignedIn
from portal.web import transaction
from portal.web.access import Access

FRESH: Final = timedelta(minutes=15)
"""So long after a proof nobody is asked again."""
FIELD: Final = "proof"


class ProofWanted(Exception):
    """A legal act came without a fresh proof, or with a wrong one."""

    def __init__(self, *, by_app: bool, refused: Proof | None = None) -> None:
        """Keep what the page that asks needs."""
        super().__init__()
        self.by_app = by_app
        self.refused = refused


def keys() -> Sequence[str]:
    """Return the portal's key and the ones before it."""
    settings = current_app.config["SETTINGS"]
    return (settings.secret_key, *settings.old_secret_keys)


def lacks_app(signed: SignedIn) -> bool:
    """Return whether somebody has to set up an authenticator app before anything else."""
    return signed.actor.is_staff and not signed.has_app and current_app.config["SETTINGS"].authenticator == "required"


def check(access: Access, signed: SignedIn) -> None:
    """Raise ProofWanted for a legal act without a fresh proof, unless the right one came with it."""
    now = clock.now()
    if not access.wants_proof() or now - signed.proved_at < FRESH:
        return
    typed = request.form.get(FIELD)
    if not typed:
        raise ProofWanted(by_app=signed.has_app)
    with transaction.apart() as extra:
        account_id = signed.actor.account_id or 0
        proof = proofs.prove(extra, account_id, signed.session_id, typed, keys=keys(), now=now)
    if not proof.is_right:
        raise ProofWanted(by_app=signed.has_app, refused=proof)
    g.proved_token = proof.token


def new_token() -> str | None:
    """Return the token that the session goes on with, when this request has proved who sends it."""
    token: str | None = g.get("proved_token")
    return token
