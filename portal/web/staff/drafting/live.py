"""What a save by itself sends back besides its own line: everything on the page that the save changed."""

from typing import TYPE_CHECKING, Any

from flask import request

from portal.domain.drafting import Section
from portal.web.staff.drafting import articles, newer, parties, preview, progress, section_page, words
from portal.web.staff.drafting.pages import address

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]


def changed(draft: "Draft", section: Section) -> Item:
    """Return states of sections, words under fields, numbers of articles, the preview, and who was here meanwhile."""
    found = progress.of(draft.agreement, draft)
    code = draft.agreement.code
    told: Item = {
        "parts": progress.nav(code, found, section),
        "newer": newer.told(draft, section, request.form.get("seen")),
        "reload": address(code, section),
        "words": words.of(section_page.form_of(found, section)),
        "preview": preview.of(draft, section, whole=preview.is_whole()),
    }
    if section is Section.PARTIES:
        return told | parties.shown(draft) | {"corrected": parties.corrected(draft)}
    return told | ({"articles": articles.shown(draft)["articles"]} if section is Section.ARTICLES else {})
