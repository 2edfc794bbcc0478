"""Section 2: what the register says of each party, and who may sign for it."""

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.domain.dates import office_date
from portal.domain.drafting import Section
from portal.extensions import session
from portal.queries import draft_readiness
from portal.web.filters import date_long, label

if TYPE_CHECKING:
    from portal.models import Draft, OfficeHolder

Item = dict[str, Any]


def shown(draft: "Draft") -> Item:
    """Return for each party, in order, its chip, its hints, who may sign for it and who may not any more."""
    agreement, today = draft.agreement, office_date(clock.now())
    hints: dict[int, list[draft_readiness.Hint]] = {}
    for hint in draft_readiness.hints(session(), agreement, today=today):
        hints.setdefault(hint.position, []).append(hint)
    known = draft_readiness.standings(session(), agreement, today=today)
    return {
        "party_cards": [
            {
                **_ready(hints.get(party.position, [])),
                "holders": [_holder(row) for row in known.in_office[party.position]],
                "former": [_holder(row) for row in known.out_of_office[party.position]],
            }
            for party in agreement.parties
        ]
    }


def with_register(draft: "Draft", facts: Item) -> Item:
    """Return typed facts with what the register knows of the signatories that were named."""
    if "parties" not in facts:
        return facts
    day = draft.agreement.signed_on or office_date(clock.now())
    return facts | {"parties": draft_readiness.completed(session(), facts["parties"], day=day)}


def corrected(draft: "Draft") -> list[Item]:
    """Return the names and addresses that were stored otherwise than they were typed, to be shown instead."""
    if any(row.section is Section.PARTIES and row.raw for row in draft.sections):
        return []
    told = []
    for place, party in enumerate(draft.agreement.parties):
        for field in ("name_printed", "address_printed"):
            name, value = f"parties-{place}-{field}", getattr(party, field) or ""
            if name in request.form and " ".join(request.form[name].split()) != " ".join(value.split()):
                told.append({"name": name, "value": value, "is_long": field == "address_printed"})
    return told


def _ready(hints: list[draft_readiness.Hint]) -> Item:
    warnings = sum(hint.is_warning for hint in hints)
    text = ngettext("%(n)s hal perlu dilihat", "%(n)s hal perlu dilihat", warnings, n=warnings)
    return {
        "chip": {"text": text, "tone": "warn"} if warnings else {"text": _("Siap"), "tone": "good"},
        "hints": [{"text": _said(hint), "is_warning": hint.is_warning} for hint in hints],
    }


def _said(hint: draft_readiness.Hint) -> str:
    said = {name: date_long(value) if name == "date" else value for name, value in hint.values.items()}
    return str(_(hint.message, **said))


def _holder(row: "OfficeHolder") -> Item:
    """Return an office holder: name, and office with period and basis in one line."""
    first = date_long(row.starts_on) if row.starts_on else "…"
    span = f"{first} – {date_long(row.ends_on) if row.ends_on else _('sekarang')}"
    parts = (row.office, label(row.capacity), span if row.starts_on or row.ends_on else "", row.instrument or "")
    return {"name": row.name, "told": "; ".join(part for part in parts if part)}
