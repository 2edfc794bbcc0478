"""What each view declares: for whom it is, and which action of the policy it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from portal.domain.policy import Action

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """For whom a page is."""

    EVERYBODY = "everybody"
    OFFICE = "office"
    PARTNER = "partner"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """The declaration of one view.

    `proof`: the act is a legal one, for which the password or a code must have been typed a short while ago; a function
    says for which of its requests.
    """

    audience: Audience
    action: Action | None = None
    proof: bool | Callable[[], bool] = False

    def wants_proof(self) -> bool:
        """Return whether this request is a legal act."""
        return self.proof() if callable(self.proof) else self.proof


def when_sent() -> bool:
    """Say for `proof` that an address is a legal act when its form is sent, not when it is opened."""
    return request.method == "POST"


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Declare a view that needs no sign-in. Keep the list of these short."""
    return _declare(Access(audience=Audience.EVERYBODY))(view)


def signed_in(view: View) -> View:
    """Declare a view for everybody who is signed in."""
    return _declare(Access(audience=Audience.SIGNED_IN))(view)


def signed_in_anew(view: View) -> View:
    """Declare a view that changes the ways into one's own account."""
    return _declare(Access(audience=Audience.SIGNED_IN, proof=True))(view)


def office(action: Action = Action.SEE_OFFICE, *, proof: bool | Callable[[], bool] = False) -> Callable[[View], View]:
    """Declare a view for the ministry's people who may do `action`; partners get "not found"."""
    return _declare(Access(audience=Audience.OFFICE, action=action, proof=proof))


def partner(
    action: Action = Action.SEE_AGREEMENT, *, proof: bool | Callable[[], bool] = False
) -> Callable[[View], View]:
    """Declare a view for partners who may do `action`; the ministry's people get "not found"."""
    return _declare(Access(audience=Audience.PARTNER, action=action, proof=proof))
