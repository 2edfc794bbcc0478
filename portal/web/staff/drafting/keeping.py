"""What the scripts of a section page keep unsent text by: whose it is, of which section, typed on which opened page."""

import secrets
from typing import TYPE_CHECKING, Any

from portal.domain.drafting import Section
from portal.domain.editing import PageMark
from portal.queries import drafts
from portal.web import guard
from portal.web.staff.drafting.pages import WORDS

if TYPE_CHECKING:
    from portal.models import Draft


def of(draft: "Draft", section: Section) -> dict[str, Any]:
    """Return the name to keep under, a new mark for this page, and the mark of the page that saved last."""
    row = drafts.section_of(draft, section)
    return {
        "name": name(draft, section),
        "mark": PageMark(page=secrets.token_hex(8)),
        "last": (row.page_mark if row else None) or "",
    }


def name(draft: "Draft", section: Section) -> str:
    """Return the name under which a browser keeps the unsent text of one person in one section."""
    return f"simpul.{guard.actor().account_id}.{draft.agreement.code}.{WORDS[section]}"
