"""A partner's card in words, for its own page and for the office's: facts, papers, the light. No query, no rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from portal.domain.organisation import Accreditation, LegalForm
from portal.domain.organisation_card import KEYS, CardPart, ProposalStage, day
from portal.domain.readiness import SOON_DAYS, Light, Readiness, Reason
from portal.queries.partner_performance import Performance
from portal.queries.partner_readiness import PartnerLight
from portal.web import downloads
from portal.web.filters import date_long, date_short, datetime_zone, file_size, label
from portal.web.forms.organisation_card import title_of

if TYPE_CHECKING:
    from portal.models import CardProposal, OrganisationDocument

Item = dict[str, Any]

TONES = {Light.GREEN: "good", Light.AMBER: "warn", Light.RED: "bad"}
STAGE_TONES = {ProposalStage.WAITING: "info", ProposalStage.ACCEPTED: "good", ProposalStage.REFUSED: "bad"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What the codes on a card are called: provinces, groups of clients, components of ATENSI."""

    by_key: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, provinces: Iterable[tuple[str, str]], lists: Mapping[str, Iterable[tuple[str, str]]]) -> "Names":
        """Join the lists of codes by the fact that keeps such codes."""
        own: dict[str, Mapping[str, str]] = {"province_code": dict(provinces)}
        return cls(by_key=own | {f"lks.{name}": dict(pairs) for name, pairs in lists.items()})


def said(key: str, value: Any, names: Names) -> str | None:
    """Return a plain value of a fact as people read it; None when it is not told."""
    if value in (None, "", []):
        return None
    known = names.by_key.get(key, {})
    if isinstance(value, list):
        return ", ".join(known.get(each, str(each)) for each in value)
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    return _said(key, value) or known.get(value, str(value))


def _said(key: str, value: str) -> str | None:
    if key.endswith("_on"):
        on = day(value)
        return date_long(on) if on else None
    kind = {"lks.legal_form": LegalForm, "lks.accreditation": Accreditation}.get(key)
    return label(kind(value)) if kind else None


def facts(part: CardPart, values: Mapping[str, Any], names: Names, waiting: "CardProposal | None" = None) -> list[Item]:
    """Return the facts of one part; what is proposed and not yet compared stands beside the value of today."""
    pending = waiting.changes if waiting else {}
    rows = []
    for key in KEYS[part]:
        row: Item = {"label": title_of(part, key), "value": said(key, values.get(key), names)}
        if key in pending:
            wanted = said(key, pending[key][1], names) or _("dikosongkan")
            row["note"] = _("Menunggu pemeriksaan: %(value)s", value=wanted)
        rows.append(row)
    return rows


def differences(proposal: "CardProposal", recorded: Mapping[str, Any], names: Names) -> list[Item]:
    """Return what a proposal changes: as it was then, as it is recorded now, as it is proposed."""
    return [
        {
            "label": title_of(proposal.part, key),
            "before": said(key, before, names),
            "now": said(key, recorded.get(key), names),
            "wanted": said(key, wanted, names),
            "moved": recorded.get(key) not in (before, wanted),
        }
        for key, (before, wanted) in proposal.changes.items()
    ]


def light(found: Readiness) -> Item:
    """Return the chip of a readiness light."""
    return {"text": label(found.light), "tone": TONES[found.light]}


def reason(one: Reason) -> Item:
    """Return one reason as a sentence with its tone."""
    said_values = {name: _value(value) for name, value in one.values.items()}
    return {"text": _(one.message, **said_values), "tone": TONES[one.light]}


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return date_long(value)
    return label(value) if isinstance(value, StrEnum) else value


def reasons(found: Readiness) -> list[Item]:
    """Return every reason why the light is not green."""
    return [reason(one) for one in found.reasons]


def partner_light(one: PartnerLight) -> Item:
    """Return the light of one partner of an agreement, with its reasons and the way to its card."""
    href = url_for("staff.organisations.show", code=one.code, _anchor="kelayakan")
    return {"name": one.name, "href": href, "chip": light(one.readiness), "reasons": reasons(one.readiness)}


def validity(expires_on: date | None, today: date) -> Item | None:
    """Return the chip of a paper that runs out; None for one without an end."""
    if expires_on is None:
        return None
    if expires_on < today:
        return {"text": _("Habis %(date)s", date=date_short(expires_on)), "tone": "bad"}
    tone = "warn" if (expires_on - today).days <= SOON_DAYS else "good"
    return {"text": _("s.d. %(date)s", date=date_short(expires_on)), "tone": tone}


def performance(found: Performance) -> list[Item]:
    """Return how a partner's reports went, as label and value; nothing before the first report."""
    pace = found.pace
    if not pace.sent:
        return []
    rounds = pace.rounds_each
    each = number_text(rounds) if rounds is not None else None
    share = _("%(n)s dari %(all)s", n=pace.first_time, all=pace.accepted)
    return [
        {"label": _("Laporan tepat waktu"), "value": _("%(n)s dari %(all)s", n=found.in_time, all=pace.sent)},
        {"label": _("Diterima tanpa perbaikan"), "value": share if pace.accepted else None},
        {"label": _("Pengiriman untuk satu laporan"), "value": each and _("rata-rata %(n)s kali", n=each)},
        {"label": _("Jumlah hari di lembaga untuk perbaikan"), "value": _("%(n)s hari", n=pace.partner_days)},
        {"label": _("Jumlah hari di Kemensos untuk pemeriksaan"), "value": _("%(n)s hari", n=pace.office_days)},
    ]


def number_text(value: float) -> str:
    """Return a number with at most one decimal in the reader's language."""
    return format_decimal(round(value, 1))


def document(row: "OrganisationDocument", href: str, today: date) -> Item:
    """Return one paper as a line, with what was decided about it."""
    details = [row.number, row.issuer, row.name, file_size(row.size)]
    return {
        "name": label(row.kind),
        "note": downloads.told(" · ".join(part for part in details if part), row.digest),
        "href": href,
        "until": validity(row.expires_on, today),
        "stage": {"text": label(row.stage), "tone": STAGE_TONES.get(row.stage, "")},
        "answer": row.answer,
        "waits": row.stage is ProposalStage.WAITING,
        "refused": row.stage is ProposalStage.REFUSED,
        "id": row.id,
        "sent": datetime_zone(row.sent_at),
    }


def proposal(row: "CardProposal", names: Names) -> Item:
    """Return one proposal as a line: which part, what it wants, what became of it."""
    wanted = [
        f"{title_of(row.part, key)}: {said(key, pair[1], names) or _('dikosongkan')}"
        for key, pair in row.changes.items()
    ]
    return {
        "id": row.id,
        "part": label(row.part),
        "wanted": wanted,
        "basis": row.basis,
        "sent": datetime_zone(row.sent_at),
        "decided": datetime_zone(row.decided_at) if row.decided_at else None,
        "stage": {"text": label(row.stage), "tone": STAGE_TONES.get(row.stage, "")},
        "answer": row.answer,
        "has_file": row.digest is not None,
        "file_name": row.file_name,
    }


def pending(rows: "Sequence[CardProposal]", part: CardPart, target_id: int | None = None) -> "CardProposal | None":
    """Return the proposal that waits for a part of the card, or for one person."""
    return next((row for row in rows if row.part is part and row.target_id == target_id), None)
