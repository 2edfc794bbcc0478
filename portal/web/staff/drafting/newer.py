"""Whether somebody else saved another section after a page was opened; the page sends back what it has seen."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from portal.domain.drafting import Section
from portal.web import guard
from portal.web.filters import datetime_zone, label
from portal.web.staff.drafting.pages import WORDS

if TYPE_CHECKING:
    from portal.models import Draft


def seen(draft: "Draft") -> str:
    """Return the number of the last save of each section, for the page to send back."""
    return " ".join(f"{WORDS[row.section]}.{row.stamp}" for row in draft.sections)


def told(draft: "Draft", here: Section, known: str | None) -> str:
    """Return who changed another section since the page was opened, or nothing; `known` is what `seen` gave then."""
    if known is None:
        return ""
    before = {word: number for word, _dot, number in (pair.rpartition(".") for pair in known.split())}
    me = guard.actor().account_id
    others = (row for row in draft.sections if row.section is not here and row.saved_by_id != me)
    rows = [row for row in others if str(row.stamp) != before.get(WORDS[row.section])]
    if not rows:
        return ""
    last = max(rows, key=lambda row: row.saved_at)
    name = last.saved_by.name if last.saved_by else "Simpul"
    values = {"section": label(last.section), "name": name, "at": datetime_zone(last.saved_at)}
    return str(_("Bagian “%(section)s” diubah %(name)s pada %(at)s.", **values))
