"""What answers a section that a rule refused: its page, or that of the closed text, with what was typed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from portal.domain.drafting import Section
from portal.services import draft_rights
from portal.web.staff.drafting import closed, section_page

if TYPE_CHECKING:
    from portal.models import Draft


def answer(
    draft: "Draft", section: Section, problem: str, typed: Iterable[str], more: Mapping[str, Any]
) -> tuple[str, int]:
    """Return the page with the sentence of the rule and with what was typed and does not stand there; 422.

    `more` is what the section shows besides its form.
    """
    reason = draft_rights.in_time(draft.agreement).reason
    not_kept = section_page.not_there(draft, section, typed)
    if reason:
        return closed.page(draft, reason, not_kept=not_kept), 422
    return section_page.answer(draft.agreement, draft, section, refused=problem, not_kept=not_kept, **more), 422
