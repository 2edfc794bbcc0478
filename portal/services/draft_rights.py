"""Who may write the text of an agreement, and until when: asked by every service that changes a draft."""

from portal.domain import policy
from portal.domain.agreement import check_drafting
from portal.domain.errors import RuleBroken
from portal.domain.policy import Action, Actor, Verdict
from portal.models import Agreement
from portal.queries import agreements as reading_agreements


def check(agreement: Agreement, actor: Actor) -> None:
    """Raise NotAllowed, NotFound or RuleBroken unless `actor` may write the text of this agreement now."""
    policy.check(actor, Action.DRAFT_DOCUMENT)
    reading_agreements.check_readable(agreement, actor)
    check_drafting(agreement.stage)


def in_time(agreement: Agreement) -> Verdict:
    """Return whether the text of an agreement may still be written, with the reason if not."""
    try:
        check_drafting(agreement.stage)
    except RuleBroken as broken:
        return Verdict(allowed=False, reason=broken.message)
    return Verdict(allowed=True)
