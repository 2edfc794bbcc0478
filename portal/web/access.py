"""What each view declares: for whom it is, and which action of the policy it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

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
    """The declaration of one view."""

    audience: Audience
    action: Action | None = None


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


def office(action: Action = Action.SEE_OFFICE) -> Callable[[View], View]:
    """Declare a view for the ministry's people who may do `action`; partners get "not found"."""
    return _declare(Access(audience=Audience.OFFICE, action=action))


def partner(action: Action = Action.SEE_AGREEMENT) -> Callable[[View], View]:
    """Declare a view for partners who may do `action`; the ministry's people get "not found"."""
    return _declare(Access(audience=Audience.PARTNER, action=action))
